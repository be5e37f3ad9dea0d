"""Bring a file from a URL: bounded in size and time, asked only when it changed, never from behind our own door."""

import errno
import http.client
import ssl
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import SplitResult, urljoin, urlsplit

from importers.reading.caps import MEGABYTE, Caps, StopReadingError, check_file_size
from importers.reading.connections import Network, Stopwatch, exchange
from importers.reading.pieces import Piece, piece_of_bytes, piece_of_file
from importers.reading.rows import Unreadable
from portal.core.problems import Problem

_BLOCK = 64 * 1024
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK, _NOT_MODIFIED = 200, 304
_GZIP = 16 + zlib.MAX_WBITS
_LONGEST_URL = 2000
_LONGEST_MARK = 500
_AGENT = "Maillage (annuaire de services publics)"
_WORDS_OF_STATUS = {
    401: "demande une connexion : prenez un lien public",
    403: "est refusé par le site : prenez un lien public",
    404: "n’existe plus : cherchez le nouveau sur le site du producteur",
    410: "n’existe plus : cherchez le nouveau sur le site du producteur",
    429: "a été demandé trop souvent : réessayez dans une heure",
    503: "n’est pas disponible pour l’instant : réessayez plus tard",
}


@dataclass(frozen=True)
class Marks:
    """What a server said of a file's version, to be asked again with."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Fetched:
    """A file that arrived whole."""

    piece: Piece
    url: str
    """Where it finally came from."""
    marks: Marks


@dataclass(frozen=True)
class NotModified:
    """The file is the one we know."""


Answer = Fetched | NotModified | Unreadable


class Web(Protocol):
    """The outside world, as far as files go."""

    def fetch(self, url: str, *, known: Marks | None = None) -> Answer:
        """Bring the file at a URL, unless it is the one known already."""


@dataclass(frozen=True)
class InMemoryWeb:
    """A web of a few files, for tests and for working without a network."""

    files: Mapping[str, bytes]
    marks: Mapping[str, Marks] = field(default_factory=dict)

    def fetch(self, url: str, *, known: Marks | None = None) -> Answer:
        """Bring the file that was put there."""
        if url not in self.files:
            return Unreadable(_refusal_of_status(404))
        marks = self.marks.get(url, Marks())
        if known and known == marks:
            return NotModified()
        return Fetched(piece_of_bytes(self.files[url], _name_in(urlsplit(url))), url, marks)


@dataclass(frozen=True)
class OpenWeb:
    """The Internet; files are put into a folder of the data directory, and removed by who asked for them."""

    folder: Path
    caps: Caps = field(default_factory=Caps)
    network: Network = field(default_factory=Network)
    seconds: float = 300.0

    def fetch(self, url: str, *, known: Marks | None = None) -> Answer:
        """Bring the file at a URL, unless it is the one known already."""
        try:
            with Stopwatch(self.seconds) as stopwatch:
                return self._said(url, known or Marks(), stopwatch)
        except StopReadingError as stop:
            return Unreadable(stop.problem)

    def _said(self, url: str, known: Marks, stopwatch: Stopwatch) -> Answer:
        """Follow the redirects; say every failure of the network in French."""
        try:
            return self._followed(url, known, stopwatch)
        except (OSError, http.client.HTTPException, ssl.SSLError, zlib.error, ValueError) as error:
            raise _failure(error, self.seconds, is_over=stopwatch.is_over) from error

    def _followed(self, url: str, known: Marks, stopwatch: Stopwatch) -> Answer:
        asked = checked_url(url)
        for _ in range(_MOST_REDIRECTS + 1):
            with exchange(asked, _headers(known), self.network, stopwatch) as response:
                if response.status not in _REDIRECTS:
                    return self._received(response, asked, stopwatch)
                following = checked_url(urljoin(asked.geturl(), response.getheader("Location") or ""))
            if asked.scheme == "https" and following.scheme == "http":
                raise StopReadingError(
                    "lien-degrade",
                    "Ce lien mène d’une adresse https à une adresse http : prenez le lien final en https.",
                )
            asked = following
        raise StopReadingError("trop-de-redirections", "Ce lien tourne en rond : prenez le lien direct du fichier.")

    def _received(self, response: http.client.HTTPResponse, url: SplitResult, stopwatch: Stopwatch) -> Answer:
        if response.status == _NOT_MODIFIED:
            return NotModified()
        if response.status != _OK:
            raise StopReadingError.of(_refusal_of_status(response.status))
        announced = response.length
        check_file_size(announced or 0, self.caps)
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix="recu-", delete=False) as part:
            path = Path(part.name)
            try:
                n_received = self._store(response, part)
            except BaseException:
                path.unlink()
                raise
        if stopwatch.is_over or (announced is not None and n_received < announced):
            path.unlink()
            raise http.client.IncompleteRead(b"")
        marks = Marks(_mark(response, "ETag"), _mark(response, "Last-Modified"))
        return Fetched(replace(piece_of_file(path, name=_name_in(url)), caps=self.caps), url.geturl(), marks)

    def _store(self, response: http.client.HTTPResponse, part: IO[bytes]) -> int:
        """Write what arrives, and count it: a server may announce less than it sends."""
        n_received = n_written = 0
        unpacker = _Unpacker(response.getheader("Content-Encoding") or "")
        while block := response.read(_BLOCK):
            n_received += len(block)
            check_file_size(n_received, self.caps)
            for content in unpacker.unpack(block):
                n_written += len(content)
                check_file_size(n_written, self.caps)
                part.write(content)
        unpacker.finish()
        return n_received


def checked_url(url: str) -> SplitResult:
    """Accept a plain http or https URL; raises `StopReadingError` for another."""
    problem = StopReadingError(
        "lien-refuse", "Ce lien n’est pas une adresse http ou https complète : copiez-le depuis votre navigateur."
    )
    if len(url) > _LONGEST_URL or not url.isprintable() or any(sign.isspace() for sign in url):
        raise problem
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError as error:
        raise problem from error
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc or port == 0:
        raise problem
    bracketed = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=f"{bracketed}:{port}" if port else bracketed, fragment="")


def _headers(known: Marks) -> dict[str, str]:
    headers = {"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


class _Unpacker:
    """Unpacks block by block what a server packs unasked, so that a bomb never unfolds in memory."""

    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        if name not in {"", "identity", "gzip", "x-gzip"}:
            raise StopReadingError(
                "compression-inconnue",
                "Le site envoie ce fichier sous une compression inconnue : téléchargez-le à la main.",
            )
        self._inflater = zlib.decompressobj(_GZIP) if name.endswith("gzip") else None

    def unpack(self, block: bytes) -> Iterator[bytes]:
        if self._inflater is None:
            yield block
            return
        while block:
            yield self._inflater.decompress(block, MEGABYTE)
            block = self._inflater.unconsumed_tail

    def finish(self) -> None:
        """Stop at a packed file that was cut short."""
        if self._inflater is not None and not self._inflater.eof:
            raise http.client.IncompleteRead(b"")


def _mark(response: http.client.HTTPResponse, name: str) -> str:
    """Keep a version mark only when it can be sent back as it came."""
    value = (response.getheader(name) or "").strip()
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_MARK else ""


def _name_in(url: SplitResult) -> str:
    return url.path.rpartition("/")[2] or url.hostname or "fichier"


def _refusal_of_status(status: int) -> Problem:
    words = _WORDS_OF_STATUS.get(status, f"ne donne pas de fichier (réponse {status}) : réessayez plus tard")
    return Problem(f"http-{status}", f"Ce lien {words}.", value=str(status))


def _failure(error: Exception, seconds: float, *, is_over: bool) -> StopReadingError:
    if is_over:
        return StopReadingError(
            "delai-depasse", f"Le téléchargement a pris plus de {seconds:g} secondes : réessayez plus tard."
        )
    if isinstance(error, ssl.SSLError):
        return StopReadingError(
            "certificat", "Le certificat de ce site n’est pas valable : signalez-le à son producteur."
        )
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EACCES}:
        return StopReadingError(
            "disque", "Le fichier reçu n’a pas pu être écrit : libérez de la place dans le dossier des données."
        )
    if isinstance(error, TimeoutError):
        return StopReadingError("delai-depasse", "Ce site ne répond pas : réessayez plus tard.")
    if isinstance(error, http.client.IncompleteRead | zlib.error):
        return StopReadingError("fichier-coupe", "Le téléchargement s’est arrêté avant la fin : réessayez.")
    return StopReadingError("reseau", "La connexion à ce site a échoué : vérifiez le lien, puis réessayez.")
