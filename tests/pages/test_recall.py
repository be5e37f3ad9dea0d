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


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("quoi=crèche+mardi+à+Romilly", "Crèche · Romilly-sur-Seine · mardi 24 novembre"),
        ("quoi=crèche&ou=48.5187,3.7215", "Crèche · près de vous"),
        ("quoi=lavoir+mardi", "« lavoir » · mardi 24 novembre"),
    ],
)
def test_what_was_understood_is_recalled_in_one_line_that_cuts_nothing(visit: Visit, query: str, line: str) -> None:
    folds = visit(f"/recherche?{query}").root.findall(".//div[@class='understood']/details/summary")
    assert ["".join(fold.itertext()).replace("\u00a0", " ") for fold in folds] == [f"Compris : {line}"]


def test_week_of_a_commune_folds_its_form_into_one_line(visit: Visit) -> None:
    fold = visit("/passages?ou=Romilly").root.findall(".//main/details")[0]
    summary = " ".join("".join(fold.findall("summary")[0].itertext()).split())
    assert summary == "Romilly · 10 km Modifier la recherche"
    assert fold.find("form") is not None
    assert visit("/passages").root.find(".//main/form") is not None
