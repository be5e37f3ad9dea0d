"""What each operation of the directory is told of a record: the same whether rows are made one by one or together."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.intake.record import AccessRecord, PlaceRecord, ServiceRecord, StructureRecord

_STRUCTURE = ("legal_nature", "description", "contacts")
_SERVICE = (
    "title",
    "concepts",
    "summary",
    "description",
    "audiences",
    "cost",
    "cost_note",
    "modes",
    "languages",
    "documents",
    "eligibility",
    "legal_nature",
    "competence",
    "online_url",
    "contacts",
)
_PLACE = (
    "address",
    "address_extra",
    "postal_code",
    "commune_code",
    "point",
    "precision",
    "address_shown",
    "access",
    "access_note",
    "contacts",
)
_ACCESS = ("opening", "opening_words", "note", "url", "contacts")


def structure_values(record: StructureRecord) -> dict[str, Any]:
    """Say what a new structure is made of."""
    siret = record.official_ids.get("siret", "")
    return {"name": record.name, "siret": siret, **_spoken_of(record, _STRUCTURE)}


def service_values(record: ServiceRecord) -> dict[str, Any]:
    """Say what a new service is made of."""
    youngest, oldest = record.ages or (None, None)
    return {"age_min": youngest, "age_max": oldest, **_spoken_of(record, _SERVICE)}


def place_values(record: PlaceRecord, owner: ServiceRecord) -> dict[str, Any]:
    """Say what a new place is made of; one without name is called by its address, else by what is offered there."""
    # Named after who offers the service, a village hall would pass for the town hall of another commune.
    return {"name": record.name or record.address or owner.title, **_spoken_of(record, _PLACE)}


def access_values(record: AccessRecord) -> dict[str, Any]:
    """Say what a new access point is made of."""
    return _spoken_of(record, _ACCESS)


def _spoken_of(record: object, names: Iterable[str]) -> dict[str, Any]:
    return given({name: getattr(record, name) for name in names})


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what was spoken of."""
    return {name: value for name, value in values.items() if value is not None}
