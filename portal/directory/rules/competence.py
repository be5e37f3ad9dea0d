"""For whose communes a service answers: the competent office stands before the nearest one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.directory.rules.choices import CompetenceKind
from portal.vocabulary.offices import SECTORED


@dataclass(frozen=True, order=True)
class CompetenceArea:
    """A commune, an EPCI, the whole territory or everyone; the last two carry no code."""

    kind: CompetenceKind
    code: str = ""

    def __post_init__(self) -> None:
        needs_code = self.kind in {CompetenceKind.COMMUNE, CompetenceKind.EPCI}
        if needs_code != bool(self.code):
            message = f"a competence area of kind {self.kind} {'needs a' if needs_code else 'has no'} code"
            raise ValueError(message)


_EVERYONE, _TERRITORY = CompetenceArea(CompetenceKind.EVERYONE), CompetenceArea(CompetenceKind.TERRITORY)


@dataclass(frozen=True)
class VisitorCommune:
    """Where the visitor lives, as far as competence goes."""

    code: str
    epci: str | None = None
    in_territory: bool = False


def is_competent(areas: Iterable[CompetenceArea], visitor: VisitorCommune | None) -> bool | None:
    """Tell whether a service answers for the visitor's commune; None when it makes no difference.

    Nothing stated and "everyone" favour nobody: a bakery is not *compétente pour votre commune*.
    """
    stated = frozenset(areas)
    if visitor is None or not stated or _EVERYONE in stated:
        return None
    homes = {CompetenceArea(CompetenceKind.COMMUNE, visitor.code)}
    if visitor.epci:
        homes.add(CompetenceArea(CompetenceKind.EPCI, visitor.epci))
    if visitor.in_territory:
        homes.add(_TERRITORY)
    return not stated.isdisjoint(homes)


def has_sector(areas: Iterable[CompetenceArea], concepts: Sequence[str]) -> bool:
    """Tell whether it is an office of a kind that goes by sector, with one smaller than the territory.

    A doctor or a cleaner of several communes is in charge of none: they serve them.
    """
    kinds = {area.kind for area in areas}
    is_part = bool(kinds) and kinds.isdisjoint({CompetenceKind.EVERYONE, CompetenceKind.TERRITORY})
    return is_part and not SECTORED.isdisjoint(concepts[:1])
