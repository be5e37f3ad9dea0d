"""Descriptions and summaries as plain paragraphs: no markup is kept, so nothing in them can load, run or link.

Markup is opened by nh3, whose parser is that of browsers and takes time in proportion to the text: Python's own needs
minutes for sixty thousand letters of "<!--". What a source wrote as entities twice over ("&lt;p&gt;") is opened until
nothing is left to open. Pages escape the result like any text, and exports carry it as it is.
"""

import re
from html import unescape

import nh3

from importers.fields.cells import Problems, Read, cleaned, fault, says_nothing
from importers.fields.mojibake import mended
from portal.core.text import cut
from portal.directory.rules.choices import SUMMARY_LENGTH

LONGEST_TEXT = 10_000
_LONGEST_SOURCE = 60_000
_MARKUP = re.compile(
    r"<(?:[a-z][^<>]*|/[a-z][^<>]*|[!?][^<>]*)>|<!--|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE
)
_OPENED_AMPERSANDS = re.compile(r"&(?:amp;)+", re.IGNORECASE)
_MOST_ROUNDS = 12
_SILENT = frozenset(["applet", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "title"]) | {
    "template",
    "textarea",
}
_LINES = frozenset(["br", "dd", "dt", "tr"])
_SPACES = frozenset(["td", "th"])
_BLOCKS = frozenset(
    ["address", "article", "blockquote", "div", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre"]
) | {"section", "table", "ul"}
_KEPT = _BLOCKS | _LINES | _SPACES | {"li"}
_TAG = re.compile(r"</?([a-z0-9]+)>")
_IS_PAGE = re.compile(r"<(?:p|br|div|li|ul|ol|h\d|td)\b", re.IGNORECASE)
_BULLET = re.compile(r"^[-–—*•·▪◦]\s+(?=\S)")


def read_text(text: str) -> Read[str]:
    """Read a description as paragraphs separated by a blank line."""
    paragraphs, problems = _plain(text)
    if not paragraphs:
        return None, problems
    if len(paragraphs) > LONGEST_TEXT:
        sentence = f"Ce texte est trop long : il a été coupé à {LONGEST_TEXT} caractères, raccourcissez-le."
        problems = (*problems, fault("texte-coupe", sentence, text))
        paragraphs = _arranged(cut(paragraphs, LONGEST_TEXT))
    return paragraphs, problems


def read_summary(text: str) -> Read[str]:
    """Read a summary on one line, cut where it is longer than a card holds."""
    paragraphs, problems = _plain(text)
    line = cleaned(paragraphs.replace("\n", " "), longest=_LONGEST_SOURCE)
    if not line:
        return None, problems
    if len(line) > SUMMARY_LENGTH:
        sentence = f"Ce résumé est trop long : il a été coupé à {SUMMARY_LENGTH} caractères, raccourcissez-le."
        problems = (*problems, fault("resume-coupe", sentence, text))
    return cut(line, SUMMARY_LENGTH), problems


def _plain(text: str) -> tuple[str, Problems]:
    whole = text[:_LONGEST_SOURCE]
    words, problems = mended(whole)
    if any(problem.code == "lettres-perdues" for problem in problems):
        return "", problems
    for _ in range(_MOST_ROUNDS):
        words = _arranged(words)
        if not _MARKUP.search(words):
            break
        words = _without_markup(words)
    else:
        # Nobody writes markup a dozen layers deep: what is left of it is shown as signs, never as markup.
        words = _arranged(words.replace("<", "‹").replace("&", "+"))
    return ("" if says_nothing(words) else words), problems


def _without_markup(words: str) -> str:
    """Turn markup into line ends, one layer of it."""
    # Line ends mean nothing inside markup; text that merely holds an entity keeps its lines.
    flat = re.sub(r"\s+", " ", words) if _IS_PAGE.search(words) else words
    clean = nh3.clean(
        _OPENED_AMPERSANDS.sub("&", flat), tags=set(_KEPT), attributes={}, clean_content_tags=set(_SILENT)
    )
    return unescape(_TAG.sub(_line_end, clean))


def _line_end(tag: re.Match[str]) -> str:
    is_opening = not tag[0].startswith("</")
    if tag[1] in _BLOCKS:
        return "\n\n"
    if tag[1] == "li":
        return "\n– " if is_opening else ""
    return (" " if tag[1] in _SPACES else "\n") if is_opening else ""


def _arranged(words: str) -> str:
    """Tidy each line; blank lines part paragraphs, one at a time; list signs are all the same."""
    lines = [_line(line) for line in re.split(r"\r\n|[\n\r\u2028\u2029\v\f\x85]", words)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _line(line: str) -> str:
    bare = cleaned(line, longest=_LONGEST_SOURCE)
    return "" if bare in {"-", "–", "*", "•"} else _BULLET.sub("– ", bare)
