"""The life of a service: verified, published, withdrawn, closed with a successor, reopened."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.core.text import tidy
from portal.directory.models.services import Service
from portal.directory.operations.occurrences import refresh_service
from portal.directory.operations.recording import record_alteration, set_fields
from portal.directory.operations.texts import fitting
from portal.directory.rules.choices import Status
from portal.directory.rules.refusals import NotItsOwnSuccessor, TransitionRefused, VerifiedInTheFuture
from portal.directory.rules.status import may_become


def verify_service(session: Session, *, service: Service, by: str, act: Act, on: date | None = None) -> bool:
    """Note who said, and when, that everything on the sheet is true; `by` names a body, never a person."""
    day = on or act.at.date()
    if day > act.at.date():
        raise VerifiedInTheFuture
    fields = set_fields(service, fitting(Service, {"verified_on": day, "verified_by": tidy(by)}))
    return record_alteration(session, service, fields, act, verb="verify")


def note_import(*, service: Service, on: date, source: str) -> None:
    """Note that a source still lists a service; the runs say so day by day, the change log need not."""
    service.imported_on, service.imported_from = on, source


PUBLISH = "publish"
PUBLISHED = {"status": Status.PUBLISHED}
"""The verb that shows a draft to everybody, and what it sets."""


def publish_service(session: Session, *, service: Service, act: Act) -> None:
    """Show a draft to everybody; `reopen_service` does it for a closed service."""
    if service.status is not Status.DRAFT:
        raise TransitionRefused(service.status, Status.PUBLISHED)
    _pass_to(session, service, PUBLISH, PUBLISHED, act)


def withdraw_service(session: Session, *, service: Service, act: Act) -> None:
    """Make a draft of a published service again."""
    _pass_to(session, service, "withdraw", {"status": Status.DRAFT}, act)


def close_service(session: Session, *, service: Service, act: Act, successor: Service | None = None) -> None:
    """Close a service; its page says so, and leads to the successor."""
    if successor is not None:
        _check_heir(session, service, successor)
    values = {
        "status": Status.CLOSED,
        "closed_on": act.at.date(),
        "successor_id": None if successor is None else successor.id,
    }
    _pass_to(session, service, "close", values, act)


def reopen_service(session: Session, *, service: Service, act: Act) -> None:
    """Publish a closed service again."""
    if service.status is not Status.CLOSED:
        raise TransitionRefused(service.status, Status.PUBLISHED)
    values = {"status": Status.PUBLISHED, "closed_on": None, "successor_id": None}
    _pass_to(session, service, "reopen", values, act)


def _pass_to(session: Session, service: Service, verb: str, values: Mapping[str, Any], act: Act) -> None:
    after: Status = values["status"]
    if not may_become(service.status, after):
        raise TransitionRefused(service.status, after)
    fields = set_fields(service, values)
    if "successor_id" in fields:
        before, after_it = fields.pop("successor_id")
        fields["successor"] = (_service(session, before), _service(session, after_it))
    record_alteration(session, service, fields, act, verb=verb)
    if "closed_on" in fields:
        # Drafts have their occurrences as published services do; closed ones have none.
        refresh_service(session, service=service, now=act.at)


def _check_heir(session: Session, service: Service, successor: Service) -> None:
    """Refuse a chain of successors that comes back to the service."""
    heir: Service | None = successor
    while heir is not None:
        if heir.id == service.id:
            raise NotItsOwnSuccessor
        heir = _service(session, heir.successor_id)


def _service(session: Session, number: int | None) -> Service | None:
    return None if number is None else session.get(Service, number)
