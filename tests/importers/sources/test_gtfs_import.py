"""A GTFS feed comes into the directory: once, whatever the order of its rows, and with its keys when they change."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from importers.pipeline.imports import import_list
from portal.directory.models.places import Place
from portal.intake.report import Report
from tests.importers.sources.builders import Desk, opened_all, real_file
from tests.importers.sources.gtfs_feeds import (
    ROMILLY,
    Feed,
    a_calendar,
    a_feed,
    a_route,
    a_stop,
    a_trip,
    asking,
    imports,
    passings,
)

TALLIS = "mobilite/gtfs/gtfs-tallis-lons-le-saunier-20240704.zip"


def figures(report: Report) -> dict[str, int]:
    return {fate.value: n for fate, n in report.counts.items() if n}


def a_town(prefix: str = "") -> Feed:
    """Give eight stops of one line, whose identifiers bear a prefix."""
    names = ["Gare", "Poste", "Lavoir", "Halle", "Moulin", "Stade", "Lycée", "Église"]
    stops = [
        a_stop(f"{prefix}{name}", name, stop_lat=f"{48.50 + 0.004 * rank:.4f}", stop_lon=ROMILLY["stop_lon"])
        for rank, name in enumerate(names)
    ]
    times = [(f"{prefix}{name}", f"07:{rank:02}:00") for rank, name in enumerate(names)]
    return a_feed(
        stops=stops,
        routes=[a_route(f"{prefix}L1")],
        trips=[a_trip(f"{prefix}t1", f"{prefix}L1"), a_trip(f"{prefix}t2", f"{prefix}L1", direction_id="1")],
        stop_times=[*passings(f"{prefix}t1", *times), *passings(f"{prefix}t2", *reversed(times))],
    )


def test_second_import_changes_nothing(desk: Desk) -> None:
    (first,) = imports(desk, a_feed())
    before = desk.content()
    (second,) = imports(desk, a_feed())
    assert figures(first) == {"created": 4}
    assert figures(second) == {"unchanged": 4}
    assert desk.content() == before


@pytest.mark.parametrize("seed", range(4))
def test_order_of_files_and_rows_says_nothing(desk: Desk, seed: int) -> None:
    feed = a_feed(
        stops=[*a_feed()["stops"], a_stop("gare2", "Gare", **ROMILLY)],
        calendar=[a_calendar(), a_calendar("samedi", "0000010")],
        trips=[*a_feed()["trips"], a_trip("t3", direction_id="1"), a_trip("t4", service="samedi")],
        stop_times=[
            *a_feed()["stop_times"],
            *passings("t3", ("nogent", "12:00:00"), ("pont", "12:15:00"), ("gare2", "12:30:00")),
            *passings("t4", ("gare", "10:00:00"), ("nogent", "10:30:00")),
        ],
    )
    imports(desk, feed)
    before = desk.content()
    shuffle = Random(seed)
    shuffled = {name: shuffle.sample(rows, len(rows)) for name, rows in reversed(feed.items())}
    (report,) = imports(desk, shuffled)
    assert figures(report) == {"unchanged": 4, "skipped": 1}
    assert desk.content() == before


def test_columns_may_change_places(desk: Desk) -> None:
    imports(desk, a_feed())
    turned = {name: [dict(reversed(row.items())) for row in rows] for name, rows in a_feed().items()}
    (report,) = imports(desk, turned)
    assert figures(report) == {"unchanged": 4}


def test_new_departure_changes_what_it_touches_only(desk: Desk) -> None:
    imports(desk, a_feed())
    later = [*a_feed()["stop_times"], *passings("t3", ("gare", "19:00:00"), ("pont", "19:15:00"))]
    (report,) = imports(desk, a_feed(trips=[*a_feed()["trips"], a_trip("t3")], stop_times=later))
    assert figures(report) == {"updated": 2, "unchanged": 2}


def test_renumbered_feed_is_known_again(desk: Desk) -> None:
    imports(desk, a_town())
    before = desk.content()
    (report,) = imports(desk, a_town("2026-"))
    assert figures(report) == {"unchanged": 9}
    assert (report.guard, report.hidden) == (None, 0)
    assert desk.content() == before


def test_line_and_its_stops_share_their_places(desk: Desk) -> None:
    imports(desk, a_feed())
    with desk.database.reading() as session:
        names = session.scalars(select(Place.name).where(Place.linked_to_id.is_(None))).all()
    assert sorted(names) == ["Gare", "Mairie", "Place de l’Église"]


def test_report_says_that_a_timetable_is_over(desk: Desk) -> None:
    (report,) = imports(desk, a_feed(), today=date(2026, 9, 1))
    (reason,) = report.all_reasons()
    assert (reason.problem.code, reason.problem.value) == ("gtfs-expire", "2026-07-05")


def test_feed_that_ends_updates_its_sheets(desk: Desk) -> None:
    imports(desk, a_feed())
    (report,) = imports(desk, a_feed(), today=date(2026, 9, 1))
    assert figures(report) == {"updated": 4}


def test_half_of_a_feed_is_refused(desk: Desk) -> None:
    imports(desk, a_town())
    (report,) = imports(desk, a_town() | {"stop_times": passings("t1", ("Gare", "07:00:00"), ("Poste", "07:01:00"))})
    assert report.guard is not None
    assert report.guard.code == "perte-trop-grande"


def test_missing_stop_waits_before_it_is_hidden(desk: Desk) -> None:
    imports(desk, a_feed())
    shorter = a_feed(stop_times=[row for row in a_feed()["stop_times"] if row["stop_id"] != "pont"])
    hidden = []
    for days in (1, 8):
        desk.clock.advance(timedelta(days=days))
        hidden.append(imports(desk, shorter)[0].hidden)
    assert hidden == [0, 1]


def test_no_row_of_the_real_network_is_lost(desk: Desk) -> None:
    (opened,) = opened_all("mobilite", real_file(TALLIS))
    report = import_list(desk.database, desk.clock, opened, asking(today=date(2024, 7, 4)), options=desk.options)
    assert (opened.source.feed, opened.said_on) == ("gtfs-reseau-tallis", date(2024, 7, 4))
    assert (report.read, figures(report)) == (238, {"created": 92, "skipped": 146})
    assert Counter(reason.problem.code for reason in report.all_reasons()) == {"gtfs-arret-joint": 146}


def test_real_network_comes_in_once(desk: Desk) -> None:
    hashes = []
    for _ in range(2):
        (opened,) = opened_all("mobilite", real_file(TALLIS))
        report = import_list(desk.database, desk.clock, opened, asking(today=date(2026, 11, 28)), options=desk.options)
        hashes.append(desk.content())
    assert (figures(report), len(set(hashes))) == ({"unchanged": 92, "skipped": 146}, 1)
