"""Stops of a GTFS feed: platforms and directions of one stop are one, and each row of the file is accounted for."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.pipeline.passages import Passage
from importers.sources.gtfs.stops import NEAR, read_stops
from importers.sources.gtfs.tables import FeedFiles
from portal.directory.rules.choices import AccessFeature, Answer
from portal.geography.distances import great_circle
from portal.hours.slots import TimeSpan
from portal.intake.record import ServiceRecord, Verdict
from tests.importers.sources.gtfs_feeds import (
    NOGENT,
    PONT,
    ROMILLY,
    Feed,
    Table,
    a_feed,
    a_route,
    a_stop,
    a_trip,
    passings,
    pieces_of_files,
    record_of,
    rows_of,
    text_of,
)
from tests.tools.examples import examples

OPPOSITE = {"stop_lat": "48.5155", "stop_lon": "3.7275"}
"""Some seventy metres from `ROMILLY`."""


def with_stops(*stops: dict[str, str], last: str = "gare2") -> Feed:
    """Give the feed with more stops, and a trip that comes back to one of them."""
    back = passings("t3", ("nogent", "12:00:00"), ("pont", "12:15:00"), (last, "12:30:00"))
    away = passings("t4", (last, "18:40:00"), ("pont", "18:55:00"), ("nogent", "19:10:00"))
    return a_feed(
        stops=[*a_feed()["stops"], *stops],
        trips=[*a_feed()["trips"], a_trip("t3", direction_id="1"), a_trip("t4")],
        stop_times=[*a_feed()["stop_times"], *back, *away],
    )


def stop_rows(feed: Feed) -> dict[str, Passage]:
    return {each.row.cells["stop_id"]: each for each in rows_of(feed) if "stop_id" in each.row.cells}


def stop(feed: Feed, ident: str = "gare") -> ServiceRecord:
    return record_of(feed, f"arret:{ident}")


def wheelchair(feed: Feed, ident: str = "gare") -> tuple[Answer | None, str | None]:
    place = stop(feed, ident).access[0].place
    assert place is not None
    return (place.access or {}).get(AccessFeature.WHEELCHAIR), place.access_note


def test_stop_bears_its_commune() -> None:
    assert stop(a_feed(), "pont").title == "Arrêt Mairie (Pont-sur-Seine)"
    assert stop(a_feed(), "pont").summary == "Arrêt de la ligne 1."


def test_stop_that_names_its_commune_does_so_once() -> None:
    stops = [*a_feed()["stops"][1:], a_stop("gare", "Romilly-sur-Seine - Gare", **ROMILLY)]
    assert stop(a_feed(stops=stops)).title == "Arrêt Romilly-sur-Seine - Gare"


def test_train_stop_is_a_station() -> None:
    found = stop(a_feed(routes=[a_route(route_type="2")]), "pont")
    assert (found.title, found.concepts) == ("Gare Mairie (Pont-sur-Seine)", ("MO02",))
    assert stop(a_feed(routes=[a_route(route_type="2")])).title == "Gare (Romilly-sur-Seine)"


def test_both_sides_of_a_road_are_one_stop() -> None:
    found = stop_rows(with_stops(a_stop("gare2", "GARE", **OPPOSITE)))
    assert found["gare"].verdict is Verdict.ACCEPTED
    assert (found["gare2"].verdict, found["gare2"].key) == (Verdict.SKIPPED, "")
    (problem,) = found["gare2"].problems
    assert problem.code == "gtfs-arret-joint"
    assert "« Gare » (ligne 2 du fichier)" in problem.text


def test_departures_of_both_sides_are_told_together() -> None:
    opening = stop(with_stops(a_stop("gare2", "Gare", **OPPOSITE))).access[0].opening
    assert opening is not None
    assert [slot.times for slot in opening.slots] == [(TimeSpan(7 * 60 + 5, 18 * 60 + 40),)]


def test_far_stops_of_one_name_stay_two() -> None:
    found = stop_rows(with_stops(a_stop("gare2", "Gare", **NOGENT)))
    assert [found[name].verdict for name in ("gare", "gare2")] == [Verdict.ACCEPTED] * 2


def test_platforms_belong_to_their_station() -> None:
    stops = [
        a_stop("st", "Gare routière", location_type="1", **ROMILLY),
        a_stop("gare", "Quai A", parent_station="st", **ROMILLY),
        a_stop("entree", "Parvis", parent_station="st", location_type="2", **ROMILLY),
        *a_feed()["stops"][1:],
    ]
    found = stop_rows(a_feed(stops=stops))
    assert found["st"].key == "arret:st"
    assert {found[name].problems[0].code for name in ("gare", "entree")} == {"gtfs-arret-joint"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (("1", "1"), (Answer.YES, None)),
        (("2", ""), (Answer.NO, None)),
        (("1", "2"), (None, "Certains quais seulement sont accessibles en fauteuil roulant.")),
        (("0", ""), (None, None)),
        (("9", ""), (None, None)),
    ],
)
def test_wheelchair_is_answered_where_platforms_agree(
    answers: tuple[str, str], expected: tuple[Answer | None, str | None]
) -> None:
    one, other = answers
    stops = [*a_feed()["stops"][1:], a_stop("gare", "Gare", **ROMILLY | {"wheelchair_boarding": one})]
    feed = with_stops(a_stop("gare2", "Gare", **OPPOSITE | {"wheelchair_boarding": other}))
    assert wheelchair(feed | {"stops": [*stops, feed["stops"][-1]]}) == expected


def test_stop_that_nothing_serves_is_passed_over() -> None:
    found = stop_rows(a_feed(stops=[*a_feed()["stops"], a_stop("vide", "Stade", **PONT)]))
    assert (found["vide"].verdict, found["vide"].problems[0].code) == (Verdict.SKIPPED, "gtfs-arret-sans-voyage")


@pytest.mark.parametrize(
    ("point", "code"),
    [
        ({"stop_lat": "", "stop_lon": ""}, "gtfs-arret-sans-commune"),
        ({"stop_lat": "0", "stop_lon": "0"}, "point-nul"),
        ({"stop_lat": "51.5", "stop_lon": "-20"}, "point-hors-de-france"),
        ({"stop_lat": "quarante", "stop_lon": "3"}, "point-illisible"),
    ],
)
def test_stop_nobody_can_place_waits_for_somebody(point: dict[str, str], code: str) -> None:
    found = stop_rows(a_feed(stops=[*a_feed()["stops"][:2], a_stop("nogent", "Église", **point)]))["nogent"]
    assert (found.verdict, found.record, found.key) == (Verdict.QUARANTINED, None, "arret:nogent")
    assert code in {problem.code for problem in found.problems}


def test_point_turned_round_is_turned_back() -> None:
    turned = {"stop_lat": NOGENT["stop_lon"], "stop_lon": NOGENT["stop_lat"]}
    found = stop_rows(a_feed(stops=[*a_feed()["stops"][:2], a_stop("nogent", "Église", **turned)]))["nogent"]
    assert found.verdict is Verdict.ACCEPTED
    assert "point-inverse" in {problem.code for problem in found.problems}


@pytest.mark.parametrize(("ident", "name"), [("", "Gare"), ("nogent", "")])
def test_stop_without_name_or_identifier_is_refused(ident: str, name: str) -> None:
    feed = a_feed(stops=[*a_feed()["stops"][:2], a_stop(ident, name, **NOGENT)])
    found = stop_rows(feed)[ident]
    assert (found.verdict, found.record) == (Verdict.REFUSED, None)


def test_stop_lists_its_lines_as_people_count() -> None:
    feed = a_feed(
        routes=[a_route(), a_route("L10", "10", "Gare – Stade"), a_route("L2", "2", "Gare – Lac")],
        trips=[*a_feed()["trips"], a_trip("a", "L10"), a_trip("b", "L2")],
        stop_times=[
            *a_feed()["stop_times"],
            *passings("a", ("gare", "08:00:00"), ("pont", "08:10:00")),
            *passings("b", ("gare", "08:00:00"), ("pont", "08:10:00")),
        ],
    )
    assert stop(feed).summary == "Arrêt des lignes 1, 2 et 10."
    assert "Ligne 10 vers Mairie :\n– Du lundi au vendredi\u00a0: un départ à 8\u00a0h." in (
        stop(feed).description or ""
    )


def test_arrivals_are_never_told_as_departures() -> None:
    told = stop(a_feed(), "nogent").description or ""
    assert told.startswith(
        "Ligne 1, terminus :\n– Du lundi au vendredi\u00a0: arrivées à 7\u00a0h\u00a035 et 18\u00a0h."
    )
    assert "départ" not in told


def test_terminus_of_both_directions_tells_where_one_can_go() -> None:
    told = stop(with_stops(a_stop("gare2", "Gare", **OPPOSITE))).description or ""
    assert "terminus" not in told
    assert "départs à 7\u00a0h\u00a005, 17\u00a0h\u00a030 et 18\u00a0h\u00a040." in told


def test_outside_the_territory_every_row_is_passed_over() -> None:
    found = rows_of(a_feed(), scope={"73004"})
    assert Counter(each.problems[0].code for each in found) == {"hors-perimetre": 4}


def test_broken_passages_of_a_far_feed_are_never_read() -> None:
    feed = a_feed(stop_times=[{"trip_id": "t1", "arrival_time": "\ufffd", "stop_id": "gare"}])
    assert {each.verdict for each in rows_of(feed, scope={"73004"})} == {Verdict.SKIPPED}


def test_line_keeps_its_places_within_the_territory() -> None:
    found = {each.key: each for each in rows_of(a_feed(), scope={"10323"})}
    line = found["ligne:L1"].record
    assert line is not None
    assert [access.key for access in line.access] == ["10323"]
    assert found["arret:gare"].verdict is Verdict.ACCEPTED
    assert "Nogent-sur-Seine" in (line.description or "")


POSITIONS = st.tuples(st.integers(0, 40), st.integers(0, 40))


@examples(30)
@given(
    st.lists(st.tuples(st.sampled_from(["Gare", "GARE", "Mairie"]), POSITIONS), min_size=1, max_size=12), st.randoms()
)
def test_groups_hold_every_stop_once_in_any_order(rows: list[tuple[str, tuple[int, int]]], shuffle: Random) -> None:
    table: Table = [
        a_stop(f"s{number}", name, stop_lat=f"{48.5 + north / 4000:.6f}", stop_lon=f"{3.7 + east / 4000:.6f}")
        for number, (name, (north, east)) in enumerate(rows)
    ]
    shuffled = list(table)
    shuffle.shuffle(shuffled)
    one, other = (read_stops(_files(each)) for each in (table, shuffled))
    groups = {frozenset(row.id for row in group.members) for group in one.groups}
    assert groups == {frozenset(row.id for row in group.members) for group in other.groups}
    assert {group.main.id: group.point for group in one.groups} == {
        group.main.id: group.point for group in other.groups
    }
    assert sorted(row for group in groups for row in group) == sorted(row["stop_id"] for row in table)


@given(st.integers(0, 400), st.integers(0, 400))
def test_two_stops_are_one_when_they_are_near(north: int, east: int) -> None:
    lat, lon = 48.5 + north / 111_195, 3.7 + east / 74_000
    away = great_circle(48.5, 3.7, round(lat, 6), round(lon, 6))
    found = read_stops(
        _files(
            [
                a_stop("a", "Gare", stop_lat="48.5", stop_lon="3.7"),
                a_stop("b", "gare", stop_lat=f"{lat:.6f}", stop_lon=f"{lon:.6f}"),
            ]
        )
    )
    assert len(found.groups) == (1 if away <= NEAR else 2)


def _files(table: Table) -> FeedFiles:
    (piece,) = pieces_of_files({"stops.txt": text_of(table)})
    return FeedFiles("", {"stops": piece})
