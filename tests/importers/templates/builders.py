"""Workbooks of ours as somebody fills them in, cell by cell, with another program than the one that wrote them."""

import io
from collections.abc import Mapping
from functools import cache

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from importers.commands.templates import TEMPLATES
from importers.templates.workbook import write_workbook
from portal.vocabulary.loading import load_vocabulary

FIRST_ROW = 4
"""Below the names, the help and the example."""
Cells = Mapping[str, object]


@cache
def empty(name: str) -> bytes:
    """Write a template once."""
    return write_workbook(TEMPLATES[name], load_vocabulary())


def book_of(name: str) -> Workbook:
    """Open the empty template as a spreadsheet program does."""
    return load_workbook(io.BytesIO(empty(name)))


def filled(name: str, *rows: Cells, first: int = FIRST_ROW) -> bytes:
    """Fill rows in, each cell under the name of its column."""
    book = book_of(name)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, start=first):
        for column, value in row.items():
            sheet.cell(number, places[column]).value = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
