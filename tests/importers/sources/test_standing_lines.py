"""A list that comes again: lines that stand as before are not read, and what becomes of them is the same."""

import pytest

from importers.pipeline import editions, lists
from importers.pipeline.passages import Passage, read_line
from portal.core.changes import SYSTEM, Act
from portal.intake.models.sources import Run
from portal.intake.operations.undoing import undo_run
from portal.intake.report import Report
from portal.intake.rules.declarations import RunOptions
from tests.importers.sources.builders import Desk
from tests.importers.sources.finess_rows import a_flow, an_establishment

FLOW = a_flow(an_establishment())
RENAMED = a_flow(an_establishment(rs="PHARMACIE DU MOULIN"))
DOUBTFUL = a_flow(an_establishment(telephone="12345"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the key of every line that is read."""
    keys: list[str] = []

    def noting(*told: object) -> Passage:
        passage = read_line(*told)  # type: ignore[arg-type] # handed on as they came
        keys.extend([passage.key] if passage.key else [])
        return passage

    monkeypatch.setattr(lists, "read_line", noting)
    return keys


def again(desk: Desk, read: list[str], content: bytes) -> tuple[Report, int]:
    """Import a file once more, and count the lines that were read."""
    read.clear()
    report = desk.imports("sante", content)
    return report, len(read)


def test_a_line_that_stands_as_before_is_not_read(desk: Desk, read: list[str]) -> None:
    assert desk.imports("sante", FLOW).figures()["created"] == len(read) == 1
    report, n_read = again(desk, read, FLOW)
    assert (report.figures()["unchanged"], n_read) == (1, 0)


def test_what_is_wrong_with_a_line_is_said_each_time(desk: Desk, read: list[str]) -> None:
    first = desk.imports("sante", DOUBTFUL)
    report, n_read = again(desk, read, DOUBTFUL)
    assert (report.figures()["unchanged"], n_read) == (1, 1)
    assert report.all_reasons() == first.all_reasons()


def test_a_line_that_changed_is_read(desk: Desk, read: list[str]) -> None:
    desk.imports("sante", FLOW)
    report, n_read = again(desk, read, RENAMED)
    assert (report.figures()["updated"], n_read) == (1, 1)


def test_a_line_that_stands_twice_is_a_duplicate_as_ever(desk: Desk, read: list[str]) -> None:
    desk.imports("sante", FLOW)
    report, _ = again(desk, read, a_flow(an_establishment(), an_establishment()))
    assert (report.figures()["unchanged"], report.figures()["duplicate"]) == (1, 1)


def test_another_release_reads_every_line_once(desk: Desk, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    desk.imports("sante", FLOW)
    monkeypatch.setattr(editions, "_program", lambda: "another release")
    assert [again(desk, read, FLOW)[1] for _ in range(2)] == [1, 0]


def test_another_territory_reads_every_line(desk: Desk, read: list[str]) -> None:
    desk.imports("sante", FLOW)
    desk.options = RunOptions(scope=frozenset({"10268"}))
    report, n_read = again(desk, read, FLOW)
    assert (report.figures()["skipped"], n_read) == (2, 1)


def test_an_undone_change_leaves_the_line_as_it_stood(desk: Desk, read: list[str]) -> None:
    desk.imports("sante", FLOW)
    number = desk.imports("sante", RENAMED).run
    with desk.database.writing() as session:
        undo_run(session, run=session.get_one(Run, number), act=Act(by=SYSTEM, at=desk.clock.now()))
    report, n_read = again(desk, read, FLOW)
    assert (report.figures()["unchanged"], n_read) == (1, 0)
    assert again(desk, read, RENAMED)[0].figures()["updated"] == 1
