"""Structures: created, changed, deleted while nothing leans on them."""

from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.changes import Act
from portal.core.text import tidy
from portal.directory.models.access_points import Tour
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.named import add_named, delete_named, set_named
from portal.directory.operations.outlines import Outline, outline_named
from portal.directory.operations.recording import expect_version, record_alteration
from portal.directory.operations.texts import cleaned, fitting, name_of, paragraphs
from portal.directory.rules.choices import LegalNature
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.refusals import NameMissing


class StructureValues(TypedDict, total=False):
    """What may be said of a structure; only what is given is changed."""

    name: str
    description: str
    siret: str
    legal_nature: LegalNature
    contacts: Iterable[ContactLine]


def create_structure(session: Session, *, act: Act, **values: Unpack[StructureValues]) -> Structure:
    """Make a structure."""
    outline = outline_structure(**values)
    return add_named(session, Structure(**outline.columns), outline, act)


def outline_structure(**values: Unpack[StructureValues]) -> Outline:
    """Check and clean what is said of a new structure."""
    if "name" not in values:
        raise NameMissing
    return outline_named(_columns(values), values.get("contacts", ()))


def change_structure(
    session: Session,
    *,
    structure: Structure,
    act: Act,
    expected_version: int | None = None,
    **values: Unpack[StructureValues],
) -> bool:
    """Change what is given of a structure; give whether anything differed."""
    expect_version(structure, expected_version)
    fields = set_named(session, structure, _columns(values), values.get("contacts"), act)
    return record_alteration(session, structure, fields, act)


def delete_structure(session: Session, *, structure: Structure, act: Act) -> None:
    """Delete a structure that offers nothing; its public id is never given again."""
    leaning = (
        select(Service.id).where(Service.structure_id == structure.id),
        select(Tour.id).where(Tour.structure_id == structure.id),
        select(Structure.id).where(Structure.merged_into_id == structure.id),
    )
    delete_named(session, structure, leaning, act)


def _columns(values: StructureValues) -> dict[str, Any]:
    columns: dict[str, Any] = {name: value for name, value in values.items() if name != "contacts"}
    cleaning = {"name": name_of, "description": paragraphs, "siret": tidy}
    return fitting(Structure, cleaned(columns, cleaning))
