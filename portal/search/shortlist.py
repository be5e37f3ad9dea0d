"""A list of services as a value that an address carries: read, changed, written. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from portal.directory.rules.public_ids import number_of

CARRIED = "s"
"""The parameter of an address that holds a list."""
BACK = "retour"
"""The parameter of a list’s address that says which page it leads back to, by its French address."""
MOST = 30
"""Services a list holds: its address still fits a QR code and a line of mail."""
_READ_AT_MOST = 2000
"""Characters looked at."""


@dataclass(frozen=True)
class Shortlist:
    """Public ids of services, in the order of their owner."""

    ids: tuple[str, ...] = ()
    is_cut: bool = False
    """Whether services were left out because the list was full."""
    back: str = ""
    """The French address of the page that something was added from."""

    def __contains__(self, public_id: str) -> bool:
        return public_id in self.ids

    @property
    def is_full(self) -> bool:
        """Tell whether nothing more can be added."""
        return len(self.ids) >= MOST

    @property
    def text(self) -> str:
        """Write the ids as an address carries them."""
        return ",".join(self.ids)

    def address(self) -> str:
        """Write the French address of its page."""
        asked = {CARRIED: self.text, BACK: self.back}
        query = urlencode({name: value for name, value in asked.items() if value}, safe=",/")
        return f"/ma-liste?{query}" if query else "/ma-liste"

    def with_one(self, public_id: str) -> "Shortlist":
        """Add a service at the end."""
        return replace(_kept((*self.ids, public_id)), back=self.back)

    def without(self, public_id: str) -> "Shortlist":
        """Take a service away."""
        return Shortlist(tuple(each for each in self.ids if each != public_id), back=self.back)

    def moved(self, public_id: str, by: int) -> "Shortlist":
        """Move a service up (-1) or down (+1)."""
        place = self.ids.index(public_id)
        others = [each for each in self.ids if each != public_id]
        others.insert(max(place + by, 0), public_id)
        return Shortlist(tuple(others), back=self.back)


def read_shortlist(text: str) -> Shortlist:
    """Read what an address carries; what is no id is left aside."""
    words = re.split(r"[\s,;]+", text[:_READ_AT_MOST])
    return _kept(word for word in words if number_of(word) is not None)


def id_in(text: str) -> str:
    """Find the service that somebody pasted: its id, its address or its short address; empty when there is none."""
    path = re.split(r"[?#]", text.strip()[:_READ_AT_MOST], maxsplit=1)[0].rstrip("/")
    name = path.rpartition("/")[2].partition(".")[0]
    word = name.rpartition("-")[2]
    return word if number_of(word) is not None else ""


def _kept(ids: Iterable[str]) -> Shortlist:
    distinct = tuple(dict.fromkeys(ids))
    return Shortlist(distinct[:MOST], is_cut=len(distinct) > MOST)
