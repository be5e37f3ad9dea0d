"""Write a template as an XLSX workbook: headers, a row of help, an example, drop-down lists, instructions.

XlsxWriter (BSD-2, pure Python, no dependency, 180 kB, released monthly) writes what would be long to write by hand:
validations, frozen panes, hidden sheets. The workbook holds no clock: it is the same bytes each time.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from importers.fields.dates import read_date
from importers.templates.choices import offered
from importers.templates.columns import HELP_MARK, Choices, Column, Kind, Template
from portal.vocabulary.vocabulary import Vocabulary

GUIDE_SHEET, LISTS_SHEET = "Mode d’emploi", "Listes"
_HELP_ROW, _EXAMPLE_ROW, _FIRST_ROW, _LAST_ROW = 1, 2, 3, 2002
_LONGEST_MESSAGE, _LONGEST_TITLE = 255, 32
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no zone
_DARK, _LIGHT, _PALE = "#1F3A5F", "#DCE6F2", "#F5F5F5"
_OLDEST = 130
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
_POSTAL_LENGTH = 5


def write_workbook(template: Template, vocabulary: Vocabulary, rows: Iterable[Mapping[str, str]] = ()) -> bytes:
    """Write the workbook of a template, empty or filled in with rows under our own words."""
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": template.title, "created": _CREATED})
        page = _Page(workbook, template, vocabulary, _Styles.of(workbook))
        page.write(rows)
    return written.getvalue()


@dataclass(frozen=True)
class _Styles:
    """How cells look."""

    required: Any
    optional: Any
    help: Any
    example: Any
    text: Any
    day: Any
    title: Any
    wrapped: Any

    @classmethod
    def of(cls, workbook: Workbook) -> "_Styles":
        header = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        aside = {"italic": True, "text_wrap": True, "valign": "top", "bg_color": _PALE, "font_color": "#404040"}
        return cls(
            required=workbook.add_format({**header, "bg_color": _DARK, "font_color": "#FFFFFF"}),
            optional=workbook.add_format({**header, "bg_color": _LIGHT, "font_color": "#000000"}),
            help=workbook.add_format({**aside, "font_size": 9}),
            example=workbook.add_format(aside),
            text=workbook.add_format({"num_format": "@"}),
            day=workbook.add_format({"num_format": "dd/mm/yyyy"}),
            title=workbook.add_format({"bold": True, "font_size": 14}),
            wrapped=workbook.add_format({"text_wrap": True, "valign": "top"}),
        )


@dataclass(frozen=True)
class _Page:
    """One workbook being written."""

    workbook: Workbook
    template: Template
    vocabulary: Vocabulary
    styles: _Styles

    def write(self, filled: Iterable[Mapping[str, str]]) -> None:
        """Write the three sheets."""
        rows = self.workbook.add_worksheet(self.template.sheet)
        guide, lists = (self.workbook.add_worksheet(name) for name in (GUIDE_SHEET, LISTS_SHEET))
        ranges = self._write_lists(lists)
        lists.hide()
        for rank, column in enumerate(self.template.columns):
            self._write_column(rows, rank, column, ranges)
        rows.set_row(0, 32)
        rows.set_row(_HELP_ROW, 90)
        rows.freeze_panes(1, 1 + [column.word for column in self.template.columns].index("title"))
        for number, row in enumerate(filled, start=_FIRST_ROW):
            for rank, column in enumerate(self.template.columns):
                _write_cell(rows, (number, rank), column, row.get(column.word, ""), self.styles.day)
        self._write_guide(guide)
        rows.activate()

    def _write_column(self, sheet: Worksheet, rank: int, column: Column, ranges: dict[Choices, str]) -> None:
        styles = self.styles
        style = {Kind.CODE: styles.text, Kind.DATE: styles.day}.get(column.kind)
        sheet.set_column(rank, rank, column.width, style)
        sheet.write_string(0, rank, column.header, styles.required if column.is_required else styles.optional)
        sheet.write_string(_HELP_ROW, rank, column.help, styles.help)
        sheet.write_string(_EXAMPLE_ROW, rank, column.example, styles.example)
        rule = _rule(column, ranges)
        sheet.data_validation(_FIRST_ROW, rank, _LAST_ROW, rank, {**rule, **_message(column)})

    def _write_lists(self, sheet: Worksheet) -> dict[Choices, str]:
        """Write each list in a column of its own, and name where it stands."""
        used = list(dict.fromkeys(column.choices for column in self.template.columns if column.choices))
        ranges: dict[Choices, str] = {}
        for rank, choices in enumerate(used):
            words = offered(choices, self.vocabulary)
            sheet.write_string(0, rank, choices.value)
            sheet.write_column(1, rank, words)
            letter = chr(ord("A") + rank)
            ranges[choices] = f"={LISTS_SHEET}!${letter}$2:${letter}${len(words) + 1}"
        return ranges

    def _write_guide(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 30, self.styles.wrapped)
        sheet.set_column(1, 1, 44, self.styles.wrapped)
        sheet.set_column(2, 2, 80, self.styles.wrapped)
        sheet.write_string(0, 0, self.template.title, self.styles.title)
        for rank, cells in enumerate(self._guide_rows(), start=2):
            for place, text in enumerate(cells):
                sheet.write_string(rank, place, text)

    def _guide_rows(self) -> Iterator[tuple[str, ...]]:
        yield from ((f"{number}. {text}",) for number, text in enumerate(self.template.guide, start=1))
        yield ()
        yield ("Colonne", "Obligatoire", "Ce qu’on y écrit")
        for column in self.template.columns:
            told = "oui dans cette colonne : la ligne n’entre pas." if column.help == HELP_MARK else column.help
            yield (column.header, "oui" if column.is_required else "", told)
        if any(column.choices is Choices.THEMES for column in self.template.columns):
            yield ()
            yield from self._theme_rows()

    def _theme_rows(self) -> Iterator[tuple[str, ...]]:
        yield ("Famille", "Thème", "Ce qu’il couvre")
        for family in self.vocabulary.shown_families:
            for concept in self.vocabulary.concepts_of(family):
                yield (family.label.fr, concept.label.fr, concept.definition)


def _write_cell(sheet: Worksheet, at: tuple[int, int], column: Column, text: str, day_style: Any) -> None:  # noqa: ANN401 - the library ships no types
    """Write a cell as a spreadsheet holds it: days and figures are no texts there."""
    day, _ = read_date(text) if column.kind is Kind.DATE else (None, ())
    if day is not None:
        sheet.write_datetime(*at, datetime(day.year, day.month, day.day), day_style)  # noqa: DTZ001 - a cell knows no zone
    elif text and column.kind in (Kind.AGE, Kind.DEGREES):
        sheet.write_number(*at, float(text))
    elif text:
        sheet.write_string(*at, text)


def _rule(column: Column, ranges: dict[Choices, str]) -> dict[str, Any]:
    """Say what a spreadsheet itself refuses in a column."""
    if column.choices:
        error = "Choisissez dans la liste, ou laissez la case vide."
        return {"validate": "list", "source": ranges[column.choices], "show_error": column.is_closed} | _error(error)
    if column.kind is Kind.AGE:
        span = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": _OLDEST}
        return span | _error("Écrivez un nombre d’années, par exemple 6.")
    if column.kind is Kind.DATE:
        days = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
        return days | _error("Écrivez une date entière : jour/mois/année, par exemple 21/11/2026.")
    if column.word in {"postal_code", "commune_code"}:
        length = {"validate": "length", "criteria": "==", "value": _POSTAL_LENGTH}
        return length | _error("Ce code compte cinq signes, par exemple 10400.")
    return {"validate": "any"}


def _error(text: str) -> dict[str, Any]:
    return {"error_type": "stop", "error_title": "À corriger", "error_message": text}


def _message(column: Column) -> dict[str, Any]:
    told = "oui : la ligne n’entre pas dans l’annuaire." if column.help == HELP_MARK else column.help
    return {"input_title": column.header[:_LONGEST_TITLE], "input_message": told[:_LONGEST_MESSAGE]}
