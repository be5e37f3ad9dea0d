"""Where sheets are: an address is the name people read, a hyphen and the public id, which alone decides."""

from typing import NamedTuple

from portal.directory.rules.choices import Kind

SHELVES = {
    Kind.SERVICE: "services",
    Kind.PLACE: "lieux",
    Kind.STRUCTURE: "structures",
    Kind.TOUR: "tournees",
}
"""What has a page of its own, and the first word of its address."""


class Name(NamedTuple):
    """The last part of an address, taken apart."""

    slug: str
    public_id: str


def read_name(text: str) -> Name:
    """Take the last part of an address apart: `la-poste-3467c`, or the public id alone."""
    slug, _, public_id = text.rpartition("-")
    return Name(slug, public_id)
