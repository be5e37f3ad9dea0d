"""When one can come, as the cards of a list say it."""

import pytest

from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import publish_service
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from tests.directory.builders import Builder
from tests.pages.conftest import Visit
from tests.search.towns import NOGENT, Town, a_place_in, serving


def state_of(visit: Visit, words: str) -> str:
    spans = visit(f"/recherche?quoi={words}").root.iter("span")
    return next("".join(span.itertext()) for span in spans if (span.get("class") or "").startswith("state "))


@pytest.mark.parametrize(
    ("opens", "said"),
    [
        ("week 2-52/2 Tu 14:00-17:00", "Passe mardi de 14\u00a0h à 17\u00a0h, une semaine sur deux"),
        ("Tu 14:00-17:00", "Passe mardi de 14\u00a0h à 17\u00a0h"),
    ],
)
def test_what_passes_by_says_until_when_and_how_often(visit: Visit, town: Town, opens: str, said: str) -> None:
    def bus(build: Builder) -> None:
        service = build.a_draft(title="Bus des services", concepts=("NU01",))
        stop = build.a_stop(build.a_tour(), place=a_place_in(build, NOGENT), opens=opens)
        build.an_access_point(service, at=stop)
        publish_service(build.session, service=service, act=build.act)

    town.knows(bus)
    assert state_of(visit, "bus+des+services") == said


def test_hours_nobody_told_are_asked_by_telephone(visit: Visit, town: Town) -> None:
    phone = ContactLine(ContactType.PHONE, "03 53 01 00 08")
    town.knows(serving("Dentiste", concepts=("SA05",)))
    assert state_of(visit, "dentiste") == "Horaires non communiqués"
    town.knows(serving("Dentiste du Lac", concepts=("SA05",), contacts=(phone,)))
    assert state_of(visit, "dentiste+du+lac") == "Horaires à demander par téléphone"


def test_sheet_of_hours_nobody_told_raises_no_doubt_about_them(visit: Visit, town: Town) -> None:
    town.knows(serving("Dentiste", concepts=("SA05",)))
    sheet = visit(visit("/recherche?quoi=dentiste").links()["Dentiste"])
    states = [each for each in sheet.root.iter("span") if (each.get("class") or "").startswith("state ")]
    assert ["".join(each.itertext()) for each in states] == ["Horaires non communiqués"]


def test_hours_nobody_could_read_are_quoted(visit: Visit, town: Town) -> None:
    def yard(build: Builder) -> Service:
        service = build.a_draft(title="Bois et foin", concepts=("CO09",))
        words = "Quand le tracteur est dans la cour."
        build.an_access_point(service, at=a_place_in(build, NOGENT), opening_words=words)
        publish_service(build.session, service=service, act=build.act)
        return service

    town.knows(yard)
    assert state_of(visit, "bois+et+foin") == "«\u00a0Quand le tracteur est dans la cour.\u00a0»"


def test_bus_says_its_next_first_departure(visit: Visit, town: Town) -> None:
    town.knows(serving("Ligne 4", concepts=("MO01",), opens="Mo-Fr 07:04-18:42"))
    assert state_of(visit, "ligne+4") == "Premier départ lundi à 7\u00a0h\u00a004"


def test_summary_that_says_only_the_kind_again_is_left_out(visit: Visit, town: Town) -> None:
    town.knows(
        serving("Cabinet des Deux Rives", concepts=("SA05",), summary="Dentiste."),
        serving("Cabinet du Lac", concepts=("SA05",), summary="Soins des enfants dès trois ans."),
    )
    summaries = [each.text for each in visit("/recherche?quoi=dentiste").root.findall(".//p[@class='summary']")]
    assert summaries == ["Soins des enfants dès trois ans."]
