"""What a source declares of itself, as far as the intake must know it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class SourceDeclaration:
    """Who says it, under which licence, and how much its word weighs."""

    name: str
    title: str
    owner: str = ""
    licence: str = ""
    url: str = ""
    frequency_days: int | None = None
    priority: int = 0
    """Among sources that contradict one another the highest wins."""


@dataclass(frozen=True, kw_only=True)
class FeedDeclaration:
    """One list of a source: losses and disappearances are counted within it."""

    source: SourceDeclaration
    name: str
    owner: str = ""
    licence: str = ""
    """Whose the list is and under which licence, where that is not what its source declares."""
    priority: int | None = None
    """How much its word weighs, where that is not what its source's does."""

    @property
    def weight(self) -> int:
        """Give how much its word weighs."""
        return self.source.priority if self.priority is None else self.priority


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """How a run is to be done."""

    dry_run: bool = False
    accepts_loss: bool = False
    scope: Collection[str] | None = None
    """INSEE codes of the territory and its neighbours, and the SIREN of their EPCI; None accepts every commune."""
    said_on: date | None = None
    """The day the file gives to itself; that of the run stands in."""
    leaves_openings: bool = False
    """Whether openings are left to a refresh of all of them, which whoever asks for many runs makes once."""
