"""The documents that programs read: the map of the site, the description of the search, its suggestions."""

import json
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from portal.pages.machines.cards import PageAddress, in_both_languages
from portal.search.names import Name
from portal.web.addresses import absolute
from portal.web.languages import PREFIXES

MOST = 50_000
"""Addresses that one map may hold (sitemaps.org)."""
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITE_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"


def site_map(addresses: Sequence[PageAddress], *, part: int = 0, most: int = MOST) -> str | None:
    """Map the site; what does not fit in one map is parted, and part 0 lists the parts. None where no part is."""
    per_part = most // len(PREFIXES)
    n_parts = -(-len(addresses) // per_part)
    if part == 0:
        return _map(addresses) if n_parts <= 1 else _index(n_parts)
    return _map(addresses[(part - 1) * per_part : part * per_part]) if part <= n_parts else None


def search_description(name: str) -> str:
    """Describe the search as browsers understand it (OpenSearch 1.1)."""
    # A short name has sixteen letters at most.
    return (
        f'{_DECLARATION}<OpenSearchDescription xmlns="{_OPENSEARCH}">'
        f"<ShortName>Services</ShortName><LongName>{escape(name[:48])}</LongName>"
        f"<Description>{escape(f'Les services près de chez vous : {name}')}</Description>"
        "<Language>fr</Language><InputEncoding>UTF-8</InputEncoding>"
        f'<Image width="16" height="16" type="image/svg+xml">{escape(absolute("/static/icon.svg"))}</Image>'
        f'<Url type="text/html" template="{escape(absolute("/recherche"))}?quoi={{searchTerms}}"/>'
        '<Url type="application/x-suggestions+json" '
        f'template="{escape(absolute("/opensearch/suggestions"))}?q={{searchTerms}}"/>'
        '<Url type="application/opensearchdescription+xml" rel="self" '
        f'template="{escape(absolute("/opensearch.xml"))}"/>'
        "</OpenSearchDescription>\n"
    )


def suggestion_list(typed: str, names: Sequence[Name]) -> str:
    """Write suggestions as browsers read them: what was typed, then what it may become."""
    return json.dumps([typed, [name.text for name in names]], ensure_ascii=False)


def _map(addresses: Sequence[PageAddress]) -> str:
    entries = (_entry(address, path) for address, path in in_both_languages(addresses))
    return f'{_DECLARATION}<urlset xmlns="{_SITE_MAP}" xmlns:xhtml="{_XHTML}">\n{"".join(entries)}</urlset>\n'


def _entry(address: PageAddress, path: str) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(absolute(prefix + address.path))}"/>'
        for language, prefix in PREFIXES.items()
    )
    return f"<url><loc>{escape(absolute(path))}</loc>{_changed(address.changed_on)}{others}</url>\n"


def _changed(day: date | None) -> str:
    return "" if day is None else f"<lastmod>{day.isoformat()}</lastmod>"


def _index(n_parts: int) -> str:
    parts = "".join(
        f"<sitemap><loc>{escape(absolute(f'/sitemap-{number}.xml'))}</loc></sitemap>\n"
        for number in range(1, n_parts + 1)
    )
    return f'{_DECLARATION}<sitemapindex xmlns="{_SITE_MAP}">\n{parts}</sitemapindex>\n'
