"""What is true everywhere in the house, read off the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for room in ("portal", "importers", "search_index") for path in (ROOT / room).rglob("*.py")]
DOORS_THAT_COMMIT = {
    "portal/core/database.py",
    "portal/core/migrations/env.py",
    "search_index/whoosh_engine/building.py",  # a commit of the index, which is no database
}
THE_CLOCK = {"portal/core/clock.py"}
ASKING_THE_MACHINE = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}


def _calls(path: Path) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            yield node.lineno, owner.id if isinstance(owner, ast.Name) else "", node.func.attr


def _places(found: set[str], paths: set[str]) -> list[str]:
    return sorted(place for place in found if place.split(":")[0] not in paths)


def test_only_doors_commit() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}" for path in SOURCES for line, _, name in _calls(path) if name == "commit"
    }
    assert _places(found, DOORS_THAT_COMMIT) == []


def test_only_the_clock_asks_the_machine_for_the_time() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in SOURCES
        for line, owner, name in _calls(path)
        if (owner, name) in ASKING_THE_MACHINE
    }
    assert found, "the clock itself must be found, or this test sees nothing"
    assert _places(found, THE_CLOCK) == []


def _names_given_to_logs(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        if isinstance(owner, ast.Name) and owner.id in {"logger", "log"}:
            given = [each for argument in node.args[1:] for each in ast.walk(argument)]
            yield from ((node.lineno, each.id) for each in given if isinstance(each, ast.Name))


def test_logs_receive_no_rows_forms_or_requests() -> None:
    suspects = {"form", "args", "request", "row", "contact", "person"}
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in SOURCES
        for line, name in _names_given_to_logs(path)
        if name in suspects
    ]
    assert found == []
