"""The simple version of a commune and of a list: the number to call first, little else, and the way to the whole."""

from portal.directory.models.services import Service
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from tests.directory.builders import Builder
from tests.pages.conftest import Visit
from tests.search.towns import NOGENT, Town, a_place_in, serving

PHONE = (ContactLine(ContactType.PHONE, "03 53 01 00 08"),)


def test_simple_commune_begins_with_the_number_of_its_mairie(visit: Visit, town: Town) -> None:
    town.knows(
        serving("Mairie de Nogent-sur-Seine", NOGENT, concepts=("AD01",), contacts=PHONE, opens="Mo 09:00-12:00")
    )
    page = visit("/simple/communes/10268-nogent-sur-seine")
    assert page.links()["Appeler le 03 53 01 00 08"] == "tel:0353010008"
    assert page.links()["Lire la page complète"] == "/communes/10268-nogent-sur-seine"
    assert "thème par thème" not in page.text


def test_simple_list_gives_each_number_and_how_to_take_it_off(visit: Visit, town: Town) -> None:
    made: list[str] = []

    def act(build: Builder) -> Service:
        at = a_place_in(build, NOGENT)
        service = build.a_service(title="Crèche du Lavoir", at=at, concepts=("PE02",), contacts=PHONE)
        made.append(service.public_id)
        return service

    town.knows(act)
    page = visit(f"/simple/ma-liste?s={made[0]}")
    assert page.links()["Crèche du Lavoir"].startswith("/simple/services/")
    assert "Retirer Crèche du Lavoir" in page.links()
    assert page.root.findall(".//form") == []
    assert "Votre liste est vide." in visit("/simple/ma-liste").text


def test_english_results_say_once_that_descriptions_are_french(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)), serving("Crèche du Lac", concepts=("PE02",)))
    assert visit("/en/recherche?quoi=crèche").text.count("are in French") == 1
    assert "comme les services les ont écrits" not in visit("/recherche?quoi=crèche").text
