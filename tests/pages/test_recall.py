"""What a page of results recalls of the question, each in one line that unfolds."""

import pytest

from tests.pages.conftest import Visit
from tests.search.towns import Town, serving


@pytest.fixture(autouse=True)
def _creche(town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", opens="Mo-Sa 07:30-18:30", concepts=("PE02",)))


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("quoi=crèche&ou=Romilly", "crèche · Romilly Modifier la recherche"),
        ("quoi=crèche", "crèche · où\u00a0? Modifier la recherche"),
        ("quoi=crèche+à+Romilly", "crèche à Romilly Modifier la recherche"),
        ("theme=PE02&ou=Romilly", "Crèche… · Romilly Modifier la recherche"),
        ("ou=Romilly", "Tous les services · Romilly Modifier la recherche"),
    ],
)
def test_question_stands_in_one_line_above_the_form_that_changes_it(visit: Visit, query: str, line: str) -> None:
    fold = visit(f"/recherche?{query}").root.findall(".//main/details")[0]
    assert " ".join("".join(fold.findall("summary")[0].itertext()).split()) == line.replace("\u00a0", " ")
    assert fold.find("form") is not None


def test_what_was_understood_is_recalled_in_a_line_short_enough_for_a_telephone(visit: Visit) -> None:
    lines = visit("/recherche?quoi=crèche+samedi+à+Romilly").root.findall(".//div[@class='understood']/details/summary")
    assert ["".join(line.itertext()) for line in lines] == ["Compris\u00a0: Romilly-sur-Seine (10)…"]


def test_week_of_a_commune_folds_its_form_into_one_line(visit: Visit) -> None:
    fold = visit("/passages?ou=Romilly").root.findall(".//main/details")[0]
    summary = " ".join("".join(fold.findall("summary")[0].itertext()).split())
    assert summary == "Romilly · 10 km Modifier la recherche"
    assert fold.find("form") is not None
    assert visit("/passages").root.find(".//main/form") is not None
