"""What visitors report stands in the one queue, is answered there, and is forgotten in time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.directory.models.services import Service
from portal.intake.cli import erase, review
from portal.intake.jobs import JOBS
from portal.intake.models.reports import ErrorReport
from portal.intake.operations.reporting import EnoughReports, receive_report
from portal.intake.rules.reports import MOST_OPEN, Report, Wrong, are_words_over
from tests.directory.builders import Builder

Said = Callable[..., None]
Command = Callable[..., str]
REPORT = Report(wrong=[Wrong.HOURS], words="Fermé le mercredi.")
REASON = ["--reason", "vérifié au téléphone"]


@pytest.fixture
def said(database: Database, clock: FixedClock) -> Said:
    """Report a mistake on the one service there is."""
    with database.writing() as session:
        Builder(session).a_service(title="La Poste")

    def report(receipt: str = "3467cdfg", words: str = "Fermé le mercredi.") -> None:
        with database.writing() as session:
            service = session.scalars(select(Service)).one()
            what = Report(wrong=[Wrong.HOURS], words=words)
            receive_report(session, service=service, report=what, receipt=receipt, at=clock.now())

    return report


@pytest.fixture
def room(database: Database, clock: FixedClock) -> Room:
    return Room(data_dir=Path(), database=database, clock=clock)


@pytest.fixture
def command(room: Room) -> Command:
    return lambda *words: CliRunner().invoke(review, [*words], obj=room).output


def words_kept(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(ErrorReport.words).order_by(ErrorReport.id)))


def test_report_is_shown_with_the_other_questions(said: Said, command: Command) -> None:
    said()
    shown = command("list")
    assert "Un visiteur signale une erreur" in shown
    assert "La Poste" in shown
    assert "Les horaires ou les jours de passage" in shown
    assert "« Fermé le mercredi. »" in shown


@pytest.mark.parametrize("answer", ["accept", "refuse"])
def test_report_is_answered_once_and_the_answer_taken_back(said: Said, command: Command, answer: str) -> None:
    said()
    assert "Question 1" in command(answer, "1", *REASON)
    assert command("list") == "Rien n’attend de réponse.\n"
    assert "est reprise" in command("undo", "1", *REASON)
    assert "[à trancher]" in command("list")


def test_same_receipt_is_one_report(said: Said, database: Database) -> None:
    said()
    said(words="Autre chose")
    assert words_kept(database) == ["Fermé le mercredi."]


def test_sheet_reported_by_everybody_takes_no_more(said: Said) -> None:
    for n in range(MOST_OPEN):
        said(f"3467{n:04}")
    with pytest.raises(EnoughReports) as refused:
        said("wwwwwwww")
    assert refused.value.said("en").startswith("This page has already been reported")


@pytest.mark.parametrize(
    ("answered", "today", "is_over"),
    [
        (None, date(2026, 11, 20), False),
        (None, date(2026, 12, 1), True),
        (date(2025, 12, 15), date(2026, 6, 14), False),
        (date(2025, 12, 15), date(2026, 6, 15), True),
    ],
)
def test_words_are_kept_as_long_as_the_register_says(answered: date | None, today: date, *, is_over: bool) -> None:
    answered_at = None if answered is None else datetime(answered.year, answered.month, answered.day, tzinfo=UTC)
    assert are_words_over(datetime(2025, 12, 1, tzinfo=UTC), answered_at, today) == is_over


def test_old_words_are_forgotten_day_by_day(said: Said, database: Database, clock: FixedClock) -> None:
    said()
    clock.advance(timedelta(days=360))
    said("wwwwwwww", words="Récent")
    clock.advance(timedelta(days=10))
    JOBS[0].run(database, clock, {})
    assert words_kept(database) == ["", "Récent"]


def test_message_that_names_a_person_is_erased_whole(said: Said, database: Database, room: Room) -> None:
    said(words="Demandez camille  exemple au guichet")
    said("wwwwwwww", words="Fermé")
    asked = ["--name", "Camille Exemple", "--reason", "demande du 20 novembre 2026", "--yes"]
    assert "effacée" in CliRunner().invoke(erase, asked, obj=room).output
    assert words_kept(database) == ["", "Fermé"]
