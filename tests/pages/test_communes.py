"""The page of a commune: its mairie, what is there, what passes, who is in charge; and a page for each."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import publish_service
from portal.directory.rules.choices import CompetenceKind
from portal.directory.rules.competence import CompetenceArea
from portal.geography.lookup import communes
from portal.geography.territories import demonstration_territory
from portal.pages.communes.rules import town_hall_order
from portal.search.serving import current_search
from search_index.engine import IndexDamaged
from search_index.queries import Query
from search_index.results import Results
from tests.directory.builders import Builder
from tests.pages.conftest import Page, Visit
from tests.search.towns import NOGENT, ROMILLY, a_place_in, open_town, serving

PAGE = "/communes/10323-romilly-sur-seine"


@pytest.fixture(autouse=True)
def _directory(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    """Settle two towns before the portal opens; it is Saturday 21 November 2026, nine in the morning."""
    open_town(database, clock, tmp_path).knows(
        serving("Mairie de Romilly-sur-Seine", opens="Mo-Fr 08:30-12:00", concepts=("AD01",)),
        serving("Pharmacie du Port", NOGENT, concepts=("SA11",)),
        serving("Caf de Nogent", NOGENT, concepts=("SO03",), competence=_for(ROMILLY)),
        serving("Caf de Romilly", ROMILLY, concepts=("SO03",), competence=_for(NOGENT)),
        serving("France services de Nogent", NOGENT, concepts=("AD03",), competence=_for_all()),
        serving("France services de Romilly", ROMILLY, concepts=("AD03",)),
        serving("Impôts de Romilly", ROMILLY, concepts=("AD07",), competence=_for(NOGENT)),
        _bus_in_romilly,
    )


def _for(commune: str) -> tuple[CompetenceArea, ...]:
    return (CompetenceArea(CompetenceKind.COMMUNE, commune),)


def _for_all() -> tuple[CompetenceArea, ...]:
    return (CompetenceArea(CompetenceKind.TERRITORY),)


def _bus_in_romilly(build: Builder) -> Service:
    service = build.a_draft(title="Bus numérique", concepts=("NU01",))
    stop = build.a_stop(build.a_tour(name="Tournée du bus"), place=a_place_in(build, ROMILLY), opens="Tu 09:00-12:00")
    build.an_access_point(service, at=stop)
    build.a_service(title="Atelier", at=a_place_in(build, NOGENT), concepts=("NU01",))
    publish_service(build.session, service=service, act=build.act)
    return service


def section(page: Page, name: str) -> str:
    [found] = [each for each in page.root.iter("section") if each.get("aria-labelledby") == name]
    return " ".join("".join(found.itertext()).split())


def test_commune_shows_its_mairie_with_its_state(visit: Visit) -> None:
    page = visit(PAGE)
    assert page.h1 == "Romilly-sur-Seine (Aube)"
    assert "Mairie de Romilly-sur-Seine Fermé, ouvre lundi à 8 h 30" in section(page, "mairie").replace("\u00a0", " ")


def test_each_theme_says_what_is_here_what_passes_and_what_is_nearest(visit: Visit) -> None:
    services = section(visit(PAGE), "services").replace("\u00a0", " ")
    assert "Démarches et services publics 3 services sur place" in services
    assert "Numérique 1 service de passage" in services
    assert "Accès aux soins le plus proche : Pharmacie du Port, Nogent-sur-Seine, 17 km à vol d’oiseau" in services
    assert "Handicap aucun service connu" in services


def test_competent_office_comes_though_another_is_nearer(visit: Visit) -> None:
    offices = section(visit(PAGE), "competents")
    assert "Caf de Nogent" in offices
    assert "Caf de Romilly" not in offices


def test_nearest_desk_stands_beside_the_one_in_charge(visit: Visit) -> None:
    desks = section(visit(PAGE), "bureaux")
    assert "Caf de Romilly" in desks
    assert "suit d’abord d’autres communes" in desks


def test_service_for_the_whole_territory_gives_way_to_the_nearest(visit: Visit) -> None:
    page = visit(PAGE)
    assert "France services de Romilly" in section(page, "bureaux")
    assert "France services de Nogent" not in section(page, "bureaux") + section(page, "competents")


def test_office_of_another_sector_is_not_sent_to(visit: Visit) -> None:
    assert "Impôts de Romilly" not in section(visit(PAGE), "bureaux")


def test_name_of_a_commune_is_printed_as_it_should_be(visit: Visit) -> None:
    page = visit("/communes/10289-plancy-l-abbaye")
    assert page.h1 == "Plancy-l’Abbaye (Aube)"
    assert page.links()["Tous les passages autour de Plancy-l’Abbaye"] == "/passages?ou=Plancy-l%27Abbaye"


def test_next_passages_are_told_with_their_day(visit: Visit) -> None:
    passages = section(visit(PAGE), "passages").replace("\u00a0", " ")
    assert "mardi 24 novembre 9 h–12 h Bus numérique" in passages
    assert "mardi 1er décembre" in passages


def test_commune_where_nothing_passes_says_so(visit: Visit) -> None:
    assert "Aucun passage annoncé" in section(visit("/communes/10268-nogent-sur-seine"), "passages")


def test_links_of_a_commune_ask_around_it(visit: Visit) -> None:
    links = visit(PAGE).links()
    assert links["Accès aux soins"] == "/recherche?ou=Romilly-sur-Seine&theme=sante"
    assert links["Tous les passages autour de Romilly-sur-Seine"] == "/passages?ou=Romilly-sur-Seine"


def test_commune_gives_its_town_hall_what_it_hands_on(visit: Visit) -> None:
    links = visit(PAGE).links()
    assert visit(links["L’affiche de la semaine"]).h1 == "Passages autour de Romilly-sur-Seine (10)"
    assert visit(links["L’accueil du portail, vu d’ici"]).text.count("près de Romilly-sur-Seine (10)") == 2
    assert links["Les passages dans votre agenda"] == "/passages.ics?ou=Romilly-sur-Seine"


def test_hours_of_the_mairie_stand_open(visit: Visit) -> None:
    [hours] = [each for each in visit(PAGE).root.iter("details") if each.find(".//table") is not None]
    assert hours.get("open") is not None
    # On a Saturday the days that are over say nothing.
    days = [" ".join("".join(each.itertext()).split()) for each in hours.iter("th") if each.get("scope") == "row"]
    assert (len(days), "21 novembre" in days[0].replace("\u00a0", " ")) == (7, True)


@pytest.mark.parametrize("path", ["/communes/10323", "/communes/10323-romilly", "/en/communes/10323-autre"])
def test_other_spelling_leads_to_the_right_address(browser: FlaskClient, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.location) == (301, path.partition("10323")[0] + "10323-romilly-sur-seine")


def test_commune_from_elsewhere_has_no_page_but_a_search(visit: Visit) -> None:
    page = visit("/communes/75056-paris", status=404)
    assert page.h1 == "Paris n’est pas une commune de ce territoire"
    assert page.root.find(".//input[@name='ou']").get("value") == "Paris (75)"  # type: ignore[union-attr]  # the search form has it


@pytest.mark.parametrize("name", ["99999-nulle-part", "x", "10323x", "%00"])
def test_commune_that_is_none_is_told(visit: Visit, name: str) -> None:
    assert visit(f"/communes/{name}", status=404).h1 == "Nous n’avons pas trouvé cette commune"


def test_all_communes_are_listed_from_a_to_z(visit: Visit) -> None:
    links = [href for href in visit("/communes").links().values() if href.startswith("/communes/")]
    assert (len(links), links[0]) == (79, "/communes/10020-avant-les-marcilly")


def test_commune_page_speaks_english(visit: Visit) -> None:
    page = visit(f"/en{PAGE}")
    assert "1 service on site" in section(page, "services")
    assert page.links()["Health care"] == "/en/recherche?ou=Romilly-sur-Seine&theme=sante"


def test_lost_index_is_admitted(visit: Visit, app: Flask) -> None:
    def damaged(query: Query) -> Results:
        raise IndexDamaged(str(query))

    with app.app_context():
        search = current_search()
    search.indexing.engine.search = damaged  # type: ignore[method-assign]  # an index lost on purpose
    assert "se remet en ordre" in visit(PAGE).text


def test_search_links_name_their_commune_without_doubt(app: Flask) -> None:
    with app.app_context():
        book = current_search().book
    home = demonstration_territory().communes
    named = {code: book.places.resolve(communes().communes.at(communes().communes.row_of(code)).name) for code in home}
    assert [code for code, place in named.items() if place is None or place.commune.code != code] == []


def test_the_mairie_itself_comes_before_its_annexe() -> None:
    titles = ["Mairie annexe de Romilly-sur-Seine", "Bureau de la Gare", "Mairie de Romilly-sur-Seine"]
    assert min(titles, key=lambda each: town_hall_order(each, "Romilly-sur-Seine")) == titles[2]


def test_page_reads_no_service_that_is_kept(visit: Visit) -> None:
    first, again = visit(PAGE), visit(f"{PAGE}?encore")
    assert first.root.findtext(".//h1") == again.root.findtext(".//h1")
    assert again.n_queries <= 2
