"""What a record says, field by field, and the fingerprint that tells whether it says anything new.

A path names a field of a record: `title`, `structure.name`, `access.1.opening`, `access.1.place.address`. What has no
order of its own is put in order, so that a source which shuffles its rows, columns or lists says the same as before;
contacts keep theirs, in which they are shown, and concepts, of which the first files the service. The line number says
nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from portal.core.canonical import canonical
from portal.core.text import tidy
from portal.directory.operations.texts import paragraphs
from portal.directory.rules.choices import AccessFeature, AccessPointKind
from portal.intake.record import AccessRecord, PlaceRecord, ServiceRecord, StructureRecord
from portal.intake.rules.fields import FIELDS, Part
from portal.intake.rules.values import Json, read, write

Said = Mapping[str, Json]
"""Path -> what the source says there, as JSON."""
IDS = "official_ids"
KIND, TOUR = "kind", "tour"
_FEATURES = frozenset(f"access_{feature}" for feature in AccessFeature)
_UNORDERED = frozenset({"audiences", "modes", "languages", "competence"})


class Path(NamedTuple):
    """A path read: the role of the row it leads to, the part of the directory, and the field."""

    role: str
    part: Part
    field: str


def said(record: ServiceRecord) -> dict[str, Json]:
    """List what a record says, by path."""
    fields = dict(_stated("", record, FIELDS[Part.SERVICE]))
    fields |= _stated("structure.", record.structure, FIELDS[Part.STRUCTURE])
    if record.official_ids:
        fields[IDS] = write(record.official_ids)
    if record.structure.official_ids:
        fields[f"structure.{IDS}"] = write(record.structure.official_ids)
    for access in record.access:
        fields |= _said_of_access(access)
    return fields


def fingerprint(statement: Said) -> str:
    """Digest what a record says: equal fingerprints mean that nothing is new."""
    return hashlib.sha256(canonical(statement).encode()).hexdigest()


def cleaned(statement: Said) -> dict[str, Json]:
    """Write the texts of a statement as the directory keeps them, so that the two can be compared."""
    return {name: _clean(name.rpartition(".")[2], value) for name, value in statement.items()}


def _clean(field: str, value: Json) -> Json:
    if field == "contacts":
        tidied = [{name: tidy(said) for name, said in line.items()} for line in value]
        return [line for number, line in enumerate(tidied) if line not in tidied[:number]]
    cleaning = _CLEANING.get(field)
    return cleaning(value) if cleaning and isinstance(value, str) else value


_CLEANING = dict.fromkeys(("title", "name", "summary", "address", "address_extra", "online_url", "url"), tidy) | (
    dict.fromkeys(("description", "cost_note", "documents", "eligibility", "note", "access_note"), paragraphs)
)


def path(name: str) -> Path | None:
    """Read a path; None for what names a row rather than a field of one."""
    role, _, field = name.rpartition(".")
    part = _part(role)
    return Path(role or "service", part, field) if field in FIELDS[part] else None


def _part(role: str) -> Part:
    if not role:
        return Part.SERVICE
    if role == "structure":
        return Part.STRUCTURE
    return Part.PLACE if role.endswith(".place") else Part.ACCESS


def access_keys(statement: Said) -> tuple[str, ...]:
    """List the keys of the access records of a statement, in order."""
    suffix = f".{KIND}"
    return tuple(
        sorted(
            name.removeprefix("access.").removesuffix(suffix)
            for name in statement
            if name.startswith("access.") and name.endswith(suffix)
        )
    )


def record_of(statement: Said, *, key: str, line: int = 0) -> ServiceRecord:
    """Read a record back from what it said."""
    values = _values(statement, "", Part.SERVICE)
    return ServiceRecord(
        key=key,
        line=line,
        structure=StructureRecord(
            **_values(statement, "structure.", Part.STRUCTURE),
            official_ids=statement.get(f"structure.{IDS}", {}),
        ),
        official_ids=statement.get(IDS, {}),
        access=tuple(access_of(statement, each) for each in access_keys(statement)),
        **values,
    )


def access_of(statement: Said, key: str) -> AccessRecord:
    """Read one access record back from what its record said."""
    prefix = f"access.{key}."
    return AccessRecord(
        key=key,
        kind=AccessPointKind(statement[f"{prefix}{KIND}"]),
        tour=statement.get(f"{prefix}{TOUR}"),
        place=_place_of(statement, f"{prefix}place."),
        **_values(statement, prefix, Part.ACCESS),
    )


def _place_of(statement: Said, prefix: str) -> PlaceRecord | None:
    values = _values(statement, prefix, Part.PLACE)
    if "commune_code" not in values:
        return None
    answers = {
        AccessFeature(name.removeprefix("access_")): values.pop(name) for name in list(values) if _is_answer(name)
    }
    return PlaceRecord(**values, access=answers or None, official_ids=statement.get(f"{prefix}{IDS}", {}))


def _is_answer(name: str) -> bool:
    return name.startswith("access_") and name != "access_note"


def _values(statement: Said, prefix: str, part: Part) -> dict[str, Any]:
    fields = FIELDS[part].items()
    return {name: read(kind, statement[f"{prefix}{name}"]) for name, kind in fields if f"{prefix}{name}" in statement}


def _stated(prefix: str, holder: object, names: Iterable[str]) -> Iterable[tuple[str, Json]]:
    for name in names:
        # The features of a place are fields of its row, not of its record.
        value = getattr(holder, name) if name not in _FEATURES else None
        if value is not None:
            yield f"{prefix}{name}", _in_order(name, write(value))


def _in_order(name: str, written: Json) -> Json:
    return sorted(written, key=canonical) if name in _UNORDERED else written


def _said_of_access(access: AccessRecord) -> dict[str, Json]:
    prefix = f"access.{access.key}."
    fields: dict[str, Json] = {f"{prefix}{KIND}": access.kind.value}
    if access.tour is not None:
        fields[f"{prefix}{TOUR}"] = access.tour
    fields |= _stated(prefix, access, FIELDS[Part.ACCESS])
    if access.place is not None:
        fields |= _stated(f"{prefix}place.", access.place, FIELDS[Part.PLACE])
        answers = (access.place.access or {}).items()
        fields |= {f"{prefix}place.access_{feature}": answer.value for feature, answer in answers}
        if access.place.official_ids:
            fields[f"{prefix}place.{IDS}"] = write(access.place.official_ids)
    return fields
