"""The words for a place are read in every way a person may mean them, and no longer than a name can be."""

import pytest

from portal.geography.communes import Communes
from portal.geography.questions import Question, department_keys, readings

AUBE = frozenset({"10"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Romilly", [Question(name="romilly")]),
        ("10100", [Question(code="10100")]),
        ("2a004", [Question(code="2A004")]),
        ("St-Aubin (10)", [Question(name="st aubin 10"), Question(name="st aubin", departments=AUBE)]),
        ("st aubin aube", [Question(name="st aubin aube"), Question(name="st aubin", departments=AUBE)]),
        ("Nogent 10400", [Question(name="nogent", code="10400"), Question(name="nogent 10400")]),
        ("10400 Nogent", [Question(name="nogent", code="10400"), Question(name="10400 nogent")]),
        ("bourg 1", [Question(name="bourg 1"), Question(name="bourg", departments=frozenset({"01"}))]),
        ("corte 20", [Question(name="corte 20"), Question(name="corte", departments=frozenset({"2A", "2B"}))]),
    ],
)
def test_words_are_read_in_all_their_ways(france: Communes, text: str, expected: list[Question]) -> None:
    assert readings(text, departments=department_keys(france.departments)) == expected


@pytest.mark.parametrize("text", ["", "…", "mot " * 15, "quinzelettresaa " * 8, "x" * 101])
def test_texts_no_place_can_match_are_not_read(text: str) -> None:
    assert readings(text, departments={}) == []


@pytest.mark.parametrize("text", ["mot " * 14, "x" * 100])
def test_texts_as_long_as_names_can_be_are_read(text: str) -> None:
    assert len(readings(text, departments={})) == 1


def test_every_department_answers_to_its_name_and_number(france: Communes) -> None:
    keys = department_keys(france.departments)
    assert (keys["seine et marne"], keys["cote d or"], keys["2b"], keys["971"], keys["01"]) == (
        "77",
        "21",
        "2B",
        "971",
        "01",
    )
