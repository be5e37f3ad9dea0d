"""A list as news (RFC 4287): what changed last among the services a search finds, for who follows it."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from portal.search.exports.listing import Listed, WholeList
from portal.search.results.addresses import shape_of
from portal.search.shapes import address_of_request
from portal.web.addresses import absolute

_NAMESPACE = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST = 50


def news_of(found: WholeList, *, title: str, author: str, now: datetime) -> str:
    """Write the sheets changed last, the newest first."""
    newest = sorted(found.items, key=lambda each: (each.changed_at, each.hit.card.public_id), reverse=True)[:_MOST]
    page, own = absolute(address_of_request(found.request)), absolute(shape_of(found.request, "atom"))
    feed = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "fr"})
    _add(feed, "id", own)
    _add(feed, "title", title)
    _add(feed, "updated", _instant(newest[0].changed_at if newest else _midnight(now)))
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    _add(ET.SubElement(feed, "author"), "name", author)
    _entries(feed, newest)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode")


def _entries(feed: ET.Element, newest: Sequence[Listed]) -> None:
    for listed in newest:
        card = listed.hit.card
        entry = ET.SubElement(feed, "entry")
        # The short address never changes, whatever the service is called.
        _add(entry, "id", absolute(f"/s/{card.public_id}"))
        _add(entry, "title", card.title)
        _add(entry, "updated", _instant(listed.changed_at))
        href = absolute(f"/services/{card.slug}-{card.public_id}")
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
        _add(ET.SubElement(entry, "author"), "name", card.structure.name)
        _add(entry, "summary", _summary(listed))


def _summary(listed: Listed) -> str:
    card, desk = listed.hit.card, listed.hit.access_point
    where = "" if desk is None or desk.location is None else desk.location.commune.name
    return " — ".join(part for part in (card.summary or card.title, where) if part)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _NOT_XML.sub("", text)


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
