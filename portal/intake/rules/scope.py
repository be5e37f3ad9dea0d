"""The scope: a record that concerns only communes outside the territory and its neighbours is skipped, not lost."""

from collections.abc import Collection

from portal.core.problems import Problem
from portal.directory.rules.choices import CompetenceKind
from portal.intake.record import ServiceRecord

OUTSIDE = "hors-perimetre"
_EVERYWHERE = frozenset({CompetenceKind.EVERYONE, CompetenceKind.TERRITORY})


def outside_scope(record: ServiceRecord, scope: Collection[str] | None) -> Problem | None:
    """Say why a record is skipped; None when one of its communes or EPCI counts, or when it names none."""
    codes = _codes(record)
    if scope is None or not codes or any(code in scope for code in codes):
        return None
    listed = ", ".join(sorted(codes)[:3])
    return Problem(
        code=OUTSIDE,
        text="Cette fiche concerne une commune hors du territoire et de ses voisines : elle est passée.",
        value=listed,
        field="commune_code",
    )


def _codes(record: ServiceRecord) -> frozenset[str]:
    """List where a record has a place; without any, for whom it is, where it says so of some communes only."""
    places = frozenset(access.place.commune_code for access in record.access if access.place is not None)
    areas = record.competence or ()
    if places or any(area.kind in _EVERYWHERE for area in areas):
        return places
    return frozenset(area.code for area in areas)
