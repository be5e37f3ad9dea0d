"""Points of FINESS: joined by number within a file, in the projection each row names, as a feed of their own."""

from collections import Counter
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from importers.fields.identifiers import read_finess
from importers.pipeline.imports import import_list
from importers.pipeline.lists import open_lists, passages
from importers.pipeline.passages import Passage
from importers.reading import Refusal, Unreadable, piece_of_bytes
from importers.sources import SOURCES
from portal.directory.models.contacts import Contact
from portal.directory.models.places import Place
from portal.directory.rules.choices import Precision
from portal.intake.record import PlaceRecord, Verdict
from portal.intake.report import Fate, Report
from tests.importers.sources.builders import Desk, opened, opened_all, real_file, reference
from tests.importers.sources.finess_rows import LAMBERT_93, a_flow, a_point, an_establishment, know_communes
from tests.tools.claims import none_of

if TYPE_CHECKING:
    from pathlib import Path

GEOLOCATED = "sante/finess/etalab-cs1100507-geoloc-extrait.csv"
KEYS = {n: next(key for key in range(10) if read_finess(f"10000{n:03}{key}")[0]) for n in range(20)}
"""The last figure of a FINESS number checks the others."""
ROMILLY = a_point("100000017", "753500.0", "6824500.0")


def read(content: "bytes | Path") -> list[Passage]:
    return [each for each in passages(opened("sante", content), reference()) if isinstance(each, Passage)]


def imported(desk: Desk, content: "bytes | Path", *, name: str = "liste.csv") -> Report:
    return desk.imports("sante", content, name=name)


def place(*rows: str) -> PlaceRecord:
    found = next(each.record for each in read(a_flow(*rows)) if each.record)
    where = found.access[0].place
    assert where is not None
    return where


def where(*rows: str) -> str:
    point = place(*rows).point
    return str(point.cut()) if point else ""


def fates(*rows: str) -> list[str]:
    """List the reasons of the rows that are no establishment, but for the first line."""
    found = read(a_flow(*rows))[1:]
    return [each.problems[0].code for each in found if each.verdict is Verdict.SKIPPED]


@pytest.mark.parametrize("rows", [(an_establishment(), ROMILLY), (ROMILLY, an_establishment())])
def test_point_joins_its_establishment_in_any_order(rows: tuple[str, str]) -> None:
    assert where(*rows) == "48.518,3.724"
    assert fates(*rows) == ["point-joint"]


def test_source_promises_no_exactness() -> None:
    assert place(an_establishment(), ROMILLY).precision is Precision.UNKNOWN


def test_establishment_without_point_keeps_none() -> None:
    other = an_establishment(nofinesset="100000025")
    assert (place(other, ROMILLY).point, fates(other, ROMILLY)) == (None, ["point-sans-etablissement"])


@pytest.mark.parametrize(
    ("department", "town", "system", "metres", "expected"),
    [
        ("9A 113", "97190 LE GOSIER", "EPSG:5490 RGAF09/UTM Zone 20N", "657242.9 1795384.4", "16.234,-61.528"),
        ("9D 411", "97400 ST DENIS", "EPSG:2975 RGR92 / UTM zone 40S", "338000 7690000", "-20.883,55.442"),
        ("10 323", "10100 ROMILLY SUR SEINE", "LAMBERT_93", "753500 6824500", "48.518,3.724"),
    ],
)
def test_each_row_names_its_own_projection(department: str, town: str, system: str, metres: str, expected: str) -> None:
    key, commune = department.split()
    row = an_establishment(departement=key, commune=commune, ligneacheminement=town)
    assert where(row, a_point("100000017", *metres.split(), system=system)) == expected


def test_older_shape_of_points_is_read() -> None:
    older = "geolocalisation;100000017;753500.0;6824500.0;1;ATLASANTE;100;IGN;BD_ADRESSE;V2.1;LAMBERT_93;2016-02-29"
    assert where(an_establishment(), older) == "48.518,3.724"


@pytest.mark.parametrize(("day", "expected"), [("2026-06-01", "48.519,3.724"), ("2016-02-29", "48.518,3.724")])
def test_younger_of_two_points_counts(day: str, expected: str) -> None:
    rows = (an_establishment(), ROMILLY, a_point("100000017", "753500.0", "6824600.0", day=day))
    assert where(*rows) == expected
    assert sorted(fates(*rows)) == ["point-depasse", "point-joint"]


def test_unknown_projection_places_nothing() -> None:
    rows = (an_establishment(), a_point("100000017", "753500", "6824500", system="1,ATLASANTE,96,BAN,EPSG:9999"))
    assert where(*rows) == ""
    assert "projection-inconnue" in {problem.code for each in read(a_flow(*rows)) for problem in each.problems}


def test_far_point_shows_the_commune() -> None:
    far = place(an_establishment(), a_point("100000017", "870262.2", "6571540.8", system=LAMBERT_93))
    assert (far.precision, str(far.point)) == (Precision.COMMUNE, "48.5187,3.7215")


@pytest.mark.parametrize(("rows", "feed"), [((), "etablissements"), ((ROMILLY,), "geolocalisation")])
def test_points_make_a_feed_of_their_own(rows: tuple[str, ...], feed: str) -> None:
    source = opened("sante", a_flow(an_establishment(), *rows)).source
    assert (source.name, source.declared_feed.name) == ("sante", feed)


def test_both_feeds_tell_of_one_service(desk: Desk) -> None:
    stock = a_flow(an_establishment())
    first = imported(desk, stock, name="stock-20260512.csv")
    second = imported(desk, a_flow(an_establishment(), ROMILLY), name="geoloc-20260513.csv")
    assert (first.counts[Fate.CREATED], second.counts[Fate.CREATED], second.counts[Fate.UPDATED]) == (1, 0, 1)


def both(tmp_path: "Path", *, points: bytes, stock: bytes) -> "Path":
    """Pack the two flows into one zip."""
    with ZipFile(tmp_path / "finess.zip", "w") as packed:
        packed.writestr("etalab-cs1100507-stock-20260504.csv", points)
        packed.writestr("etalab-cs1100502-stock-20260512.csv", stock)
        packed.writestr("LISEZMOI.txt", "FINESS")
    return tmp_path / "finess.zip"


def test_zip_of_both_flows_gives_both_feeds(tmp_path: "Path", desk: Desk) -> None:
    pharmacies = [an_establishment(nofinesset=f"10000{n:03}{KEYS[n]}", rs=f"PHARMACIE {n}") for n in range(8)]
    where = both(tmp_path, points=a_flow(pharmacies[0], ROMILLY), stock=a_flow(*pharmacies))
    reports = [
        [import_list(desk.database, desk.clock, each, reference(), options=desk.options) for each in lists]
        for lists in (opened_all("sante", where), opened_all("sante", where))
    ]
    assert [[report.feed, report.guard] for report in reports[0]] == [
        ["geolocalisation", None],
        ["etablissements", None],
    ]
    assert [report.counts[Fate.CREATED] for report in reports[0]] == [1, 7]
    assert none_of(report.counts[Fate.CREATED] or report.counts[Fate.UPDATED] for report in reports[1])


def test_smaller_flow_with_points_loses_nothing(desk: Desk) -> None:
    pharmacies = [an_establishment(nofinesset=f"10000{n:03}{KEYS[n]}", rs=f"PHARMACIE {n}") for n in range(20)]
    imported(desk, a_flow(*pharmacies), name="stock-20260512.csv")
    report = imported(desk, a_flow(pharmacies[0], ROMILLY), name="geoloc-20260513.csv")
    assert (report.guard, report.hidden, report.counts[Fate.CREATED]) == (None, 0, 0)


def test_older_flow_adds_its_point_and_overwrites_nothing(desk: Desk) -> None:
    newer = an_establishment(telephone="0353010002", datemaj="2026-05-10")
    imported(desk, a_flow(newer), name="stock-20260512.csv")
    imported(desk, a_flow(an_establishment(), ROMILLY), name="geoloc-20260513.csv")
    with desk.database.reading() as session:
        assert session.scalars(select(Contact.value)).all() == ["03 53 01 00 02"]
        assert round(session.scalars(select(Place.lat)).one() or 0, 3) == 48.519


def test_flow_without_points_takes_none_away(desk: Desk) -> None:
    imported(desk, a_flow(an_establishment(), ROMILLY), name="geoloc-20260513.csv")
    imported(desk, a_flow(an_establishment(telephone="0353010002")), name="stock-20260514.csv")
    with desk.database.reading() as session:
        kept = session.scalars(select(Place)).one()
        assert (round(kept.lat or 0, 3), kept.precision) == (48.519, Precision.UNKNOWN)


def test_line_that_is_no_row_stays_refused() -> None:
    flow = opened("sante", a_flow(an_establishment(), "equipement;1;2", ROMILLY))
    assert [outcome.line for outcome in flow.table.rows() if isinstance(outcome, Refusal)] == [3]


def test_real_points_come_in_once(desk: Desk) -> None:
    know_communes(desk.database, "01")
    first, before = imported(desk, real_file(GEOLOCATED)), desk.content()
    second = imported(desk, real_file(GEOLOCATED))
    assert (first.counts[Fate.CREATED], first.counts[Fate.SKIPPED], first.read) == (3, 5, 8)
    assert (second.counts[Fate.UNCHANGED], second.counts[Fate.SKIPPED], desk.content()) == (3, 5, before)
    assert Counter(each.problems[0].code for each in read(real_file(GEOLOCATED)) if not each.record) == {
        "ligne-sans-etablissement": 1,
        "point-joint": 2,
        "point-sans-etablissement": 2,
    }


@pytest.mark.parametrize("content", [b"FINESS\n", b"a;b;c\n1;2;3\n", b"id,nom\n1,Pharmacie\n"])
def test_text_that_does_not_begin_as_a_flow_is_none(content: bytes) -> None:
    found = open_lists(SOURCES["sante"], (piece_of_bytes(content, "liste.csv"),))
    assert isinstance(found, Unreadable)
    assert "nofinesset" in found.problem.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_flow_is_known_in_any_encoding(encoding: str) -> None:
    flow = a_flow(an_establishment(), ROMILLY).decode().encode(encoding)
    assert opened("sante", flow).source.feed == "geolocalisation"
