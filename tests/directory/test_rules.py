"""The rules of the directory, as tables of cases and properties."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.directory.rules.choices import AddressShown, CompetenceKind, Status
from portal.directory.rules.competence import CompetenceArea, VisitorCommune, is_competent
from portal.directory.rules.completeness import SheetFacts, completeness
from portal.directory.rules.freshness import Provenance, freshness, months_later, review_due
from portal.directory.rules.openings import opening_in_force
from portal.directory.rules.public_ids import ALPHABET, number_of, public_id
from portal.directory.rules.sensitive import address_shown, shown_of_place
from portal.directory.rules.status import may_become
from portal.hours.osm import read_osm
from portal.hours.slots import DatedException, DayRule, ExceptionKind, Opening, Unread

EXACT, COMMUNE, NONE = AddressShown.EXACT, AddressShown.COMMUNE, AddressShown.NONE
TODAY = date(2026, 11, 21)


@given(st.integers(min_value=1, max_value=10**9))
def test_a_public_id_leads_back_to_its_number(number: int) -> None:
    assert number_of(public_id(number)) == number


def test_public_ids_are_short_apart_and_readable() -> None:
    names = [public_id(number) for number in range(1, 20_001)]
    assert len(set(names)) == len(names)
    assert {len(name) for name in names} == {5}
    assert not set("aeiouy01l2z5s8b9q") & set(ALPHABET)


def test_public_ids_are_the_same_for_ever() -> None:
    assert [public_id(number) for number in (1, 2, 3, 1000, 2_476_099, 2_476_100)] == [
        "v4txn",
        "7rcn7",
        "vx4dh",
        "rr67v",
        "vdpw7",
        "phgmgc",
    ]


@pytest.mark.parametrize("word", ["", "v4tx", "V4TXN", "v4txa", "v4txn ", "é4txn", "v" * 11])
def test_other_words_are_no_public_ids(word: str) -> None:
    assert number_of(word) is None


@pytest.mark.parametrize(
    ("concepts", "place_says", "access_point_says", "shown"),
    [
        ((), None, None, EXACT),
        (("AD01",), COMMUNE, None, COMMUNE),
        (("SO12",), None, None, NONE),
        (("AD01", "SO11"), None, None, NONE),
        (("EJ06",), EXACT, None, NONE),
        (("VI08",), None, EXACT, EXACT),
        (("SO12",), None, COMMUNE, COMMUNE),
        (("SO12",), NONE, EXACT, NONE),
        (("AD01",), None, NONE, NONE),
        (("AD01",), COMMUNE, EXACT, COMMUNE),
    ],
)
def test_sensitive_addresses_stay_hidden_until_decided(
    concepts: tuple[str, ...],
    place_says: AddressShown | None,
    access_point_says: AddressShown | None,
    shown: AddressShown,
) -> None:
    assert address_shown(concepts, place_says=place_says, access_point_says=access_point_says) is shown


@pytest.mark.parametrize(
    ("place_says", "published", "others", "shown"),
    [
        (None, [], [], EXACT),
        (COMMUNE, [], [], COMMUNE),
        (None, [EXACT, NONE], [], EXACT),
        (None, [NONE, COMMUNE], [], COMMUNE),
        (None, [NONE], [EXACT], NONE),
        (None, [], [EXACT], EXACT),
        (None, [], [EXACT, NONE], NONE),
        (NONE, [], [EXACT], NONE),
        (None, [EXACT], [NONE], EXACT),
        (COMMUNE, [EXACT], [], COMMUNE),
    ],
)
def test_a_place_is_shown_by_what_is_published_there(
    place_says: AddressShown | None,
    published: list[AddressShown],
    others: list[AddressShown],
    shown: AddressShown,
) -> None:
    assert shown_of_place(place_says, published=published, others=others) is shown


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.DRAFT, Status.PUBLISHED),
        (Status.DRAFT, Status.CLOSED),
        (Status.PUBLISHED, Status.DRAFT),
        (Status.PUBLISHED, Status.CLOSED),
        (Status.CLOSED, Status.PUBLISHED),
    ],
)
def test_only_the_written_transitions_are_allowed(before: Status, after: Status) -> None:
    assert may_become(before, after)
    assert sum(may_become(one, other) for one in Status for other in Status) == 5


ROMILLY = VisitorCommune("10323", epci="200000545", in_territory=True)
COMMUNE_AREA = CompetenceArea(CompetenceKind.COMMUNE, "10323")
EPCI_AREA = CompetenceArea(CompetenceKind.EPCI, "200000545")
TERRITORY_AREA = CompetenceArea(CompetenceKind.TERRITORY)
EVERYONE_AREA = CompetenceArea(CompetenceKind.EVERYONE)


@pytest.mark.parametrize(
    ("areas", "visitor", "competent"),
    [
        ((), ROMILLY, None),
        ((EVERYONE_AREA,), ROMILLY, None),
        ((EVERYONE_AREA, CompetenceArea(CompetenceKind.COMMUNE, "58194")), ROMILLY, None),
        ((COMMUNE_AREA,), ROMILLY, True),
        ((EPCI_AREA,), ROMILLY, True),
        ((TERRITORY_AREA,), ROMILLY, True),
        ((COMMUNE_AREA,), None, None),
        ((COMMUNE_AREA, EPCI_AREA), VisitorCommune("10387"), False),
        ((TERRITORY_AREA,), VisitorCommune("58194", epci="200067916"), False),
        ((CompetenceArea(CompetenceKind.COMMUNE, "200000545"),), ROMILLY, False),
    ],
)
def test_competence_is_yes_no_or_indifferent(
    areas: tuple[CompetenceArea, ...], visitor: VisitorCommune | None, *, competent: bool | None
) -> None:
    assert is_competent(areas, visitor) is competent


@pytest.mark.parametrize("kind", list(CompetenceKind))
def test_only_communes_and_epci_carry_a_code(kind: CompetenceKind) -> None:
    code = "" if kind in {CompetenceKind.COMMUNE, CompetenceKind.EPCI} else "10323"
    with pytest.raises(ValueError, match="code"):
        CompetenceArea(kind, code)


UNCHECKED = ", pas vérifié depuis : appelez avant de venir."
READ_IN_X = "Lu le 31 janvier 2025 dans le fichier « X »"
CALL_FIRST = "téléphonez avant de vous déplacer."


@pytest.mark.parametrize(
    ("provenance", "sentence", "is_overdue"),
    [
        (Provenance(date(2026, 11, 3)), "Vérifié le 3 novembre 2026 par le service.", False),
        (Provenance(date(2026, 5, 1), "la mairie"), "Vérifié le 1er mai 2026 par la mairie.", False),
        (
            Provenance(None, "", date(2026, 11, 15), "ANCT"),
            "Lu le 15 novembre 2026 dans le fichier « ANCT »" + UNCHECKED,
            False,
        ),
        (
            Provenance(date(2026, 11, 3), "", date(2026, 11, 15), "X"),
            "Vérifié le 3 novembre 2026 par le service.",
            False,
        ),
        (
            Provenance(date(2024, 11, 3), "", date(2026, 11, 15), "X"),
            "Lu le 15 novembre 2026 dans le fichier « X »" + UNCHECKED,
            False,
        ),
        (
            Provenance(date(2026, 5, 21), "", review_months=3),
            f"Vérifié le 21 mai 2026 par le service : une vérification était prévue le 21 août 2026, {CALL_FIRST}",
            True,
        ),
        (
            Provenance(date(2024, 1, 1), "", date(2025, 1, 31), "X", review_months=1),
            f"{READ_IN_X} : une vérification était prévue le 28 février 2025, {CALL_FIRST}",
            True,
        ),
        (Provenance(), "Jamais vérifié : téléphonez avant de vous déplacer.", True),
    ],
)
def test_freshness_is_said_in_public(provenance: Provenance, sentence: str, *, is_overdue: bool) -> None:
    said = freshness(provenance, TODAY)
    assert (said.sentence.fr, said.is_overdue) == (sentence, is_overdue)


@pytest.mark.parametrize(
    ("provenance", "sentence"),
    [
        (Provenance(date(2026, 11, 3)), "Checked on 3 November 2026 by the service."),
        (
            Provenance(None, "", date(2026, 11, 1), "ANCT"),
            "Read on 1 November 2026 in the file “ANCT”, not checked since: call before you go.",
        ),
        (
            Provenance(date(2026, 5, 21), "Mairie", review_months=3),
            "Checked on 21 May 2026 by Mairie: a check was due on 21 August 2026, call before you go.",
        ),
        (Provenance(), "Never checked: call before you go."),
    ],
)
def test_freshness_is_said_in_english(provenance: Provenance, sentence: str) -> None:
    assert freshness(provenance, TODAY).sentence.said("en") == sentence


def test_a_sheet_is_due_on_its_day_and_late_the_next() -> None:
    provenance = Provenance(date(2026, 8, 31), review_months=3)
    assert review_due(provenance) == date(2026, 11, 30)
    assert not freshness(provenance, date(2026, 11, 30)).is_overdue
    assert freshness(provenance, date(2026, 12, 1)).is_overdue


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(min_value=0, max_value=48))
def test_months_later_never_leaves_the_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and later.day >= 28)


def test_an_empty_sheet_lacks_everything() -> None:
    empty = completeness(SheetFacts())
    assert empty.score == 0
    assert len(empty.missing) == len(SheetFacts.__dataclass_fields__)


@pytest.mark.parametrize("fact", list(SheetFacts.__dataclass_fields__))
def test_each_fact_raises_the_score_and_leaves_the_list(fact: str) -> None:
    one = completeness(SheetFacts(**{fact: True}))
    assert one.score > 0
    assert set(completeness(SheetFacts()).missing) - set(one.missing) != set()


def test_a_full_sheet_scores_a_hundred() -> None:
    full = completeness(SheetFacts(**dict.fromkeys(SheetFacts.__dataclass_fields__, True)))
    assert (full.score, full.missing) == (100, ())


STOP = read_osm("Tu 14:00-16:00")[0]
ABSENCE = Opening(exceptions=(DatedException(TODAY, TODAY, ExceptionKind.CLOSED),))
ASIDE = Opening(unread=(Unread("sur inscription"),))
IN_DOUBT = Opening(unread=(Unread("selon la météo", touches=DayRule()),))


@pytest.mark.parametrize(
    ("own", "in_force"),
    [
        (Opening(), STOP),
        (ABSENCE, Opening(slots=STOP.slots, exceptions=ABSENCE.exceptions)),
        (ASIDE, Opening(slots=STOP.slots, unread=ASIDE.unread)),
        (IN_DOUBT, IN_DOUBT),
        (read_osm("We 09:00-12:00")[0], read_osm("We 09:00-12:00")[0]),
    ],
)
def test_only_hours_of_its_own_leave_those_of_the_stop(own: Opening, in_force: Opening) -> None:
    assert opening_in_force(own, STOP) == in_force


@pytest.mark.parametrize(
    ("provenance", "words"),
    [
        (Provenance(verified_on=date(2026, 11, 3)), "Oui : quelqu’un a vérifié le 3 novembre 2026."),
        (Provenance(imported_on=date(2026, 11, 3)), "Nous avons lu cette information le 3 novembre 2026."),
        (Provenance(imported_on=date(2024, 11, 3)), "Elle a peut-être changé."),
    ],
)
def test_freshness_is_said_in_plain_words_too(provenance: Provenance, words: str) -> None:
    told = freshness(provenance, date(2026, 11, 21)).plain.fr
    assert words in told.replace("\u00a0", " ")
