"""The lists of the demonstration came in over a year, as lists do, and come in once."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from importers.demo.bringing import FOLDER, bring_lists
from importers.demo.content import read_content, shipped_content_texts
from importers.demo.timetable import deliveries_of
from portal.core.content_hash import content_hash
from portal.core.database import Database
from portal.directory.content import CONTENTS
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.rules.choices import Status
from portal.intake.models.decisions import STRUCTURE, Correction, ReviewItem, ReviewKind, ReviewState
from portal.intake.models.sources import Run, RunState
from portal.intake.report import Fate
from portal.intake.rules.bodies import name_key
from tests.tools.golden_demonstration import GOLDEN, REFERENCE_DAY, file_digests
from tests.tools.settled_demonstration import Settled, prepare, settle


def published(settled: Settled) -> str:
    with settled.here.database.reading() as session:
        return content_hash(session, CONTENTS)


def test_every_row_is_accounted_for(settled: Settled) -> None:
    for outcome in settled.outcomes:
        figures = outcome.report.figures()
        assert figures["read"] == sum(figures[fate.value] for fate in Fate), outcome.name


def test_wrong_rows_are_set_aside_in_several_lists(settled: Settled) -> None:
    reports = [outcome.report for outcome in settled.outcomes]
    assert len({report.feed for report in reports if report.counts[Fate.QUARANTINED]}) >= 5
    assert len({report.feed for report in reports if report.counts[Fate.REFUSED]}) >= 3


def test_a_file_cut_short_was_refused(work: Session) -> None:
    refused = work.scalars(select(Run).where(Run.state == RunState.REFUSED)).all()
    assert [run.said_on for run in refused] == [REFERENCE_DAY - timedelta(days=6)]


def test_runs_are_those_of_the_last_fourteen_months(work: Session) -> None:
    days = [run.at.date() for run in work.scalars(select(Run).order_by(Run.id))]
    assert days == sorted(days)
    assert len(days) > 30
    assert (REFERENCE_DAY - days[0]).days > 400
    assert days[-1] == REFERENCE_DAY - timedelta(days=1)


def test_a_place_that_left_its_list_was_hidden_after_its_time(work: Session) -> None:
    gone = work.scalars(select(Service).where(Service.title == "Pharmacie de l’Abreuvoir")).one()
    assert gone.status is Status.CLOSED


def test_questions_wait_and_one_was_answered(work: Session) -> None:
    items = work.scalars(select(ReviewItem)).all()
    waiting = {item.kind for item in items if item.state is ReviewState.OPEN}
    assert waiting == {ReviewKind.DUPLICATE, ReviewKind.QUARANTINE}
    accepted = [item for item in items if item.state is ReviewState.ACCEPTED]
    assert {item.kind for item in accepted} == {ReviewKind.DUPLICATE}
    assert len([item for item in accepted if item.content.get("what") != STRUCTURE]) == 1


def test_no_body_stands_there_twice(work: Session) -> None:
    names = work.scalars(select(Structure.slug).where(Structure.merged_into_id.is_(None))).all()
    assert len(names) == len({name_key(name) for name in names})


def test_corrections_of_people_stand(work: Session) -> None:
    assert {correction.field for correction in work.scalars(select(Correction))} == {"opening", "summary"}


def test_bringing_again_changes_nothing(settled: Settled) -> None:
    before = published(settled)
    assert bring_lists(settled.here, reference_day=REFERENCE_DAY) == []
    assert published(settled) == before


class CutShortError(Exception):
    """Stands for a machine that stops."""


def cut_short(sentence: str) -> None:
    if sentence.startswith("Liste 20 "):
        raise CutShortError


def test_an_init_that_was_cut_short_ends_like_any_other(
    settled: Settled, new_sqlite: Callable[[], Database], tmp_path: Path
) -> None:
    database = new_sqlite()
    here = prepare(database, tmp_path / "data")
    with pytest.raises(CutShortError):
        bring_lists(here, reference_day=REFERENCE_DAY, tell=cut_short)
    again = settle(here)
    assert len(again.outcomes) == len(settled.outcomes) - 19
    assert published(again) == published(settled)
    database.close()


def test_files_lie_open_in_the_data_directory(settled: Settled) -> None:
    folder = settled.here.data_dir / FOLDER
    assert len(list(folder.glob("2026-*.csv"))) >= 12
    assert len(list(folder.glob("*.xlsx"))) >= 8
    assert "maillage check" in (folder / "LISEZ-MOI.txt").read_text(encoding="utf-8")
    assert (folder / "cartes" / "cahier-de-marcilly-le-hayer.toml").is_file()


def test_one_dated_set_is_what_it_was() -> None:
    assert list(file_digests()) == GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("day", [date(2027, 2, 28), date(2028, 2, 29), date(2028, 11, 21), date(2030, 8, 15)])
def test_files_can_be_written_in_years_to_come(day: date) -> None:
    content = read_content(shipped_content_texts(), reference_day=day)
    for delivery in deliveries_of(content):
        written = delivery.written(content, day)
        assert len(written) > 1000, delivery.file
        assert delivery.said_on(day) < day
