"""Many rows into one table: how each column is written is found out once, and rows are made ready before their turn.

SQLAlchemy looks every value of every row up anew; an import of a hundred thousand records writes millions of rows, and
those of its one transaction keep every other writer waiting.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias, cast

from sqlalchemy import JSON, Column, Connection, Dialect, Table, insert, literal_column

from portal.core.database import Base

ReadyRow: TypeAlias = "tuple[Any, ...] | dict[str, Any]"
"""The values of a row as the driver takes them."""


class _Slot(NamedTuple):
    """A column: its name, what writes a value of it, and what stands there when nothing is said."""

    name: str
    write: Callable[[Any], Any] | None
    unsaid: Any


class RowWriter:
    """Writes rows of one table; the columns `apart` are the same for all and only known when they are written.

    The database itself numbers the rows of a table that leaves it to it.
    """

    def __init__(self, dialect: Dialect, table: Table, *, apart: Sequence[str] = ()) -> None:
        self._dialect = dialect
        self._table = table
        self._apart = frozenset(apart)
        numbered = table.autoincrement_column
        slots = [
            _slot(column, dialect)
            for column in table.columns
            if column.name not in self._apart and column is not numbered
        ]
        self._names = [slot.name for slot in slots]
        self._unsaid = [slot.unsaid for slot in slots]
        self._written = [(rank, slot.name, slot.write) for rank, slot in enumerate(slots) if slot.write is not None]

    def ready(self, values: Mapping[str, Any]) -> ReadyRow:
        """Make a row ready; what is left out takes the default of its column."""
        row = list(map(values.get, self._names, self._unsaid))
        for rank, name, write in self._written:
            if name in values:
                row[rank] = write(values[name])
        return tuple(row) if self._dialect.positional else dict(zip(self._names, row, strict=True))

    def insert(
        self, connection: Connection, rows: Iterable[ReadyRow], *, apart: Mapping[str, int] | None = None
    ) -> None:
        """Write rows that were made ready."""
        listed = list(rows)
        if listed:
            connection.exec_driver_sql(self._statement(apart or {}), cast("Any", listed))

    def _statement(self, apart: Mapping[str, int]) -> str:
        fixed: dict[str, Any] = {name: literal_column(str(int(apart[name]))) for name in self._apart}
        statement = insert(self._table).inline()
        statement = statement.values(fixed) if fixed else statement
        return str(statement.compile(dialect=self._dialect, column_keys=[*self._names, *fixed]))


def insert_rows(connection: Connection, model: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows of a table at once."""
    writer = RowWriter(connection.dialect, table_of(model))
    writer.insert(connection, map(writer.ready, rows))


def table_of(model: type[Base]) -> Table:
    """Give the table of a model."""
    return cast("Table", model.__table__)


def _slot(column: "Column[Any]", dialect: Dialect) -> _Slot:
    write: Callable[[Any], Any] | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    if write is not None and isinstance(column.type, JSON):
        write = _with_nothing_known(write)
    elif write is not None:
        # Days, instants and the words of a list come again and again.
        write = lru_cache(maxsize=1024)(write)
    default = getattr(column.default, "arg", None)
    return _Slot(column.name, write, default if write is None or default is None else write(default))


def _with_nothing_known(write: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Write nothing once for all the rows that say nothing."""
    nothing = write(None)
    return lambda value: nothing if value is None else write(value)
