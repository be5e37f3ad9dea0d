"""The whole tree keeps one style: linter, formatter, types, sizes and names."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("portal", "importers", "search_index", "tests", "bench", "script")
NAMES_THAT_SAY_NOTHING = frozenset(
    ["utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "handlers", "stuff"]
)
EXCUSE = re.compile(r"# (?:noqa|type: ignore)(?P<code>: ?[A-Z0-9, ]+|\[[a-z, -]+\])?(?P<reason>(?: --? |  # )\S.*)?$")
LONGEST_FUNCTION = 50
LONGEST_MODULE = 400
LONGEST_TEST_MODULE = 500
LONGEST_TEST = 40


def _modules() -> list[Path]:
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return [*found, ROOT / "config.py"]


@pytest.mark.parametrize(
    "check",
    [
        ("-m", "ruff", "check", "--no-cache", "."),
        ("-m", "ruff", "format", "--no-cache", "--check", "."),
        ("-m", "mypy", "--no-error-summary"),
    ],
    ids=["linter", "formatter", "types"],
)
def test_the_tree_passes_the_checker(check: tuple[str, ...]) -> None:
    outcome = subprocess.run([sys.executable, *check], cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def _too_long(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    is_test = ROOT / "tests" in path.parents
    if len(text.splitlines()) > (LONGEST_TEST_MODULE if is_test else LONGEST_MODULE):
        yield f"{path.relative_to(ROOT)}: {len(text.splitlines())} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            limit = LONGEST_TEST if is_test and node.name.startswith("test_") else LONGEST_FUNCTION
            if length > limit and "migrations/versions" not in str(path):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines"


def test_no_module_or_function_is_too_long() -> None:
    assert [fault for path in _modules() for fault in _too_long(path)] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in _modules() if path.stem in NAMES_THAT_SAY_NOTHING] == []


def _bare_excuses(path: Path) -> Iterator[str]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        excuse = EXCUSE.search(line)
        if excuse and not (excuse["code"] and excuse["reason"]):
            yield f"{path.relative_to(ROOT)}:{number}"


def test_every_excuse_given_to_a_checker_names_its_code_and_reason() -> None:
    assert [place for path in _modules() for place in _bare_excuses(path)] == []
