"""`maillage serve`: answers on this machine only, does what is due, ends when asked."""

import json
import re
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.importers.conftest import Maillage, command, surroundings
from tests.pages.conftest import parsed
from tests.tools.patience import PATIENCE, comes_true

ALL_WERE_DONE = """
SELECT count(*) > 0 AND count(DISTINCT kind) = count(DISTINCT CASE WHEN state = 'done' THEN kind END) FROM job
"""
"""Every kind of job was done once: none is left that would write while another has to."""


def _ask(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _wait_until_ready(port: int, process: subprocess.Popen[str]) -> None:
    assert comes_true(lambda: process.poll() is not None or _is_ready(port))
    assert process.poll() is None, "the portal has ended"


def _is_ready(port: int) -> bool:
    try:
        return _ask(port, "/readyz")[0] == 200
    except OSError:
        return False


def _port_said_by(process: subprocess.Popen[str]) -> int:
    assert process.stdout
    said = re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())
    assert said, process.communicate()[1]
    return int(said[1])


@pytest.fixture
def served(demonstration: Path, tmp_path: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    with subprocess.Popen(
        command("serve", "--port", "0"),
        env=surroundings(demonstration),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        port = _port_said_by(process)
        _wait_until_ready(port, process)
        yield port, process
        process.terminate()


def test_portal_answers_does_its_jobs_and_ends_quietly(
    served: tuple[int, subprocess.Popen[str]], maillage: Maillage, tmp_path: Path
) -> None:
    port, process = served
    status, page = _ask(port, "/")
    assert (status, "Seine en Plaine Champenoise" in page) == (200, True)
    _wait_for_the_jobs(maillage, tmp_path / "data")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=PATIENCE) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def _wait_for_the_jobs(maillage: Maillage, data_dir: Path) -> None:
    # Asked of the database: a command for each look would keep the machine from what is waited for.
    with closing(sqlite3.connect(data_dir / "maillage.sqlite", timeout=PATIENCE)) as base:
        assert comes_true(lambda: base.execute(ALL_WERE_DONE).fetchone() == (1,))
    jobs = json.loads(maillage("jobs", "list", "--all", "--json").stdout)
    assert "occurrences" in [job["kind"] for job in jobs if job["state"] == "done"]


def test_restart_forgets_no_visit(
    served: tuple[int, subprocess.Popen[str]], maillage: Maillage, tmp_path: Path
) -> None:
    port, process = served
    # A job that writes may keep the counts waiting longer than the end may take.
    _wait_for_the_jobs(maillage, tmp_path / "data")
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for _ in range(6):
        connection.request("GET", "/aide", headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"})
        connection.getresponse().read()
    connection.close()
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=PATIENCE)[1] == ""
    assert json.loads(maillage("audience", "--json").stdout)["pages"] == {"aide": 6}


def _send(port: int, request: bytes) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as visitor:
        visitor.sendall(request)
        visitor.shutdown(socket.SHUT_WR)
        return visitor.makefile("rb").read().decode()


_BROKEN = (
    (b"GET /recherche HTTP/9\r\nHost: localhost\r\n\r\n", "400", "text/html", "Demande mal écrite"),
    (b"GET /api/v1/recherche HTTP/9\r\nHost: localhost\r\n\r\n", "400", "application/problem+json", '"status": 400'),
    (b"GET /recherche?quoi=%b HTTP/1.1\r\n\r\n" % (b"x" * 9000), "414", "text/html", "Adresse trop longue"),
    (b"GET /recherche.csv?q=%b HTTP/1.1\r\n\r\n" % (b"x" * 9000), "414", "application/problem+json", '"status": 414'),
    (b"GET / HTTP/1.1\r\nCookie: %b\r\n\r\n" % (b"x" * 9000), "431", "text/html", "Demande trop longue"),
    (b"GET /api/ HTTP/1.1\r\nCookie: %b\r\n\r\n" % (b"x" * 9000), "431", "application/problem+json", '"status": 431'),
    (b"nothing of the kind\r\n\r\n", "400", "text/html", "Demande mal écrite"),
)


def test_request_that_is_none_is_answered_in_its_own_shape_and_not_logged(
    served: tuple[int, subprocess.Popen[str]],
) -> None:
    port, process = served
    for request, status, kind, words in _BROKEN:
        head, _, body = _send(port, request).partition("\r\n\r\n")
        assert head.startswith(f"HTTP/1.1 {status} "), head
        assert f"Content-Type: {kind}" in head
        assert words in body
        if kind == "text/html":
            parsed(body)
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=PATIENCE)[1] == ""


def test_address_may_hold_accents_as_they_are_typed(served: tuple[int, subprocess.Popen[str]]) -> None:
    port, process = served
    asked = "GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    page = _send(port, asked.format("/recherche?quoi=hébergement&ou=Méry").encode())
    assert page.startswith("HTTP/1.1 200 ")
    assert "hébergement" in page
    assert _send(port, asked.format("/recherche?quoi=hébergement").encode("latin-1")).startswith("HTTP/1.1 200 ")
    assert _send(port, asked.format("/nulle-part-à-Méry").encode()).startswith("HTTP/1.1 404 ")
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=PATIENCE)[1] == ""


def test_visitor_cannot_say_where_the_portal_stands(served: tuple[int, subprocess.Popen[str]]) -> None:
    port, _ = served
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/", headers={"SCRIPT_NAME": "/elsewhere", "X-Forwarded-Host": "elsewhere.example"})
    answer = connection.getresponse()
    assert (answer.status, b"elsewhere" in answer.read()) == (200, False)
    connection.close()


@pytest.mark.usefixtures("demonstration")
def test_port_that_is_taken_is_said_at_once(maillage: Maillage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        outcome = maillage("serve", "--port", str(taken.getsockname()[1]))
    assert (outcome.returncode, outcome.stdout) == (4, "")
    assert "--port" in outcome.stderr


def test_unprepared_directory_is_not_served(maillage: Maillage) -> None:
    outcome = maillage("serve")
    assert outcome.returncode == 4
    assert "maillage init" in outcome.stderr


def test_open_portal_without_key_refuses_to_start(maillage: Maillage) -> None:
    outcome = maillage("serve", MAILLAGE_BASE_URL="https://services.example")
    assert outcome.returncode == 2
    assert "MAILLAGE_SECRET_KEY" in outcome.stderr
