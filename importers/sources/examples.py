"""The row of a template that shows how to fill in: passed over as it stands, and never half believed.

Whoever writes another name over it makes the row theirs; what is left of the example in such a row would be published
as true, so the row waits until a person has looked.
"""

from collections.abc import Iterator
from dataclasses import replace

from importers.fields.cells import said
from importers.pipeline.declaration import OpenedList
from importers.pipeline.lines import Line
from importers.reading import RawRow, RowOutcome
from importers.templates.columns import EXAMPLE_MARK, Template
from portal.core.problems import Problem
from portal.core.text import fold

_TELLING = ("structure", "summary", "place_name", "address", "phone", "mail", "site", "hours")
"""Words whose example nobody else could have written."""


def example_line(line: Line) -> Problem | None:
    """Say that a line is the example."""
    if not _is_example(line.text("title")):
        return None
    sentence = "C’est la ligne d’exemple du modèle : elle n’entre pas dans l’annuaire."
    return Problem("ligne-d-exemple", sentence, field=line.columns.get("title", ""))


def with_leftovers_doubted(opened: OpenedList, template: Template) -> OpenedList:
    """Doubt rows that still hold words of the example under a name of their own."""
    columns = opened.header.columns
    leftovers = {columns[word]: template.column(word).example for word in _TELLING if word in columns}

    def rows() -> Iterator[RowOutcome]:
        for outcome in opened.table.rows():
            yield _doubted(outcome, leftovers, columns["title"]) if isinstance(outcome, RawRow) else outcome

    return replace(opened, table=replace(opened.table, rows=rows))


def _doubted(row: RawRow, leftovers: dict[str, str], title: str) -> RawRow:
    left = [
        column for column, example in leftovers.items() if example and said(row.cells.get(column, "")) == said(example)
    ]
    if not left or _is_example(row.cells.get(title, "")):
        return row
    sentence = "Cette case contient encore le texte de l’exemple : remplacez-le, ou videz-la."
    doubts = (Problem("reste-de-l-exemple", sentence, row.cells[column], column) for column in left)
    return replace(row, doubts=(*row.doubts, *doubts))


def _is_example(title: str) -> bool:
    return fold(title).strip().startswith(fold(EXAMPLE_MARK))
