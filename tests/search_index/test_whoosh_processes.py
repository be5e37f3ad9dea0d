"""Several processes over one index: readers never fail, changes are seen at once, a crash leaves the old or the new."""

import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from search_index.analysis import Analysis
from search_index.documents import Document
from search_index.engine import Edit, IndexDamaged
from search_index.times import State, Timetables
from search_index.whoosh_engine import building, keeping, reading, segments, states
from search_index.whoosh_engine.engine import WhooshEngine
from tests.search_index.builders import OPEN, WEEK, a_document, ask, numbered

analysis = Analysis()
forking = get_context("fork")


def _documents(count: int) -> list[Document]:
    return [numbered(a_document(f"Mairie {number}", text="accueil"), number) for number in range(1, count + 1)]


def _edit(number: int) -> Edit:
    return Edit(frozenset((number,)), (numbered(a_document(f"Piscine {number}"), number),), mark=number)


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    engine = WhooshEngine(tmp_path / "index", analysis)
    engine.rebuild(_documents(20))
    return engine


def test_another_process_sees_an_edit_at_its_next_question(engine: WhooshEngine, tmp_path: Path) -> None:
    reader = WhooshEngine(tmp_path / "index", analysis)
    for number in range(21, 61):
        engine.apply(_edit(number))
        assert reader.search(ask("piscine")).total == number - 20
        assert reader.mark == number
    engine.tell_times(Timetables(WEEK, {"a": ((0, OPEN),)}))
    assert reader.window == WEEK


def test_no_two_states_look_alike_however_fast_they_follow(engine: WhooshEngine, tmp_path: Path) -> None:
    stamps = []
    for _ in range(60):
        engine.tell_times(Timetables(WEEK, {}))
        stamps.append(states.stamp_of(tmp_path / "index"))
    assert len({moment for _, moment in filter(None, stamps)}) == 60


def test_small_segments_become_one_when_there_are_many(engine: WhooshEngine, tmp_path: Path) -> None:
    for number in range(21, 21 + 3 * building.MOST_SEGMENTS):
        engine.apply(_edit(number))
        engine.apply(Edit(frozenset((number - 20,))))
        assert engine.search(ask("piscine")).total + engine.search(ask("mairie")).total == 20
    state = states.current_state(tmp_path / "index")
    assert len(state.segments) <= building.MOST_SEGMENTS + 1
    assert len(list((tmp_path / "index" / state.generation).iterdir())) <= 6 * len(state.segments) + 8


def test_files_of_timetables_become_one_when_there_are_many(engine: WhooshEngine, tmp_path: Path) -> None:
    engine.tell_times(Timetables(WEEK, {}))
    for number in range(40):
        opens = {f"s{number}": ((0, State.CLOSED), (number, OPEN))}
        document = numbered(a_document("Piscine", schedule=f"s{number}"), 100 + number)
        engine.apply(Edit(frozenset((100 + number,)), (document,), changes=opens))
    hits = engine.search(ask("piscine", now=20, limit=50)).hits
    assert {hit.key for hit in hits if hit.state is OPEN} == set(range(100, 121))
    assert len(states.current_state(tmp_path / "index").times) < 20


def test_a_reader_keeps_its_view_while_others_change_it(engine: WhooshEngine, tmp_path: Path) -> None:
    stop, failures = threading.Event(), []

    def read() -> None:
        reader, before = WhooshEngine(tmp_path / "index", analysis), 0
        while not stop.is_set():
            total = reader.search(ask("piscine")).total
            if total < before:
                failures.append((before, total))
            before = total

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(21, 61):
        engine.apply(_edit(number))
    engine.rebuild([*_documents(20), *(_edit(number).documents[0] for number in range(21, 61))])
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_state_that_goes_while_it_is_read_is_read_again(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = WhooshEngine(tmp_path / "index", analysis)
    before = reader.search(ask("piscine")).total
    engine.apply(_edit(21))
    gone = iter([IndexDamaged("swept away by the next edit")])

    def current_state(root: Path) -> states.State:
        for damage in gone:
            raise damage
        return states.current_state(root)

    monkeypatch.setattr(reading, "current_state", current_state)
    assert reader.search(ask("piscine")).total == before + 1


def _dies_in(moment: Callable[[], Any], change: Callable[[], None]) -> None:
    """Change the index in a process that is killed the moment something is called."""
    process = forking.Process(target=_die, args=(moment, change))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def _die(moment: Callable[[], Any], change: Callable[[], None]) -> None:
    moment()
    change()


def _killing(owner: object, name: str, *, after: bool) -> Callable[[], None]:
    def arm() -> None:
        original = getattr(owner, name)

        def killed(*arguments: Any, **named: Any) -> None:  # noqa: ANN401  # whatever is killed takes
            if after:
                original(*arguments, **named)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(owner, name, killed)

    return arm


STEPS: list[tuple[object, str]] = [
    (building, "write_columns"),
    (building, "write_words"),
    (segments.Writer, "commit"),
    (building, "segments_at"),
    (keeping, "publish"),
    (Path, "replace"),
]


@pytest.fixture(params=STEPS, ids=lambda step: step[1])
def step(request: pytest.FixtureRequest) -> tuple[object, str]:
    found: tuple[object, str] = request.param
    return found


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_writer_killed_at_any_step_leaves_the_old_index_or_the_new_one(
    engine: WhooshEngine, tmp_path: Path, step: tuple[object, str], *, after: bool
) -> None:
    _dies_in(_killing(*step, after=after), lambda: engine.apply(_edit(30)))
    is_new = after and step[1] in {"publish", "replace"}
    reader = WhooshEngine(tmp_path / "index", analysis)
    assert (reader.search(ask("piscine")).total, reader.mark) == ((1, 30) if is_new else (0, 0))
    reader.verify()
    reader.apply(_edit(31))
    assert reader.search(ask("piscine")).total == 1 + is_new


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_rebuild_killed_at_any_step_leaves_the_old_index_or_the_new_one(
    engine: WhooshEngine, tmp_path: Path, step: tuple[object, str], *, after: bool
) -> None:
    _dies_in(_killing(*step, after=after), lambda: engine.rebuild(_documents(10)))
    is_new = after and step[1] in {"publish", "replace"}
    reader = WhooshEngine(tmp_path / "index", analysis)
    assert reader.search(ask("mairie")).total == (10 if is_new else 20)
    reader.rebuild(_documents(15))
    assert reader.search(ask("mairie")).total == 15
    assert len(list((tmp_path / "index").glob("g*"))) <= 2


def test_two_processes_that_edit_lose_nothing(engine: WhooshEngine, tmp_path: Path) -> None:
    def edit(first: int) -> None:
        writer = WhooshEngine(tmp_path / "index", analysis)
        for number in range(first, first + 20):
            writer.apply(_edit(number))

    processes = [forking.Process(target=edit, args=(first,)) for first in (100, 200)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert engine.search(ask("piscine")).total == 40
