"""The directory of administrations: both shapes of a record, the place one goes to, whom an office answers for."""

import json
from typing import Any

import pytest

from importers.pipeline.passages import Passage
from portal.directory.rules.choices import AccessFeature, Answer, CompetenceKind, ContactType
from portal.directory.rules.competence import CompetenceArea
from portal.intake.record import PlaceRecord, ServiceRecord, Verdict
from portal.intake.report import Fate
from tests.importers.sources.builders import Desk, read, real_file

ADDRESS = {
    "type_adresse": "Adresse",
    "complement1": "",
    "numero_voie": "1 rue du Lavoir",
    "code_postal": "10100",
    "nom_commune": "Romilly-sur-Seine",
    "longitude": "3.727",
    "latitude": "48.516",
    "accessibilite": "ACC",
    "note_accessibilite": "rampe",
}
POSTAL = ADDRESS | {"type_adresse": "Adresse postale", "numero_voie": "9 rue des Lettres"}
RANGE = {
    "nom_jour_debut": "Lundi",
    "nom_jour_fin": "Mardi",
    "valeur_heure_debut_1": "09:00:00",
    "valeur_heure_fin_1": "12:00:00",
    "valeur_heure_debut_2": "",
    "valeur_heure_fin_2": "",
    "commentaire": "",
}
OFFICE: dict[str, Any] = {
    "id": "essai-1",
    "nom": "Mairie - Essai",
    "pivot": [{"type_service_local": "mairie", "code_insee_commune": ["10323"]}],
    "code_insee_commune": "10323",
    "adresse": [POSTAL, ADDRESS],
    "telephone": [{"valeur": "03 53 01 00 01", "description": ""}],
    "adresse_courriel": ["mairie@exemple.example"],
    "plage_ouverture": [RANGE],
    "date_modification": "06/06/2024 15:25:42",
    "statut_de_diffusion": "true",
}


def passage(**members: Any) -> Passage:  # noqa: ANN401 - the members of a JSON record
    (found,) = read("dila", json.dumps({"service": [OFFICE | members]}).encode(), name="organismes.json")
    return found


def record(**members: Any) -> ServiceRecord:  # noqa: ANN401 - as above
    found = passage(**members).record
    assert found is not None
    return found


def place(**members: Any) -> PlaceRecord:  # noqa: ANN401 - as above
    found = record(**members).access[0].place
    assert found is not None
    return found


def test_member_may_be_the_text_of_a_list() -> None:
    texts = {name: json.dumps(OFFICE[name]) for name in ("pivot", "adresse", "telephone", "plage_ouverture")}
    assert record(**texts, adresse_courriel="mairie@exemple.example") == record()


def test_place_is_where_one_goes_not_where_letters_go() -> None:
    assert (place().address, place().postal_code, place().commune_code) == ("1 rue du Lavoir", "10100", "10323")


def test_street_is_found_among_the_complements() -> None:
    written = place(adresse=[ADDRESS | {"complement1": "10 ancienne route d’Essai", "numero_voie": "Le Bourg"}])
    assert (written.address, written.address_extra) == ("10 ancienne route d’Essai", "Le Bourg")


@pytest.mark.parametrize(
    ("written", "access"),
    [
        ("ACC", {AccessFeature.WHEELCHAIR: Answer.YES}),
        ("NAC", {AccessFeature.WHEELCHAIR: Answer.NO}),
        ("DEM", None),
        ("", None),
    ],
)
def test_access_on_request_is_neither_yes_nor_no(written: str, access: dict[AccessFeature, Answer] | None) -> None:
    assert place(adresse=[ADDRESS | {"accessibilite": written}]).access == access


def test_office_answers_for_the_communes_of_its_pivot() -> None:
    pivot = [{"type_service_local": "mairie", "code_insee_commune": ["10323", "10268"]}]
    communes = [CompetenceArea(CompetenceKind.COMMUNE, code) for code in ("10268", "10323")]
    assert record(pivot=pivot).competence == tuple(communes)


def test_town_hall_is_first_of_all_a_town_hall() -> None:
    assert record().concepts == ("AD01",)


def test_type_without_concept_is_passed_over() -> None:
    found = passage(pivot=[{"type_service_local": "centre_detention", "code_insee_commune": "10323"}])
    assert (found.verdict, found.key) == (Verdict.SKIPPED, "essai-1")
    assert [(each.code, each.value) for each in found.problems] == [("type-hors-champ", "centre_detention")]


@pytest.mark.parametrize("members", [{"statut_de_diffusion": "false"}, {"version_type": "Brouillon"}])
def test_unpublished_office_is_passed_over(members: dict[str, str]) -> None:
    assert [each.code for each in passage(**members).problems] == ["non-publie"]


def test_short_mission_is_the_summary_and_a_long_one_the_description() -> None:
    short, long = record(mission="État civil et élections."), record(mission="État civil. " * 20)
    assert (short.summary, short.description) == ("État civil et élections.", None)
    assert (long.summary, long.description) == (None, ("État civil. " * 20).strip())


def test_record_says_its_own_day() -> None:
    said_on = record().said_on
    assert said_on is not None
    assert said_on.isoformat() == "2024-06-06"


def test_office_without_ranges_says_nothing_of_hours() -> None:
    assert record(plage_ouverture=[]).access[0].opening is None


def test_general_comment_repeated_on_a_range_is_read_once() -> None:
    comment = "Sonnez à l'interphone du gardien"
    found = passage(plage_ouverture=[RANGE | {"commentaire": comment}], commentaire_plage_ouverture=comment)
    assert [each.code for each in found.problems] == ["texte-non-lu"]


def test_every_mail_of_one_cell_is_kept() -> None:
    lines = record(adresse_courriel="un@exemple.example;deux@exemple.example").contacts or ()
    mails = [line.value for line in lines if line.type is ContactType.MAIL]
    assert mails == ["un@exemple.example", "deux@exemple.example"]


@pytest.mark.parametrize("address", [[], "[", {"a": 1}, [[1]], 7])
def test_spoilt_address_leaves_the_commune(address: object) -> None:
    assert (place(adresse=address).commune_code, place(adresse=address).address) == ("10323", None)


@pytest.mark.parametrize(
    ("name", "n"),
    [
        ("api-one-mairie.json", 1),
        ("api-two-mairies.json", 2),
        ("api-multi-emails-marie.json", 1),
        ("bulk-organismes-bsa.json", 1),
    ],
)
def test_real_records_come_in_once(desk: Desk, name: str, n: int) -> None:
    file = real_file(f"dila-annuaire/{name}")
    first, before = desk.imports("dila", file), desk.content()
    second = desk.imports("dila", file)
    assert (first.counts[Fate.CREATED], first.read, second.counts[Fate.UNCHANGED]) == (n, n, n)
    assert desk.content() == before
