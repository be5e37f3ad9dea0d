"""Which services are sought by people who must not be found, and how much of an address the public then sees."""

from collections.abc import Collection, Iterable

from portal.directory.rules.choices import AddressShown

SENSITIVE_CONCEPTS = frozenset(
    {
        "SO11",  # women's rights and violence: sheltering of victims
        "SO12",  # emergency and reinsertion housing
        "EJ06",  # child protection: homes of protected minors
        "VI08",  # exiled people: reception and asylum centres
    }
)
"""Codes of the thesaurus whose address is withheld until a person decides otherwise."""

_STRICTEST_FIRST = (AddressShown.NONE, AddressShown.COMMUNE, AddressShown.EXACT)


def is_sensitive(concepts: Iterable[str]) -> bool:
    """Tell whether one of the concepts withholds the address by default."""
    return not SENSITIVE_CONCEPTS.isdisjoint(concepts)


def address_shown(
    concepts: Iterable[str], *, place_says: AddressShown | None, access_point_says: AddressShown | None
) -> AddressShown:
    """Tell how much of the address of a service at a place is shown.

    A place can only withhold: the town hall that shows its address must not reveal the shelter's desk it lodges.
    Only a word on the access point itself, a person's decision for this service here, lifts the default.
    """
    default = AddressShown.NONE if is_sensitive(concepts) else AddressShown.EXACT
    return strictest(access_point_says or default, place_says or AddressShown.EXACT)


def shown_of_place(
    place_says: AddressShown | None, *, published: Collection[AddressShown], others: Collection[AddressShown]
) -> AddressShown:
    """Tell how much a place itself shows, from what its services there show of it.

    The least withheld of the published services decides: a town hall goes on showing its address; those of places
    linked to it only count where it has none, lest they reveal its name. Drafts and closed services may withhold a
    place that nothing published shows, but never reveal one. What the place itself says is never exceeded.
    """
    of_services = max(published, key=_STRICTEST_FIRST.index) if published else strictest(AddressShown.EXACT, *others)
    return strictest(place_says or AddressShown.EXACT, of_services)


def strictest(*choices: AddressShown) -> AddressShown:
    """Keep the choice that shows least."""
    return min(choices, key=_STRICTEST_FIRST.index)
