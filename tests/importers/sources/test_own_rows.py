"""Several rows of one identifier: one service at several places, every row with exactly one fate, in any order."""

from itertools import permutations

from importers.reading import RawRow, Refusal
from portal.directory.rules.choices import AccessPointKind
from portal.intake.record import Verdict
from portal.intake.report import Fate
from tests.importers.sources.builders import Desk
from tests.importers.sources.own_lists import (
    a_row,
    a_sheet,
    codes_of,
    imports_own,
    opened_own,
    passage_of,
    read_own,
    record_of,
)

NOGENT = a_row()
ROMILLY = a_row(Adresse="2 place du Marché", Code_postal="10100", Commune="Romilly-sur-Seine", Horaires="jeudi 9h-12h")
ELSEWHERE = a_row(Identifiant="autre", Nom_du_service="Atelier du Four")


def fates(desk: Desk, *rows: dict[str, str]) -> dict[Fate, int]:
    return {fate: n for fate, n in imports_own(desk, a_sheet(*rows)).counts.items() if n}


def test_rows_of_one_identifier_are_one_service_at_several_places() -> None:
    said = record_of(NOGENT, ROMILLY)
    assert [access.key for access in said.access] == ["10268", "10323"]
    assert [access.opening is not None for access in said.access] == [True, True]


def test_every_row_has_one_fate(desk: Desk) -> None:
    assert fates(desk, NOGENT, ROMILLY, ELSEWHERE, NOGENT) == {Fate.CREATED: 2, Fate.SKIPPED: 1, Fate.DUPLICATE: 1}


def test_shuffled_rows_and_columns_change_nothing(desk: Desk) -> None:
    rows = (NOGENT, ROMILLY, ELSEWHERE)
    imports_own(desk, a_sheet(*rows))
    before = desk.content()
    for shuffled in permutations(rows):
        report = imports_own(desk, a_sheet(*shuffled, columns=reversed(NOGENT)))
        assert (report.counts[Fate.UNCHANGED], report.counts[Fate.SKIPPED]) == (2, 1)
    assert desk.content() == before


def test_row_whose_place_is_unknown_is_refused_alone(desk: Desk) -> None:
    lost = ROMILLY | {"Commune": "Trifouillis", "Code postal": ""}
    report = imports_own(desk, a_sheet(lost, NOGENT, ROMILLY))
    assert {fate: n for fate, n in report.counts.items() if n} == {Fate.REFUSED: 1, Fate.CREATED: 1, Fate.SKIPPED: 1}
    assert [(each.line, each.problem.code) for each in report.reasons if each.line == 2] == [(2, "commune-inconnue")]


def test_service_none_of_whose_places_is_known_waits() -> None:
    lost = [row | {"Commune": "Trifouillis", "Code postal": ""} for row in (NOGENT, ROMILLY)]
    first, second = read_own(a_sheet(*lost))
    assert not isinstance(first, Refusal)
    assert first.verdict is Verdict.QUARANTINED
    assert isinstance(second, Refusal)


def test_one_identifier_for_two_names_is_asked_about() -> None:
    found = passage_of(NOGENT, ROMILLY | {"Nom du service": "Autre chose"})
    assert (found.verdict, codes_of(found)) == (Verdict.QUARANTINED, ["identifiant-repete"])
    assert "lignes 2, 3" in found.problems[0].text


def test_rows_that_disagree_on_the_service_are_told_so() -> None:
    found = passage_of(NOGENT | {"Résumé": "Jouer."}, ROMILLY | {"Résumé": "Lire."}, ELSEWHERE)
    assert found.record is not None
    assert found.record.summary == "Jouer."
    assert [(each.code, each.field) for each in found.problems] == [("lignes-en-desaccord", "Résumé (ligne 3)")]


def test_place_with_its_own_telephone_keeps_it() -> None:
    said = record_of(NOGENT, ROMILLY | {"Téléphone": "03 53 01 00 02"})
    assert said.contacts is None
    assert [access.contacts[0].value for access in said.access if access.contacts] == [
        "03 53 01 00 01",
        "03 53 01 00 02",
    ]


def test_two_half_days_at_one_place_are_one_access_point() -> None:
    (access,) = record_of(NOGENT, NOGENT | {"Horaires": "samedi 10h-12h"}).access
    assert access.opening is not None
    assert len(access.opening.slots) == 2


def test_two_places_of_one_commune_are_told_apart() -> None:
    said = record_of(NOGENT, NOGENT | {"Adresse": "1 quai des Mariniers"})
    assert sorted(access.key for access in said.access) == ["10268-1-quai-des-mariniers", "10268-4-rue-du-lavoir"]


def test_rounds_become_stops_of_a_tour() -> None:
    said = record_of(NOGENT | {"Itinérant": "oui"}, ROMILLY | {"Itinérant": "oui"})
    assert {(access.kind, access.tour) for access in said.access} == {
        (AccessPointKind.TOUR_STOP, "Ludothèque du Lavoir")
    }


def test_single_place_keeps_its_key_when_its_address_is_mended() -> None:
    keys = [record_of(a_row(Adresse=address)).access[0].key for address in ("4 rue du Lavoir", "6 rue du Lavoir")]
    assert keys[0] == keys[1]


def test_row_without_identifier_is_known_by_what_it_says(desk: Desk) -> None:
    rows = [a_row(Identifiant="", Nom_du_service=f"Atelier {name}") for name in ("du Four", "du Pont")]
    imports_own(desk, a_sheet(*rows))
    report = imports_own(desk, a_sheet(*reversed(rows)))
    assert report.counts[Fate.UNCHANGED] == 2


def test_two_rows_of_one_made_key_are_not_confused(desk: Desk) -> None:
    one = a_row(Identifiant="")
    assert fates(desk, one, one | {"Horaires": "lundi 9h-12h"}) == {Fate.CREATED: 1, Fate.QUARANTINED: 1}


def test_line_of_a_joined_row_is_that_of_the_spreadsheet() -> None:
    rows = [row for row in opened_own(a_sheet(NOGENT, ROMILLY)).table.rows() if isinstance(row, RawRow)]
    assert [(row.line, [each.line for each in row.more]) for row in rows] == [(2, [3]), (3, [])]
