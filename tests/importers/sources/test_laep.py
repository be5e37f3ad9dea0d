"""Places for parents and small children, filled in on their template: sessions, and how one comes."""

import pytest

from portal.directory.rules.choices import Cost
from portal.hours.slots import Appointment
from portal.intake.report import Fate
from portal.vocabulary.audiences import Audience
from tests.importers.sources.builders import Desk
from tests.importers.sources.own_lists import a_sheet, codes_of, imports_own, passage_of, record_of
from tests.importers.templates.builders import filled
from tests.tools.claims import every

SESSION = {
    "Identifiant": "laep-1",
    "Nom du LAEP": "La Parenthèse",
    "Structure gestionnaire": "Association du Lavoir",
    "Adresse": "1 rue du Lavoir",
    "Code postal": "10400",
    "Commune": "Nogent-sur-Seine",
    "Séances": "2e et 4e jeudi du mois 9h-11h30, hors vacances scolaires",
    "Âge minimum": "0",
    "Âge maximum": "6",
    "Sans inscription": "oui",
    "Gratuit": "oui",
    "Anonyme": "oui",
    "Téléphone": "03 53 01 00 01",
}
ELSEWHERE = SESSION | {
    "Adresse": "2 rue du Four",
    "Code postal": "10100",
    "Commune": "Romilly-sur-Seine",
    "Séances": "lundi 14h-16h",
}


def test_laep_is_one_service_with_its_sessions() -> None:
    said = record_of(SESSION, ELSEWHERE, source="laep")
    assert (said.title, said.concepts, said.audiences) == ("La Parenthèse", ("PE06",), (Audience.FAMILIES,))
    assert [access.key for access in said.access] == ["10268", "10323"]
    assert every(access.opening is not None and access.opening.is_complete for access in said.access)


def test_how_one_comes_is_told() -> None:
    said = record_of(SESSION, source="laep")
    assert (said.cost, said.ages, said.eligibility) == (Cost.FREE, (0, 6), "Sans inscription. Accueil anonyme.")


def test_other_conditions_stand_behind() -> None:
    said = record_of(SESSION | {"Conditions": "L’enfant reste avec son parent."}, source="laep")
    assert said.eligibility == "Sans inscription. Accueil anonyme. L’enfant reste avec son parent."


def test_sessions_to_be_booked_are_by_appointment() -> None:
    (access,) = record_of(SESSION | {"Sans inscription": "non"}, source="laep").access
    assert access.opening is not None
    assert {slot.appointment for slot in access.opening.slots} == {Appointment.REQUIRED}


@pytest.mark.parametrize("word", ["Sans inscription", "Anonyme", "Gratuit"])
def test_silence_is_no_answer(word: str) -> None:
    said = record_of(
        SESSION | dict.fromkeys(["Sans inscription", "Anonyme", "Gratuit"], "") | {word: "?"}, source="laep"
    )
    assert (said.eligibility, said.cost) == (None, None)


def test_answer_nobody_understands_is_said() -> None:
    assert "oui-non-illisible" in codes_of(passage_of(SESSION | {"Anonyme": "parfois"}, source="laep"))


def test_filled_template_comes_back_in_any_order(desk: Desk) -> None:
    first = imports_own(desk, filled("laep", SESSION, ELSEWHERE), source="laep")
    again = imports_own(desk, a_sheet(ELSEWHERE, SESSION, columns=reversed(SESSION)), source="laep")
    assert (first.counts[Fate.CREATED], first.counts[Fate.SKIPPED]) == (1, 2)
    assert (again.counts[Fate.UNCHANGED], again.counts[Fate.SKIPPED]) == (1, 1)
