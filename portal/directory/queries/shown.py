"""Which access points may be seen and placed, as conditions of a query; `rules/sensitive.py` says why."""

from sqlalchemy import ColumnElement, and_, exists, not_, or_

from portal.directory.models.access_points import AccessPoint
from portal.directory.models.places import Place
from portal.directory.models.services import Service, ServiceConcept
from portal.directory.rules.choices import AddressShown, Status
from portal.directory.rules.sensitive import SENSITIVE_CONCEPTS, strictest


def is_published() -> ColumnElement[bool]:
    """Keep the services that the public sees."""
    return and_(Service.status == Status.PUBLISHED, Service.merged_into_id.is_(None))


def shows_its_commune() -> ColumnElement[bool]:
    """Keep the access points whose commune the public may know; place and service must be joined."""
    return _shows_at_least(AddressShown.COMMUNE)


def shows_its_address() -> ColumnElement[bool]:
    """Keep the access points whose address the public may know; place and service must be joined."""
    return _shows_at_least(AddressShown.EXACT)


def _shows_at_least(wanted: AddressShown) -> ColumnElement[bool]:
    too_little = [shown for shown in AddressShown if strictest(shown, wanted) is not wanted]
    is_sensitive = exists().where(
        ServiceConcept.service_id == Service.id, ServiceConcept.code.in_(sorted(SENSITIVE_CONCEPTS))
    )
    # The concept here is not the one a query may also ask about.
    withheld_by_default = and_(AccessPoint.address_shown.is_(None), is_sensitive.correlate(Service))
    withheld_by_choice = [
        and_(table.address_shown.is_not(None), table.address_shown.in_(too_little)) for table in (AccessPoint, Place)
    ]
    return not_(or_(withheld_by_default, *withheld_by_choice))
