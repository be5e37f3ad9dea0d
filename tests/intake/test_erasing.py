"""A person who is erased is left in no byte of the base, whatever brought the name in."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from portal.core.audit import verify_chain
from portal.core.changes import Act, Actor
from portal.core.clock import FixedClock
from portal.core.command import Doors, Room
from portal.core.database import Database
from portal.core.models import ActorKind
from portal.core.problems import Problem
from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import verify_service
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.intake.cli import COMMANDS
from portal.intake.models.traces import Trace
from portal.intake.operations.reporting import receive_report
from portal.intake.record import Submission, Verdict
from portal.intake.rules.reports import Report, Wrong
from tests.conftest import MakeDatabase
from tests.intake.builders import Sender, a_record, add_communes, services, submissions

NAME = "Hélène Exemple"
LINE = ContactLine(ContactType.PHONE, "03 53 01 00 09", person=NAME)
MAIL = ContactLine(ContactType.MAIL, "helene.exemple@mairie.example")
TypeIn = Callable[..., Result]


@pytest.fixture
def base(new_sqlite: MakeDatabase) -> Database:
    database = new_sqlite()
    with database.writing() as session:
        add_communes(session)
    return database


@pytest.fixture
def type_in(base: Database, clock: FixedClock, tmp_path: Path) -> TypeIn:
    root = Doors(commands={command.name or "": command for command in COMMANDS})
    room = Room(data_dir=tmp_path, database=base, clock=clock)
    return lambda *words: CliRunner().invoke(root, [*words], obj=room)


@pytest.fixture
def named(base: Database, clock: FixedClock, type_in: TypeIn) -> Database:
    """Name somebody wherever a base may: in lines, contacts, corrections, questions, reports, problems, the log."""
    sender = Sender(base, clock)
    doubt = Problem("doute", f"Qui est {NAME} ?", "HÉLÈNE EXEMPLE", "contact")
    for day, phone in enumerate(("03 53 01 00 09", "03 53 01 00 10")):
        record = a_record("1", title="RAM", contacts=(replace(LINE, value=phone), MAIL))
        [kept] = submissions([record])
        kept = replace(kept, raw=f"1;RAM;Exemple;Hélène;{phone}", problems=(doubt,))
        aside = a_record("2", title="LAEP", contacts=(LINE,))
        submission = Submission(
            line=3, key="2", raw="Exemple, Hélène", record=aside, verdict=Verdict.QUARANTINED, problems=(doubt,)
        )
        sender.send(kept, submission, days=day)
    public_id = services(base)["RAM"].public_id
    told = ["--reason", f"dit {NAME}", "--by", NAME]
    assert type_in("correct", public_id, "contacts", "phone:03 53 01 00 11", *told).exit_code == 0
    assert type_in("correct", public_id, "summary", "Tout est là", *told).exit_code == 0
    assert type_in("review", "refuse", "1", *told).exit_code == 0
    act = Act(by=Actor(kind=ActorKind.PERSON, name=NAME), at=clock.now(), reason=f"vu avec {NAME}")
    with base.writing() as session:
        service = session.scalars(select(Service)).one()
        verify_service(session, service=service, by=NAME, act=act, on=clock.today())
        report = Report(wrong=[Wrong.HOURS], words="Demandez helene exemple")
        receive_report(session, service=service, report=report, receipt="3467cdfg", at=clock.now())
    return base


def erased(type_in: TypeIn, reason: str = "demande du 20 novembre 2026") -> Result:
    return type_in("erase", "--name", "exemple helene", "--reason", reason, "--yes")


def traces_of_the_name(database: Database) -> list[str]:
    """Look for the name in every byte of the base, as text and as JSON escapes it."""
    assert database.file is not None
    held = b"".join(file.read_bytes() for file in sorted(database.file.parent.iterdir()) if file.is_file())
    escaped = json.dumps(NAME).strip('"')
    ways = {NAME, NAME.upper(), "Exemple;Hélène", "Exemple, Hélène", "helene exemple", "helene.exemple", escaped}
    return sorted(way for way in ways if way.encode() in held or way.encode("unicode_escape") in held)


def test_an_erased_name_is_in_no_byte_of_the_base(named: Database, type_in: TypeIn) -> None:
    assert len(traces_of_the_name(named)) >= 5
    outcome = erased(type_in)
    assert (outcome.exit_code, "effacée" in outcome.output) == (0, True), outcome.output
    assert traces_of_the_name(named) == []


def test_the_log_still_verifies_after_an_erasure(named: Database, type_in: TypeIn) -> None:
    erased(type_in)
    with named.reading() as session:
        assert verify_chain(session) is None


def test_what_is_not_of_the_person_stays(named: Database, type_in: TypeIn) -> None:
    erased(type_in)
    with named.reading() as session:
        trace = session.scalars(select(Trace)).one()
    assert (trace.raw, trace.said["title"]) == ("", "RAM")
    assert [each["value"] for each in trace.said["contacts"]] == ["03 53 01 00 10"]
    assert services(named)["RAM"].summary == "Tout est là"


def test_a_public_text_that_names_somebody_is_told(base: Database, clock: FixedClock, type_in: TypeIn) -> None:
    Sender(base, clock).send(a_record("1", title="Assistante maternelle Hélène Exemple"))
    outcome = erased(type_in)
    assert (outcome.exit_code, "récrivez-les" in outcome.stderr) == (3, True)
    assert f"service {services(base).popitem()[1].public_id}" in outcome.stderr


@pytest.mark.parametrize(
    ("words", "missing"),
    [(["--yes", "--name", NAME], "--reason"), (["--yes"], "--name"), (["--name", NAME, "--reason", "lettre"], "--yes")],
)
def test_a_question_nobody_can_answer_is_a_mistake_of_use(type_in: TypeIn, words: list[str], missing: str) -> None:
    outcome = type_in("erase", *words)
    assert (outcome.exit_code, f"Ajoutez {missing}" in outcome.stderr) == (2, True)


def test_copies_made_before_an_erasure_are_named(named: Database, type_in: TypeIn) -> None:
    assert named.file is not None
    aside = named.file.with_name(f"{named.file.stem}-remplacee-20260101-120000.sqlite")
    aside.touch()
    outcome = erased(type_in)
    assert ("supprimez-les" in outcome.output, str(aside) in outcome.output) == (True, True)


def test_a_reason_that_names_the_person_is_refused(named: Database, type_in: TypeIn) -> None:
    assert erased(type_in, reason="à la demande d’Hélène Exemple").exit_code == 2
    assert traces_of_the_name(named)
