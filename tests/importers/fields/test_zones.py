"""Areas written as codes: exact, and never wider than what was written."""

import pytest

from importers.fields.zones import read_zone
from portal.directory.rules.choices import CompetenceKind
from portal.directory.rules.competence import CompetenceArea
from portal.geography.lookup import communes

COMMUNES = communes().communes
EVERYONE = (CompetenceArea(CompetenceKind.EVERYONE),)


def covered(text: str) -> set[str]:
    areas, _ = read_zone(text, COMMUNES)
    members = [COMMUNES.members_of(area.code) or {area.code} for area in areas or ()]
    return {code for some in members for code in some}


def of_departments(*departments: str) -> set[str]:
    return {
        code for code, home in zip(COMMUNES.codes, COMMUNES.departments_of, strict=True) if home in set(departments)
    }


@pytest.mark.parametrize("departments", [("10",), ("10", "51"), ("2A",), ("971",), ("75",), ("44", "49", "53")])
def test_departments_are_covered_exactly(departments: tuple[str, ...]) -> None:
    assert covered("|".join(departments)) == of_departments(*departments)


def test_department_is_few_areas() -> None:
    areas, _ = read_zone("10", COMMUNES)
    assert len(areas or ()) < 20


@pytest.mark.parametrize("text", ["france", "99100", '["10", "france"]', "|".join(COMMUNES.departments)])
def test_whole_country_is_everyone(text: str) -> None:
    assert read_zone(text, COMMUNES)[0] == EVERYONE


def test_communes_and_epci_stand_for_themselves() -> None:
    assert read_zone('["10323", "200000545"]', COMMUNES) == (
        (CompetenceArea(CompetenceKind.COMMUNE, "10323"), CompetenceArea(CompetenceKind.EPCI, "200000545")),
        (),
    )


def test_arrondissement_is_its_commune() -> None:
    assert read_zone("75101", COMMUNES)[0] == (CompetenceArea(CompetenceKind.COMMUNE, "75056"),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("10999", "code-insee-inconnu"),
        ("123456789", "epci-inconnu"),
        ("99101", "zone-hors-de-france"),
        ("Grand Est", "zone-inconnue"),
        ("99", "zone-inconnue"),
    ],
)
def test_unknown_code_is_said_and_widens_nothing(text: str, code: str) -> None:
    areas, problems = read_zone(f"10323|{text}", COMMUNES)
    assert areas == (CompetenceArea(CompetenceKind.COMMUNE, "10323"),)
    assert [each.code for each in problems] == [code]


def test_silent_cell_says_nothing() -> None:
    assert read_zone("", COMMUNES) == (None, ())
