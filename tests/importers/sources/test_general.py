"""A row of the general template: every column it has, in the words people use."""

from datetime import date

import pytest

from portal.directory.rules.choices import (
    AccessFeature,
    AccessPointKind,
    AddressShown,
    Answer,
    CompetenceKind,
    ContactType,
    Cost,
    LegalNature,
)
from portal.hours.slots import Appointment, Mode, TimeSpan, Weekday
from portal.intake.record import Verdict
from portal.vocabulary.audiences import Audience
from tests.importers.sources.own_lists import a_row, codes_of, passage_of, record_of


def test_row_becomes_a_service_at_a_place() -> None:
    said = record_of(a_row())
    (access,) = said.access
    assert (said.title, said.structure.name, said.concepts) == (
        "Ludothèque du Lavoir",
        "Association du Lavoir",
        ("CS01",),
    )
    assert access.place is not None
    assert (access.place.commune_code, access.place.address, access.place.postal_code) == (
        "10268",
        "4 rue du Lavoir",
        "10400",
    )
    assert access.opening is not None
    assert access.opening.is_complete


@pytest.mark.parametrize(
    ("theme", "codes"),
    [
        ("PE01", ("PE01",)),
        ("RAM", ("PE01",)),
        ("Crèche, halte-garderie, micro-crèche", ("PE02",)),
        ("cantine ; PE01", ("EJ01", "PE01")),
        ("crèche, bibliothèque", ("PE02", "CS01")),
        ("PE01 – Relais petite enfance", ("PE01",)),
    ],
)
def test_theme_is_a_label_a_code_or_an_everyday_word(theme: str, codes: tuple[str, ...]) -> None:
    assert record_of(a_row(Thème=theme)).concepts == codes


def test_unknown_theme_is_refused_with_a_suggestion() -> None:
    found = passage_of(a_row(Thème="médecins"))
    assert found.verdict is Verdict.REFUSED
    assert "« Médecin généraliste »" in found.problems[0].text


def test_other_themes_stand_behind_the_first() -> None:
    assert record_of(a_row(Thème="cantine", Autres_thèmes="PE01|PE02")).concepts == ("EJ01", "PE01", "PE02")


@pytest.mark.parametrize(
    ("cost", "note", "expected"),
    [
        ("gratuit", "", (Cost.FREE, None)),
        ("selon la situation", "", (Cost.DEPENDS, None)),
        ("12 € par an", "", (Cost.PAID, "12 € par an")),
        ("payant", "3 € la séance", (Cost.PAID, "3 € la séance")),
    ],
)
def test_sentence_on_the_cost_is_kept(cost: str, note: str, expected: tuple[Cost, str | None]) -> None:
    found = passage_of(a_row(Coût=cost, Précision_sur_le_coût=note))
    assert found.record is not None
    assert (found.record.cost, found.record.cost_note) == expected
    assert codes_of(found) == []


@pytest.mark.parametrize(
    ("area", "kinds"),
    [
        ("tout le territoire", [(CompetenceKind.TERRITORY, "")]),
        ("tout le monde", [(CompetenceKind.EVERYONE, "")]),
        ("CC du Nogentais", [(CompetenceKind.EPCI, "200006716")]),
        ("Nogent-sur-Seine ; Saint-Aubin (10)", [(CompetenceKind.COMMUNE, "10268"), (CompetenceKind.COMMUNE, "10334")]),
        ("10268", [(CompetenceKind.COMMUNE, "10268")]),
    ],
)
def test_competence_is_said_in_names(area: str, kinds: list[tuple[CompetenceKind, str]]) -> None:
    found = record_of(a_row(Territoire_desservi=area)).competence
    assert [(each.kind, each.code) for each in found or ()] == kinds


def test_unknown_area_is_said_and_the_nearest_epci_proposed() -> None:
    found = passage_of(a_row(Territoire_desservi="Nogentais"))
    assert codes_of(found) == ["territoire-inconnu"]
    assert "« CC du Nogentais »" in found.problems[0].text


def test_modes_become_ways_in() -> None:
    said = record_of(a_row(Accueil="sur place ; téléphone ; visio ; à domicile"))
    assert [access.kind for access in said.access] == [
        AccessPointKind.PLACE,
        AccessPointKind.PHONE,
        AccessPointKind.VIDEO,
        AccessPointKind.HOME,
    ]
    assert [access.opening is not None for access in said.access] == [True, False, False, False]


def test_service_at_home_keeps_the_address_of_its_office() -> None:
    (access,) = record_of(a_row(Accueil="à domicile")).access
    assert (access.kind, access.place, access.note) == (AccessPointKind.HOME, None, "Bureau : 4 rue du Lavoir.")
    assert access.opening is not None
    assert {slot.mode for slot in access.opening.slots} == {Mode.HOME}


def test_childminder_receives_in_her_commune_and_her_address_is_not_shown() -> None:
    said = record_of(a_row(Thème="PE03", Accueil="téléphone ; à domicile"))
    home, phone = said.access
    assert (home.kind, phone.kind) == (AccessPointKind.PLACE, AccessPointKind.PHONE)
    assert home.place is not None
    assert (home.place.commune_code, home.place.address_shown) == ("10268", AddressShown.COMMUNE)


def test_telephone_line_needs_no_commune() -> None:
    said = record_of(a_row(Accueil="téléphone", Adresse="", Code_postal="", Commune=""))
    assert [access.kind for access in said.access] == [AccessPointKind.PHONE]


def test_appointment_column_speaks_for_the_hours() -> None:
    (access,) = record_of(a_row(**{"Rendez-vous": "obligatoire"})).access
    assert access.opening is not None
    assert {slot.appointment for slot in access.opening.slots} == {Appointment.REQUIRED}


@pytest.mark.parametrize(
    "cells",
    [
        {"Jours": "lundi et jeudi", "Heures": "9h-12h / 14h-17h"},
        {"Jours d’ouverture": "lundi, jeudi", "Horaires": "9h à 12h et 14h à 17h"},
        {"Lundi": "9h-12h 14h-17h", "Mardi": "", "Jeudi": "09:00 - 12:00 / 14:00 - 17:00"},
        {"Jours": "lundi et jeudi 9h-12h et 14h-17h"},
        {"Jours": "à voir", "Horaires": "lundi et jeudi 9h-12h et 14h-17h"},
    ],
)
def test_days_and_times_may_stand_apart(cells: dict[str, str]) -> None:
    row = {name: cell for name, cell in a_row().items() if name != "Horaires"} | cells
    opening = record_of(row).access[0].opening
    assert opening is not None
    days = {day for slot in opening.slots for day in slot.rule.days}
    assert (days, {slot.times for slot in opening.slots}) == (
        {Weekday.MONDAY, Weekday.THURSDAY},
        {(TimeSpan(540, 720), TimeSpan(840, 1020))},
    )


def test_day_that_is_not_understood_is_named() -> None:
    row = {name: cell for name, cell in a_row().items() if name != "Horaires"}
    found = passage_of(row | {"Lundi": "quand il y a du monde", "Mardi": "9h-12h"})
    assert found.record is not None
    assert found.record.access[0].opening_words == "lundi : quand il y a du monde\nmardi : 9h-12h"
    assert {problem.field for problem in found.problems} == {"Lundi"}


def test_ages_may_stand_in_one_cell() -> None:
    assert record_of(a_row(Âges="3-11 ans")).ages == (3, 11)


def test_everything_else_a_row_may_say() -> None:
    said = record_of(
        a_row(
            Résumé="Jouer et emprunter.",
            Nature_de_la_structure="association",
            SIRET="43493312300029",
            Courriel="jeux@exemple.example",
            Publics="Familles ; Séniors",
            Âge_minimum="3 mois",
            Âge_maximum="12",
            Langues_parlées="anglais",
            Pièces_à_apporter="Un justificatif",
            Conditions="Habiter la commune",
            Démarche_en_ligne="exemple.example/jouer",
            Accès_en_fauteuil_roulant="oui",
            Mis_à_jour_le="02/11/2026",
        )
    )
    place = said.access[0].place
    assert place is not None
    assert place.access == {AccessFeature.WHEELCHAIR: Answer.YES}
    assert said.structure.official_ids == {"siret": "43493312300029"}
    assert (said.legal_nature, said.ages, said.languages) == (LegalNature.ASSOCIATION, (0, 12), ("en",))
    assert said.audiences == (Audience.FAMILIES, Audience.SENIORS)
    assert (said.documents, said.eligibility) == ("Un justificatif", "Habiter la commune")
    assert (said.online_url, said.said_on) == ("https://exemple.example/jouer", date(2026, 11, 2))
    assert [line.type for line in said.contacts or ()] == [ContactType.PHONE, ContactType.MAIL]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"SIRET": "2,601E+13"}, "nombre-abime"),
        ({"Code postal": "1500", "Commune": "Ambérieu-en-Bugey"}, "zero-remis"),
        ({"Commune": "Trifouillis"}, "commune-inconnue"),
        ({"Téléphone": "03 53 01"}, "telephone-trop-court"),
        ({"Âge minimum": "12", "Âge maximum": "3"}, "ages-inverses"),
        ({"Mis à jour le": "31/02/2026"}, "date-impossible"),
        ({"Nature de la structure": "martienne"}, "nature-inconnue"),
    ],
)
def test_damaged_cell_is_said_with_its_column(cells: dict[str, str], code: str) -> None:
    found = passage_of(a_row() | cells)
    problem = next(each for each in found.problems if each.code == code)
    assert problem.field in set(cells)


@pytest.mark.parametrize("lacking", ["Nom du service", "Structure", "Thème"])
def test_row_without_what_it_needs_is_refused(lacking: str) -> None:
    found = passage_of(a_row() | {lacking: ""})
    assert (found.verdict, found.problems[0].field) == (Verdict.REFUSED, lacking)


def test_row_without_commune_waits_for_a_person() -> None:
    found = passage_of(a_row(Commune="", Code_postal=""))
    assert (found.verdict, codes_of(found)) == (Verdict.QUARANTINED, ["commune-manquante"])
