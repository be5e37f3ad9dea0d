"""A card shows one place of a service, and tells of its others."""

import pytest

from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import publish_service
from tests.directory.builders import Builder
from tests.pages.conftest import Page, Visit
from tests.search.towns import NOGENT, ROMILLY, TRAINEL, Town, a_place_in, serving

STOPS = ((ROMILLY, "Tu 09:30-12:00"), (NOGENT, "Tu 13:30-16:00"), (TRAINEL, "Th 14:00-16:00"))


@pytest.fixture(autouse=True)
def _bus(town: Town) -> None:
    """Send a bus round: to Romilly and Nogent on Tuesdays, to Traînel on Thursdays."""

    def act(build: Builder) -> Service:
        tour, service = build.a_tour(), build.a_draft(title="Bus des services", concepts=("MO01",))
        for commune, opens in STOPS:
            build.an_access_point(service, at=build.a_stop(tour, place=a_place_in(build, commune), opens=opens))
        publish_service(build.session, service=service, act=build.act)
        return service

    town.knows(act)


def elsewhere(page: Page) -> list[str]:
    links = page.root.findall(".//article//a")
    told = ("".join(link.itertext()) for link in links if link.get("href", "").endswith("#ou-et-quand"))
    return [" ".join(words.split()) for words in told]


def test_card_names_the_other_stops_of_the_day_that_was_asked_for(visit: Visit) -> None:
    told = elsewhere(visit("/recherche?quoi=bus+mardi"))
    assert told == ["Bus des services : Aussi à Nogent-sur-Seine"]


def test_card_shows_the_stop_of_the_commune_and_the_nearest_others(visit: Visit) -> None:
    page = visit("/recherche?quoi=bus&ou=Nogent-sur-Seine&rayon=100")
    assert "Nogent-sur-Seine (10) · moins de 1 km" in page.text.replace("\u00a0", " ")
    assert elsewhere(page) == ["Bus des services : Aussi à Traînel et à Romilly-sur-Seine"]


def test_card_of_the_english_page_tells_of_the_other_places(visit: Visit) -> None:
    told = elsewhere(visit("/en/recherche?quoi=bus+mardi"))
    assert told == ["Bus des services: Also in Nogent-sur-Seine"]


def test_card_counts_the_places_it_has_no_room_to_name(visit: Visit, town: Town) -> None:
    def act(build: Builder) -> Service:
        service = build.a_draft(title="Mairie du canton", concepts=("AD01",))
        for number, (commune, _) in enumerate((*STOPS, *STOPS)):
            build.an_access_point(service, at=a_place_in(build, commune, name=f"Annexe {number}"))
        publish_service(build.session, service=service, act=build.act)
        return service

    town.knows(act)
    told = elsewhere(visit("/recherche?quoi=mairie+du+canton&ou=Romilly-sur-Seine&rayon=100"))
    assert told == ["Mairie du canton : Aussi à Nogent-sur-Seine, à Traînel et dans un autre lieu"]


def test_service_with_one_place_tells_of_no_other(visit: Visit, town: Town) -> None:
    town.knows(serving("Dentiste", concepts=("SA05",)))
    assert elsewhere(visit("/recherche?quoi=dentiste")) == []
