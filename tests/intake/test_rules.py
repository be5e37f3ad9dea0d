"""The decisions of the intake, as tables of cases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from portal.directory.rules.choices import AccessFeature, AccessPointKind, Answer, CompetenceKind, ContactType, Cost
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.points import Point
from portal.intake.record import AccessRecord, ServiceRecord, StructureRecord
from portal.intake.rules.addresses import Spot, address_key, is_same_place
from portal.intake.rules.checks import check
from portal.intake.rules.disappearance import Absence, guard, is_to_be_hidden
from portal.intake.rules.matching import Match, compare, contact_key, portrait_of
from portal.intake.rules.scope import outside_scope
from portal.intake.rules.statements import cleaned, path, said
from portal.intake.rules.winning import Claim, Outcome, PersonsWord, who_wins
from tests.intake.builders import A_DAY, DESK, NOGENT, POST, SQUARE, a_place, a_record, an_access, phone

BEFORE, AFTER = A_DAY - timedelta(days=1), A_DAY + timedelta(days=1)
CORRECTED = PersonsWord(number=1, on=A_DAY, value="mien", source_said="vieux")


def claim(value: str, *, said_on: date = A_DAY, priority: int = 0, source: str = "b") -> Claim:
    return Claim(source=source, priority=priority, said_on=said_on, value=value)


@pytest.mark.parametrize(
    ("word", "standing", "others", "outcome"),
    [
        (claim("x"), "x", {}, Outcome.KEEP),
        (claim("x"), "", {}, Outcome.TAKE),
        (claim("x"), "unknown", {"is_late": True}, Outcome.TAKE),
        (claim("x"), "y", {}, Outcome.TAKE),
        (claim("x"), "y", {"is_late": True}, Outcome.KEEP),
        (claim("x"), "y", {"rivals": (claim("y", priority=1),)}, Outcome.KEEP),
        (claim("x", priority=2), "y", {"rivals": (claim("y", priority=1, said_on=AFTER),)}, Outcome.TAKE),
        (claim("x"), "y", {"rivals": (claim("y", said_on=AFTER),)}, Outcome.KEEP),
        (claim("x"), "y", {"rivals": (claim("y", said_on=BEFORE),)}, Outcome.TAKE),
        (claim("x"), "y", {"rivals": (claim("y", source="c"),)}, Outcome.KEEP),
        (claim("x"), "y", {"rivals": (claim("y", source="a"),)}, Outcome.TAKE),
        (claim("x"), "", {"rivals": (claim("", priority=1),)}, Outcome.TAKE),
        (claim("neuf", said_on=AFTER), "mien", {"correction": CORRECTED}, Outcome.ASK),
        (claim("neuf", said_on=A_DAY), "mien", {"correction": CORRECTED}, Outcome.KEEP),
        (claim("vieux", said_on=AFTER), "mien", {"correction": CORRECTED}, Outcome.KEEP),
        (claim("mien", said_on=AFTER), "mien", {"correction": CORRECTED}, Outcome.KEEP),
        (claim("neuf", said_on=AFTER, priority=9), "", {"correction": replace(CORRECTED, value="")}, Outcome.ASK),
    ],
)
def test_who_wins_a_field(word: Claim, standing: str, others: dict[str, Any], outcome: Outcome) -> None:
    assert who_wins(word, standing=standing, **others) is outcome


@pytest.mark.parametrize(
    ("runs", "days", "hidden"),
    [(1, 30, False), (2, 6, False), (2, 7, True), (5, 7, True), (0, 0, False)],
)
def test_two_runs_and_a_week_hide(runs: int, days: int, hidden: bool) -> None:  # noqa: FBT001 - a case of the table
    absence = Absence(runs, A_DAY - timedelta(days=days))
    assert is_to_be_hidden(absence, A_DAY) is hidden


@pytest.mark.parametrize(
    ("listed", "lost", "new", "code"),
    [
        (10, 5, 0, None),
        (10, 6, 0, "perte-trop-grande"),
        (100, 10, 0, None),
        (100, 11, 0, "perte-trop-grande"),
        (100, 95, 95, "identifiants-changes"),
        (100, 40, 36, "identifiants-changes"),
        (100, 40, 35, "perte-trop-grande"),
        (0, 0, 9, None),
    ],
)
def test_a_run_that_loses_too_much_is_stopped(listed: int, lost: int, new: int, code: str | None) -> None:
    problem = guard(listed=listed, lost=lost, new=new)
    assert (problem.code if problem else None) == code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3 av. du Gal de Gaulle", "3 Avenue du Général-de-Gaulle"),
        ("12 bis, bd St-Michel CS 40012", "12 BIS BOULEVARD SAINT MICHEL"),
        ("1 Rue de l'Église", "1, rue de l’eglise"),
        ("PLACE ARISTIDE BRIAND", "Pl. Aristide Briand"),
    ],
)
def test_an_address_is_one_however_written(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


def spot(address: str, point: Point | None = None, commune: str = NOGENT) -> Spot:
    return Spot(commune_code=commune, address=address, point=point)


FAR = Point(48.50, 3.52)
NEXT_DOOR = Point(48.49286, 3.501831)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (spot(SQUARE, DESK), spot(SQUARE, POST), True),
        (spot(SQUARE, DESK), spot(SQUARE), False),
        (spot("3 rue Haute"), spot("3 RUE HAUTE", DESK), True),
        (spot("3 rue Haute", DESK), spot("3 rue Haute", POST), True),
        (spot("3 rue Haute", DESK), spot("3 rue Haute", FAR), False),
        (spot("3 rue Haute", DESK), spot("5 rue Haute", DESK), False),
        (spot("3 rue Haute"), spot("3 rue Haute", commune="10323"), False),
        (spot("Grande rue", DESK), spot("Grande rue", POST), False),
        (spot("Grande rue", DESK), spot("Grande rue", NEXT_DOOR), True),
        (spot(""), spot(""), False),
    ],
)
def test_two_places_are_certainly_one(one: Spot, other: Spot, same: bool) -> None:  # noqa: FBT001 - a case of the table
    assert is_same_place(one, other) is same
    assert is_same_place(other, one) is same


MAIL = ContactLine(ContactType.MAIL, "Relais@Commune.example")
EPCI_AND_A_TOWN = (CompetenceArea(CompetenceKind.EPCI, "200000545"), CompetenceArea(CompetenceKind.COMMUNE, "10323"))
RELAIS = a_record("1", title="Relais petite enfance de Romilly", contacts=(phone(), MAIL))


def look_alike(other: ServiceRecord) -> Match:
    return compare(portrait_of(RELAIS), portrait_of(other))


@pytest.mark.parametrize(
    ("other", "probable"),
    [
        (replace(RELAIS, title="RAM de Romilly"), True),
        (replace(RELAIS, contacts=None), True),
        (replace(RELAIS, title="Multi-accueil", contacts=(phone(),)), True),
        (replace(RELAIS, title="Multi-accueil", contacts=None), False),
        (replace(RELAIS, concepts=("AD06",), title="Bureau de poste", contacts=None), False),
        (replace(RELAIS, access=(an_access(place=a_place(commune_code=NOGENT)),), contacts=(phone(),)), False),
        (replace(RELAIS, access=(), contacts=None, structure=StructureRecord(name="Autre")), False),
    ],
)
def test_services_that_look_alike_are_asked_about(other: ServiceRecord, probable: bool) -> None:  # noqa: FBT001 - as above
    assert look_alike(other).is_probable is probable


def test_a_score_gives_its_reasons_in_french() -> None:
    match = look_alike(replace(RELAIS, title="Relais petite enfance Romilly"))
    assert match.reasons[:2] == ("même adresse électronique (Relais@Commune.example)", "même adresse")
    assert "même téléphone (03 53 01 00 01)" in match.reasons
    assert any(reason.startswith("titres proches à ") for reason in match.reasons)


def test_only_an_official_identifier_is_certain() -> None:
    same, numbered = (
        replace(RELAIS, official_ids={"finess": "9"}),
        portrait_of(replace(RELAIS, official_ids={"finess": "9"})),
    )
    match = compare(portrait_of(replace(same, title="X", access=())), numbered)
    assert (match.is_certain, match.is_probable, match.reasons) == (True, False, ("même identifiant finess (9)",))
    assert not look_alike(RELAIS).is_certain


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ContactLine(ContactType.SITE, "https://www.a.example/"), ContactLine(ContactType.SITE, "a.example"), True),
        (ContactLine(ContactType.PHONE, "03.53.01.00.01"), phone(), True),
        (ContactLine(ContactType.MAIL, "A@b.example"), ContactLine(ContactType.MAIL, "a@b.example"), True),
        (ContactLine(ContactType.FAX, "03 53 01 00 01"), phone(), False),
    ],
)
def test_contacts_are_compared_by_what_they_dial(one: ContactLine, other: ContactLine, same: bool) -> None:  # noqa: FBT001 - as above
    assert (contact_key(one) == contact_key(other)) is same


def test_the_number_of_a_network_is_nobodys_own() -> None:
    assert contact_key(phone("3631")) is None


@pytest.mark.parametrize(
    ("record", "scope", "code"),
    [
        (a_record(), None, None),
        (a_record(), {"10323"}, None),
        (a_record(), {NOGENT}, "hors-perimetre"),
        (a_record(access=(an_access("1"), an_access("2", place=a_place(commune_code=NOGENT)))), {NOGENT}, None),
        (a_record(access=()), {NOGENT}, None),
        (
            a_record(access=(), competence=(CompetenceArea(CompetenceKind.COMMUNE, "10323"),)),
            {NOGENT},
            "hors-perimetre",
        ),
        (a_record(access=(), competence=EPCI_AND_A_TOWN), {NOGENT, "200000545"}, None),
        (a_record(access=(), competence=EPCI_AND_A_TOWN), {NOGENT}, "hors-perimetre"),
        (a_record(access=(), competence=(*EPCI_AND_A_TOWN, CompetenceArea(CompetenceKind.EVERYONE))), {NOGENT}, None),
    ],
)
def test_records_of_other_communes_are_skipped(record: ServiceRecord, scope: set[str] | None, code: str | None) -> None:
    problem = outside_scope(record, scope)
    assert (problem.code if problem else None) == code


@pytest.mark.parametrize(
    ("record", "field", "code"),
    [
        (a_record(title=" "), "title", "nom-manquant"),
        (a_record(title="x" * 251), "title", "texte-trop-long"),
        (a_record(key=""), "key", "nom-manquant"),
        (a_record(structure=""), "structure.name", "nom-manquant"),
        (a_record(summary="x" * 201), "summary", "texte-trop-long"),
        (a_record(languages=("français et anglais",)), "languages", "texte-trop-long"),
        (a_record(official_ids={"fs": "9" * 251}), "official_ids.fs", "texte-trop-long"),
        (
            a_record(structure=StructureRecord(name="X", official_ids={"siret": "2,601E+13 et plus"})),
            "structure.official_ids.siret",
            "texte-trop-long",
        ),
        (a_record(concepts=()), "concepts", "theme-manquant"),
        (a_record(concepts=("relais",)), "concepts", "theme-inconnu"),
        (a_record(ages=(12, 3)), "ages", "ages-inverses"),
        (a_record(ages=(None, 131)), "ages", "ages-inverses"),
        (a_record(contacts=(phone(" "),)), "contacts", "contact-vide"),
        (a_record(access=(an_access(), an_access())), "access", "acces-en-double"),
        (a_record(access=(AccessRecord(),)), "access.1", "lieu-manquant"),
        (a_record(access=(an_access(kind=AccessPointKind.PHONE),)), "access.1", "lieu-manquant"),
        (a_record(access=(an_access(kind=AccessPointKind.TOUR_STOP),)), "access.1", "tournee-manquante"),
        (a_record(access=(an_access(tour="Bus"),)), "access.1", "tournee-manquante"),
        (
            a_record(access=(an_access(place=a_place(postal_code="101000")),)),
            "access.1.place.postal_code",
            "texte-trop-long",
        ),
        (a_record(access=(an_access(place=a_place(name="")),)), "access.1.place.name", "nom-manquant"),
    ],
)
def test_what_cannot_be_rows_is_refused(record: ServiceRecord, field: str, code: str) -> None:
    assert [(problem.field, problem.code) for problem in check(record)] == [(field, code)]


def test_a_sound_record_has_no_fault() -> None:
    stop = an_access("2", kind=AccessPointKind.TOUR_STOP, tour="Bus")
    assert check(a_record(access=(an_access(), stop), ages=(0, None), cost=Cost.FREE)) == ()


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("title", ("service", "service", "title")),
        ("structure.name", ("structure", "structure", "name")),
        ("access.1.opening", ("access.1", "access", "opening")),
        ("access.a.b.place.access_lift", ("access.a.b.place", "place", "access_lift")),
        ("access.1.kind", None),
        ("official_ids", None),
    ],
)
def test_a_path_leads_to_a_field(name: str, where: tuple[str, ...] | None) -> None:
    assert path(name) == where


def test_only_what_is_stated_is_said() -> None:
    statement = said(a_record(access=(an_access(place=a_place(access={AccessFeature.LIFT: Answer.YES})),)))
    assert "summary" not in statement
    assert statement["access.1.place.access_lift"] == "yes"


def test_texts_are_compared_as_the_directory_keeps_them() -> None:
    statement = cleaned(said(a_record(title="  Relais   d'enfants ", contacts=(phone(" 03 "), phone("03")))))
    assert statement["title"] == "Relais d’enfants"
    assert [line["value"] for line in statement["contacts"]] == ["03"]
