"""Walks a site as a search engine would: every link followed once, every page read by a strict parser."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient

SITE = "http://localhost"
_ATTRIBUTES = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action", "use": "href"}
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

    def repeated_titles(self) -> dict[str, list[str]]:
        """List the titles that several indexed pages of one language bear."""
        found = defaultdict(list)
        for page in self.indexed():
            found[f"{page.language} {page.title}"].append(page.path)
        return {title: paths for title, paths in found.items() if len(paths) > 1}

    def indexed(self) -> list[PageRead]:
        """Give the pages that a search engine may show: those that are their own canonical address."""
        return [page for page in self.pages.values() if page.is_indexed and page.canonical == SITE + page.path]

    def lost_fragments(self) -> list[str]:
        """List the links to a place in a page that has no such place."""
        return [
            f"{page.path} -> {link}"
            for page in self.pages.values()
            for link in page.links
            if (target := self.pages.get(urldefrag(link)[0])) and (mark := urldefrag(link)[1])
            if mark not in target.ids
        ]


def walk(browser: FlaskClient, *, start: str = "/", reads_leaves: bool = False, most: int = 100_000) -> Walk:
    """Follow every link of a site from one page; `most` bounds a site that would never end.

    Searches and simple versions are asked for and lead nowhere further; they are parsed too when `reads_leaves`.
    """
    done = Walk()
    waiting, seen = [(start, "")], {start}
    while waiting:
        path, origin = waiting.pop()
        for link in _visit(browser, path, origin, done, reads_leaves=reads_leaves):
            if link not in seen:
                seen.add(link)
                waiting.append((link, path))
        if len(seen) > most:
            done.broken["…"] = f"more than {most} addresses: {path}"
            break
    return done


def _visit(browser: FlaskClient, path: str, origin: str, done: Walk, *, reads_leaves: bool) -> Iterator[str]:
    with browser.get(path) as response:
        if response.status_code in _MOVED:
            done.leaves.add(path)
            yield _within(response.headers["Location"], path)
            return
        if response.status_code != HTTPStatus.OK:
            done.broken[path] = f"{response.status_code}, from {origin}"
            return
        if response.mimetype != "text/html" or (_is_leaf(path) and not reads_leaves):
            done.leaves.add(path)
            return
        page, fault = _read(path, response.get_data(as_text=True), done.strangers)
    if fault:
        done.invalid[path] = fault
    if _is_leaf(path):
        done.leaves.add(path)
        return
    done.pages[path] = page
    yield from (urldefrag(link)[0] for link in page.links)


def _is_leaf(path: str) -> bool:
    return "?" in path or path == "/simple" or path.startswith("/simple/")


def _read(path: str, text: str, strangers: set[str]) -> tuple[PageRead, str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(text)
    fault = f"{parser.errors[0][1]} at {parser.errors[0][0]}" if parser.errors else ""
    links = list(_links(root, path))
    strangers.update(link for link in links if not link.startswith(SITE))
    heads = {(each.get("rel"), each.get("hreflang")): each.get("href", "") for each in root.findall(".//head/link")}
    robots = [each.get("content", "") for each in root.findall(".//meta") if each.get("name") == "robots"]
    return PageRead(
        path=path,
        title=" ".join((root.findtext(".//title") or "").split()),
        canonical=heads.get(("canonical", None), ""),
        language=root.get("lang", ""),
        is_indexed=not any("noindex" in words for words in robots),
        ids=frozenset(each.get("id", "") for each in root.iter()),
        links=tuple(dict.fromkeys(link.removeprefix(SITE) or "/" for link in links if link.startswith(SITE))),
    ), fault


def _links(root: Element, path: str) -> Iterator[str]:
    for tag, attribute in _ATTRIBUTES.items():
        for each in root.iter(tag):
            written = each.get(attribute)
            whole = urljoin(SITE + path, written) if written else ""
            if urlsplit(whole).scheme in {"http", "https"}:
                yield whole


def _within(location: str, path: str) -> str:
    return urljoin(SITE + path, location).removeprefix(SITE) or "/"
