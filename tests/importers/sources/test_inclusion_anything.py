"""Whatever stands in the members of a service, a structure or an establishment, reading it gives a verdict."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from importers.pipeline.lists import open_lists, passages
from importers.pipeline.passages import Passage
from importers.reading import Unreadable, piece_of_bytes
from importers.sources import SOURCES
from portal.intake.rules.checks import check
from tests.importers.sources.builders import reference
from tests.importers.sources.inclusion_rows import SERVICE, STRUCTURE, a_service, a_structure, as_json, read_beside
from tests.importers.sources.test_sante_json import EGE, GENERAL, WHERE
from tests.tools.examples import examples

WORDS = st.sampled_from(
    [
        "a-distance",
        "en-presentiel",
        "famille--garde-denfants",
        "caf",
        "10323",
        "10",
        "france",
        "Mo-Fr 09:00-12:00",
        "https://exemple.example",
        "[",
        '{"a": 1}',
        "non",
    ]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)


def some_of(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a few members, each of which may be anything."""
    return st.dictionaries(st.sampled_from(names), ANYTHING, max_size=6)


def is_judged(passage: Passage) -> bool:
    """Tell whether a passage has a record that the checks can look at, or says why it has none."""
    return bool(passage.problems) if passage.record is None else check(passage.record) is not None


@examples(50)
@given(some_of(sorted(SERVICE)), some_of(sorted(STRUCTURE)))
def test_any_service_and_structure_are_judged(service: dict[str, Any], structure: dict[str, Any]) -> None:
    files = {"services.json": as_json([a_service(**service)]), "structures.json": as_json([a_structure(**structure)])}
    assert all(is_judged(each) for rows in read_beside(files).values() for each in rows)


@examples(50)
@given(some_of(sorted(EGE)), some_of(sorted(GENERAL)), some_of(sorted(WHERE)))
def test_any_establishment_is_judged(ege: dict[str, Any], general: dict[str, Any], where: dict[str, Any]) -> None:
    whole = EGE | {"informationsGeneralesEGE": GENERAL | general, "adresse": [WHERE | where]} | ege
    content = json.dumps({"pmej": [{"ege": [whole]}]}).encode()
    found = open_lists(SOURCES["sante"], (piece_of_bytes(content, "flux.json"),))
    assert isinstance(found, Unreadable) or all(
        is_judged(each) for opened in found for each in passages(opened, reference()) if isinstance(each, Passage)
    )
