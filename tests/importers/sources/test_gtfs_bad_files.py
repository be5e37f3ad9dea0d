"""Spoilt GTFS feeds: what cannot be used is refused with a sentence, what can be is used, and nothing crashes."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.pipeline.lists import BrokenOff, open_lists, passages, submissions
from importers.reading import Piece, Unreadable, piece_of_bytes, pieces_of, pieces_within
from importers.sources import SOURCES
from importers.sources.gtfs import tables
from importers.sources.gtfs.clock import minute_of
from portal.intake.record import Verdict
from tests.importers.sources.gtfs_feeds import (
    TODAY,
    Feed,
    Table,
    a_calendar,
    a_feed,
    a_route,
    a_trip,
    asking,
    codes_of,
    files_of,
    passings,
    pieces_of_files,
    record_of,
    rows_of,
    text_of,
    zipped,
)
from tests.tools.examples import examples


def refusal(files: dict[str, bytes], *, most_rows: int | None = None) -> str:
    """Give the code of the problem for which nothing of a feed is used."""
    pieces = pieces_of_files(files)
    if most_rows is not None:
        pieces = tuple(replace(each, caps=replace(each.caps, rows=most_rows)) for each in pieces)
    opened = open_lists(SOURCES["mobilite"], pieces)
    if isinstance(opened, Unreadable):
        assert opened.problem.text.endswith(".")
        return opened.problem.code
    with pytest.raises(BrokenOff) as caught:
        list(chain.from_iterable(submissions(each, asking()) for each in opened))
    assert caught.value.exit_code == 5
    return caught.value.problem.code


@pytest.mark.parametrize("name", ["stops", "routes", "trips", "stop_times", "calendar"])
def test_feed_without_one_of_its_files_says_which(name: str) -> None:
    files = {file: content for file, content in files_of(a_feed()).items() if file != f"{name}.txt"}
    opened = open_lists(SOURCES["mobilite"], pieces_of_files(files))
    assert isinstance(opened, Unreadable)
    assert opened.problem.code == "gtfs-incomplet"
    assert f"il y manque {name}.txt" in opened.problem.text


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("stop_times.txt", b"", "fichier-vide"),
        ("stops.txt", b"<!DOCTYPE html><html><body>Connexion</body></html>", "page-web"),
        ("routes.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "pas-un-tableau-image"),
        ("trips.txt", b"\0" * 400, "pas-un-tableau-binaire"),
    ],
)
def test_file_that_is_none_ends_the_feed(file: str, content: bytes, code: str) -> None:
    assert refusal(files_of(a_feed()) | {file: content}) == code


def test_optional_file_that_is_empty_is_as_if_it_were_not_there() -> None:
    opened = open_lists(SOURCES["mobilite"], pieces_of_files(files_of(a_feed()) | {"calendar_dates.txt": b""}))
    assert not isinstance(opened, Unreadable)
    assert len(list(passages(opened[0], asking()))) == 4


def test_calendar_may_be_dates_only() -> None:
    dates = [{"service_id": "ecole", "date": "20260116", "exception_type": "1"}]
    told = record_of(a_feed(calendar=[], calendar_dates=dates), "ligne:L1").description or ""
    assert "– Le 16 janvier 2026\u00a0: départs à 7\u00a0h\u00a005 et 17\u00a0h\u00a030." in told


def test_marks_at_the_head_of_files_are_no_letters() -> None:
    files = {f"{name}.txt": text_of(rows, mark="\ufeff") for name, rows in a_feed().items()}
    opened = open_lists(SOURCES["mobilite"], pieces_of_files(files))
    assert not isinstance(opened, Unreadable)
    assert {each.verdict for each in submissions(opened[0], asking())} == {Verdict.ACCEPTED}


def test_headers_may_be_written_anyhow() -> None:
    spaced = {
        name: [{f" {column.upper()} ": cell for column, cell in row.items()} for row in rows]
        for name, rows in a_feed().items()
    }
    assert [each.verdict for each in rows_of(spaced)] == [Verdict.ACCEPTED] * 4


def test_feed_may_lie_in_a_folder_of_its_zip() -> None:
    opened = open_lists(
        SOURCES["mobilite"],
        pieces_of_files({f"export/{name}": content for name, content in files_of(a_feed()).items()}),
    )
    assert not isinstance(opened, Unreadable)
    assert opened[0].source.feed == "gtfs-cars-de-la-seine"


def test_folder_of_zips_holds_a_feed_each(tmp_path: Path) -> None:
    older = a_feed(feed_info=[{"feed_publisher_name": "Région", "feed_version": "20250101"}])
    (tmp_path / "b-ancien.zip").write_bytes(zipped(files_of(older)))
    (tmp_path / "a-recent.zip").write_bytes(zipped(files_of(a_feed())))
    pieces = pieces_of(tmp_path)
    assert not isinstance(pieces, Unreadable)
    opened = open_lists(SOURCES["mobilite"], pieces)
    assert not isinstance(opened, Unreadable)
    assert [str(each.said_on) for each in opened] == ["2025-01-01", "2025-12-20"]


def test_folder_is_read_like_a_zip(tmp_path: Path) -> None:
    for name, content in files_of(a_feed()).items():
        (tmp_path / name).write_bytes(content)
    pieces = pieces_of(tmp_path)
    assert not isinstance(pieces, Unreadable)
    opened = open_lists(SOURCES["mobilite"], pieces)
    assert not isinstance(opened, Unreadable)
    assert len(list(submissions(opened[0], asking()))) == 4


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (passings("t1", ("gare", "25h10"), ("pont", "07:20:00")), "gtfs-passage"),
        (passings("t1", ("inconnu", "07:00:00"), ("pont", "07:20:00")), "gtfs-passage"),
        (passings("t1", ("gare", "07:00:00"), stop_sequence="premier"), "gtfs-passage"),
        (passings("t99", ("gare", "07:00:00")), "gtfs-voyage-inconnu"),
    ],
)
def test_passage_nobody_understands_is_said_and_left(rows: Table, code: str) -> None:
    feed = a_feed(stop_times=[*a_feed()["stop_times"][3:], *rows])
    assert code in codes_of(feed)
    assert record_of(feed, "ligne:L1").access


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"trips": [a_trip("t1"), a_trip("t2", "L9")]}, "gtfs-voyage-sans-ligne"),
        ({"trips": [a_trip("t1"), a_trip("t2", service="jamais")]}, "gtfs-voyage-sans-ligne"),
        ({"calendar": [a_calendar(), a_calendar("autre", "11x1100")]}, "gtfs-calendrier"),
        ({"calendar_dates": [{"service_id": "ecole", "date": "2026", "exception_type": "1"}]}, "gtfs-date"),
        (
            {"frequencies": [{"trip_id": "t1", "start_time": "7", "end_time": "8", "headway_secs": "0"}]},
            "gtfs-frequence",
        ),
        (
            {"frequencies": [{"trip_id": "t1", "start_time": "7:00:00", "end_time": "23:00:00", "headway_secs": "1"}]},
            "gtfs-frequence",
        ),
        ({"fare_attributes": [{"fare_id": "a", "price": "gratuit", "currency_type": "EUR"}]}, "gtfs-prix"),
        ({"fare_attributes": [{"fare_id": "a", "price": "2", "currency_type": "CHF"}]}, "gtfs-prix"),
    ],
)
def test_bad_row_beside_the_lists_is_said_and_left(changed: Feed, code: str) -> None:
    assert code in codes_of(a_feed(**changed))
    assert record_of(a_feed(**changed), "ligne:L1").title


def test_calendar_nobody_reads_leaves_its_days_in_doubt() -> None:
    feed = a_feed(
        calendar=[a_calendar("ecole", "11x1100")],
        calendar_dates=[{"service_id": "ecole", "date": "20260116", "exception_type": "1"}],
    )
    opening = record_of(feed, "ligne:L1").access[0].opening
    assert opening is not None
    assert not opening.is_complete
    assert any(unread.touches is not None and unread.touches.valid_from is None for unread in opening.unread)


def test_feed_without_any_day_gives_no_hours() -> None:
    opening = record_of(a_feed(calendar=[a_calendar(days="0000000")]), "ligne:L1").access[0].opening
    assert opening is None


@pytest.mark.parametrize(
    ("first", "last"),
    [("99991231", "99991231"), ("00010101", "00010101"), ("00010101", "99991231"), ("20250101", "20991231")],
)
@pytest.mark.parametrize("today", [None, TODAY])
def test_calendars_beyond_all_measure_are_survived(first: str, last: str, today: date | None) -> None:
    found = record_of(a_feed(calendar=[a_calendar(first=first, last=last)]), "ligne:L1", today=today)
    opening = found.access[0].opening
    assert bool(opening and opening.slots) is (first < last)


def test_passages_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_PASSAGES", 5)
    assert refusal(files_of(a_feed()), most_rows=5) == "trop-de-lignes"


def test_passages_may_be_more_than_the_rows_of_other_lists() -> None:
    pieces = [replace(each, caps=replace(each.caps, rows=5)) for each in pieces_of_files(files_of(a_feed()))]
    opened = open_lists(SOURCES["mobilite"], tuple(pieces))
    assert not isinstance(opened, Unreadable)
    assert list(chain.from_iterable(submissions(each, asking()) for each in opened))


def test_files_of_a_timetable_are_not_searched_for_other_lists() -> None:
    other = piece_of_bytes(b"a;b", "liste.csv")
    beside = piece_of_bytes(b"a;b", "autre/lisezmoi.txt")
    pieces = pieces_of_files(files_of(a_feed()) | {"shapes.txt": b"shape_id"})
    assert tables.beside_feeds((*pieces, other, beside)) == (other, beside)


def test_same_identifier_twice_is_told() -> None:
    rows = rows_of(a_feed(routes=[a_route(), a_route(long="Une autre")]))
    assert [each.key for each in rows][:2] == ["ligne:L1", "ligne:L1"]


def test_zip_cut_short_is_refused() -> None:
    whole = zipped(files_of(a_feed()))
    found = pieces_of_bytes(whole[: len(whole) // 2])
    assert isinstance(found, Unreadable)


def test_file_cut_within_the_zip_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files_of(a_feed()).items():
            archive.writestr(name, content)
    damaged = packed.getvalue().replace(b'"t2","17:30:00"', b'"t2","17:99:00"')
    pieces = pieces_of_bytes(damaged)
    assert not isinstance(pieces, Unreadable)
    opened = open_lists(SOURCES["mobilite"], pieces)
    assert not isinstance(opened, Unreadable)
    with pytest.raises(BrokenOff, match="abîmé"):
        list(submissions(opened[0], asking()))


def pieces_of_bytes(content: bytes) -> tuple[Piece, ...] | Unreadable:
    """Give the files of a zip, or why there are none."""
    return pieces_within(piece_of_bytes(content, "reseau.zip"))


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='"\r\n\0', exclude_categories=["Cs"]), max_size=12)
NAMES = st.sampled_from(["agency", "stops", "routes", "trips", "stop_times", "calendar", "calendar_dates", "feed_info"])


@examples(30)
@given(st.lists(st.tuples(NAMES, st.integers(0, 9), st.integers(0, 9), CELLS), min_size=1, max_size=6))
def test_any_spoilt_cell_is_survived(changes: list[tuple[str, int, int, str]]) -> None:
    feed = {name: [dict(row) for row in rows] for name, rows in a_feed().items()} | {
        "calendar_dates": [{"service_id": "ecole", "date": "20260116", "exception_type": "2"}]
    }
    for name, row, column, cell in changes:
        rows = feed[name]
        spoilt = rows[row % len(rows)]
        spoilt[list(spoilt)[column % len(spoilt)]] = cell
    opened = open_lists(SOURCES["mobilite"], pieces_of_files(files_of(feed)))
    if not isinstance(opened, Unreadable):
        found = [each for one in opened for each in submissions(one, asking())]
        assert len(found) == len(feed["routes"]) + len(feed["stops"])


@given(st.text(max_size=12))
def test_any_time_is_read_or_none(text: str) -> None:
    minute = minute_of(text)
    assert minute is None or 0 <= minute < 4 * 1440


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("07:05:00", 425),
        ("7:05", 425),
        (" 7:05:30 ", 425),
        ("25:10:00", 1510),
        ("7h05", None),
        ("07:65:00", None),
        ("", None),
        ("300:00:00", None),
    ],
)
def test_times_go_on_past_midnight(text: str, minute: int | None) -> None:
    assert minute_of(text) == minute
