"""The codes a service bears: concepts, audiences, modes, languages, areas; each set is replaced as a whole."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from portal.directory.models.services import (
    Service,
    ServiceAudience,
    ServiceCompetence,
    ServiceConcept,
    ServiceLanguage,
    ServiceMode,
)
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.refusals import ConceptUnreadable

CodeRow = ServiceConcept | ServiceAudience | ServiceMode | ServiceLanguage | ServiceCompetence
_CONCEPT = re.compile(r"[A-Z]{2}\d{2}")


@dataclass(frozen=True)
class CodeSet:
    """How one set of codes is kept: its table, and what makes a row of a code and a code of a row."""

    table: type[CodeRow]
    columns: Callable[[Any, int], dict[str, Any]]
    code: Callable[[Any], Any]

    def row(self, code: object, position: int) -> CodeRow:
        """Make a row of a code, without its service."""
        return self.table(**self.columns(code, position))


CODE_SETS: Mapping[str, CodeSet] = {
    "concepts": CodeSet(
        ServiceConcept,
        columns=lambda code, position: {"code": code, "position": position},
        code=lambda row: row.code,
    ),
    "audiences": CodeSet(ServiceAudience, columns=lambda code, _: {"audience": code}, code=lambda row: row.audience),
    "modes": CodeSet(ServiceMode, columns=lambda code, _: {"mode": code}, code=lambda row: row.mode),
    "languages": CodeSet(ServiceLanguage, columns=lambda code, _: {"language": code}, code=lambda row: row.language),
    "competence": CodeSet(
        ServiceCompetence,
        columns=lambda area, _: {"kind": area.kind, "code": area.code},
        code=lambda row: CompetenceArea(row.kind, row.code),
    ),
}


def codes_of(session: Session, service: Service, name: str) -> tuple[Any, ...]:
    """List one set of codes of a service, in order. One query."""
    kept = CODE_SETS[name]
    rows = list(session.scalars(select(kept.table).where(kept.table.service_id == service.id)))
    if name == "concepts":
        rows.sort(key=lambda row: getattr(row, "position", 0))
        return tuple(kept.code(row) for row in rows)
    return tuple(sorted(kept.code(row) for row in rows))


def add_codes(session: Session, service: Service, name: str, codes: Iterable[Any]) -> None:
    """Add one set of codes, put in order before, to a service that has none of it yet."""
    bearer: dict[str, Any] = {"service_id": service.id} if inspect(service).persistent else {"service": service}
    for position, code in enumerate(codes):
        row = CODE_SETS[name].row(code, position)
        for attribute, value in bearer.items():
            setattr(row, attribute, value)
        session.add(row)


def replace_codes(session: Session, service: Service, name: str, codes: Iterable[Any]) -> dict[str, tuple[Any, Any]]:
    """Replace one set of codes of a service when it differs."""
    before, after = codes_of(session, service, name), codes_in_order(name, codes)
    if before == after:
        return {}
    table = CODE_SETS[name].table
    session.execute(delete(table).where(table.service_id == service.id))
    add_codes(session, service, name, after)
    return {name: (before, after)}


def codes_in_order(name: str, codes: Iterable[Any]) -> tuple[Any, ...]:
    """Drop repeats; concepts keep the order they are given in, because the first one files the service."""
    if name != "concepts":
        return tuple(sorted(set(codes)))
    concepts = tuple(dict.fromkeys(codes))
    for code in concepts:
        if not _CONCEPT.fullmatch(code):
            raise ConceptUnreadable(code)
    return concepts
