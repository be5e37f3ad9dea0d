"""A damaged index is never opened: it is told, and a rebuild heals it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from search_index.analysis import Analysis
from search_index.engine import Edit, IndexBusy, IndexDamaged
from search_index.times import Timetables
from search_index.whoosh_engine.engine import WhooshEngine
from search_index.whoosh_engine.locking import writing
from search_index.whoosh_engine.states import POINTER, current_state
from tests.search_index.builders import OPEN, WEEK, a_document, ask, numbered

analysis = Analysis()
DOCUMENTS = [numbered(a_document(f"Mairie {number}", text="accueil", schedule="a"), number) for number in range(1, 40)]


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = max(0, len(content) // 2 - 32)
    content[middle : middle + 64] = bytes(byte ^ 0xFF for byte in content[middle : middle + 64])
    path.write_bytes(content)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


HARMS: dict[str, Callable[[Path], None]] = {"flipped": _flip, "truncated": _truncate, "deleted": Path.unlink}


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index with an edit and timetables."""
    root = tmp_path_factory.mktemp("healthy") / "index"
    engine = WhooshEngine(root, analysis)
    engine.rebuild(DOCUMENTS[:-1], times=lambda: Timetables(WEEK, {"a": ((0, OPEN),)}))
    engine.apply(Edit(frozenset((39,)), tuple(DOCUMENTS[-1:]), changes={"b": ((0, OPEN),)}))
    return root


def _files(root: Path) -> list[Path]:
    """List the files an index consists of."""
    state = current_state(root)
    names = [state.file_name, *state.seals]
    return [root / POINTER, *(root / state.generation / name for name in names)]


@pytest.mark.parametrize("harm", HARMS)
def test_no_file_is_opened_when_any_of_its_bytes_is_lost(healthy: Path, tmp_path: Path, harm: str) -> None:
    for place, file in enumerate(_files(healthy)):
        root = tmp_path / str(place)
        shutil.copytree(healthy, root)
        HARMS[harm](root / file.relative_to(healthy))
        with pytest.raises(IndexDamaged):
            WhooshEngine(root, analysis).search(ask("mairie"))


def test_every_kind_of_file_was_harmed(healthy: Path) -> None:
    kinds = {path.suffix for path in _files(healthy)}
    assert kinds == {"", ".toc", ".pst", ".trm", ".col", ".lex", ".tim", ".json"}


@pytest.mark.parametrize("harm", HARMS)
def test_an_open_engine_goes_on_and_verifying_tells(healthy: Path, tmp_path: Path, harm: str) -> None:
    root = shutil.copytree(healthy, tmp_path / "index")
    engine = WhooshEngine(root, analysis)
    expected = engine.search(ask("mairie"))
    for file in _files(root):
        if file.suffix in {".col", ".lex", ".trm", ".toc", ".tim"}:
            HARMS[harm](file)
    assert engine.search(ask("mairie")) == expected
    with pytest.raises(IndexDamaged):
        engine.verify()


def test_postings_that_change_under_an_open_engine_are_noticed_when_touched(healthy: Path, tmp_path: Path) -> None:
    root = shutil.copytree(healthy, tmp_path / "index")
    engine = WhooshEngine(root, analysis)
    assert engine.keys
    for path in root.rglob("*.pst"):
        with path.open("r+b") as file:
            file.write(b"\xff" * path.stat().st_size)
    with pytest.raises(IndexDamaged):
        engine.search(ask("accueil"))


def test_a_rebuild_heals_for_everybody(healthy: Path, tmp_path: Path) -> None:
    root = shutil.copytree(healthy, tmp_path / "index")
    reader, keeper = WhooshEngine(root, analysis), WhooshEngine(root, analysis)
    _flip(next(root.rglob("*.col")))
    for _ in range(2):
        with pytest.raises(IndexDamaged):
            reader.search(ask("mairie"))
    keeper.rebuild(DOCUMENTS)
    assert reader.search(ask("mairie")).total == 39


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "nowhere", analysis)
    with pytest.raises(IndexDamaged):
        engine.search(ask("mairie"))
    with pytest.raises(IndexDamaged):
        engine.apply(Edit(frozenset((1,))))


def test_an_index_of_another_analysis_is_not_searched(healthy: Path) -> None:
    with pytest.raises(IndexDamaged):
        WhooshEngine(healthy, Analysis(["MSA"])).search(ask("mairie"))


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, analysis, patience=0.05)
    engine.rebuild(DOCUMENTS)
    with writing(tmp_path, patience=1), pytest.raises(IndexBusy):
        engine.apply(Edit(frozenset((1,))))
    engine.apply(Edit(frozenset((1,))))
    assert engine.search(ask("mairie")).total == 38
