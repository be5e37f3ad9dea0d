"""Services: created as drafts, changed, deleted; `lifecycle.py` publishes, verifies and closes them."""

from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.core.text import tidy
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.contacts import add_lines, replace_contacts, tidied
from portal.directory.operations.deleting import delete_row, refuse_if_any
from portal.directory.operations.outlines import Outline
from portal.directory.operations.recording import (
    expect_version,
    identify,
    record_alteration,
    record_creation,
    rename,
    set_fields,
    slug_of,
)
from portal.directory.operations.service_codes import CODE_SETS, add_codes, codes_in_order, replace_codes
from portal.directory.operations.texts import cleaned, fitting, name_of, paragraphs
from portal.directory.rules.choices import REVIEW_RHYTHMS, SUMMARY_LENGTH, Cost, LegalNature, Status
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.refusals import (
    AgesReversed,
    NameMissing,
    RhythmUnknown,
    SummaryTooLong,
)
from portal.hours.slots import Mode
from portal.vocabulary.audiences import Audience

OLDEST = 130


class ServiceValues(TypedDict, total=False):
    """What may be said of a service; only what is given is changed."""

    title: str
    summary: str
    description: str
    concepts: Iterable[str]
    """Codes of the thesaurus; the first one files the service."""
    audiences: Iterable[Audience]
    age_min: int | None
    age_max: int | None
    cost: Cost
    cost_note: str
    modes: Iterable[Mode]
    languages: Iterable[str]
    documents: str
    eligibility: str
    legal_nature: LegalNature
    competence: Iterable[CompetenceArea]
    online_url: str
    review_months: int
    contacts: Iterable[ContactLine]


class ChangedServiceValues(ServiceValues, total=False):
    """What may be changed of a service: also who offers it."""

    structure: Structure


def create_service(session: Session, *, structure: Structure, act: Act, **values: Unpack[ServiceValues]) -> Service:
    """Make a service that nobody sees yet."""
    outline = outline_service(structure=structure.public_id, **values)
    service = Service(**outline.columns, structure=structure, structure_id=structure.id)
    identify(session, service, act)
    for name, codes in outline.codes.items():
        add_codes(session, service, name, codes)
    add_lines(session, service, outline.contacts)
    record_creation(session, service, outline.said, act)
    return service


def outline_service(*, structure: str, **values: Unpack[ServiceValues]) -> Outline:
    """Check and clean what is said of a new service of a structure, named by its public id."""
    if "title" not in values:
        raise NameMissing
    columns = _columns(values)
    _check_ages(columns.get("age_min"), columns.get("age_max"))
    given: dict[str, Any] = {**values}
    codes = {name: codes_in_order(name, given[name]) for name in CODE_SETS if name in given}
    contacts = tidied(values.get("contacts", ()))
    return Outline(
        columns=columns | {"slug": slug_of(columns["title"]), "status": Status.DRAFT},
        codes=codes,
        contacts=contacts,
        said={**columns, **codes, "contacts": contacts, "structure": structure},
    )


def change_service(
    session: Session,
    *,
    service: Service,
    act: Act,
    expected_version: int | None = None,
    **values: Unpack[ChangedServiceValues],
) -> bool:
    """Change what is given of a service; give whether anything differed."""
    expect_version(service, expected_version)
    columns = _columns(values)
    _check_ages(columns.get("age_min", service.age_min), columns.get("age_max", service.age_max))
    fields = set_fields(service, columns)
    if "title" in fields:
        rename(session, service, service.title, act)
    given: dict[str, Any] = {**values}
    for name in CODE_SETS:
        if name in given:
            fields |= replace_codes(session, service, name, given[name])
    if "contacts" in values:
        fields |= replace_contacts(session, service, values["contacts"])
    if "structure" in values:
        fields |= _move(session, service, values["structure"])
    return record_alteration(session, service, fields, act)


def delete_service(session: Session, *, service: Service, act: Act) -> None:
    """Delete a service that has no access point and took over no other; its public id is never given again.

    Closed services that led to it lead to what it led to itself.
    """
    session.flush()
    leaning = (
        select(AccessPoint.id).where(AccessPoint.service_id == service.id),
        select(Service.id).where(Service.merged_into_id == service.id),
    )
    refuse_if_any(session, leaning)
    heir = None if service.successor_id is None else session.get(Service, service.successor_id)
    led_here = select(Service).where(Service.successor_id == service.id).order_by(Service.id)
    for closed in session.scalars(led_here).all():
        closed.successor_id = None if heir is None else heir.id
        record_alteration(session, closed, {"successor": (service, heir)}, act)
    delete_row(session, service, act)


def _move(session: Session, service: Service, structure: Structure) -> dict[str, tuple[Any, Any]]:
    if service.structure_id == structure.id:
        return {}
    before = session.get(Structure, service.structure_id)
    service.structure, service.structure_id = structure, structure.id
    return {"structure": (before, structure)}


def _columns(values: ServiceValues | ChangedServiceValues) -> dict[str, Any]:
    apart = {"structure", "contacts", *CODE_SETS}
    columns: dict[str, Any] = {name: value for name, value in values.items() if name not in apart}
    columns = cleaned(columns, _CLEANING)
    if len(columns.get("summary", "")) > SUMMARY_LENGTH:
        raise SummaryTooLong(len(columns["summary"]))
    if columns.get("review_months", REVIEW_RHYTHMS[0]) not in REVIEW_RHYTHMS:
        raise RhythmUnknown
    return fitting(Service, columns)


def _check_ages(youngest: int | None, oldest: int | None) -> None:
    stated = [age for age in (0, youngest, oldest, OLDEST) if age is not None]
    if stated != sorted(stated):
        raise AgesReversed


_CLEANING = {
    "title": name_of,
    "summary": tidy,
    "description": paragraphs,
    "cost_note": paragraphs,
    "documents": paragraphs,
    "eligibility": paragraphs,
    "online_url": tidy,
}
