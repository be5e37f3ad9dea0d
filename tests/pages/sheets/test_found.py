"""A list leads to the door or the stop it told of: the sheet begins with it, and says so."""

import pytest

from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import publish_service
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from tests.directory.builders import Builder
from tests.pages.conftest import Page, Visit
from tests.pages.sheets.conftest import address_of
from tests.search.towns import NOGENT, ROMILLY, Town, a_place_in

FOUND = "/recherche?quoi=bus&ou=Nogent-sur-Seine"


@pytest.fixture
def bus(town: Town) -> dict[str, str]:
    """Send a bus round two communes: to Romilly on Mondays, to Nogent on Tuesdays. Give its addresses."""
    made: dict[str, str] = {}

    def act(build: Builder) -> Service:
        tour, service = build.a_tour(name="Tournée du bus"), build.a_draft(title="Bus des services", concepts=("MO01",))
        for name, commune, opens in (("Mairie", ROMILLY, "Mo 14:00-16:00"), ("Halle", NOGENT, "Tu 14:00-16:00")):
            stop = build.a_stop(tour, place=a_place_in(build, commune, name=name), opens=opens)
            call = (ContactLine(ContactType.PHONE, "03 53 01 00 0" + commune[-1]),)
            build.an_access_point(service, at=stop, contacts=call)
        publish_service(build.session, service=service, act=build.act)
        build.session.flush()
        made.update(service=address_of(service), tour=address_of(tour))
        return service

    town.knows(act)
    return made


def first_reach(page: Page) -> str:
    reach = next(each for each in page.root.findall(".//section") if each.get("class") == "reach")
    return " ".join("".join(reach.itertext()).split())


@pytest.mark.usefixtures("bus")
def test_result_leads_to_the_stop_that_was_found(visit: Visit) -> None:
    sheet = visit(visit(FOUND).links()["Bus des services"])
    assert first_reach(sheet).startswith("Celui que vous venez de voir")
    assert "Halle" in first_reach(sheet)
    assert "À Nogent-sur-Seine, Halle" in sheet.links()
    assert sheet.links()["Appeler le 03 53 01 00 08"] == "tel:0353010008"


def test_sheet_of_a_stop_stays_one_sheet_for_search_engines(bus: dict[str, str], visit: Visit) -> None:
    sheet = visit(visit(FOUND).links()["Bus des services"])
    canonical = sheet.root.findall(".//link[@rel='canonical']")[0].get("href", "")
    assert canonical.endswith(bus["service"])
    assert sheet.links()["Voir l’autre accueil"] == bus["service"] + "#ou-et-quand"


@pytest.mark.parametrize("asked", ["?acces=zzzzz", "?acces=", ""])
def test_sheet_nobody_chose_a_door_of_begins_with_the_next(bus: dict[str, str], visit: Visit, asked: str) -> None:
    sheet = visit(bus["service"] + asked)
    assert first_reach(sheet).startswith("Mairie")
    assert "Celui que vous venez de voir" not in sheet.text


def test_service_with_one_door_keeps_its_plain_address(visit: Visit, town: Town) -> None:
    town.knows(lambda build: build.a_service(title="Dentiste", at=a_place_in(build, ROMILLY), concepts=("SA05",)))
    assert "?" not in visit("/recherche?quoi=dentiste").links()["Dentiste"]


def test_tour_begins_with_the_commune_somebody_waits_in(bus: dict[str, str], visit: Visit) -> None:
    sheet = visit(visit(FOUND).links()["Bus des services"])
    tour = visit(next(link.get("href", "") for link in sheet.root.findall(".//a") if link.text == "Tournée du bus"))
    assert tour.text.index("À Nogent-sur-Seine : Passe mardi") < tour.text.index("2 arrêts")
    assert tour.text.index("Halle") < tour.text.index("Mairie")
    plain = visit(bus["tour"] + "?ou=75056")
    assert plain.text.index("Mairie") < plain.text.index("Halle")


def test_simple_sheet_begins_with_the_stop_that_was_found(bus: dict[str, str], visit: Visit) -> None:
    address = visit(FOUND).links()["Bus des services"]
    assert bus["service"] in address
    text = visit("/simple" + address).text
    assert text.index("Halle") < text.index("Mairie")
    assert "Nogent-sur-Seine, Halle" in visit("/en" + address).links()
