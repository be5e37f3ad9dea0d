"""The way back from a list to where one was: written anew from what was read, so that it leads to our pages only."""

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from flask_babel import gettext

from portal.search.carrying import LEADS_BACK
from portal.search.requests import read_request
from portal.search.results.addresses import page_of
from portal.search.shapes import SEARCH_PAGE, address_of_request
from portal.search.shortlist import CARRIED, Shortlist
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.addresses import to
from portal.web.languages import current_language

_LONGEST = 1000
_SHELF = re.compile(r"/[a-z]+/[a-z0-9-]+")
_KEPT = frozenset({"acces", "ou", "page"})
"""Parameters of sheets and themes that say where on the page one was."""
_PLAIN = re.compile(r"[\w-]{1,100}")


@dataclass(frozen=True)
class WayBack:
    """A page to go back to."""

    words: str
    href: str
    bare: str
    """Its French address without the list: what the other links of the page carry on."""


def way_back(text: str, mine: Shortlist, vocabulary: Vocabulary) -> WayBack | None:
    """Read where a list leads back; None for what is no page of ours."""
    path, _, asked = text[:_LONGEST].partition("?")
    given = parse_qs(asked)
    if path == SEARCH_PAGE:
        request = replace(read_request(given, vocabulary, current_language()).request, shortlist=mine.text)
        return WayBack(gettext("Revenir aux résultats"), page_of(request), address_of_request(request))
    if not (path.startswith(LEADS_BACK) and _SHELF.fullmatch(path)):
        return None
    kept = {name: values[0] for name, values in given.items() if name in _KEPT and _PLAIN.fullmatch(values[0])}
    bare = f"{path}?{urlencode(kept)}" if kept else path
    is_sheet = path.startswith("/services/")
    words = gettext("Revenir à la fiche") if is_sheet else gettext("Revenir à la page précédente")
    carried = urlencode(kept | ({CARRIED: mine.text} if is_sheet and mine.ids else {}), safe=",")
    return WayBack(words, to(f"{path}?{carried}" if carried else path), bare)
