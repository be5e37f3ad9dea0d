"""The life of a service, as a table: what is not written here is refused."""

from portal.directory.rules.choices import Status

ALLOWED_TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.PUBLISHED, Status.CLOSED}),
    Status.PUBLISHED: frozenset({Status.DRAFT, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.PUBLISHED}),
}


def may_become(before: Status, after: Status) -> bool:
    """Tell whether a service may pass from a status to another."""
    return after in ALLOWED_TRANSITIONS[before]
