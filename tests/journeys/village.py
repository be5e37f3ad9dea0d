"""A small directory with one page of every kind, for journeys: its services, and where their pages are."""

from collections.abc import Mapping

from portal.directory.models.identities import Identified
from portal.directory.operations.lifecycle import close_service, publish_service
from portal.directory.operations.occurrences import refresh_occurrences
from portal.directory.rules.choices import (
    AccessFeature,
    Answer,
    CompetenceKind,
    ContactType,
    Cost,
    LegalNature,
)
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.slots import Mode
from portal.vocabulary.audiences import Audience
from tests.directory.builders import NOON, Builder
from tests.search.towns import NOGENT, ROMILLY, TRAINEL, a_place_in

PHONE = ContactLine(ContactType.PHONE, "03 53 01 00 10")
MAIL = ContactLine(ContactType.MAIL, "accueil@mairie.example")
SITE = ContactLine(ContactType.SITE, "https://mairie.example/")
USUAL = "Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00; PH off"


def build_village(build: Builder) -> Mapping[str, str]:
    """Fill an empty directory; give the address of each thing that has a page, by what it is."""
    found = _town_hall(build) | _travelling(build) | _others(build)
    refresh_occurrences(build.session, now=NOON)
    return found


def _town_hall(build: Builder) -> dict[str, str]:
    town = build.a_structure(name="Ville de Romilly-sur-Seine", legal_nature=LegalNature.PUBLIC, contacts=(PHONE, SITE))
    access = {AccessFeature.WHEELCHAIR: Answer.YES, AccessFeature.LIFT: Answer.NO}
    place = a_place_in(build, ROMILLY, name="Mairie de Romilly", contacts=(PHONE,), access=access)
    service = build.a_service(
        title="France services de Romilly",
        structure=town,
        at=place,
        opens=f'{USUAL}; 2026 Dec 24 off "veille de Noël"',
        summary="On vous aide avec la CAF, la MSA, les impôts et la carte grise.",
        description="Deux conseillers vous reçoivent.\n\nIls vous aident à écrire, à téléphoner, à envoyer un dossier.",
        concepts=("AD03",),
        audiences=(Audience.EVERYONE, Audience.SENIORS),
        cost=Cost.FREE,
        modes=(Mode.ON_SITE, Mode.PHONE),
        languages=("fr", "en"),
        documents="Une pièce d’identité\nVotre numéro de CAF",
        competence=(CompetenceArea(CompetenceKind.COMMUNE, ROMILLY),),
        online_url="https://demarches.example/",
        contacts=(PHONE, MAIL),
    )
    build.by_phone(service, contacts=(PHONE,))
    hall = build.a_service(
        title="Mairie de Romilly-sur-Seine", structure=town, at=place, concepts=("AD01",), opens=USUAL
    )
    return {
        "service": _page("services", service, service.slug),
        "mairie": _page("services", hall, hall.slug),
        "lieu": _page("lieux", place, place.slug),
        "structure": _page("structures", town, town.slug),
        "liste": f"/ma-liste?s={service.public_id},{hall.public_id}",
        "signaler": f"/signaler/{service.public_id}",
    }


def _travelling(build: Builder) -> dict[str, str]:
    owner = build.a_structure(name="Syndicat des mobilités")
    tour = build.a_tour(structure=owner, name="Bus des services", description="Il passe dans dix communes.")
    bus = build.a_draft(
        title="Bus numérique",
        structure=owner,
        concepts=("NU01",),
        summary="Un conseiller vient avec des ordinateurs.",
        contacts=(PHONE,),
    )
    for commune, opens in ((NOGENT, "Tu 09:00-12:00"), (TRAINEL, "week 2-53/2 Th 14:00-17:00")):
        stop = build.a_stop(tour, place=a_place_in(build, commune, name=f"Halle {commune}"), opens=opens)
        build.an_access_point(bus, at=stop)
    publish_service(build.session, service=bus, act=build.act)
    return {"bus": _page("services", bus, bus.slug), "tournee": _page("tournees", tour, tour.slug)}


def _others(build: Builder) -> dict[str, str]:
    shelter = build.a_service(
        title="Accueil des femmes victimes de violences", concepts=("SO11",), contacts=(PHONE,), opens="24/7"
    )
    house = a_place_in(build, ROMILLY, name="Maison de l’enfance")
    heir = build.a_service(
        title="Crèche des Lutins", at=house, concepts=("PE02",), opens="Mo-Fr 07:30-18:30", cost=Cost.DEPENDS
    )
    quays = a_place_in(build, NOGENT, name="Maison des quais")
    build.a_service(title="Crèche des Quais", at=quays, concepts=("PE02",), opens="Mo-Sa 07:00-19:00", cost=Cost.FREE)
    closed = build.a_service(title="Halte-garderie", concepts=("PE02",))
    close_service(build.session, service=closed, act=build.later(days=0), successor=heir)
    for number in range(1, 24):
        build.a_service(title=f"Médecin {number:02}", concepts=("SA01",), opens="Mo-Fr 09:00-12:00", contacts=(PHONE,))
    return {
        "violences": _page("services", shelter, shelter.slug),
        "ferme": _page("services", closed, closed.slug),
    }


def _page(shelf: str, thing: Identified, slug: str) -> str:
    return f"/{shelf}/{slug}-{thing.public_id}"
