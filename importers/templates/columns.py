"""What a template is made of: columns with their names, a word of help, an example and what may be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a cell of a column may hold."""

    TEXT = "text"
    CODE = "code"
    """Figures that are no number: a postal code, a SIRET, a telephone. Its cells are texts, so that no zero is lost."""
    AGE = "age"
    DATE = "date"
    DEGREES = "degrees"


class Choices(StrEnum):
    """The lists one may choose from."""

    THEMES = "Thèmes"
    NATURES = "Nature"
    COSTS = "Coût"
    MODES = "Accueil"
    ANSWERS = "Oui ou non"
    AUDIENCES = "Publics"
    AREAS = "Territoire desservi"
    APPOINTMENTS = "Rendez-vous"
    WELCOMES = "Sorte d’accueil"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a template."""

    word: str
    """Our word for it."""
    header: str
    aliases: str = ""
    """Other names that the same column has in spreadsheets of others, between bars."""
    help: str
    example: str = ""
    kind: Kind = Kind.TEXT
    choices: Choices | None = None
    is_closed: bool = False
    """Whether nothing but what is listed may stand there."""
    is_required: bool = False
    width: int = 18

    @property
    def names(self) -> tuple[str, ...]:
        """List the names of the column, ours first."""
        return (self.header, *filter(None, self.aliases.split(" | ")))


@dataclass(frozen=True, kw_only=True)
class Template:
    """One spreadsheet of ours."""

    name: str
    title: str
    sheet: str
    columns: tuple[Column, ...]
    guide: tuple[str, ...]
    """What the sheet of instructions says, a paragraph each."""
    also: tuple[Column, ...] = ()
    """Columns that spreadsheets of others have and that are read too, though ours does not show them."""
    names: Mapping[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        named = {column.word: column.names for column in self.every}
        object.__setattr__(self, "names", named)

    @property
    def every(self) -> tuple[Column, ...]:
        """List all columns that are read."""
        return (*self.columns, *self.also)

    def column(self, word: str) -> Column:
        """Give the column of a word."""
        return next(column for column in self.every if column.word == word)


EXAMPLE_MARK = "EXEMPLE –"
"""Heads the name on the row that shows how to fill in: whoever writes another name there makes the row theirs."""
HELP_MARK = "aide"
"""Stands in the first column of the row that explains the columns."""
IGNORE = Column(
    word="ignore",
    header="Ignorer",
    help=HELP_MARK,
    choices=Choices.ANSWERS,
    width=9,
)
