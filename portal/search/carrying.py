"""The list a visitor is filling, carried from page to page by addresses alone, and the way back from it.

Nothing is stored: results and sheets that were reached from a list bear it (`s`), lead on with it, and the links that
add to it say where they stand (`retour`), so that the list can lead back there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Flask, request

from portal.search.serving import current_search
from portal.search.shapes import SEARCH_PAGE
from portal.search.shortlist import BACK, CARRIED, Shortlist, read_shortlist
from portal.web.addresses import to
from portal.web.languages import PREFIXES, current_language

LEADS_BACK = (SEARCH_PAGE, "/services/", "/lieux/", "/structures/", "/tournees/", "/communes/", "/themes/")
"""What the addresses of pages begin with to which a list leads back."""


@dataclass(frozen=True)
class MyList:
    """The list as the menu of every page leads to it."""

    href: str
    n_services: int
    is_discreet: bool
    """Whether one of them is sought by people who must not be found: a browser then keeps nothing of it."""


@dataclass(frozen=True)
class Adding:
    """What the links of a page that add a service to the list have in common."""

    before: str
    after: str
    """Where the list leads back."""
    carried: str
    """What other links bear on; empty while the list is."""
    shortlist: Shortlist

    def href(self, public_id: str) -> str:
        """Lead to the list with one service more."""
        return f"{self.before}{public_id}{self.after}"


def carry_shortlist(app: Flask) -> None:
    """Let templates ask for the list of who reads the page."""
    app.jinja_env.globals.update(my_list=my_list, adding=adding)


def my_list() -> MyList:
    """Lead to the list that the address of this page carries, or to the empty one."""
    kept = read_shortlist(request.args.get(CARRIED, ""))
    return MyList(to(kept.address()), len(kept.ids), current_search().discreet.has_one_of(kept.ids))


def adding() -> Adding:
    """Say how services are added to the list from this page."""
    kept = read_shortlist(request.args.get(CARRIED, ""))
    back = _this_page()
    return Adding(
        before=to(f"/ma-liste?{CARRIED}=") + (f"{kept.text}," if kept.ids else ""),
        after=f"&{BACK}={quote(back, safe='/')}" if back.startswith(LEADS_BACK) else "",
        carried=f"{CARRIED}={kept.text}" if kept.ids else "",
        shortlist=kept,
    )


def _this_page() -> str:
    """Write the French address of this page without the list."""
    path = request.path.removeprefix(PREFIXES[current_language()])
    asked = urlencode([*_asked(request.args.items(multi=True))])
    return f"{path}?{asked}" if asked else path


def _asked(parameters: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((name, value) for name, value in parameters if name != CARRIED and value)
