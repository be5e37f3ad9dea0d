"""The pages of places, structures and tours lead to what one finds there, and keep what must stay unknown."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.directory.models.access_points import Tour
from portal.directory.models.identities import Addressed
from portal.directory.models.places import Place
from portal.directory.models.structures import Structure
from portal.directory.operations.merging import merge_structures
from portal.directory.operations.places import link_places
from portal.directory.rules.choices import AccessFeature, Answer, CompetenceKind, ContactType
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.points import Point
from portal.pages.sheets.structures import MOST_WHOLE
from tests.directory.builders import Builder
from tests.pages.conftest import Visit
from tests.pages.sheets.conftest import Make, address_of
from tests.search.towns import ROMILLY, Town, a_place_in

PHONE = ContactLine(ContactType.PHONE, "03 53 01 00 00")


def a_house(build: Builder) -> Place:
    place = build.a_place(point=Point(48.5187, 3.7215), access={AccessFeature.LIFT: Answer.NO}, contacts=[PHONE])
    build.a_service(title="La Poste", at=place, opens="Sa 08:00-12:00")
    build.a_service(title="Impôts", at=place, opens="Mo 14:00-16:00")
    return place


def a_round(build: Builder) -> Tour:
    structure = build.a_structure(name="Bibliothèque")
    tour = build.a_tour(structure=structure, name="Bibliobus")
    service = build.a_service(title="Prêt de livres", structure=structure)
    for day in ("Tu", "Th"):
        stop = build.a_stop(tour, place=build.a_place(name=f"Place {day}"), opens=f"{day} 14:00-16:00")
        build.an_access_point(service, at=stop)
    return tour


def test_place_lists_what_is_there_and_what_is_open(make: Make, visit: Visit) -> None:
    page = visit(make(a_house))
    assert "2 services dans ce lieu" in page.text
    assert "1 service ouvert en ce moment" in page.text
    assert "Ascenseur : non" in page.text
    assert page.links()["03 53 01 00 00"] == "tel:0353010000"


def test_place_shows_its_week_at_a_glance(make: Make, visit: Visit) -> None:
    table = next(each for each in visit(make(a_house)).root.findall(".//table") if each.get("class") == "glance")
    cells = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.findall(".//tr")]
    assert cells[0][1] == "sam. 21samedi 21 novembre"
    assert [row[0] for row in cells[1:]] == ["Impôts", "La Poste"]
    assert [row[1].startswith("8 h–12 h") for row in cells[1:]] == [False, True]


def a_refuge(build: Builder) -> Structure:
    structure = build.a_structure(name="Écoute et refuge")
    build.a_service(title="Écoute", structure=structure, concepts=("SO11",))
    return structure


def test_structure_that_only_shelters_can_be_left_at_once_and_is_named_to_nobody(make: Make, visit: Visit) -> None:
    page = visit(make(a_refuge))
    assert page.links()["Quitter vite ce site"] == "https://weather.example"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


def test_structure_with_other_services_leads_nowhere_else(make: Make, visit: Visit) -> None:
    def a_town_hall(build: Builder) -> Structure:
        structure = a_refuge(build)
        build.a_service(title="État civil", structure=structure)
        return structure

    assert "Quitter vite ce site" not in visit(make(a_town_hall)).links()


def test_place_says_who_receives_there(make: Make, visit: Visit) -> None:
    def house(build: Builder) -> Place:
        place = a_house(build)
        build.a_service(title="Pesée", at=place, structure=build.a_structure(name="Croix verte"))
        return place

    assert visit(make(house)).links()["Croix verte"].startswith("/structures/croix-verte-")


def test_place_says_how_to_come_without_a_car(town: Town, visit: Visit) -> None:
    kept: list[str] = []

    def settle(build: Builder) -> None:
        stop = a_place_in(build, ROMILLY, name="Arrêt du Lavoir", point=Point(48.5200, 3.7215))
        build.a_service(title="Ligne 1", at=stop, concepts=("MO01",))
        build.a_service(title="Minibus", at=a_place_in(build, ROMILLY), concepts=("MO03",), competence=_FOR_ROMILLY)
        hall = a_place_in(build, ROMILLY, name="Mairie")
        build.a_service(title="Accueil", at=hall, concepts=("AD01",))
        kept.extend((address_of(hall), address_of(stop)))

    town.knows(settle)
    hall, stop = map(visit, kept)
    ways = [" ".join("".join(each.itertext()).split()) for each in hall.root.iter("li")]
    assert "Ligne 1 (Arrêt du Lavoir, à environ 150 m)" in [each.replace("\u00a0", " ") for each in ways]
    assert "Minibus (sur réservation)" in ways
    assert "Venir sans voiture" not in stop.text


_FOR_ROMILLY = (CompetenceArea(CompetenceKind.COMMUNE, ROMILLY),)


def test_place_of_a_refuge_has_no_page(make: Make, visit: Visit) -> None:
    def refuge(build: Builder) -> Place:
        place = build.a_place(name="Foyer discret")
        build.a_service(at=place, concepts=("SO11",))
        return place

    assert "Foyer discret" not in visit(make(refuge), status=404).text


def test_linked_place_leads_to_the_one_that_stands_for_it(make: Make, browser: FlaskClient) -> None:
    kept: list[str] = []

    def linked(build: Builder) -> Place:
        hall, desk = a_house(build), build.a_place(name="Agence postale")
        link_places(build.session, place=desk, to=hall, act=build.act)
        kept.append(address_of(hall))
        return desk

    answer = browser.get(make(linked))
    assert (answer.status_code, answer.location) == (301, kept[0])


def test_structure_lists_its_services_and_tours(make: Make, visit: Visit) -> None:
    def library(build: Builder) -> Structure:
        structure: Structure = build.session.get_one(Structure, a_round(build).structure_id)
        return structure

    page = visit(make(library))
    assert page.title.startswith("Bibliothèque · structure, Romilly-sur-Seine (10)")
    assert "1 service proposé" in page.text
    assert page.links()["Bibliobus"].startswith("/tournees/bibliobus-")


def test_structure_leads_to_its_places(make: Make, visit: Visit) -> None:
    def library(build: Builder) -> Structure:
        structure: Structure = build.session.get_one(Structure, a_round(build).structure_id)
        return structure

    page = visit(make(library))
    assert "Ses 3 lieux" in page.text.replace("\u00a0", " ")
    assert page.links()["Place Tu"].startswith("/lieux/place-tu-")


def test_structure_with_many_services_lists_them_by_commune(make: Make, visit: Visit) -> None:
    def coaches(build: Builder) -> Structure:
        structure = build.a_structure(name="Cars")
        nogent = build.a_place(name="Gare", commune_code=build.a_commune("10268", "Nogent-sur-Seine"))
        for number in range(MOST_WHOLE):
            build.a_service(title=f"Arrêt {number:02}", structure=structure, at=nogent)
        line = build.a_service(title="Ligne 1", structure=structure, at=nogent)
        build.an_access_point(line, at=build.a_place())
        build.by_phone(build.a_draft(title="Réservation", structure=structure))
        return structure

    page = visit(make(coaches))
    assert [each.text for each in page.root.findall(".//h3")] == ["Dans plusieurs communes", "Nogent-sur-Seine (10)"]
    assert "Ligne 1" in page.links()
    assert page.root.find(".//article") is None


def test_structure_without_services_says_so(make: Make, visit: Visit) -> None:
    page = visit(make(lambda build: build.a_structure(name="Ancien office")))
    assert "ne propose pas de service en ce moment" in page.text


def test_merged_structure_leads_to_the_one_that_stayed(make: Make, browser: FlaskClient) -> None:
    kept: list[str] = []

    def merged(build: Builder) -> Structure:
        keep, drop = build.a_structure(name="CCAS"), build.a_structure(name="Centre communal")
        merge_structures(build.session, keep=keep, drop=drop, act=build.act)
        kept.append(address_of(keep))
        return drop

    assert browser.get(make(merged)).location == kept[0]


def test_stop_whose_name_says_its_commune_says_it_once(make: Make, visit: Visit) -> None:
    def tour(build: Builder) -> Tour:
        made = build.a_tour(name="Bus")
        build.a_stop(made, place=build.a_place(name="Place de Romilly-sur-Seine"))
        return made

    (stop,) = visit(make(tour)).root.findall(".//ol/li//h3")
    assert "".join(stop.itertext()) == "Place de Romilly-sur-Seine"


def test_tour_shows_its_stops_in_order_with_their_dates(make: Make, visit: Visit) -> None:
    page = visit(make(a_round))
    assert "2 arrêts" in page.text
    assert page.text.index("mardi 24 novembre") < page.text.index("jeudi 26 novembre")
    assert "1 service à bord" in page.text


def test_stop_says_when_each_service_is_there(make: Make, visit: Visit) -> None:
    def bus(build: Builder) -> Tour:
        tour = build.a_tour()
        stop = build.a_stop(tour)
        for title, opens in (("Prêt de livres", "Tu 14:00-16:00"), ("Contes", "We 10:00-11:00")):
            build.an_access_point(build.a_service(title=title), at=stop, opens=opens)
        return tour

    page = visit(make(bus))
    assert "Prêt de livres : Prochains passages" in page.text
    assert "mercredi 25 novembre 10 h–11 h" in page.text


@pytest.mark.parametrize("path", ["/lieux/rien", "/structures/rien-33333", "/tournees/bus-zzzzz"])
def test_sheet_of_nothing_is_not_found(visit: Visit, path: str) -> None:
    visit(path, status=404)


@pytest.mark.parametrize("shelf", ["structures", "tournees", "lieux"])
def test_service_stands_on_no_other_shelf(make: Make, visit: Visit, shelf: str) -> None:
    visit(make(lambda build: build.a_service()).replace("services", shelf), status=404)


def test_sheets_speak_english(make: Make, visit: Visit) -> None:
    assert "2 services at this place" in visit("/en" + make(a_house)).text
    assert "2 stops" in visit("/en" + make(a_round)).text


@pytest.mark.parametrize(
    "twin",
    [
        lambda build: build.a_service(title="Bains-douches", structure=build.a_structure(name="Ville")),
        lambda build: build.a_place(name="Salle des fêtes", address="Rue Haute"),
        lambda build: build.a_structure(name="Mairie"),
    ],
    ids=["service", "place", "structure"],
)
def test_two_of_one_name_have_two_titles(make: Make, visit: Visit, twin: Callable[[Builder], Addressed]) -> None:
    alone = visit(make(twin)).title
    assert "fiche" not in alone
    first = visit(make(twin)).title
    assert visit(make(twin)).title not in {alone, first}
