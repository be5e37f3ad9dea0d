"""Services and structures of data·inclusion: what the schema says, under our own words, and nothing beside it."""

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from importers.pipeline.passages import Passage
from portal.directory.rules.choices import AccessPointKind, CompetenceKind, ContactAudience, ContactType, Cost
from portal.directory.rules.competence import CompetenceArea
from portal.hours.slots import Mode
from portal.intake.record import ServiceRecord, Verdict
from portal.vocabulary.audiences import Audience
from tests.importers.sources.builders import real_file
from tests.importers.sources.inclusion_rows import (
    SERVICE,
    STRUCTURE,
    Row,
    a_service,
    a_structure,
    read_service,
    read_structure,
)

SCHEMAS = "inclusion/data-inclusion/schemas/v1"
REMOTE: Row = {"modes_accueil": ["a-distance"], "zone_eligibilite": ["10"], "horaires_accueil": None}


def record(structure: Row = STRUCTURE, /, **members: object) -> ServiceRecord:
    found = read_service(a_service(**members), structure).record
    assert found is not None
    return found


def codes(passage: Passage) -> list[str]:
    return [problem.code for problem in passage.problems]


@pytest.mark.parametrize(("name", "row"), [("service", SERVICE), ("structure", STRUCTURE)])
def test_rows_of_these_tests_follow_the_schema(name: str, row: Row) -> None:
    schema = json.loads(real_file(f"{SCHEMAS}/{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(row)


def test_ordinary_service_raises_no_doubt() -> None:
    found = read_service(SERVICE)
    assert (found.verdict, codes(found), found.key) == (Verdict.ACCEPTED, [], "essai--1")


def test_service_is_told_with_its_structure() -> None:
    body = record().structure
    assert (body.name, body.description) == ("Association du Lavoir (Romilly-sur-Seine)", "Une association d’essai.")
    assert [line.type for line in body.contacts or ()] == [ContactType.PHONE, ContactType.MAIL, ContactType.SITE]


def test_structure_with_a_siret_needs_no_town_in_its_name() -> None:
    body = record(a_structure(siret="43493312300029")).structure
    assert (body.name, body.official_ids) == ("Association du Lavoir", {"siret": "43493312300029"})


def test_closed_lists_become_ours() -> None:
    said = record()
    assert (said.concepts, said.cost, said.modes) == (("SO13",), Cost.FREE, (Mode.ON_SITE,))
    assert said.audiences == (Audience.EXILED_PEOPLE, Audience.WOMEN)
    assert said.competence == (CompetenceArea(CompetenceKind.COMMUNE, "10323"),)
    assert (said.said_on, said.official_ids) == (date(2026, 10, 2), {"data-inclusion": "essai--1"})


def test_person_to_contact_is_never_taken() -> None:
    found = read_service(SERVICE)
    assert "Personne" not in f"{found.record}{found.submission.raw}"


def test_address_of_the_structure_stands_in() -> None:
    silent = dict.fromkeys(("adresse", "code_postal", "commune", "code_insee", "latitude", "longitude"))
    where = record(**silent).access[0].place
    assert where is not None
    assert (where.address, where.commune_code) == ("1 rue du Lavoir", "10323")


@pytest.mark.parametrize(
    ("members", "n_slots"),
    [
        ({"horaires_accueil": None, "adresse": "1 rue du Lavoir"}, 1),
        ({"horaires_accueil": None}, None),
        ({"horaires_accueil": "Tu 14:00-16:00; Th 10:00-12:00"}, 2),
    ],
)
def test_hours_of_the_structure_count_only_in_its_house(members: Row, n_slots: int | None) -> None:
    opening = record(**members).access[0].opening
    assert (None if opening is None else len(opening.slots)) == n_slots


def test_unreadable_hours_are_said_and_close_nothing() -> None:
    found = read_service(a_service(horaires_accueil="sur rendez-vous"))
    assert found.record is not None
    opening = found.record.access[0].opening
    assert codes(found)
    assert opening is None or not opening.is_complete


@pytest.mark.parametrize(
    ("members", "kinds"),
    [
        ({}, [AccessPointKind.PHONE]),
        ({"telephone": None}, [AccessPointKind.PHONE]),
        ({"modes_accueil": ["a-distance", "en-presentiel"]}, [AccessPointKind.PLACE]),
        ({"modes_accueil": None}, [AccessPointKind.PLACE]),
    ],
)
def test_service_at_a_distance_has_no_place(members: Row, kinds: list[AccessPointKind]) -> None:
    assert [access.kind for access in record(**(REMOTE | members)).access] == kinds


def test_service_behind_a_link_alone_has_no_door_and_comes_in() -> None:
    found = read_service(
        a_service(**REMOTE, telephone=None, lien_mobilisation="https://lavoir.example/demande"),
        a_structure(telephone=None),
    )
    assert found.record is not None
    assert (found.verdict, found.record.access, found.record.modes) == (Verdict.ACCEPTED, (), None)
    assert found.record.online_url == "https://lavoir.example/demande"


@pytest.mark.parametrize(
    ("scope", "verdict"),
    [(None, Verdict.ACCEPTED), ({"10323"}, Verdict.ACCEPTED), ({"58194"}, Verdict.SKIPPED)],
)
def test_service_from_afar_for_nobody_knows_whom_is_of_its_town(scope: set[str] | None, verdict: Verdict) -> None:
    service = a_service(**(REMOTE | {"zone_eligibilite": None}))
    found = read_service(service, scope=None if scope is None else frozenset(scope))
    assert found.verdict is verdict
    assert codes(found) == (["hors-perimetre"] if verdict is Verdict.SKIPPED else [])


def test_service_from_afar_and_from_nowhere_waits() -> None:
    nowhere = dict.fromkeys(("adresse", "code_postal", "commune", "code_insee", "latitude", "longitude"))
    found = read_service(a_service(**(REMOTE | nowhere | {"zone_eligibilite": None})), a_structure(**nowhere))
    assert (found.verdict, codes(found)) == (Verdict.QUARANTINED, ["zone-manquante"])


def test_service_without_commune_waits() -> None:
    nowhere = dict.fromkeys(("adresse", "code_postal", "commune", "code_insee", "latitude", "longitude"))
    assert read_service(a_service(**nowhere), a_structure(**nowhere)).verdict is Verdict.QUARANTINED


def test_service_of_an_unknown_structure_waits() -> None:
    found = read_service(a_service(structure_id="ailleurs"))
    assert (found.verdict, found.record) == (Verdict.QUARANTINED, None)
    assert "donnez ensemble" in found.problems[0].text


def test_conditions_and_orientation_are_told() -> None:
    said = record(
        publics_precisions="De 15 à 18 ans.", conditions_acces="Habiter Romilly.", mobilisable_par=["professionnels"]
    )
    assert said.eligibility == "De 15 à 18 ans.\n\nHabiter Romilly.\n\nSur orientation d’un professionnel."
    assert record().eligibility is None


def test_topic_out_of_scope_is_passed_unless_the_network_speaks() -> None:
    abroad = a_service(thematiques=["souvrir-a-linternational--sorganiser-suite-a-son-retour-en-france"])
    found = read_service(abroad)
    assert (found.verdict, codes(found)) == (Verdict.SKIPPED, ["thematique-hors-champ"])
    carried = read_service(abroad, a_structure(reseaux_porteurs=["france-travail"])).record
    assert carried is not None
    assert carried.concepts == ("EM01",)


def test_structure_without_services_is_what_its_network_is_for() -> None:
    found = read_structure(a_structure(nom="CCAS de Romilly", reseaux_porteurs=["ccas-cias"]))
    assert found.record is not None
    assert (found.record.title, found.record.concepts) == ("CCAS de Romilly", ("SO01",))
    assert found.record.official_ids == {"data-inclusion-structure": "essai--s1"}
    assert len(found.record.access[0].opening.slots if found.record.access[0].opening else ()) == 1


def test_structure_that_says_nothing_of_itself_is_passed() -> None:
    found = read_structure(STRUCTURE)
    assert (found.verdict, codes(found), found.key) == (Verdict.SKIPPED, ["structure-sans-service"], "")


def test_accessibility_is_a_link_beside_the_place() -> None:
    where = record(a_structure(accessibilite_lieu="https://acceslibre.example/erp/lavoir")).access[0].place
    assert where is not None
    assert where.access_note == "Accessibilité décrite sur https://acceslibre.example/erp/lavoir"


def test_columns_of_the_older_schema_are_read() -> None:
    older = {
        "presentation_resume": "Parler français.",
        "presentation_detail": "Une fois par semaine.",
        "profils": ["seniors-65"],
        "frais": ["gratuit-sous-conditions"],
        "frais_autres": "Selon les revenus.",
        "justificatifs": ["Pièce d’identité", "Justificatif de domicile"],
        "zone_diffusion_code": "10",
        "contact_public": False,
    }
    newer = {"description", "publics", "zone_eligibilite", "frais_precisions"}
    kept = {name: member for name, member in SERVICE.items() if name not in newer}
    said = read_service(kept | older).record
    assert said is not None
    assert (said.summary, said.description) == ("Parler français.", "Une fois par semaine.")
    assert (said.audiences, said.cost, said.cost_note) == ((Audience.SENIORS,), Cost.DEPENDS, "Selon les revenus.")
    assert said.documents == "Pièce d’identité\nJustificatif de domicile"
    assert {line.audience for line in said.contacts or ()} == {ContactAudience.PROFESSIONAL}
    assert len(said.competence or ()) > 10
