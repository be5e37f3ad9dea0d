"""Backups of the embedded database: one verified file, taken while people work, put back whole or not at all.

A backup is a zip of `manifest.json`, `maillage.sqlite` and the files of `companions.py`. PostgreSQL has tools of its
own for this.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from portal.core.companions import Contents, contents_of, digests_of, put_back, read_packed
from portal.core.database import Database, open_database
from portal.core.errors import Busy, Refused, Unreadable
from portal.core.locks import file_lock
from portal.core.schema import SchemaState, SchemaTooNew, migrate, state_of

LAST_BACKUP = "derniere-sauvegarde"
"""Where it is noted, in the data directory, when the last backup was made and where it went."""
BACKUPS = "sauvegardes"
"""Where `maillage init` keeps, in the data directory, the backup it makes before an update."""
_ASIDE = "-remplacee-"
_FORMAT = 1
_MANIFEST = "manifest.json"
_BASE = "maillage.sqlite"
_BLOCK = 1 << 20
_LONGEST_MANIFEST = 10_000
_DAMAGES = (
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    OverflowError,  # a size beyond all numbers
    NotImplementedError,  # an unknown compression
    RuntimeError,  # an encrypted archive
    zipfile.BadZipFile,
    zlib.error,
    sqlite3.DatabaseError,
)


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    made_at: str
    schema: str
    size: int
    sha256: str
    companions: Mapping[str, str] = field(default_factory=dict)
    """Digest of each file that travels with the database."""


@dataclass(frozen=True)
class Restored:
    """What a restoration did."""

    manifest: Manifest
    set_aside: Path | None
    """Where the previous database went."""


class OnlyEmbedded(Refused):
    """Refuse to copy a PostgreSQL database."""

    def __init__(self) -> None:
        super().__init__(
            "La base est sur un serveur PostgreSQL : sauvegardez-la avec « pg_dump --format=custom » et remettez-la "
            "en place avec « pg_restore --clean »."
        )


class NothingToBackUp(Refused):
    """Refuse to back up what does not exist yet."""

    def __init__(self) -> None:
        super().__init__("Il n’y a pas encore de base à sauvegarder. Créez-la avec : maillage init")


class DamagedBackup(Unreadable):
    """Refuse a file that is not a whole backup."""

    def __init__(self) -> None:
        super().__init__(
            "Ce fichier n’est pas une sauvegarde de Maillage, ou il est abîmé : rien n’a été modifié. "
            "Essayez avec une autre sauvegarde."
        )


class DamagedDatabase(Unreadable):
    """Refuse to make a backup nobody could use."""

    def __init__(self) -> None:
        super().__init__(
            "La base en place est abîmée : elle n’a pas été sauvegardée, et vos sauvegardes n’ont pas changé. "
            "Remettez la dernière en place avec : maillage restore FICHIER --replace"
        )


class CannotWrite(Refused):
    """Refuse to go on where files cannot be written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Impossible d’écrire dans le dossier {folder} : vérifiez la place qui reste et les droits. "
            "La base n’a pas été modifiée."
        )


class OneAtATime(Busy):
    """Refuse to begin while another backup or restoration is under way."""


class LiveDatabase(Refused):
    """Refuse to write over a database unless told to."""

    def __init__(self) -> None:
        super().__init__(
            "Une base est déjà en place : rien n’a été modifié. Pour la remplacer (elle sera mise de côté), "
            "ajoutez --replace."
        )


def back_up(database: Database, target: Path, *, now: datetime, companions: Sequence[Path] = ()) -> Manifest:
    """Write one verified file of a database in use; a file of that name is replaced only once the new one is whole."""
    live = embedded_file(database)
    if not live.exists():
        raise NothingToBackUp
    with _scratch(live, beside=target) as folder:
        copy = folder / _BASE
        version = _copy_verified(live, copy)
        beside = contents_of(companions)
        size, digest = copy.stat().st_size, _sha256(copy)
        manifest = Manifest(_FORMAT, now.isoformat(), version, size, digest, digests_of(beside))
        packed = folder / "backup.zip"
        _pack(manifest, copy, packed, beside)
        _move(packed, target)
    return manifest


def restore(
    database: Database, source: Path, *, replace: bool, now: datetime, companions: Sequence[Path] = ()
) -> Restored:
    """Put a backup in the place of the database; everything is checked before anything is touched."""
    live = embedded_file(database)
    if live.exists() and not replace:
        raise LiveDatabase
    with _scratch(live, beside=live) as folder:
        copy = folder / _BASE
        manifest, beside = _unpack(source, copy)
        _bring_up_to_date(copy)
        database.close()
        aside = _set_aside(live, folder / "aside", now) if live.exists() else None
        _put_in_place(copy, live)
        put_back(beside, companions)
    return Restored(manifest, aside)


def former_copies(database: Database, data_dir: Path) -> tuple[Path, ...]:
    """List the copies of the base that are known here: set aside, made before an update, and the last backup."""
    live = database.file
    aside = [] if live is None else live.parent.glob(f"{live.stem}{_ASIDE}*")
    noted = data_dir / LAST_BACKUP
    last = noted.read_text(encoding="utf-8").strip().partition(" ")[2] if noted.is_file() else ""
    found = {*aside, *(data_dir / BACKUPS).glob("*"), *([Path(last)] if last else [])}
    return tuple(sorted(path for path in found if path.is_file()))


def embedded_file(database: Database) -> Path:
    """Name the file of an embedded database; a server's is refused with the way to go."""
    if database.file is None:
        raise OnlyEmbedded
    return database.file


@contextmanager
def _scratch(live: Path, *, beside: Path) -> Iterator[Path]:
    """Give a folder in the file system of the target, so that the last step is a renaming."""
    ours = f".maillage-{hashlib.sha256(str(live.absolute()).encode()).hexdigest()[:12]}-"
    folder = beside.absolute().parent
    with file_lock(live.with_name("backup.lock")) as alone:
        if not alone:
            raise OneAtATime
        # Being alone, whatever an interrupted one has left can go.
        for left in folder.glob(f"{ours}*"):
            shutil.rmtree(left, ignore_errors=True)
        try:
            # A data directory that is made here is for its owner alone, as that of `init` is.
            folder.mkdir(parents=True, exist_ok=True, mode=0o750)
            with tempfile.TemporaryDirectory(prefix=ours, dir=folder, ignore_cleanup_errors=True) as scratch:
                yield Path(scratch)
        except (OSError, sqlite3.OperationalError) as error:
            if _is_about_room(error):
                raise CannotWrite(folder) from error
            raise


def _is_about_room(error: OSError | sqlite3.OperationalError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, OSError) or code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}


def _copy_verified(live: Path, copy: Path) -> str:
    try:
        _copy(live, copy)
        version = _verified_version(copy)
    except (_BrokenBaseError, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.DatabaseError) and not _is_ruin(error):
            raise
        raise DamagedDatabase from error
    if version is None:
        raise NothingToBackUp
    return version


def _copy(source: Path, target: Path) -> None:
    """Copy a database in use, as it stands at one instant; writers are not held up."""
    with _connected(source) as origin, _connected(target) as copy:
        origin.backup(copy)
        # One file that needs no other: the write-ahead log comes back when the portal opens it.
        copy.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        yield connection


class _BrokenBaseError(ValueError):
    """A database whose pages or rows contradict each other."""


def _verified_version(path: Path) -> str | None:
    """Check every page and every link between rows, and tell the schema."""
    with _connected(path) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not whole or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise _BrokenBaseError
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return row[0] if row else None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pack(manifest: Manifest, copy: Path, packed: Path, beside: Contents) -> None:
    # It holds people's names: its owner alone reads it.
    packed.touch(mode=0o600)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))
        archive.write(copy, _BASE)
        for name, held in beside.items():
            archive.writestr(name, held)


def _move(packed: Path, target: Path) -> None:
    """Give a finished file its name, so that a power cut leaves the old one or the new one."""
    _sync(packed)
    packed.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unpack(source: Path, copy: Path) -> tuple[Manifest, Contents]:
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _read_manifest(archive)
            if manifest.format > _FORMAT or state_of(manifest.schema) is SchemaState.NEWER:
                raise SchemaTooNew
            with archive.open(_BASE) as packed, copy.open("wb") as unpacked:
                _copy_exactly(packed, unpacked, manifest.size)
            beside = read_packed(archive, manifest.companions)
        if _sha256(copy) != manifest.sha256 or _verified_version(copy) != manifest.schema:
            raise DamagedBackup
    except _DAMAGES as error:
        raise DamagedBackup from error
    return manifest, beside


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    with archive.open(_MANIFEST) as file:
        said = json.loads(file.read(_LONGEST_MANIFEST))
    return Manifest(
        format=int(said["format"]),
        made_at=datetime.fromisoformat(said["made_at"]).isoformat(),
        schema=str(said["schema"]),
        size=int(said["size"]),
        sha256=str(said["sha256"]),
        companions={str(name): str(digest) for name, digest in dict(said.get("companions", {})).items()},
    )


def _copy_exactly(packed: IO[bytes], unpacked: IO[bytes], size: int) -> None:
    # The size is announced: an archive that would fill the disk is left at its first byte too many.
    left = size
    while block := packed.read(_BLOCK):
        left -= len(block)
        if left < 0:
            raise DamagedBackup
        unpacked.write(block)


def _bring_up_to_date(copy: Path) -> None:
    database = open_database(f"sqlite:///{copy}")
    try:
        migrate(database)
    finally:
        database.close()
    with _connected(copy) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _set_aside(live: Path, scratch: Path, now: datetime) -> Path:
    """Keep the previous database under a dated name that nothing had."""
    stem = f"{live.stem}{_ASIDE}{now:%Y%m%d-%H%M%S}"
    names = (live.with_name(f"{stem}{suffix}{live.suffix}") for suffix in ("", *(f"-{n}" for n in range(2, 1000))))
    aside = next(name for name in names if not name.exists())
    try:
        _copy(live, scratch)
    except sqlite3.DatabaseError as error:
        if not _is_ruin(error):
            raise
        # The live file is no database any more: its bytes are kept as they are, with its log.
        shutil.copyfile(live, scratch)
        if (log := _beside(live, "-wal")).exists():
            shutil.copyfile(log, _beside(aside, "-wal"))
    _move(scratch, aside)
    return aside


def _put_in_place(copy: Path, live: Path) -> None:
    """Replace the live database within one transaction, which processes at work see at their next question."""
    if live.exists():
        try:
            with _connected(copy) as origin, _connected(live) as target:
                origin.backup(target)
        except sqlite3.DatabaseError as error:
            if not _is_ruin(error):
                raise
        else:
            return
    # Nothing readable stands there. A log left by the former file would be replayed into the new one.
    for suffix in ("-wal", "-shm"):
        _beside(live, suffix).unlink(missing_ok=True)
    _move(copy, live)


def _is_ruin(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
