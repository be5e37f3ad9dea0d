"""Files from a URL: brought whole or refused with a sentence, and never from behind our own door."""

import gzip
import shutil
import socket
import ssl
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from importers.reading import Caps, Fetched, InMemoryWeb, Marks, NotModified, OpenWeb, Unreadable
from importers.reading.connections import Network
from importers.reading.fetching import checked_url
from tests.importers.reading.servers import local_web, redirect, reply, serving

CSV = b"nom;tel\na;1\n"
KNOWN = Marks('"v1"', "Sat, 21 Nov 2026 08:00:00 GMT")


def said(answer: object) -> str:
    """Give the code of a refusal, or what came instead."""
    return answer.problem.code if isinstance(answer, Unreadable) else type(answer).__name__


def test_file_arrives_with_its_marks(tmp_path: Path) -> None:
    headers = (f"ETag: {KNOWN.etag}", f"Last-Modified: {KNOWN.last_modified}")
    with serving({"/a/lieux.csv?v=1": reply(CSV, *headers)}) as server:
        answer = local_web(tmp_path / "new").fetch(server.url("/a/lieux.csv?v=1"))
    assert isinstance(answer, Fetched)
    assert (answer.piece.head(99), answer.piece.name, answer.marks) == (CSV, "lieux.csv", KNOWN)
    assert f"Host: donnees.example:{server.port}" in server.requests[0]


def test_known_file_is_not_sent_again(tmp_path: Path) -> None:
    with serving({"/a": reply(status="304 Not Modified")}) as server:
        answer = local_web(tmp_path).fetch(server.url("/a"), known=KNOWN)
    assert isinstance(answer, NotModified)
    assert 'If-None-Match: "v1"' in server.requests[0]
    assert "If-Modified-Since: Sat, 21 Nov 2026 08:00:00 GMT" in server.requests[0]


def test_redirects_are_followed_relative_ones_too(tmp_path: Path) -> None:
    with serving(
        {"/a": redirect("/b/"), "/b/": redirect("c.csv", "308 Permanent Redirect"), "/b/c.csv": reply(CSV)}
    ) as server:
        answer = local_web(tmp_path).fetch(server.url("/a"))
    assert isinstance(answer, Fetched)
    assert (answer.url, answer.piece.head(99)) == (server.url("/b/c.csv"), CSV)


def drip(connection: socket.socket) -> None:
    """Send a header without end, slowly."""
    for _ in range(200):
        connection.sendall(b"H")
        time.sleep(0.05)


def chunked(connection: socket.socket) -> None:
    """Begin a body in chunks and hang up."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nabc")


def endless(connection: socket.socket) -> None:
    """Send a body that was never announced, without end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(1000):
        connection.sendall(b"0" * 10_000)


PACKED = gzip.compress(b"0" * 3_000_000)
ANSWERS = {
    "not there": (reply(b"non", status="404 Not Found"), "http-404"),
    "behind a login": (reply(b"", status="401 Unauthorized"), "http-401"),
    "broken": (reply(b"", status="500 Oops"), "http-500"),
    "a part nobody asked for": (reply(CSV, status="206 Partial Content"), "http-206"),
    "announced too large": (reply(b"", length=10**9), "fichier-trop-gros"),
    "never announced": (endless, "fichier-trop-gros"),
    "cut short": (reply(CSV, length=500), "fichier-coupe"),
    "cut in a chunk": (chunked, "fichier-coupe"),
    "gzip bomb": (reply(PACKED, "Content-Encoding: gzip"), "fichier-trop-gros"),
    "gzip cut": (reply(gzip.compress(CSV)[:-9], "Content-Encoding: gzip"), "fichier-coupe"),
    "no gzip at all": (reply(CSV, "Content-Encoding: gzip"), "fichier-coupe"),
    "strange packing": (reply(CSV, "Content-Encoding: br"), "compression-inconnue"),
    "no HTTP": (b"SSH-2.0-OpenSSH\r\n", "reseau"),
    "nothing": (b"", "reseau"),
    "header without end": (b"HTTP/1.1 200 OK\r\nX: " + b"0" * 70_000, "reseau"),
    "round in circles": (redirect("/a"), "trop-de-redirections"),
    "redirect to nowhere": (reply(b"", status="302 Found"), "trop-de-redirections"),
    "redirect to a file": (redirect("file:///etc/passwd"), "lien-refuse"),
    "redirect to FTP": (redirect("ftp://donnees.example/a"), "lien-refuse"),
    "redirect with a password": (redirect("http://a:b@donnees.example/"), "lien-refuse"),
    "redirect inside": (redirect("http://interne.example/a"), "adresse-interdite"),
    "redirect to the cloud's keys": (redirect("http://169.254.169.254/latest/"), "adresse-interdite"),
}
SMALL = Caps(file_bytes=1_000_000)


@pytest.mark.parametrize(("answer", "code"), ANSWERS.values(), ids=ANSWERS.keys())
def test_answer_that_is_no_file_says_so(answer: bytes, code: str, tmp_path: Path) -> None:
    with serving({"/a": answer}) as server:
        names = {"interne.example": "10.0.0.7", "169.254.169.254": "169.254.169.254"}
        assert said(local_web(tmp_path, caps=SMALL, names=names).fetch(server.url("/a"))) == code
    assert list(tmp_path.iterdir()) == []


def test_packed_answer_is_unpacked(tmp_path: Path) -> None:
    with serving({"/a": reply(gzip.compress(CSV * 1000), "Content-Encoding: gzip")}) as server:
        answer = local_web(tmp_path).fetch(server.url("/a"))
    assert isinstance(answer, Fetched)
    assert answer.piece.head(10**6) == CSV * 1000


def test_slow_answer_is_given_up(tmp_path: Path) -> None:
    with serving({"/a": drip}) as server:
        assert said(local_web(tmp_path, seconds=0.3).fetch(server.url("/a"))) == "delai-depasse"


def test_marks_that_cannot_be_sent_back_are_dropped(tmp_path: Path) -> None:
    with serving({"/a": reply(CSV, "ETag: " + "x" * 600, "Last-Modified: é")}) as server:
        answer = local_web(tmp_path).fetch(server.url("/a"))
    assert isinstance(answer, Fetched)
    assert answer.marks == Marks()


INSIDE = ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254"]  # noqa: S104  # asked for, never listened on


@pytest.mark.parametrize("host", INSIDE)
def test_own_machine_is_never_asked(host: str, tmp_path: Path) -> None:
    with serving({"/a": reply(CSV)}) as server:
        answer = OpenWeb(tmp_path, seconds=5).fetch(server.url("/a", host))
    assert said(answer) in {"adresse-interdite", "hote-inconnu"}
    assert server.requests == []


def test_one_inner_address_refuses_them_all(tmp_path: Path) -> None:
    network = Network(resolve=lambda _host, _port: ("93.184.215.14", "10.0.0.1"))
    assert said(OpenWeb(tmp_path, network=network).fetch("http://donnees.example/")) == "adresse-interdite"


def test_name_is_resolved_once_an_exchange(tmp_path: Path) -> None:
    """A second resolution could answer with another address, which nobody judged."""
    asked: list[str] = []

    def resolve(host: str, _port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) == 1 else ("10.0.0.1",)

    with serving({"/a": reply(CSV)}) as server:
        web = local_web(tmp_path)
        answer = replace(web, network=replace(web.network, resolve=resolve)).fetch(server.url("/a"))
    assert (said(answer), asked) == ("Fetched", ["donnees.example"])


def test_server_that_listens_to_nobody_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert said(local_web(tmp_path).fetch(f"http://donnees.example:{port}/")) == "reseau"


BAD_URLS = [
    "", "lieux.csv", "//donnees.example/a", "ftp://donnees.example/", "file:///etc/passwd", "http://", "http:///a",
    "http://a:b@donnees.example/", "http://donnees.example:99999/", "http://donnees.example:0/", "http://[::1/",
    "http://donnees.example/a b", "http://donnees.example/\r\nX: y", "http://" + "a" * 70 + ".example/",
    "http://donnees.example/" + "a" * 3000, "javascript:alert(1)",
]  # fmt: skip


@pytest.mark.parametrize("url", BAD_URLS)
def test_bad_link_is_refused(url: str, tmp_path: Path) -> None:
    assert said(local_web(tmp_path).fetch(url)) == "lien-refuse"


def test_link_with_accents_is_written_for_the_network() -> None:
    assert (
        checked_url("HTTPS://Mairie-Méry.example:8443/é?a=1#b").geturl()
        == "https://xn--mairie-mry-i7a.example:8443/é?a=1"
    )


def test_path_with_accents_is_sent_escaped(tmp_path: Path) -> None:
    with serving({"/%C3%A9t%C3%A9%20.csv?q=%C3%A9": reply(CSV)}) as server:
        assert said(local_web(tmp_path).fetch(server.url("/été%20.csv?q=é"))) == "Fetched"


def test_files_in_memory_answer_like_the_web() -> None:
    web = InMemoryWeb({"https://a.example/x.csv": CSV}, {"https://a.example/x.csv": KNOWN})
    fresh, again, absent = (
        web.fetch("https://a.example/x.csv"),
        web.fetch("https://a.example/x.csv", known=KNOWN),
        web.fetch("https://a.example/y.csv"),
    )
    assert [said(answer) for answer in (fresh, again, absent)] == ["Fetched", "NotModified", "http-404"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for donnees.example, good for this run only."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("the program openssl is not here to make a certificate")
    path = tmp_path_factory.mktemp("certificate") / "pair.pem"
    subject = ["-subj", "/CN=donnees.example", "-addext", "subjectAltName=DNS:donnees.example"]
    key = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        str(path),
        "-out",
        f"{path}.crt",
    ]
    subprocess.run([program, "req", "-x509", *key, *subject, "-days", "2"], check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


def over_tls(certificate: Path, trust: ssl.SSLContext | None, host: str, folder: Path) -> str:
    """Ask a TLS server for a file under a name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving({"/a": reply(CSV)}, context=context) as server:
        web = local_web(folder)
        url = server.url("/a", host).replace("http:", "https:")
        return said(replace(web, network=replace(web.network, trust=trust)).fetch(url))


def test_secure_link_proves_the_name_it_was_asked_by(certificate: Path, tmp_path: Path) -> None:
    trust = ssl.create_default_context(cafile=str(certificate))
    hosts = ("donnees.example", "autre.example")
    assert [over_tls(certificate, trust, host, tmp_path) for host in hosts] == ["Fetched", "certificat"]


def test_certificate_nobody_signed_is_refused(certificate: Path, tmp_path: Path) -> None:
    assert over_tls(certificate, None, "donnees.example", tmp_path) == "certificat"
