"""Bytes to lines of text: utf-8, utf-16 with its mark, else cp1252; no letter is ever replaced or guessed.

The choice is made on lines, not on the file: lists are pasted together from several hands, and one line in another
encoding must not spoil the others. Such a line is read in its own encoding and doubted. MacRoman cannot be told from
cp1252 with certainty: it is never guessed, and a file that looks like it is refused with a sentence.
"""

import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from importers.reading.caps import Caps, StopReadingError, check_rows
from importers.reading.pieces import Piece
from portal.core.problems import Problem

_DECLARABLE = frozenset(
    {
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "cp1252",
        "iso8859-1",
        "iso8859-15",
        "cp850",
        "mac-roman",
    }
)
_CHUNK = 1024 * 1024
_LINES_PER_ROW = 8
UTF16_MARKS = (BOM_UTF16_LE, BOM_UTF16_BE)
# Between small letters, these bytes are é è ê à ç ù in MacRoman and rare signs, or nothing, in cp1252.
_MAC_LETTERS = re.compile(rb"(?<=[a-z])[\x88\x8d\x8e\x8f\x90\x9d](?=[a-z ;,\t\r\n])")
_LATIN_LETTERS = re.compile(rb"[\xc0-\xff]")
_UNDECODABLE = Problem(
    "octets-illisibles",
    "Cette ligne contient des caractères dans un encodage inconnu : réenregistrez le fichier en « CSV UTF-8 ».",
)
_NUL = Problem(
    "octets-nuls",
    "Cette ligne contient des octets nuls, le fichier est abîmé à cet endroit : redemandez-le à son producteur.",
)
_MIXED = Problem(
    "encodage-melange",
    "Cette ligne n’a pas le même encodage que le reste du fichier : vérifiez ses accents avant de l’accepter.",
)


class Line(NamedTuple):
    """One line of a text file, without its end."""

    number: int
    text: str
    doubt: Problem | None = None
    fault: Problem | None = None


@dataclass(frozen=True)
class Encoding:
    """How the bytes of a file become letters."""

    codec: str
    odd_codec: str = ""
    """The encoding of the lines that differ from the rest."""

    @property
    def words(self) -> str:
        """Name the encoding for a person."""
        names = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 (avec marque)", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
        mixed = f", lignes mêlées en {names[self.odd_codec]}" if self.odd_codec else ""
        return names.get(self.codec, self.codec) + mixed


def find_encoding(piece: Piece, caps: Caps, declared: str = "") -> Encoding:
    """Decide how a file is encoded, after reading it through once."""
    if declared:
        return Encoding(declared_codec(declared))
    head = piece.head(4)
    if head.startswith(UTF16_MARKS):
        return Encoding("utf-16")
    n_utf8, odd_lines = 0, _OddLines()
    with piece.open() as stream:
        for line in _byte_lines(stream, caps):
            if line.isascii():
                continue
            if _is_utf8(line):
                n_utf8 += 1
            else:
                odd_lines.add(line)
    return _decided(has_mark=head.startswith(BOM_UTF8), n_utf8=n_utf8, odd_lines=odd_lines)


def declared_codec(name: str) -> str:
    """Accept the name of an encoding that lists are written in; raises `StopReadingError` for another."""
    with suppress(LookupError):
        codec = lookup(name).name
        if codec in _DECLARABLE:
            return codec
    raise StopReadingError(
        "encodage-inconnu", f"« {name} » n’est pas un encodage connu : écrivez par exemple utf-8 ou cp1252.", value=name
    )


class _OddLines:
    """Counts what the lines that are not utf-8 look like."""

    def __init__(self) -> None:
        self.n_lines = self.n_mac = self.n_latin = 0

    def add(self, line: bytes) -> None:
        self.n_lines += 1
        self.n_mac += len(_MAC_LETTERS.findall(line))
        self.n_latin += len(_LATIN_LETTERS.findall(line))


def _decided(*, has_mark: bool, n_utf8: int, odd_lines: _OddLines) -> Encoding:
    utf8 = "utf-8-sig" if has_mark else "utf-8"
    if not odd_lines.n_lines:
        return Encoding(utf8)
    if has_mark or n_utf8 >= odd_lines.n_lines:
        return Encoding(utf8, odd_codec="cp1252")
    if odd_lines.n_mac > odd_lines.n_latin:
        raise StopReadingError(
            "encodage-mac",
            "Ce fichier semble venir d’un ancien Mac, ses accents ne peuvent pas être lus avec certitude : "
            "réenregistrez-le en « CSV UTF-8 ».",
        )
    return Encoding("cp1252", odd_codec="utf-8" if n_utf8 else "")


def text_lines(piece: Piece, encoding: Encoding, caps: Caps) -> Iterator[Line]:
    """Give every line with its number; what cannot be decoded is a fault of its line alone."""
    most = caps.rows * _LINES_PER_ROW
    for line in _all_lines(piece, encoding, caps):
        if line.number > most:
            # Blank lines are no rows, yet each takes its time.
            check_rows(line.number, caps)
        yield line


def _all_lines(piece: Piece, encoding: Encoding, caps: Caps) -> Iterator[Line]:
    with piece.open() as stream:
        if encoding.codec.startswith("utf-16"):
            yield from _wide_lines(stream, encoding.codec, caps)
            return
        for number, line in enumerate(_byte_lines(stream, caps), start=1):
            content = line.rstrip(b"\r\n")
            if number == 1:
                content = content.removeprefix(BOM_UTF8)
            yield _decoded(number, content, encoding)


def _decoded(number: int, content: bytes, encoding: Encoding) -> Line:
    if b"\0" in content:
        return Line(number, "", fault=_NUL)
    if content.isascii():
        return Line(number, content.decode("ascii"))
    if encoding.codec == "cp1252" and encoding.odd_codec and _is_utf8(content):
        return Line(number, content.decode("utf-8"), doubt=_MIXED)
    try:
        return Line(number, content.decode(encoding.codec))
    except UnicodeDecodeError:
        return _decoded_apart(number, content, encoding)


def _decoded_apart(number: int, content: bytes, encoding: Encoding) -> Line:
    if not encoding.odd_codec:
        return Line(number, "", fault=_UNDECODABLE)
    try:
        return Line(number, content.decode(encoding.odd_codec), doubt=_MIXED)
    except UnicodeDecodeError:
        return Line(number, "", fault=_UNDECODABLE)


def _byte_lines(stream: BinaryIO, caps: Caps) -> Iterator[bytes]:
    """Split on LF, CR and CRLF, as every editor counts lines."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        lines = (rest + chunk).splitlines(keepends=True)
        # The last line may go on in the next chunk, and a CR may be half of a CRLF.
        rest = b"" if lines[-1].endswith(b"\n") else lines.pop()
        _check_line(len(rest), caps)
        yield from lines
    yield from rest.splitlines(keepends=True)


def _wide_lines(stream: BinaryIO, codec: str, caps: Caps) -> Iterator[Line]:
    number = 0
    try:
        # Closed with the reading, however early that ends: a sample reads the first lines only.
        with io.TextIOWrapper(stream, encoding=codec, newline=None) as text:
            while line := text.readline(caps.line_bytes + 1):
                number += 1
                _check_line(len(line), caps)
                yield Line(number, "", fault=_NUL) if "\0" in line else Line(number, line.rstrip("\n"))
    except UnicodeError as error:
        raise StopReadingError(
            "octets-illisibles",
            f"Ce fichier se dit en UTF-16, mais ne peut plus être lu après la ligne {number} : "
            "réenregistrez-le en « CSV UTF-8 ».",
        ) from error


def _check_line(n_bytes: int, caps: Caps) -> None:
    if n_bytes > caps.line_bytes:
        raise StopReadingError(
            "ligne-trop-longue", "Une ligne de ce fichier est trop longue pour un tableau : vérifiez ses fins de ligne."
        )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
