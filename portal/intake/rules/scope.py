"""The scope: a record that concerns only communes outside the territory and its neighbours is skipped, not lost."""

from collections.abc import Collection

from portal.core.problems import Problem
from portal.directory.rules.choices import CompetenceKind
from portal.intake.record import ServiceRecord

OUTSIDE = "hors-perimetre"


def outside_scope(record: ServiceRecord, scope: Collection[str] | None) -> Problem | None:
    """Say why a record is skipped; None when one of its communes counts, or when it names none."""
    communes = _communes(record)
    if scope is None or not communes or any(code in scope for code in communes):
        return None
    listed = ", ".join(sorted(communes)[:3])
    return Problem(
        code=OUTSIDE,
        text="Cette fiche concerne une commune hors du territoire et de ses voisines : elle est passée.",
        value=listed,
        field="commune_code",
    )


def _communes(record: ServiceRecord) -> frozenset[str]:
    places = frozenset(access.place.commune_code for access in record.access if access.place is not None)
    if places:
        return places
    return frozenset(area.code for area in record.competence or () if area.kind is CompetenceKind.COMMUNE)
