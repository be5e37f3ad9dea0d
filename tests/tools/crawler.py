"""Walks a site as a search engine would: every link followed once, every page read by a strict parser."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin, urlsplit
from zlib import crc32

import html5lib
from flask.testing import FlaskClient

SITE = "http://localhost"
_ATTRIBUTES = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action", "use": "href"}
_NEXT_PAGE = re.compile(r"(?:/en)?/themes/[^?]+[?]page=[0-9]+")
"""The pages that lead to every service there is."""
_SHAPES = (".json", ".ics", ".vcf", ".csv", ".geojson", ".atom")
_MOVED = frozenset(
    [HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.PERMANENT_REDIRECT]
)


@dataclass
class PageRead:
    """A page as a search engine keeps it."""

    path: str
    title: str = ""
    canonical: str = ""
    language: str = ""
    is_indexed: bool = True
    ids: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    """Addresses within the site, with their fragments."""


@dataclass
class Walk:
    """What was met on the way."""

    pages: dict[str, PageRead] = field(default_factory=dict)
    leaves: set[str] = field(default_factory=set)
    """Addresses that answered but were not followed: other formats, searches, simple versions."""
    broken: dict[str, str] = field(default_factory=dict)
    """Address -> what it answered, and a page that leads there."""
    invalid: dict[str, str] = field(default_factory=dict)
    strangers: set[str] = field(default_factory=set)
    """Addresses of other sites, which are not asked."""
    strictly: int = 0
    read: Counter[str] = field(default_factory=Counter)
    """How many pages of each kind the strict parser has read."""

    def is_read_strictly(self, path: str) -> bool:
        """Tell whether the strict parser is to read one more page of a kind."""
        kind = path.rpartition("/")[0]
        self.read[kind] += 1
        return self.read[kind] <= self.strictly

    def repeated_titles(self) -> dict[str, list[str]]:
        """List the titles that several indexed pages of one language bear."""
        found = defaultdict(list)
        for page in self.indexed():
            found[f"{page.language} {page.title}"].append(page.path)
        return {title: paths for title, paths in found.items() if len(paths) > 1}

    def indexed(self) -> list[PageRead]:
        """Give the pages that a search engine may show: those that are their own canonical address."""
        return [page for page in self.pages.values() if _is_of_the_map(page)]

    def lost_fragments(self) -> list[str]:
        """List the links to a place in a page that has no such place."""
        return [
            f"{page.path} -> {link}"
            for page in self.pages.values()
            for link in page.links
            if (target := self.pages.get(urldefrag(link)[0])) and (mark := urldefrag(link)[1])
            if mark not in target.ids
        ]


def _is_of_the_map(page: PageRead) -> bool:
    return page.is_indexed and page.canonical == SITE + page.path and "?" not in page.path


def walk(browser: FlaskClient, *, strictly: int = 1_000_000, leaves: int = 1, most: int = 100_000) -> Walk:
    """Follow every link of a site from its home; `most` bounds a site that would never end.

    Searches, other formats and simple versions are asked for, one of so many `leaves`, and lead nowhere further. The
    strict parser reads so many pages of each kind: it takes a tenth of a second for one.
    """
    done, start = Walk(strictly=strictly), "/"
    waiting, seen = [(start, "")], {start}
    while waiting:
        path, origin = waiting.pop()
        for link in _visit(browser, path, origin, done):
            if link not in seen:
                seen.add(link)
                if not _is_leaf(link) or crc32(link.encode()) % leaves == 0:
                    waiting.append((link, path))
        if len(seen) > most:
            done.broken["…"] = f"more than {most} addresses: {path}"
            break
    return done


def _visit(browser: FlaskClient, path: str, origin: str, done: Walk) -> Iterator[str]:
    with browser.get(path) as response:
        if response.status_code in _MOVED:
            done.leaves.add(path)
            yield _within(response.headers["Location"], path)
            return
        if response.status_code != HTTPStatus.OK:
            done.broken[path] = f"{response.status_code}, from {origin}"
            return
        if response.mimetype != "text/html" or _is_leaf(path):
            done.leaves.add(path)
            return
        text = response.get_data(as_text=True)
    if done.is_read_strictly(path) and (fault := _fault(text)):
        done.invalid[path] = fault
    page = _read(path, text, done.strangers)
    done.pages[path] = page
    yield from (urldefrag(link)[0] for link in page.links)


def _is_leaf(path: str) -> bool:
    if _NEXT_PAGE.fullmatch(path):
        return False
    return "?" in path or path == "/simple" or path.startswith("/simple/") or path.endswith(_SHAPES)


def _read(path: str, text: str, strangers: set[str]) -> PageRead:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    links = [urljoin(SITE + path, written) for written in reader.links]
    links = [link for link in links if urlsplit(link).scheme in {"http", "https"}]
    strangers.update(link for link in links if not link.startswith(SITE))
    return PageRead(
        path=path,
        title=" ".join(reader.title.split()),
        canonical=reader.canonical,
        language=reader.language,
        is_indexed=reader.is_indexed,
        ids=frozenset(reader.ids),
        links=tuple(dict.fromkeys(link.removeprefix(SITE) or "/" for link in links if link.startswith(SITE))),
    )


class _Reader(HTMLParser):
    """What a search engine takes from a page; quick, and blind to faults."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.canonical, self.language, self.is_indexed = "", "", "", True
        self.links: list[str] = []
        self.ids: list[str] = []
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        written = given.get(_ATTRIBUTES.get(tag, ""))
        self.links += [written] if written else []
        self._is_title = tag == "title" and not self.title
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "link" and given.get("rel") == "canonical":
            self.canonical = given.get("href", "")
        elif tag == "meta" and given.get("name") == "robots":
            self.is_indexed &= "noindex" not in given.get("content", "")

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self._is_title &= tag != "title"


def _fault(text: str) -> str:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(text)
    return f"{parser.errors[0][1]} at {parser.errors[0][0]}" if parser.errors else ""


def _within(location: str, path: str) -> str:
    return urljoin(SITE + path, location).removeprefix(SITE) or "/"
