"""Backups: whole and verified, put back whole or not at all."""

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import text

from portal.core.changes import SYSTEM, Act, Subject, record_change
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database, open_database
from portal.core.locks import file_lock
from tests.tools.shelf import FileShelf

Maillage = Callable[..., Result]


@pytest.fixture
def database(sqlite_shelf: FileShelf) -> Iterator[Database]:
    """Give an embedded database: the only kind these backups are for."""
    fresh = sqlite_shelf.lend()
    yield fresh
    sqlite_shelf.take_back(fresh)


@pytest.fixture
def file(room: Room, maillage: Maillage, tmp_path: Path) -> Path:
    """Give the backup of a directory of three changes."""
    write(room.database, room.clock, times=3)
    (tmp_path / "copies").mkdir()
    assert maillage("backup", str(tmp_path / "copies" / "lundi.zip")).exit_code == 0
    return tmp_path / "copies" / "lundi.zip"


def write(database: Database, clock: object, times: int) -> None:
    assert isinstance(clock, FixedClock)
    with database.writing() as session:
        for _ in range(times):
            act = Act(by=SYSTEM, at=clock.now())
            record_change(session, subject=Subject("service", "1"), verb="change", fields={"t": (1, 2)}, act=act)


def n_changes(database: Database) -> int:
    with database.reading() as session:
        return int(session.execute(text("SELECT count(*) FROM change")).scalar_one())


def live_file(room: Room) -> Path:
    assert room.database.file is not None
    return room.database.file


def test_a_backup_restores_into_an_empty_directory(maillage: Maillage, file: Path, empty_room: Room) -> None:
    result = maillage("restore", str(file), database=empty_room.database, data_dir=empty_room.data_dir)
    assert (result.exit_code, n_changes(empty_room.database)) == (0, 3)
    assert [each.name for each in empty_room.data_dir.glob("*remplacee*")] == []
    assert empty_room.data_dir.stat().st_mode & 0o007 == 0


def test_the_territory_travels_with_its_database(maillage: Maillage, tmp_path: Path) -> None:
    here, there = tmp_path / "ici" / "territoire.toml", tmp_path / "la" / "territoire.toml"
    for each in (here, there):
        each.parent.mkdir()
    here.write_text("name = 'Pays'", encoding="utf-8")
    maillage("backup", str(tmp_path / "lundi.zip"), companions=(here, here.with_name("absent")))
    assert maillage("restore", str(tmp_path / "lundi.zip"), "--replace", companions=(there,)).exit_code == 0
    assert [each.name for each in there.parent.iterdir()] == ["territoire.toml"]
    assert there.read_text(encoding="utf-8") == "name = 'Pays'"


def test_an_altered_territory_is_refused(maillage: Maillage, room: Room, file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        base = archive.read("maillage.sqlite")
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest | {"companions": {"territoire.toml": "0" * 64}}))
        archive.writestr("maillage.sqlite", base)
        archive.writestr("territoire.toml", "altered")
    result = maillage("restore", str(file), "--replace", companions=(live_file(room).with_name("territoire.toml"),))
    assert (result.exit_code, n_changes(room.database)) == (5, 3)
    assert not live_file(room).with_name("territoire.toml").exists()


def test_a_live_database_is_not_replaced_unasked(maillage: Maillage, file: Path, room: Room) -> None:
    write(room.database, room.clock, times=1)
    result = maillage("restore", str(file))
    assert (result.exit_code, "--replace" in result.stderr, n_changes(room.database)) == (4, True, 4)


def test_a_replaced_database_is_kept_aside(maillage: Maillage, file: Path, room: Room) -> None:
    write(room.database, room.clock, times=1)
    assert maillage("restore", str(file), "--replace").exit_code == 0
    aside = live_file(room).with_name("maillage-remplacee-20261121-090000.sqlite")
    assert (n_changes(room.database), rows_of(aside)) == (3, 4)


def rows_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    (count,) = connection.execute("SELECT count(*) FROM change").fetchone()
    connection.close()
    return int(count)


def test_two_replaced_databases_are_both_kept(maillage: Maillage, file: Path, room: Room) -> None:
    for _ in range(2):
        write(room.database, room.clock, times=1)
        maillage("restore", str(file), "--replace")
    assert sorted(each.name for each in live_file(room).parent.glob("*remplacee*.sqlite")) == [
        "maillage-remplacee-20261121-090000-2.sqlite",
        "maillage-remplacee-20261121-090000.sqlite",
    ]


def test_processes_at_work_see_the_restored_rows(maillage: Maillage, file: Path, room: Room) -> None:
    other = open_database(room.database.url.render_as_string())
    write(other, room.clock, times=5)
    with other.reading() as session:
        session.execute(text("SELECT 1"))
    maillage("restore", str(file), "--replace")
    assert n_changes(other) == 3
    write(other, room.clock, times=1)
    assert n_changes(room.database) == 4
    other.close()


def test_a_visitor_reading_meanwhile_keeps_their_state(maillage: Maillage, file: Path, room: Room) -> None:
    write(room.database, room.clock, times=1)
    with room.database.reading() as session:
        before = session.execute(text("SELECT count(*) FROM change")).scalar()
        other = open_database(room.database.url.render_as_string())
        assert maillage("restore", str(file), "--replace", database=other).exit_code == 0
        assert session.execute(text("SELECT count(*) FROM change")).scalar() == before == 4
    assert n_changes(room.database) == 3
    other.close()


def test_what_is_no_database_any_more_is_replaced_too(maillage: Maillage, file: Path, room: Room) -> None:
    room.database.close()
    live_file(room).write_bytes(b"not a database" * 1000)
    live_file(room).with_name("maillage.sqlite-wal").write_bytes(b"stale")
    assert maillage("restore", str(file), "--replace").exit_code == 0
    aside = live_file(room).with_name("maillage-remplacee-20261121-090000.sqlite")
    assert (n_changes(room.database), aside.read_bytes()[:14]) == (3, b"not a database")


def test_a_log_left_by_a_former_database_is_not_replayed(maillage: Maillage, file: Path, room: Room) -> None:
    write(room.database, room.clock, times=4)
    shutil.copyfile(live_file(room).with_name("maillage.sqlite-wal"), file.with_name("wal"))
    room.database.close()
    live_file(room).unlink()
    shutil.copyfile(file.with_name("wal"), live_file(room).with_name("maillage.sqlite-wal"))
    assert maillage("restore", str(file)).exit_code == 0
    assert n_changes(room.database) == 3


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def change_a_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def another_kind(file: Path) -> None:
    file.write_text("Une lettre à la mairie.")


def repack(file: Path, *, base: bytes | None = None, said: dict[str, object] | None = None) -> None:
    """Write the archive again with another base or another manifest; its own checksums are then right."""
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json")) | (said or {})
        base = archive.read("maillage.sqlite") if base is None else base
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps({key: value for key, value in manifest.items() if value != ""}))
        archive.writestr("maillage.sqlite", base)


def no_manifest(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("maillage.sqlite", b"")


def other_base(file: Path) -> None:
    repack(file, base=b"x" * 8192)


def longer_base(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        repack(file, base=archive.read("maillage.sqlite") + bytes(4096))


def wrong_checksum(file: Path) -> None:
    repack(file, said={"sha256": "0" * 64})


def half_a_manifest(file: Path) -> None:
    repack(file, said={"size": ""})


def wrong_kind_of_manifest(file: Path) -> None:
    repack(file, said={"size": [1]})


def wrong_schema(file: Path) -> None:
    repack(file, said={"schema": "0001"})


DAMAGES = [
    wrong_schema,
    cut_short,
    empty,
    change_a_byte,
    another_kind,
    no_manifest,
    other_base,
    longer_base,
    wrong_checksum,
    half_a_manifest,
    wrong_kind_of_manifest,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_changes_nothing(
    maillage: Maillage, file: Path, room: Room, damage: Callable[[Path], None]
) -> None:
    damage(file)
    write(room.database, room.clock, times=1)
    before = sorted(each.name for each in live_file(room).parent.iterdir())
    result = maillage("restore", str(file), "--replace")
    assert (result.exit_code, "abîmé" in result.stderr, n_changes(room.database)) == (5, True, 4)
    assert sorted({*before, "backup.lock"}) == sorted(each.name for each in live_file(room).parent.iterdir())


def test_rows_that_contradict_each_other_are_damage(maillage: Maillage, file: Path, room: Room) -> None:
    live = sqlite3.connect(live_file(room))
    live.execute("INSERT INTO change_values VALUES (99, '{}')")
    live.commit()
    live.close()
    result = maillage("backup", str(file))
    assert (result.exit_code, zipfile.is_zipfile(file)) == (5, True)


@pytest.mark.parametrize("said", [{"schema": "9999"}, {"format": 2}])
def test_a_newer_backup_is_refused(maillage: Maillage, file: Path, room: Room, said: dict[str, object]) -> None:
    repack(file, said=said)
    result = maillage("restore", str(file), "--replace")
    assert (result.exit_code, "plus récente" in result.stderr, n_changes(room.database)) == (4, True, 3)


def test_a_backup_of_nothing_says_what_to_do(maillage: Maillage, empty_room: Room, tmp_path: Path) -> None:
    result = maillage("backup", str(tmp_path / "x.zip"), database=empty_room.database)
    assert (result.exit_code, "maillage init" in result.stderr) == (4, True)
    assert not (tmp_path / "x.zip").exists()


def test_a_failed_backup_leaves_the_last_one(maillage: Maillage, file: Path, room: Room) -> None:
    before = file.read_bytes()
    room.database.close()
    live_file(room).write_bytes(b"not a database" * 1000)
    assert maillage("backup", str(file)).exit_code == 5
    assert (file.read_bytes(), [each.name for each in file.parent.iterdir()]) == (before, [file.name])


def test_a_backup_makes_no_folder_of_a_wrong_path(maillage: Maillage, file: Path, tmp_path: Path) -> None:
    for folder in (tmp_path / "nexiste", file / "dedans"):
        result = maillage("backup", str(folder / "copie.zip"))
        assert (result.exit_code, f"Le dossier {folder} n’existe pas" in result.stderr) == (2, True)
        assert not folder.exists()


def test_a_backup_is_for_its_owner_alone(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_missing_file_is_a_mistake_of_use(maillage: Maillage, tmp_path: Path) -> None:
    assert maillage("restore", str(tmp_path / "absent.zip")).exit_code == 2


def test_what_an_interrupted_backup_left_is_cleared(maillage: Maillage, file: Path, room: Room) -> None:
    kept = f".maillage-{hashlib.sha256(str(live_file(room)).encode()).hexdigest()[:12]}-left"
    for name in (kept, ".maillage-of-another-installation"):
        (file.parent / name).mkdir()
    assert maillage("backup", str(file)).exit_code == 0
    assert sorted(each.name for each in file.parent.iterdir()) == [".maillage-of-another-installation", file.name]


def test_two_backups_at_once_are_refused(maillage: Maillage, file: Path, room: Room) -> None:
    with file_lock(live_file(room).with_name("backup.lock")):
        result = maillage("backup", str(file))
    assert (result.exit_code, "Réessayez" in result.stderr) == (4, True)


def test_a_server_has_tools_of_its_own(maillage: Maillage, tmp_path: Path) -> None:
    server = open_database("postgresql://nobody@127.0.0.1:1/none")
    for command in (["backup", str(tmp_path / "x.zip")], ["restore", __file__]):
        result = maillage(*command, database=server)
        assert (result.exit_code, "pg_dump" in result.stderr) == (4, True)
