"""Relays filled in on their template: office, workshops and telephone of one relay, in any order, under any name."""

from itertools import permutations

import pytest

from importers.pipeline.passages import Passage
from portal.directory.rules.choices import AccessPointKind, CompetenceKind
from portal.hours.slots import Weeks
from portal.intake.record import Verdict
from portal.intake.report import Fate
from portal.vocabulary.audiences import Audience
from tests.importers.reading.builders import ods, ods_cell, ods_row
from tests.importers.sources.builders import Desk
from tests.importers.sources.own_lists import a_sheet, codes_of, imports_own, passage_of, read_own, record_of
from tests.importers.templates.builders import filled

OFFICE = {
    "Identifiant": "relais-1",
    "Nom du relais": "Les Petits Pas",
    "Structure gestionnaire": "CC du Nogentais",
    "Sorte d’accueil": "bureau",
    "Adresse": "1 rue du Lavoir",
    "Code postal": "10400",
    "Commune": "Nogent-sur-Seine",
    "Horaires": "lundi 9h-12h sur rendez-vous",
    "Téléphone": "03 53 01 00 01",
    "Communes desservies": "CC du Nogentais",
    "Pour qui": "parents ; assistants maternels",
}
WORKSHOP = OFFICE | {
    "Sorte d’accueil": "atelier",
    "Précision sur l’accueil": "Éveil musical",
    "Adresse": "2 place de la Mairie",
    "Code postal": "10370",
    "Commune": "Villenauxe-la-Grande",
    "Horaires": "mardi 9h15-11h45 semaines paires",
    "Itinérant": "oui",
}
WORKSHOP_ROW = [WORKSHOP[name] for name in OFFICE]
CALLS = {
    "Identifiant": "relais-1",
    "Nom du relais": "Les Petits Pas",
    "Sorte d’accueil": "téléphone",
    "Horaires": "jeudi 13h30-16h30",
}


def test_relay_is_one_service_with_its_office_workshops_and_telephone() -> None:
    said = record_of(OFFICE, WORKSHOP, CALLS, source="ram")
    assert (said.title, said.concepts) == ("Relais petite enfance – Les Petits Pas", ("PE01",))
    assert [access.kind for access in said.access] == [
        AccessPointKind.PLACE,
        AccessPointKind.TOUR_STOP,
        AccessPointKind.PHONE,
    ]
    assert [access.note for access in said.access] == [None, "Atelier\u00a0: Éveil musical", None]
    workshop = said.access[1].opening
    assert workshop is not None
    assert {slot.rule.weeks for slot in workshop.slots} == {Weeks.EVEN}


def test_workshop_named_so_is_not_called_so_twice() -> None:
    (access,) = record_of(WORKSHOP | {"Précision sur l’accueil": "Atelier des sens"}, source="ram").access
    assert access.note == "Atelier des sens"


def test_communes_served_are_its_competence() -> None:
    said = record_of(OFFICE, WORKSHOP, source="ram")
    assert [(area.kind, area.code) for area in said.competence or ()] == [(CompetenceKind.EPCI, "200006716")]


def test_those_who_mind_children_at_work_are_workers() -> None:
    said = record_of(OFFICE, source="ram")
    assert said.audiences == (Audience.FAMILIES, Audience.WORKERS)
    assert said.eligibility == "Pour : parents, assistants maternels."


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("RAM du Nogentais", "RAM du Nogentais"),
        ("Relais Les Lutins", "Relais Les Lutins"),
        ("Les Lutins", "Relais petite enfance – Les Lutins"),
    ],
)
def test_name_says_what_it_is(name: str, title: str) -> None:
    assert record_of(OFFICE | {"Nom du relais": name}, source="ram").title == title


def test_relay_without_manager_stands_for_itself() -> None:
    assert record_of(OFFICE | {"Structure gestionnaire": ""}, source="ram").structure.name == "Les Petits Pas"


def test_office_and_workshop_at_one_place_stay_two() -> None:
    said = record_of(OFFICE, OFFICE | {"Sorte d’accueil": "atelier", "Horaires": "jeudi 9h-11h"}, source="ram")
    assert len({access.key for access in said.access}) == 2


def test_unknown_sort_of_welcome_is_said_and_counts_as_a_place() -> None:
    found = passage_of(OFFICE | {"Sorte d’accueil": "soirée"}, source="ram")
    assert (found.verdict, codes_of(found)) == (Verdict.ACCEPTED, ["sorte-inconnue"])


def test_names_of_the_old_ram_are_known() -> None:
    renamed = {
        "Nom du relais": "Nom du RAM",
        "Structure gestionnaire": "Gestionnaire",
        "Téléphone": "Tél",
        "Commune": "Ville",
    }
    row = {renamed.get(name, name): cell for name, cell in OFFICE.items()}
    assert record_of(row, source="ram").structure.name == "CC du Nogentais"


def test_shuffled_relays_change_nothing(desk: Desk) -> None:
    rows = (OFFICE, WORKSHOP, CALLS, OFFICE | {"Identifiant": "relais-2", "Nom du relais": "RPE des Mariniers"})
    imports_own(desk, a_sheet(*rows), source="ram")
    before = desk.content()
    for shuffled in list(permutations(rows))[::5]:
        report = imports_own(desk, a_sheet(*shuffled, columns=reversed(WORKSHOP)), source="ram")
        assert (report.counts[Fate.UNCHANGED], report.counts[Fate.SKIPPED]) == (2, 2)
    assert desk.content() == before


def test_relays_of_an_ods_are_those_of_a_csv() -> None:
    rows = [ods_row(*(ods_cell(text) for text in texts)) for texts in (OFFICE, OFFICE.values(), WORKSHOP_ROW)]
    (first, *_) = read_own(ods("".join(rows)), source="ram")
    assert isinstance(first, Passage)
    assert first.record == record_of(OFFICE, {name: WORKSHOP[name] for name in OFFICE}, source="ram")


def test_filled_template_of_relays_comes_back(desk: Desk) -> None:
    report = imports_own(desk, filled("ram", OFFICE, WORKSHOP, CALLS), source="ram")
    assert {fate: n for fate, n in report.counts.items() if n} == {Fate.CREATED: 1, Fate.SKIPPED: 3}
    assert {reason.problem.code for reason in report.reasons} == {"ligne-d-exemple", "ligne-jointe"}
