"""Web addresses: one a word, http or https only, without credentials, written so that they may stand in a link.

An address without scheme gets `https://`: browsers do so too, and the shown text keeps what the source wrote but that.
"""

import ipaddress
import re
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from importers.fields.cells import Read, fault
from portal.core.problems import Problem

_LONGEST = 2000
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24})", re.ASCII)
_BROKEN_SCHEME = re.compile(r"(?:h?ttps?|https?|htpps?|htps|hhtps?)(?:\s*:?\s*[/\\]{1,3}|\s*:(?!\d))", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+-]*):(?!\d+(?:[/?#]|$))", re.IGNORECASE)
_EDGES = " \t\n.,;<>\"'«»“”\u00a0\u202f"
_PRIVATE_ENDINGS = (".local", ".localhost", ".internal", ".lan", ".home", ".invalid", ".test")
_SOCIAL = (
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "twitter.com",
    "x.com",
    "youtube.com",
    "tiktok.com",
    "fb.me",
)
_BETWEEN = re.compile(r"[\s|;]+|,\s*(?=https?:|www\.)|,\s+")


def split_urls(text: str) -> list[str]:
    """Cut a cell into the words that may each be an address; a space after "http:" belongs to a slip of the pen."""
    whole = re.sub(r"(https?)\s*:\s*//\s*", r"\1://", text, flags=re.IGNORECASE)
    return [word for word in _BETWEEN.split(whole) if word.strip(_EDGES)]


def looks_like_url(word: str) -> bool:
    """Tell whether a word was surely meant as a web address."""
    return re.match(r"https?:|www\.", word.strip(_EDGES), re.IGNORECASE) is not None


def is_social(url: str) -> bool:
    """Tell whether an address leads to a social network."""
    host = urlsplit(url).hostname or ""
    return any(host == name or host.endswith(f".{name}") for name in _SOCIAL)


def url_of(word: str) -> Read[str]:
    """Read one address."""
    bare = word.strip(_EDGES)
    if len(bare) > _LONGEST:
        return None, (
            fault("adresse-web-trop-longue", "Cette adresse web est trop longue : donnez-en une plus courte.", bare),
        )
    stripped = _without_scheme(bare)
    if stripped is None:
        sentence = "Seules les adresses web en http ou https sont admises : remplacez celle-ci ou videz la case."
        return None, (fault("adresse-web-refusee", sentence, bare),)
    scheme, rest = stripped
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        port = parts.port
    except ValueError:
        return None, (_unreadable(bare),)
    refusal = _refusal(parts, bare)
    if refusal:
        return None, (refusal,)
    host = _ascii(parts.hostname or "")
    if not _HOST.fullmatch(host):
        return None, (_unreadable(bare),)
    return _written(parts, host if port is None else f"{host}:{port}"), ()


def _without_scheme(bare: str) -> tuple[str, str] | None:
    """Part the scheme, mended, from the rest; None when it is not one of the web."""
    if _SCHEME.match(bare) and not _BROKEN_SCHEME.match(bare):
        return None
    scheme, rest = "https", bare
    while match := _BROKEN_SCHEME.match(rest):
        scheme = "https" if "s" in match[0].lower() else "http"
        rest = rest[match.end() :]
    return scheme, rest.lstrip("/\\ ")


def _refusal(parts: SplitResult, bare: str) -> Problem | None:
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        sentence = "Cette adresse web contient un identifiant : donnez-la sans ce qui précède le « @ »."
        return fault("adresse-web-avec-identifiant", sentence, bare)
    host = (parts.hostname or "").rstrip(".")
    if _is_ip(host) or host == "localhost" or host.endswith(_PRIVATE_ENDINGS):
        sentence = "Cette adresse web n’est pas publique : donnez celle que les habitants peuvent ouvrir."
        return fault("adresse-web-privee", sentence, bare)
    return None


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return re.fullmatch(r"[\d.]+|0x[0-9a-f.x]+", host) is not None
    return True


def _ascii(host: str) -> str:
    """Write an accented name in its international form: two that look alike then differ to the eye."""
    host = host.rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _written(parts: SplitResult, netloc: str) -> str:
    kept = "/%:@!$&'()*+,;=~?-._"
    path = quote(parts.path.replace("\\", "/"), safe=kept)
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe=kept), quote(parts.fragment, safe=kept)))


def _unreadable(bare: str) -> Problem:
    sentence = "Ce n’est pas une adresse web : écrivez-la en entier, par exemple https://www.exemple.fr."
    return fault("adresse-web-illisible", sentence, bare)
