"""What a test must not do: claim something of an empty list, or read a page before it has come."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.claims import every, none_of

TESTS = Path(__file__).resolve().parents[1]
READ_AT_ONCE = {
    "all_inner_texts",
    "all_text_contents",
    "count",
    "get_attribute",
    "inner_text",
    "input_value",
    "is_checked",
    "is_hidden",
    "is_visible",
    "text_content",
    "title",
    "url",
}
"""What Playwright tells of the moment; `expect` waits."""


def _asserts(node: ast.AST) -> Iterator[ast.Assert]:
    """List what a test asserts; a property is tried with many examples, and some of them may be empty."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef) and any("given" in ast.unparse(each) for each in child.decorator_list):
            continue
        if isinstance(child, ast.Assert):
            yield child
        yield from _asserts(child)


def _is_empty_claim(claim: ast.expr) -> bool:
    """Tell whether a claim holds of an empty list too: `all(…)`, `not any(…)`."""
    is_negated = isinstance(claim, ast.UnaryOp) and isinstance(claim.op, ast.Not)
    called = claim.operand if isinstance(claim, ast.UnaryOp) else claim
    name = "any" if is_negated else "all"
    return isinstance(called, ast.Call) and isinstance(called.func, ast.Name) and called.func.id == name


def _empty_claims(text: str) -> list[int]:
    return [each.lineno for each in _asserts(ast.parse(text)) if _is_empty_claim(each.test)]


def _hasty_reads(text: str) -> list[int]:
    found = (node for each in _asserts(ast.parse(text)) for node in ast.walk(each.test))
    read = (node for node in found if isinstance(node, ast.Attribute) and node.attr in READ_AT_ONCE)
    return [node.lineno for node in read if not ast.unparse(node).endswith("portal.url")]


def test_no_test_is_content_with_an_empty_list() -> None:
    """Write `every(…)` and `none_of(…)` of tests.tools.claims."""
    own = {path: _empty_claims(path.read_text(encoding="utf-8")) for path in TESTS.rglob("*.py")}
    assert {str(path.relative_to(TESTS)): lines for path, lines in own.items() if lines} == {}


def test_no_journey_reads_a_page_before_it_has_come() -> None:
    """Write `expect(page).to_have_url(…)`, `expect(locator).to_have_text(…)`."""
    journeys = [*(TESTS / "journeys").glob("*.py")]
    own = {path: _hasty_reads(path.read_text(encoding="utf-8")) for path in journeys}
    assert {path.name: lines for path, lines in own.items() if lines} == {}
    assert "wait_for_timeout" not in "".join(path.read_text(encoding="utf-8") for path in journeys)


def test_claims_and_reads_of_that_kind_are_seen() -> None:
    claims = "assert all(f(x) for x in y)\nassert not any(y)\nassert any(y)\nassert every(y)"
    assert _empty_claims(claims) == [1, 2]
    assert _hasty_reads("assert page.url == '/'\nassert link.is_visible()\nexpect(page).to_have_url('/')") == [1, 2]


@pytest.mark.parametrize("claim", [every, none_of])
def test_nothing_can_be_claimed_of_an_empty_list(claim: type[bool]) -> None:
    with pytest.raises(AssertionError, match="nothing was looked at"):
        claim(())
