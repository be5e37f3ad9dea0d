"""Places of digital mediation: lists, hours, costs and audiences of the national schema, and nothing beside them."""

import pytest

from importers.pipeline.passages import Passage
from portal.directory.rules.choices import AccessPointKind, ContactType, Cost
from portal.intake.record import ServiceRecord, Verdict
from portal.intake.report import Fate
from portal.vocabulary.audiences import Audience
from tests.importers.sources.builders import Desk, read, real_file

REAL = "inclusion/mednum/exemple-valide.csv"
ROW = {
    "id": "essai-1",
    "pivot": "43493312300029",
    "nom": "Espace d’essai",
    "commune": "Romilly-sur-Seine",
    "code_postal": "10100",
    "code_insee": "10323",
    "adresse": "1 RUE DU LAVOIR",
    "latitude": "48.516",
    "longitude": "3.727",
    "telephone": "+33353010001",
    "courriels": "un@exemple.example|deux@exemple.example",
    "horaires": "Mo-Fr 09:00-12:00",
    "itinerance": "Fixe",
    "date_maj": "2026-10-02",
    "services": "Maîtrise des outils numériques du quotidien|Accès internet et matériel informatique",
    "publics_specifiquement_adresses": "",
    "prise_en_charge_specifique": "",
    "frais_a_charge": "",
    "modalites_acces": "Se présenter",
}


def a_list(**cells: str) -> bytes:
    """Write a list of one place."""
    row = ROW | cells
    quoted = (f'"{cell}"' for cell in row.values())
    return f"{','.join(row)}\n{','.join(quoted)}\n".encode()


def passage(**cells: str) -> Passage:
    (found,) = read("numerique", a_list(**cells))
    return found


def record(**cells: str) -> ServiceRecord:
    found = passage(**cells).record
    assert found is not None
    return found


def test_services_become_concepts_in_their_order() -> None:
    assert record().concepts == ("NU01", "NU02")


def test_place_without_services_still_gives_support() -> None:
    assert record(services="").concepts == ("NU01",)


def test_hours_are_read_from_their_notation() -> None:
    opening = record().access[0].opening
    assert opening is not None
    assert [(span.start, span.end) for slot in opening.slots for span in slot.times] == [(540, 720)]


def test_silent_cells_say_nothing() -> None:
    said = record(horaires="", frais_a_charge="")
    assert (said.access[0].opening, said.cost, said.audiences, said.languages) == (None, None, None, None)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Itinérant", AccessPointKind.TOUR_STOP),
        ("Itinérant|Fixe", AccessPointKind.PLACE),
        ("", AccessPointKind.PLACE),
    ],
)
def test_only_what_always_travels_is_a_tour(written: str, kind: AccessPointKind) -> None:
    assert record(itinerance=written).access[0].kind is kind


@pytest.mark.parametrize(
    ("written", "cost", "note"),
    [
        ("Gratuit", Cost.FREE, None),
        ("Payant", Cost.PAID, None),
        ("Gratuit sous condition", Cost.DEPENDS, "Gratuit sous condition"),
        ("Gratuit|Payant", Cost.DEPENDS, "Gratuit, Payant"),
        ("Selon l’humeur", None, None),
    ],
)
def test_cost_is_what_the_schema_says(written: str, cost: Cost | None, note: str | None) -> None:
    said = record(frais_a_charge=written)
    assert (said.cost, said.cost_note) == (cost, note)


def test_audience_outside_the_schema_is_said() -> None:
    found = passage(publics_specifiquement_adresses="Seniors|Martiens")
    assert found.record is not None
    assert found.record.audiences == (Audience.SENIORS,)
    assert [(each.code, each.value) for each in found.problems] == [("public-inconnu", "Martiens")]


@pytest.mark.parametrize(
    ("pivot", "ids"),
    [
        ("43493312300029", {"siret": "43493312300029"}),
        ("434933123", {"siren": "434933123"}),
        ("W101000000", {"rna": "W101000000"}),
        ("00000000000000", {}),
        ("43493312300028", {}),
    ],
)
def test_only_a_sound_number_is_kept(pivot: str, ids: dict[str, str]) -> None:
    assert record(pivot=pivot).structure.official_ids == ids


def test_each_mail_of_a_cell_is_a_contact() -> None:
    mails = [line.value for line in record().contacts or () if line.type is ContactType.MAIL]
    assert mails == ["un@exemple.example", "deux@exemple.example"]


def test_place_that_receives_nobody_is_passed_over() -> None:
    assert passage(modalites_acces="Ce lieu n'accueille pas de public").verdict is Verdict.SKIPPED
    assert passage(modalites_acces="Téléphoner|Ce lieu n'accueille pas de public").verdict is Verdict.ACCEPTED


def test_example_of_the_schema_comes_in_once(desk: Desk) -> None:
    file = real_file(REAL)
    first, before = desk.imports("numerique", file), desk.content()
    second = desk.imports("numerique", file)
    assert (first.counts[Fate.CREATED], second.counts[Fate.UNCHANGED]) == (1, 1)
    assert desk.content() == before
    assert {reason.problem.code for reason in first.reasons} == {"point-hors-de-sa-commune", "tournee-a-completer"}
