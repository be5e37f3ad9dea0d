"""The empty workbooks: what a person sees, what the lists offer, and that a filled one comes back without a map."""

import hashlib
import io
from collections.abc import Callable
from datetime import date
from math import ceil
from typing import Any
from zipfile import ZipFile

import pytest

from importers.commands.templates import TEMPLATES
from importers.fields.audiences import read_audiences
from importers.fields.competence import read_competence
from importers.fields.costs import read_cost
from importers.fields.modes import read_appointment, read_modes
from importers.fields.natures import read_nature
from importers.fields.themes import read_concepts
from importers.fields.yes_no import read_answer
from importers.pipeline.headers import header_key
from importers.pipeline.passages import Passage
from importers.templates.choices import offered
from importers.templates.columns import Choices, Template
from importers.templates.workbook import GUIDE_SHEET, LISTS_SHEET, write_workbook
from portal.intake.record import Verdict
from portal.intake.report import Fate
from portal.vocabulary.loading import load_vocabulary
from tests.importers.sources.builders import Desk, reference
from tests.importers.sources.own_lists import codes_of, imports_own, read_own
from tests.importers.templates.builders import book_of, empty, filled
from tests.tools.claims import every

READERS: dict[Choices, Callable[[str], tuple[Any, Any]]] = {
    Choices.THEMES: lambda text: read_concepts(text, reference().vocabulary),
    Choices.NATURES: read_nature,
    Choices.COSTS: read_cost,
    Choices.MODES: read_modes,
    Choices.ANSWERS: read_answer,
    Choices.APPOINTMENTS: read_appointment,
    Choices.AUDIENCES: read_audiences,
    Choices.AREAS: lambda text: read_competence(text, reference().lookup),
}
SERVICE = {
    "Nom du service": "Bibliothèque du Lavoir",
    "Thème": "Bibliothèque, médiathèque, boîte à livres",
    "Structure": "Mairie de Nogent-sur-Seine",
    "Adresse": "4 rue du Lavoir",
    "Code postal": "10400",
    "Commune": "Nogent-sur-Seine",
    "Téléphone": "03 53 01 00 01",
    "Horaires": "mercredi 14h-18h",
    "Âge minimum": 0,
    "Âge maximum": 12,
    "Mis à jour le": date(2026, 11, 2),
}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda each: each.name)
def test_template_is_the_same_bytes_each_time(template: Template) -> None:
    again = write_workbook(template, load_vocabulary())
    assert hashlib.sha256(again).digest() == hashlib.sha256(empty(template.name)).digest()


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda each: each.name)
def test_no_two_columns_share_a_name(template: Template) -> None:
    keys = [header_key(name) for column in template.every for name in {header_key(each) for each in column.names}]
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("choices", READERS)
def test_everything_a_list_offers_is_understood(choices: Choices) -> None:
    problems = {word: READERS[choices](word)[1] for word in offered(choices, load_vocabulary())}
    assert [word for word, found in problems.items() if found] == []
    assert every(READERS[choices](word)[0] is not None for word in problems)


@pytest.mark.parametrize("name", TEMPLATES)
def test_names_stay_in_sight_and_lists_out_of_it(name: str) -> None:
    book = book_of(name)
    assert book.sheetnames == [TEMPLATES[name].sheet, GUIDE_SHEET, LISTS_SHEET]
    assert book[LISTS_SHEET].sheet_state == "hidden"
    assert str(book.worksheets[0].freeze_panes).endswith("2")
    assert [cell.value for cell in book.worksheets[0][1]] == [column.header for column in TEMPLATES[name].columns]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_column_is_explained_and_checked(name: str) -> None:
    book = book_of(name)
    rules = book.worksheets[0].data_validations.dataValidation
    assert len(rules) == len(TEMPLATES[name].columns)
    assert every(rule.promptTitle and rule.prompt for rule in rules)
    told = {row[0].value for row in book[GUIDE_SHEET].iter_rows()}
    assert told >= {column.header for column in TEMPLATES[name].columns}


@pytest.mark.parametrize("name", TEMPLATES)
def test_help_fits_in_its_row(name: str) -> None:
    sheet = book_of(name).worksheets[0]
    height = sheet.row_dimensions[2].height
    lines = {column.header: ceil(len(column.help) / (column.width * 1.15)) for column in TEMPLATES[name].columns}
    assert [header for header, n in lines.items() if n * 13 > height] == []


def test_codes_are_kept_as_texts() -> None:
    sheet = book_of("general").worksheets[0]
    (postal,) = [cell.column_letter for cell in sheet[1] if cell.value == "Code postal"]
    assert sheet.column_dimensions[postal].width > 10
    with ZipFile(io.BytesIO(empty("general"))) as archive:
        assert b'formatCode="@"' in archive.read("xl/styles.xml") or b'numFmtId="49"' in archive.read("xl/styles.xml")


def test_empty_template_brings_nothing_in(desk: Desk) -> None:
    report = imports_own(desk, empty("general"))
    assert {fate: n for fate, n in report.counts.items() if n} == {Fate.SKIPPED: 1}


def test_filled_template_comes_back_without_a_map(desk: Desk) -> None:
    report = imports_own(desk, filled("general", SERVICE, SERVICE | {"Nom du service": "Ludothèque du Lavoir"}))
    assert {fate: n for fate, n in report.counts.items() if n} == {Fate.CREATED: 2, Fate.SKIPPED: 1}
    assert [reason.problem.code for reason in report.reasons] == ["ligne-d-exemple"]
    again = imports_own(desk, filled("general", SERVICE | {"Nom du service": "Ludothèque du Lavoir"}, SERVICE))
    assert again.counts[Fate.UNCHANGED] == 2


def test_dates_and_ages_of_the_workbook_are_read() -> None:
    found = next(each for each in read_own(filled("general", SERVICE)) if isinstance(each, Passage) and each.record)
    assert found.record is not None
    assert (found.record.ages, found.record.said_on, codes_of(found)) == ((0, 12), date(2026, 11, 2), [])


def test_example_half_written_over_is_not_published() -> None:
    (found,) = read_own(filled("general", {"Nom du service": "Ludothèque de la Gare"}, first=3))
    assert isinstance(found, Passage)
    assert found.verdict is Verdict.QUARANTINED
    assert set(codes_of(found)) == {"reste-de-l-exemple"}


def test_postal_code_eaten_by_a_spreadsheet_is_mended_where_proven() -> None:
    row = SERVICE | {"Code postal": 1500, "Commune": "Ambérieu-en-Bugey", "SIRET": 26010000000000.0}
    found = next(each for each in read_own(filled("general", row)) if isinstance(each, Passage) and each.record)
    assert found.record is not None
    assert found.record.access[0].place is not None
    assert found.record.access[0].place.postal_code == "01500"
    assert found.record.structure.official_ids == {}
    assert {"zero-remis", "siret-cle-fausse"} <= set(codes_of(found))
