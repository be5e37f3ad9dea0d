"""What the writers write, the importers read: each form of list holds what our content says."""

from datetime import date

import pytest

from importers.demo.content import Content, read_content
from importers.demo.placing import point_of
from importers.demo.timetable import FORMS
from importers.demo.writers.edition import Edition
from importers.demo.writers.finess import lambert_93
from importers.fields.projections import SYSTEMS
from importers.pipeline.passages import Passage
from portal.directory.rules.choices import AccessFeature, AccessPointKind, Answer
from portal.geography.points import Point
from portal.hours.slots import Weeks
from portal.intake.record import AccessRecord, ServiceRecord, Verdict
from tests.importers.sources.builders import read

TODAY = date(2026, 11, 21)
SMALL = """
categories: {"620": Pharmacie d’officine}
mairies:
- {commune: "10268", nom: Mairie de Nogent-sur-Seine, adresse: 27 quai de la Halle, telephone: 03 53 01 30 02,
   fauteuil: oui, verifie: J-20, commentaire: Fermé les jours fériés.,
   horaires: "Lundi et mercredi 9h-12h, 14h-17h ; samedi 9h-12h (semaines paires) ; 1er jeudi du mois 17h-19h"}
offices:
- {type: msa, nom: MSA – Agence, adresse: 6 rue des Silos, commune: "10268", epci: ["200006716"],
   horaires: Lundi 9h-12h}
etablissements:
- {categorie: "620", nom: Pharmacie du Château d’eau, adresse: 4 bis rue du Lavoir, commune: "10323",
   telephone: 03 53 01 40 01, verifie: J-30}
covoiturage:
- {nom: Aire des Peupliers, adresse: D619, commune: "10268", type: Aire de covoiturage, places: 12, pmr: 1,
   horaires: 24/7, lumiere: true, comm: Derrière le silo.}
- {nom: Parking du Port, adresse: quai du Port, commune: "10268", type: Parking, ouvert: false}
numerique:
- {nom: Atelier des Souris, adresse: 2 rue du Four, commune: "10420", services: [Acquisition de matériel informatique à
   prix solidaire], publics: [Seniors], frais: [Gratuit], horaires: "Mo 09:00-12:00", resume: On répare à plusieurs.}
france_services:
- {nom: France services de Traînel, adresse: 5 place de la Fontaine, commune: "10382", format: Fixe,
   telephone: 03 53 01 30 70, lundi: "09:00 - 12:00 / 13:30 - 17:00", commentaire: Fermé en août}
- {nom: France services itinérante, adresse: 6 rue des Silos, commune: "10268", format: Itinérant,
   telephone: 03 53 01 30 71, mardi: "09:00 - 12:00"}
"""


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content({"petit.yaml": SMALL}, reference_day=TODAY)


def edition_of(content: Content, form: str, section: str, *, day: date = TODAY) -> bytes:
    edition = Edition(reference_day=TODAY, said_on=day, labels=content.labels)
    return FORMS[form](content.of(f"petit.{section}"), edition)


def records(content: Content, source: str, form: str, section: str) -> list[ServiceRecord]:
    return [each.record for each in passages(content, source, form, section) if each.record is not None]


def passages(content: Content, source: str, form: str, section: str) -> list[Passage]:
    return read(source, edition_of(content, form, section), name="liste.json" if "dila" in form else "liste.csv")


def only_access(record: ServiceRecord) -> AccessRecord:
    (access,) = record.access
    return access


@pytest.mark.parametrize("form", ["dila", "dila-api"])
def test_town_halls_keep_their_hours_in_either_shape(content: Content, form: str) -> None:
    (record,) = records(content, "dila", form, "mairies")
    opening = only_access(record).opening
    assert opening is not None
    assert opening.is_complete
    rules = {(min(slot.rule.days), slot.rule.weeks, tuple(sorted(slot.rule.nth))) for slot in opening.slots}
    assert rules == {(0, Weeks.EVERY, ()), (5, Weeks.EVEN, ()), (3, Weeks.EVERY, (1,))}


def test_offices_answer_for_their_communes(content: Content) -> None:
    (record,) = records(content, "dila", "dila", "offices")
    assert (record.concepts, len(record.competence or ())) == (("SO04",), 23)


def test_town_halls_say_how_one_comes_in(content: Content) -> None:
    (record,) = records(content, "dila", "dila", "mairies")
    place = only_access(record).place
    assert place is not None
    assert place.access == {AccessFeature.WHEELCHAIR: Answer.YES}
    assert place.point == point_of("10268", "27 quai de la Halle")


def test_establishments_come_out_of_the_register_as_they_went_in(content: Content) -> None:
    (record,) = records(content, "sante", "finess", "etablissements")
    place = only_access(record).place
    assert place is not None
    assert (record.title, record.summary, record.concepts) == (
        "Pharmacie du Château d’eau",
        "Pharmacie d’officine",
        ("SA11",),
    )
    assert (place.address, record.said_on) == ("4 bis rue du Lavoir", date(2026, 10, 22))


def test_the_register_never_knows_more_than_its_day(content: Content) -> None:
    early = edition_of(content, "finess", "etablissements", day=date(2026, 9, 1)).decode()
    assert ";2026-09-01;" in early.splitlines()[1]


def test_points_are_drawn_on_the_national_map() -> None:
    found = SYSTEMS[2154].degrees(*lambert_93(Point(48.5187, 3.7215)))
    assert found == pytest.approx((48.5187, 3.7215), abs=1e-6)


def test_a_closed_place_to_share_a_car_is_passed_over(content: Content) -> None:
    open_one, closed = passages(content, "mobilite", "bnlc", "covoiturage")
    assert (open_one.verdict, closed.verdict) == (Verdict.ACCEPTED, Verdict.SKIPPED)
    assert open_one.record is not None
    assert "Derrière le silo." in (open_one.record.summary or "")


def test_places_of_digital_mediation_keep_their_lists(content: Content) -> None:
    (record,) = records(content, "numerique", "numerique", "numerique")
    assert (record.concepts, record.summary) == (("NU04",), "On répare à plusieurs.")


def test_both_headers_of_france_services_say_the_same(content: Content) -> None:
    old, new = (records(content, "msap", f"france-services-{year}", "france_services") for year in (2020, 2024))
    assert [record.official_ids for record in old] == [record.official_ids for record in new]
    fixed_then, fixed_now = only_access(old[0]), only_access(new[0])
    assert fixed_then.opening is not None
    assert fixed_now.opening is not None
    assert len(fixed_then.opening.slots) == len(fixed_now.opening.slots) == 1
    assert {only_access(record).kind for record in (old[1], new[1])} == {AccessPointKind.TOUR_STOP}
