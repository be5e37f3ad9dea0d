"""What the map of a list cannot show, said by the numbers of the list."""

from collections.abc import Iterable

from flask_babel import gettext, ngettext

from portal.search.listed import ListedService


def off_map(items: Iterable[ListedService], *, first: int) -> str:
    """Say which services of a list have no point on its map; empty when all have one."""
    numbers = [str(number) for number, item in enumerate(items, first) if item.pin is None]
    if not numbers:
        return ""
    *others, last = numbers
    listed_numbers = gettext("%(others)s et %(last)s", others=", ".join(others), last=last) if others else last
    said = ngettext(
        "Le numéro %(numbers)s n’est pas sur la carte : c’est à domicile, à distance, ou l’adresse n’est pas donnée.",
        "Les numéros %(numbers)s ne sont pas sur la carte : c’est à domicile, à distance, ou l’adresse n’est pas "
        "donnée.",
        len(numbers),
        numbers=listed_numbers,
    )
    return str(said)
