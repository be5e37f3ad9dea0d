"""Zip files, looked at before anything is unpacked: how many entries, how large, where they would go.

Only what Python's zipfile leaves to its caller is done here: it bounds neither entries, sizes nor ratio, accepts
entries that overlap, and unpacks bzip2 and LZMA without a limit. Nothing is ever written to a path that a zip names.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from importers.reading.caps import MEGABYTE, Caps, StopReadingError, megabytes
from importers.reading.pieces import Piece

MAGIC = b"PK\x03\x04"
_DIRECTORY_BYTES = MEGABYTE
_SMALL = MEGABYTE
"""An entry below this size harms nobody, however well it was packed."""
_LOCAL_HEADER = struct.Struct("<4s22sHH")
_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|\._|Thumbs\.db$|desktop\.ini$)")
_DRIVE = re.compile(r"^[A-Za-z]:")
_IS_ENCRYPTED = 0x1


@dataclass(frozen=True)
class Archive:
    """A zip that was inspected: its entries may be read, one by one."""

    piece: Piece
    entries: Mapping[str, zipfile.ZipInfo]

    def open(self, name: str) -> BinaryIO:
        """Open one entry for reading; faults of the zip come out as `StopReadingError`."""
        return io.BufferedReader(_Entry(self.piece, self.entries[name]))

    def pieces(self) -> tuple[Piece, ...]:
        """List the entries as files to read, in the order of their names."""
        return tuple(self._piece(name) for name in sorted(self.entries) if not _LITTER.search(name))

    def _piece(self, name: str) -> Piece:
        return Piece(name, self.entries[name].file_size, lambda: self.open(name), is_packed=True)


def open_archive(piece: Piece, caps: Caps) -> Archive:
    """Inspect a zip; raises `StopReadingError` when it is not safe or not whole."""
    with piece.open() as stream, _faults_said():
        bounded = _Bounded(stream, _DIRECTORY_BYTES)
        with zipfile.ZipFile(bounded) as archive:
            bounded.release()
            found = archive.infolist()
            _check_entries(found, caps)
            _check_sizes(found, piece.size, caps)
            _check_extents(found, stream, archive.start_dir)
    return Archive(piece, {_shown_name(entry): entry for entry in found if not entry.is_dir()})


class _Bounded:
    """A file that gives no more than a directory may weigh, until it is released."""

    def __init__(self, stream: BinaryIO, n_bytes: int) -> None:
        self._stream = stream
        self._left: int | None = n_bytes
        self.seek, self.tell, self.seekable, self.close = stream.seek, stream.tell, stream.seekable, stream.close

    def release(self) -> None:
        self._left = None

    def read(self, n_bytes: int = -1) -> bytes:
        if self._left is None:
            return self._stream.read(n_bytes)
        if n_bytes > self._left:
            raise _too_many()
        content = self._stream.read(n_bytes if n_bytes >= 0 else self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise _too_many()
        return content


class _Entry(io.RawIOBase):
    """One entry being unpacked; closes the zip with itself."""

    def __init__(self, piece: Piece, entry: zipfile.ZipInfo) -> None:
        super().__init__()
        self._stream = piece.open()
        with _faults_said():
            self._archive = zipfile.ZipFile(self._stream)
            self._content = self._archive.open(entry)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int] | bytearray") -> int:  # type: ignore[override]  # a narrower buffer than RawIOBase allows
        with _faults_said():
            content = self._content.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


@contextmanager
def _faults_said() -> Iterator[None]:
    try:
        yield
    except _FAULTS as fault:
        raise StopReadingError(
            "zip-abime", "Ce fichier compressé est abîmé ou incomplet : téléchargez-le de nouveau."
        ) from fault


def _check_entries(found: list[zipfile.ZipInfo], caps: Caps) -> None:
    if len(found) > caps.entries:
        raise _too_many()
    names = [_shown_name(entry) for entry in found]
    if len(set(names)) < len(names):
        raise _unsafe("Ce zip contient deux fois le même nom de fichier : refaites-le.")
    for name, entry in zip(names, found, strict=True):
        if _leaves_its_folder(name) or _leaves_its_folder(entry.orig_filename):
            raise _unsafe("Un fichier de ce zip porte un chemin qui sort de son dossier : refaites le zip.", name)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise _unsafe("Ce zip contient un lien au lieu d’un fichier : refaites-le avec les vrais fichiers.", name)
        if entry.flag_bits & _IS_ENCRYPTED:
            raise StopReadingError(
                "zip-chiffre", "Ce zip est protégé par un mot de passe : refaites-le sans mot de passe.", value=name
            )
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _unsafe("Ce zip utilise une compression inhabituelle : refaites un zip ordinaire.", name)


def _leaves_its_folder(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or "\0" in name or _DRIVE.match(name) is not None


def _check_sizes(found: list[zipfile.ZipInfo], n_packed: int, caps: Caps) -> None:
    n_unpacked = sum(entry.file_size for entry in found)
    if n_unpacked > caps.unpacked_bytes:
        raise _bomb(f"Décompressé, ce fichier pèserait {megabytes(n_unpacked)}, plus que les {_most(caps)} admis.")
    swollen = [entry for entry in found if entry.file_size > max(_SMALL, caps.ratio * entry.compress_size)]
    if swollen or n_unpacked > max(_SMALL, caps.ratio * n_packed):
        raise _bomb(f"Décompressé, ce fichier grossirait plus de {caps.ratio} fois.")


def _check_extents(found: list[zipfile.ZipInfo], stream: BinaryIO, directory_at: int) -> None:
    """Refuse entries that share bytes: a few kilobytes could unpack to gigabytes, each size being true."""
    at = 0
    for entry in sorted(found, key=lambda entry: entry.header_offset):
        if entry.header_offset < at:
            raise _bomb("Les fichiers de ce zip se recouvrent.")
        stream.seek(entry.header_offset)
        magic, _, n_name, n_extra = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))
        if magic != MAGIC:
            raise zipfile.BadZipFile
        at = entry.header_offset + _LOCAL_HEADER.size + n_name + n_extra + entry.compress_size
    if at > directory_at:
        raise _bomb("Les fichiers de ce zip se recouvrent.")


def _shown_name(entry: zipfile.ZipInfo) -> str:
    """Read a name as it was meant: many tools write UTF-8 without saying so."""
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _most(caps: Caps) -> str:
    return megabytes(caps.unpacked_bytes)


def _too_many() -> StopReadingError:
    return StopReadingError(
        "zip-trop-d-entrees", "Ce zip contient trop de fichiers : gardez seulement ceux qui servent."
    )


def _bomb(sentence: str) -> StopReadingError:
    return StopReadingError("zip-piege", f"{sentence} Il n’est pas ouvert : demandez-en un autre à son producteur.")


def _unsafe(sentence: str, name: str = "") -> StopReadingError:
    return StopReadingError("zip-dangereux", sentence, value=name)
