"""The two lists of data·inclusion side by side: whatever their form, each row told once, and twice nothing new."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from importers.pipeline.imports import import_list
from importers.pipeline.lists import BrokenOff, open_lists, passages
from importers.reading import RawRow, Unreadable
from importers.sources import SOURCES
from portal.intake.record import ServiceRecord, Verdict
from portal.intake.report import Fate, Report
from tests.importers.sources.builders import Desk, opened_all, real_file, reference
from tests.importers.sources.inclusion_rows import (
    Row,
    a_service,
    a_structure,
    as_csv,
    as_json,
    as_lines,
    as_page,
    opened_beside,
    pieces_named,
    read_beside,
    read_service,
)
from tests.tools.claims import none_of

TEMPLATE = "inclusion/data-inclusion/gabarit-dataset.xlsx"
STRUCTURES = (
    a_structure(),
    a_structure(id="essai--s2", nom="CCAS de Nogent", reseaux_porteurs=["ccas-cias"]),
    a_structure(id="essai--s3", nom="Amicale du Lavoir"),
)
SERVICES = tuple(a_service(id=f"essai--{number}", nom=f"Atelier {number}") for number in range(1, 5))
Written = Callable[[Sequence[Row]], bytes]


def beside(services: Sequence[Row] = SERVICES, structures: Sequence[Row] = STRUCTURES) -> dict[str, bytes]:
    return {"services.json": as_json(services), "structures.json": as_json(structures)}


def imports(desk: Desk, files: dict[str, bytes]) -> dict[str, Report]:
    return {
        opened.source.feed: import_list(desk.database, desk.clock, opened, reference(), options=desk.options)
        for opened in opened_beside(files)
    }


def counts(report: Report) -> dict[str, int]:
    return {fate.value: n for fate, n in report.counts.items() if n}


def said(files: dict[str, bytes]) -> dict[str, list[ServiceRecord | None]]:
    """Give the records of each feed, wherever they stood."""
    return {
        feed: [replace(each.record, line=0) if each.record else None for each in rows]
        for feed, rows in read_beside(files).items()
    }


@pytest.mark.parametrize("written", [as_json, as_page, as_lines, as_csv])
def test_every_form_says_the_same(written: Written) -> None:
    assert said({"a": written(SERVICES), "b": written(STRUCTURES)}) == said(beside())


def test_both_lists_come_in_and_each_row_is_told(desk: Desk) -> None:
    reports = imports(desk, beside())
    assert counts(reports["services"]) == {"created": 4}
    assert counts(reports["structures"]) == {"created": 1, "skipped": 2}
    assert [reason.problem.code for reason in reports["structures"].reasons] == [
        "structure-jointe",
        "structure-sans-service",
    ]


def test_shuffled_rows_and_members_change_nothing(desk: Desk) -> None:
    imports(desk, beside())
    before = desk.content()
    turned = [dict(random.Random(3).sample(sorted(row.items(), key=str), len(row))) for row in SERVICES[::-1]]
    reports = imports(desk, beside(turned, STRUCTURES[::-1]))
    assert counts(reports["services"]) == {"unchanged": 4}
    assert counts(reports["structures"]) == {"unchanged": 1, "skipped": 2}
    assert desk.content() == before


def test_pages_are_one_list(desk: Desk) -> None:
    pages = {f"services-{page}.json": as_page(SERVICES[2 * page : 2 * page + 2]) for page in range(2)}
    reports = imports(desk, pages | {"structures.json": as_page(STRUCTURES)})
    assert counts(reports["services"]) == {"created": 4}


def test_generations_take_the_structures_of_their_day() -> None:
    files = {
        "services-2026-01-01.json": as_json(SERVICES),
        "structures-2026-01-01.json": as_json(STRUCTURES),
        "services-2026-02-01.json": as_json(SERVICES),
        "structures-2026-02-01.json": as_json([a_structure(nom="Association du Pont")]),
    }
    opened = opened_beside(files)
    rows = [next(row for row in each.table.rows() if isinstance(row, RawRow)) for each in opened]
    named = [
        (each.source.feed, str(each.said_on), row.cells.get("structure.nom"))
        for each, row in zip(opened, rows, strict=True)
    ]
    assert named == [
        ("services", "2026-01-01", "Association du Lavoir"),
        ("structures", "2026-01-01", None),
        ("services", "2026-02-01", "Association du Pont"),
        ("structures", "2026-02-01", None),
    ]


def test_list_of_structures_alone_tells_of_those_with_a_network() -> None:
    (rows,) = read_beside({"structures.json": as_json(STRUCTURES)}).values()
    assert Counter(each.verdict for each in rows) == {Verdict.SKIPPED: 2, Verdict.ACCEPTED: 1}


def test_list_of_services_alone_waits_for_its_structures() -> None:
    (rows,) = read_beside({"services.json": as_json(SERVICES)}).values()
    assert {each.verdict for each in rows} == {Verdict.QUARANTINED}


def test_service_of_the_api_brings_its_structure_inside() -> None:
    inside = a_service(structure=dict(STRUCTURES[1]))
    (rows,) = read_beside({"service.json": as_json([inside])}).values()
    assert [each.record.structure.name for each in rows if each.record] == ["CCAS de Nogent (Romilly-sur-Seine)"]


def test_structure_whose_first_service_appears_is_told_by_it(desk: Desk) -> None:
    imports(desk, beside())
    started = (*SERVICES, a_service(id="essai--9", structure_id="essai--s2"))
    reports = imports(desk, beside(started))
    assert counts(reports["services"]) == {"created": 1, "unchanged": 4}
    assert counts(reports["structures"]) == {"skipped": 3}


def test_list_of_structures_cut_short_lets_no_service_in() -> None:
    files = beside() | {"structures.json": as_json(STRUCTURES)[:-40]}
    (found,) = opened_beside(files)
    assert found.source.feed == "structures"
    with pytest.raises(BrokenOff):
        list(passages(found, reference()))


def test_unreadable_list_of_structures_lets_no_service_in() -> None:
    files = beside() | {"structures.json": b"<html>Connexion</html>"}
    found = open_lists(SOURCES["inclusion"], pieces_named(files))
    assert isinstance(found, Unreadable)
    assert found.problem.code != "colonnes-manquantes"


def test_table_of_something_else_is_named_as_such() -> None:
    found = open_lists(SOURCES["inclusion"], pieces_named({"liste.csv": b"id,nom,couleur\n1,a,b\n"}))
    assert isinstance(found, Unreadable)
    assert "structure_id" in found.problem.text


def test_every_topic_of_the_schema_is_read() -> None:
    topics = real_file("inclusion/data-inclusion/seeds/v1/thematiques_v1.csv").read_text(encoding="utf-8")
    rows = [line.split(",")[0] for line in topics.splitlines()[1:]]
    verdicts = Counter(read_service(a_service(thematiques=[topic])).verdict for topic in rows if "--" in topic)
    assert verdicts[Verdict.SKIPPED] == 4


def test_real_template_comes_in_once(desk: Desk) -> None:
    runs = [
        [
            import_list(desk.database, desk.clock, opened, reference(), options=desk.options)
            for opened in opened_all("inclusion", real_file(TEMPLATE))
        ]
        for _ in range(2)
    ]
    assert [report.read for report in runs[0]] == [report.read for report in runs[1]]
    assert none_of(report.counts[Fate.CREATED] or report.counts[Fate.UPDATED] for report in runs[1])
