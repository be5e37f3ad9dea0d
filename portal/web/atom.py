"""A feed that any reader of news follows (RFC 4287): entries with a name that stays, a date and an address."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One piece of news."""

    id: str
    """The same each time, so that a reader tells it once."""
    title: str
    updated_at: datetime
    href: str
    author: str
    summary: str


@dataclass(frozen=True)
class Feed:
    """A list of news; texts are French, as in every shape for programs."""

    own: str
    """Its address, which is its name, too."""
    page: str
    """Where people read the same."""
    title: str
    author: str
    entries: tuple[Entry, ...]


def write_feed(feed: Feed, *, at: datetime) -> str:
    """Write a feed; an empty one was last changed at an instant given."""
    root = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "fr"})
    _add(root, "id", feed.own)
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(max((each.updated_at for each in feed.entries), default=at)))
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.own})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    _add(ET.SubElement(root, "author"), "name", feed.author)
    _add_entries(root, feed.entries)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode")


def _add_entries(root: ET.Element, entries: Iterable[Entry]) -> None:
    for each in entries:
        entry = ET.SubElement(root, "entry")
        _add(entry, "id", each.id)
        _add(entry, "title", each.title)
        _add(entry, "updated", _instant(each.updated_at))
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": each.href})
        _add(ET.SubElement(entry, "author"), "name", each.author)
        _add(entry, "summary", each.summary)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _NOT_XML.sub("", text)


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
