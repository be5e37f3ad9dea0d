"""A person who asks for it leaves the directory and its log, from the command line."""

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result
from sqlalchemy import select

from portal.core.audit import verify_chain
from portal.core.changes import Act, Actor, read_parts
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.core.models import ActorKind, ChangeValues
from portal.directory.models.contacts import Translation
from portal.directory.models.identities import FormerSlug
from portal.directory.operations.services import change_service
from portal.directory.rules.choices import ContactType, TranslationStatus
from portal.directory.rules.contact_lines import ContactLine
from portal.intake.cli import erase
from tests.conftest import MakeDatabase
from tests.directory.builders import Builder
from tests.tools.claims import none_of

PERSON = ContactLine(ContactType.PHONE, "03 53 01 00 09", person="Camille Exemple")
ASKED = ["--reason", "demande reçue le 20 novembre 2026"]


def _fill(database: Database) -> None:
    with database.writing() as session:
        build = Builder(session)
        build.a_service(contacts=[PERSON])
        camille = Actor(kind=ActorKind.PERSON, name="Camille Exemple")
        replace(build, act=Act(by=camille, at=build.act.at)).a_structure(name="Mairie")


def _erase(database: Database, clock: FixedClock, *words: str, said: str = "") -> Result:
    room = Room(data_dir=Path(), database=database, clock=clock)
    return CliRunner().invoke(erase, [*words, *ASKED], obj=room, input=said)


def _is_named(database: Database) -> bool:
    with database.reading() as session:
        return any("Camille" in str(read_parts(row)) for row in session.scalars(select(ChangeValues)))


def test_person_is_erased_as_contact_and_as_author(database: Database, clock: FixedClock) -> None:
    _fill(database)
    assert "effacée" in _erase(database, clock, "--name", "Camille Exemple", "--yes").output
    assert not _is_named(database)
    with database.reading() as session:
        assert verify_chain(session) is None


def test_erased_name_is_in_no_byte_of_the_files(new_sqlite: MakeDatabase, clock: FixedClock) -> None:
    database = new_sqlite()
    _fill(database)
    _erase(database, clock, "--name", "Camille Exemple", "--yes")
    assert database.file is not None
    files = list(database.file.parent.iterdir())
    assert database.file in files
    assert none_of(b"Camille" in file.read_bytes() for file in files)
    database.close()


def test_name_is_asked_so_that_no_shell_keeps_it(database: Database, clock: FixedClock) -> None:
    _fill(database)
    _erase(database, clock, said="Camille Exemple\noui\n")
    assert not _is_named(database)


def test_nothing_is_erased_without_a_yes(database: Database, clock: FixedClock) -> None:
    _fill(database)
    assert "Rien" in _erase(database, clock, "--name", "Camille Exemple", said="non\n").output
    assert _is_named(database)


def test_unknown_name_is_said_so(database: Database, clock: FixedClock) -> None:
    assert "nulle part" in _erase(database, clock, "--name", "Personne", "--yes").output


def test_former_addresses_and_translations_are_erased_and_told(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        build = Builder(session)
        service = build.a_service(title="Cabinet Camille Exemple")
        change_service(session, service=service, act=build.act, title="Cabinet médical")
        named = Translation(owner_id=service.id, language="en", field="summary", status=TranslationStatus.HUMAN)
        named.text = "Ask for Camille Exemple."
        session.add(named)
    outcome = _erase(database, clock, "--name", "Camille Exemple", "--yes")
    assert outcome.exit_code == 0, outcome.output
    assert "Anciennes adresses de fiches qui la nommaient, effacées : 1." in outcome.output
    assert "Traductions qui la nommaient, à relire : 1." in outcome.output
    with database.reading() as session:
        assert session.scalars(select(FormerSlug)).all() == []
        assert [row.text for row in session.scalars(select(Translation))] == ["Ask for …."]
