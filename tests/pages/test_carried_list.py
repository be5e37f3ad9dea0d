"""A list filled from results and sheets: it is carried by addresses alone, and leads back where one was."""

import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.database import Database
from portal.directory.models.services import Service
from tests.pages.conftest import Page, Visit, parsed
from tests.search.towns import NOGENT, Town, serving

PAGE = re.compile(r"/(?:recherche|(?:services|lieux|structures|tournees|communes|themes)/[a-z0-9-]+)(?:[?][^ ]*)?")
ASKED = "/recherche?ou=Nogent-sur-Seine&quoi=cr%C3%A8che&rayon=50"


@pytest.fixture
def ids(town: Town, database: Database) -> dict[str, str]:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)), serving("Crèche des Quais", NOGENT, concepts=("PE02",)))
    with database.reading() as session:
        return {each.title: each.public_id for each in session.query(Service)}


def add(page: Page, title: str) -> str:
    return page.links()[f"Ajouter à ma liste : {title}"]


def test_list_leads_back_to_the_results_and_they_remember_it(visit: Visit, ids: dict[str, str]) -> None:
    mine = visit(add(visit(ASKED), "Crèche des Quais"))
    back = visit(mine.links()["‹ Revenir aux résultats"])
    assert back.h1 == visit(ASKED).h1
    assert "Dans ma liste : la voir : Crèche des Quais" in back.links()
    assert back.links()["Ma liste (1)"] == f"/ma-liste?s={ids['Crèche des Quais']}"
    both = visit(add(back, "Crèche du Lavoir"))
    assert both.links()["Ma liste (2)"] == f"/ma-liste?s={ids['Crèche des Quais']},{ids['Crèche du Lavoir']}"


def test_results_carry_the_list_on_and_have_one_true_address(visit: Visit, ids: dict[str, str]) -> None:
    kept = f"s={ids['Crèche des Quais']}"
    page = visit(f"{ASKED}&{kept}")
    assert page.links()["Retirer le filtre : À 50 km au plus"].endswith(f"&{kept}")
    assert page.root.findall(".//form/input[@name='s']")[0].get("value") == ids["Crèche des Quais"]
    assert page.root.findall(".//link[@rel='canonical']")[0].get("href", "").endswith(ASKED)
    assert page.root.findall(".//meta[@name='robots']")[0].get("content") == "noindex, follow"


def is_discreet(page: Page) -> bool:
    """Tell whether the page asks the browser to keep nothing of the list it carries."""
    (menu,) = [link for link in page.root.findall(".//a") if link.get("data-my-list") is not None]
    return menu.get("data-discreet") is not None


def test_list_with_a_discreet_service_is_carried_discreetly(visit: Visit, ids: dict[str, str], town: Town) -> None:
    kept = ids["Crèche des Quais"]
    assert not is_discreet(visit(f"{ASKED}&s={kept}"))
    named: list[str] = []
    town.knows(lambda build: named.append(build.a_service(title="Écoute", concepts=("SO11",)).public_id))
    assert is_discreet(visit(f"{ASKED}&s={kept},{named[0]}"))
    assert not is_discreet(visit(ASKED))


def test_list_leads_back_to_a_sheet(visit: Visit, ids: dict[str, str]) -> None:
    results = visit(f"{ASKED}&s={ids['Crèche des Quais']}")
    sheet = visit(results.links()["Crèche du Lavoir"])
    mine = visit(add(sheet, "Crèche du Lavoir"))
    assert [
        mine.links()[f"Retirer {title}"].partition("&")[0] for title in ("Crèche des Quais", "Crèche du Lavoir")
    ] == [
        f"/ma-liste?s={ids['Crèche du Lavoir']}",
        f"/ma-liste?s={ids['Crèche des Quais']}",
    ]
    assert visit(mine.links()["‹ Revenir à la fiche"]).h1 == sheet.h1


def test_every_step_on_the_list_keeps_the_way_back(visit: Visit, ids: dict[str, str]) -> None:
    mine = visit(add(visit(f"{ASKED}&s={ids['Crèche du Lavoir']}"), "Crèche des Quais"))
    emptied = visit(visit(mine.links()["Retirer Crèche du Lavoir"]).links()["Vider la liste"])
    assert visit(emptied.links()["‹ Revenir aux résultats"]).h1 == visit(ASKED).h1


def test_list_that_is_handed_on_does_not_tell_what_was_asked(visit: Visit, ids: dict[str, str]) -> None:
    mine = visit(add(visit(ASKED), "Crèche des Quais"))
    bare = f"http://localhost/ma-liste?s={ids['Crèche des Quais']}"
    assert mine.links()[bare] == bare
    assert "cr%C3%A8che" not in mine.links()["Envoyer par courriel"]


@pytest.mark.usefixtures("ids")
def test_way_back_speaks_the_language_of_the_list(visit: Visit) -> None:
    mine = visit("/en/ma-liste?retour=/recherche%3Fquoi%3Dcr%C3%A8che")
    assert "/en/recherche?quoi=cr%C3%A8che" in mine.links().values()


FOREIGN = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/recherche/../connexion",
]


@given(text=st.sampled_from(FOREIGN) | st.text(max_size=60) | st.text(max_size=40).map("/services/".__add__))
@settings(max_examples=40)
def test_no_address_leads_off_the_site(browser: FlaskClient, text: str) -> None:
    root = parsed(browser.get("/ma-liste", query_string={"retour": text}).text)
    ways = [link.get("href", "") for line in root.findall(".//main/p") for link in line if "‹" in (link.text or "")]
    assert [way for way in ways if not PAGE.fullmatch(way)] == []
