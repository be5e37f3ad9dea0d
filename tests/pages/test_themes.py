"""A theme says what it is, which kinds of service it holds, and lists them all."""

from pathlib import Path

import pytest

from portal.core.clock import FixedClock
from portal.core.database import Database
from tests.pages.conftest import Page, Visit
from tests.search.towns import NOGENT, open_town, serving


@pytest.fixture(autouse=True)
def _directory(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    many = [serving(f"Pharmacie {number:02}", concepts=("SA11",)) for number in range(21)]
    open_town(database, clock, tmp_path).knows(
        serving("Dr Exemple", NOGENT, concepts=("SA01",), opens="Mo-Fr 09:00-12:00"),
        serving("Bus", concepts=("MO01",)),
        lambda build: build.a_service(title="Sans adresse", concepts=("NU01",)),
        serving("Avec adresse", concepts=("NU01",)),
        *many,
    )


def titles(page: Page) -> list[str]:
    return [" ".join("".join(each.itertext()).split()) for each in page.root.findall(".//article/h3/a")]


def test_themes_are_listed_with_what_they_hold(visit: Visit) -> None:
    page = visit("/themes")
    assert page.links()["Accès aux soins"] == "/themes/sante"
    assert "22 services" in page.text


def test_theme_tells_its_kinds_with_their_counts(visit: Visit) -> None:
    page = visit("/themes/sante")
    assert page.h1 == "Accès aux soins"
    assert page.links()["Pharmacie"] == "/recherche?theme=SA11"
    assert "Pharmacie 21 services" in page.text
    assert "Bus et car" not in page.text


def test_theme_lists_its_services_by_name_page_by_page(visit: Visit) -> None:
    first, second = visit("/themes/sante"), visit("/themes/sante?page=2")
    assert (titles(first)[0], len(titles(first))) == ("Dr Exemple", 20)
    assert titles(second) == ["Pharmacie 19", "Pharmacie 20"]
    assert first.title != second.title
    assert second.root.find(".//ol[@start='21']") is not None


@pytest.mark.parametrize("page", ["99", "0", "-1", "x", "99999999999"])
def test_page_that_is_none_is_the_first_or_the_last_asked(visit: Visit, page: str) -> None:
    assert titles(visit(f"/themes/sante?page={page}"))[0] == "Dr Exemple"


def test_theme_says_what_its_map_cannot_show(visit: Visit) -> None:
    page = visit("/themes/numerique")
    told = ["".join(each.itertext()) for each in page.root.findall(".//p[@data-off-map]")]
    assert [words.partition("\u00a0:")[0] for words in told] == ["Le numéro 2 est au centre de sa commune"]
    assert visit("/themes/sante").root.findall(".//p[@data-off-map]") == []


def test_search_on_a_theme_stays_in_it(visit: Visit) -> None:
    assert visit("/themes/sante").root.find(".//input[@name='theme'][@value='sante']") is not None


def test_theme_that_is_none_is_told(visit: Visit) -> None:
    assert "Ce thème n’existe pas" in visit("/themes/licornes", status=404).text


def test_theme_says_in_english_what_it_is(visit: Visit) -> None:
    page = visit("/en/themes/sante")
    assert page.h1 == "Health care"
    [lead] = [each for each in page.root.iter("p") if each.get("class") == "lead"]
    assert (lead.text, lead.get("lang")) == ("Doctors, hospitals, other health professionals and prevention.", None)
    assert "Soins de premier" not in visit("/en/themes").text


def test_theme_without_services_says_none(visit: Visit) -> None:
    page = visit("/themes/logement")
    assert "0 service" in page.text
    assert titles(page) == []
