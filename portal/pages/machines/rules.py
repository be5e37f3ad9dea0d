"""What search engines are told."""

from portal.web.languages import PREFIXES
from portal.web.simple import SIMPLE

_PAGES = ("/ma-liste", "/signaler/", "/integrer/recherche")
_CLOSED = (f"{SIMPLE}/", *(prefix + page for prefix in PREFIXES.values() for page in _PAGES))
"""Pages that say the same as others, or nothing to a search engine."""


def robots(site_map: str, *, is_fiction: bool) -> str:
    """Open the portal to search engines; a demonstration stays out of them, for its numbers ring nowhere."""
    closed = ("/",) if is_fiction else _CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {site_map}"]
    return "\n".join(lines) + "\n"
