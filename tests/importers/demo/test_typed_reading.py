"""The demonstration files are sound, clearly fictional, and show every kind of thing the directory can hold."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.demo.days import fill_days, read_day
from importers.demo.openings import read_times
from importers.demo.reading import (
    SERVICES_FILE,
    STRUCTURES_FILE,
    Reading,
    read_demonstration,
    read_shipped,
    shipped_text,
)
from importers.demo.reference_day import reference_day_of
from importers.demo.sheets import Demonstration, ServiceEntry
from portal.directory.rules.choices import AccessPointKind, AddressShown, Answer, CompetenceKind, ContactType, Cost
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.communes import Communes
from portal.geography.distances import great_circle
from portal.hours.slots import (
    WHOLE_DAY,
    Appointment,
    DatedException,
    ExceptionKind,
    Mode,
    Opening,
    PublicHolidays,
    SchoolHolidays,
    Slot,
    Weeks,
)

SATURDAY = date(2026, 11, 21)
SHIPPED = read_shipped(reference_day=SATURDAY).demonstration
TERRITORY = {"200000545", "200006716", "200070126", "241000488"}


def openings(demonstration: Demonstration) -> Iterator[Opening]:
    for tour in demonstration.tours:
        yield from (stop.hours.opening for stop in tour.stops)
    for service in demonstration.services:
        yield from (access.hours.opening for access in service.access)


def contacts() -> Iterator[ContactLine]:
    for structure in SHIPPED.structures:
        yield from structure.contacts
    for tour in SHIPPED.tours:
        yield from tour.contacts
    for service in SHIPPED.services:
        yield from service.contacts
        for access in service.access:
            yield from access.contacts


SLOTS = [slot for opening in openings(SHIPPED) for slot in opening.slots]
EXCEPTIONS = [dated for opening in openings(SHIPPED) for dated in opening.exceptions]


@pytest.mark.parametrize("days", range(7))
def test_files_are_sound_whatever_the_weekday(days: int) -> None:
    reading = read_shipped(reference_day=SATURDAY + timedelta(days=days))
    assert [fault.sentence for fault in reading.errors] == []
    assert {fault.problem.value for fault in reading.faults} == {"Le jeudi selon les bénévoles"}


def test_there_are_some_forty_services() -> None:
    assert (len(SHIPPED.services), len(SHIPPED.tours)) == (42, 4)


def crosses_new_year(slot: Slot) -> bool:
    season = slot.rule.season
    return season is not None and (season.last.month, season.last.day) < (season.first.month, season.first.day)


KINDS_OF_SLOT: dict[str, Callable[[Slot], bool]] = {
    "weekly": lambda slot: len(slot.rule.days) == 5 and not slot.rule.nth,
    "lunch break": lambda slot: len(slot.times) == 2,
    "Saturday morning": lambda slot: {int(day) for day in slot.rule.days} == {5} and slot.times[0].end == 720,
    "even weeks": lambda slot: slot.rule.weeks is Weeks.EVEN,
    "odd weeks": lambda slot: slot.rule.weeks is Weeks.ODD,
    "first Saturday": lambda slot: slot.rule.nth == {1} and {int(day) for day in slot.rule.days} == {5},
    "last Friday": lambda slot: slot.rule.nth == {-1} and {int(day) for day in slot.rule.days} == {4},
    "summer": lambda slot: slot.rule.season is not None and slot.rule.season.first.month == 6,
    "season across New Year": crosses_new_year,
    "outside school holidays": lambda slot: slot.rule.school_holidays is SchoolHolidays.EXCEPT,
    "only in school holidays": lambda slot: slot.rule.school_holidays is SchoolHolidays.ONLY,
    "named school zone": lambda slot: slot.rule.zones == {"B"},
    "closed on holidays": lambda slot: slot.rule.public_holidays is PublicHolidays.CLOSED,
    "open on holidays": lambda slot: slot.rule.public_holidays is PublicHolidays.OPEN,
    "only on holidays": lambda slot: slot.rule.public_holidays is PublicHolidays.ONLY,
    "holidays unstated": lambda slot: slot.rule.public_holidays is PublicHolidays.UNSTATED,
    "round the clock": lambda slot: slot.times == (WHOLE_DAY,),
    "past midnight": lambda slot: slot.times[-1].end > WHOLE_DAY.end,
    "dates": lambda slot: len(slot.rule.dates) > 1,
    "valid for a time": lambda slot: slot.rule.valid_from is not None and slot.rule.valid_to is not None,
    "appointment required": lambda slot: slot.appointment is Appointment.REQUIRED,
    "appointment possible": lambda slot: slot.appointment is Appointment.POSSIBLE,
    "by phone": lambda slot: slot.mode is Mode.PHONE,
    "by video": lambda slot: slot.mode is Mode.VIDEO,
    "at home": lambda slot: slot.mode is Mode.HOME,
}


@pytest.mark.parametrize("kind", KINDS_OF_SLOT)
def test_every_kind_of_slot_is_shown(kind: str) -> None:
    assert any(KINDS_OF_SLOT[kind](slot) for slot in SLOTS)


KINDS_OF_EXCEPTION: dict[str, Callable[[DatedException], bool]] = {
    "one day": lambda dated: dated.kind is ExceptionKind.CLOSED and dated.first == dated.last,
    "a stretch": lambda dated: dated.kind is ExceptionKind.CLOSED and dated.first < dated.last,
    "part of a day": lambda dated: dated.kind is ExceptionKind.CLOSED and bool(dated.times),
    "extra opening": lambda dated: dated.kind is ExceptionKind.EXTRA,
    "extra past midnight": lambda dated: any(span.end > WHOLE_DAY.end for span in dated.times),
    "message": lambda dated: dated.kind is ExceptionKind.MESSAGE,
    "message with a date": lambda dated: "12 décembre 2026" in dated.reason,
}


@pytest.mark.parametrize("kind", KINDS_OF_EXCEPTION)
def test_every_kind_of_exception_is_shown(kind: str) -> None:
    assert any(KINDS_OF_EXCEPTION[kind](dated) for dated in EXCEPTIONS)


def shared_places(_: ServiceEntry) -> bool:
    used = [access.at for service in SHIPPED.services for access in service.access if access.at == "maison-noxe"]
    return len(used) > 2


KINDS_OF_SERVICE: dict[str, Callable[[ServiceEntry], bool]] = {
    "renamed": lambda service: bool(service.former_titles),
    "closed with successor": lambda service: service.closure is not None and bool(service.closure.successor),
    "stale": lambda s: s.verification is not None and s.verification.day < SATURDAY - timedelta(days=730),
    "never verified": lambda service: service.verification is None,
    "draft": lambda service: service.status == "draft",
    "documents": lambda service: "\n" in service.documents,
    "eligibility": lambda service: bool(service.eligibility),
    "online": lambda service: service.online_url.endswith(("/rendez-vous", "/inscription")),
    "ages": lambda service: service.ages == (16, 25),
    "from an age on": lambda service: service.ages == (60, None),
    "languages": lambda service: len(service.languages) > 2 and "fr" in service.languages,
    "sign language": lambda service: "fsl" in service.languages,
    "several access points": lambda service: len(service.access) > 2,
    "no hours at all": lambda service: all(access.hours.opening == Opening() for access in service.access),
    "professional contact": lambda service: any(not line.is_public for line in service.contacts),
    "shared place": shared_places,
}


@pytest.mark.parametrize("kind", KINDS_OF_SERVICE)
def test_every_kind_of_service_is_shown(kind: str) -> None:
    assert any(KINDS_OF_SERVICE[kind](service) for service in SHIPPED.services)


def test_every_choice_of_the_directory_is_shown() -> None:
    services = SHIPPED.services
    assert {access.kind for service in services for access in service.access} == set(AccessPointKind)
    assert {area.kind for service in services for area in service.competence} == set(CompetenceKind)
    assert {service.cost for service in services} == set(Cost)
    assert {answer for place in SHIPPED.places for _, answer in place.access} == {Answer.YES, Answer.NO}
    assert {place.address_shown for place in SHIPPED.places} >= {None, AddressShown.COMMUNE, AddressShown.NONE}


def test_the_shelter_withholds_its_address() -> None:
    places = {place.key: place for place in SHIPPED.places}
    shelters = [access.at for service in SHIPPED.services if "SO12" in service.concepts for access in service.access]
    assert {places[at].address_shown for at in shelters if at} == {AddressShown.NONE}


def test_every_place_lies_in_its_commune_of_the_territory() -> None:
    communes = Communes()
    for place in SHIPPED.places:
        commune = communes.get(place.commune)
        assert commune is not None
        assert commune.epci in TERRITORY
        assert place.postal_code in commune.postal_codes
        away = great_circle(place.point.lat, place.point.lon, commune.point.lat, commune.point.lon)
        assert away <= commune.radius, place.key


def test_every_contact_is_clearly_fictional() -> None:
    for line in contacts():
        assert line.person == ""
        if line.type is ContactType.PHONE:
            assert line.value.startswith(("03 53 01 ", "01 99 00 "))
        else:
            assert ".example" in line.value


def test_no_address_of_the_web_is_real() -> None:
    text = shipped_text(STRUCTURES_FILE) + shipped_text(SERVICES_FILE)
    assert text.count("https://") > 5
    assert text.count("https://") == sum(".example" in word for word in text.split() if word.startswith("https://"))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("J", "2026-11-21"),
        ("J+10", "2026-12-01"),
        ("J-21", "2026-10-31"),
        ("samedi", "2026-11-21"),
        ("dimanche", "2026-11-22"),
        ("vendredi", "2026-11-27"),
        ("mardi+7", "2026-12-01"),
        ("mardi-7", "2026-11-17"),
        ("demain", "None"),
        ("", "None"),
    ],
)
def test_days_count_from_the_reference_day(words: str, day: str) -> None:
    assert str(read_day(words, reference_day=SATURDAY)) == day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["lundi", "jeudi", "dimanche"]))
def test_a_weekday_is_met_within_a_week(day: date, weekday: str) -> None:
    met = read_day(weekday, reference_day=day)
    assert met is not None
    assert 0 <= (met - day).days < 7
    assert met.weekday() == {"lundi": 0, "jeudi": 3, "dimanche": 6}[weekday]


def test_days_in_a_sentence_are_written_out() -> None:
    filled = fill_days("Du {J+10} au {vendredi+35}, pas {demain}", reference_day=SATURDAY)
    assert filled == "Du 1er décembre 2026 au 1er janvier 2027, pas {demain}"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9h-12h", [(540, 720)]),
        ("9h30-12h, 14h-17h45", [(570, 720), (840, 1065)]),
        ("21h-0h30", [(1260, 1470)]),
        ("0h-24h", [(0, 1440)]),
    ],
)
def test_times_are_read_as_spans(text: str, spans: list[tuple[int, int]]) -> None:
    assert [(span.start, span.end) for span in read_times(text)] == spans


def read_with(old: str, new: str) -> tuple[str, Reading]:
    structures, services = shipped_text(STRUCTURES_FILE), shipped_text(SERVICES_FILE)
    assert structures.count(old) + services.count(old) == 1, old
    changed = (structures if old in structures else services).replace(old, new)
    first, second = (changed, services) if old in structures else (structures, changed)
    return changed, read_demonstration(first, second, reference_day=SATURDAY)


@pytest.mark.parametrize(
    ("old", "new", "code", "passage"),
    [
        ("concepts: [CS06]", "concepts: [CS66]", "concept-inconnu", "[CS66]"),
        ("structure: cafe\n", "structure: cave\n", "reference-inconnue", "structure: cave"),
        (
            "structure: tournee-epicerie\n  nom: La tournée",
            "structure: rien\n  nom: La tournée",
            "reference-inconnue",
            "structure: rien",
        ),
        ("cout: inconnu", "cout: offert", "valeur-inconnue", "cout: offert"),
        ("- lieu: halle-marche", "- lieu: nulle-part", "reference-inconnue", "nulle-part"),
        ("- arret: cine/barbuise", "- arret: cine/paris", "reference-inconnue", "cine/paris"),
        ("successeur: permanence-impots", "successeur: rien", "reference-inconnue", "successeur: rien"),
        ("- lieu: piscine\n", "- lieu: piscine\n    mode: telephone\n", "acces-indecis", "- lieu: piscine"),
        (
            "- arret: cine/marigny",
            "- arret: cine/marigny\n    horaires: Lundi 9h-12h",
            "horaires-en-double",
            "cine/marigny",
        ),
        (
            "- cle: piscine\n  structure",
            "- cle: marche\n  structure",
            "cle-en-double",
            "- cle: marche\n  structure: marches",
        ),
        ("heures: 20h30-23h", "heures: 25h-26h", "forme-de-valeur", "25h-26h"),
        ("du: J+30, au: J+41", "du: J+41, au: J+30", "dates-inversees", "- {nature: fermeture, du: J+41"),
        ("point: 48.5076, 3.8901", "point: Romilly", "forme-de-valeur", "point: Romilly"),
        ("- {dates: [samedi+14]", "- {dates: [hier]", "forme-de-valeur", "[hier]"),
    ],
)
def test_a_fault_in_the_files_is_named_at_its_line(old: str, new: str, code: str, passage: str) -> None:
    changed, reading = read_with(old, new)
    lines = {fault.line for fault in reading.faults if fault.problem.code == code}
    assert changed.count(passage) == 1
    assert changed.partition(passage)[0].count("\n") + 1 in lines


def test_an_unreadable_file_gives_nothing() -> None:
    reading = read_demonstration("structures: [", "services: []", reference_day=SATURDAY)
    assert reading.demonstration == Demonstration()
    assert [fault.problem.code for fault in reading.errors] == ["yaml-illisible"]


def test_the_first_day_is_kept_for_the_next_time(tmp_path: Path) -> None:
    first = reference_day_of(tmp_path / "var", today=SATURDAY)
    again = reference_day_of(tmp_path / "var", today=SATURDAY + timedelta(days=9))
    assert (first, again) == (SATURDAY, SATURDAY)


def test_an_unreadable_day_is_chosen_again(tmp_path: Path) -> None:
    (tmp_path / "jour-de-demonstration").write_text("hier\n", encoding="ascii")
    assert reference_day_of(tmp_path, today=SATURDAY) == SATURDAY
    assert reference_day_of(tmp_path, today=SATURDAY + timedelta(days=1)) == SATURDAY
