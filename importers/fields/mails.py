"""Mail addresses: checked by their shape alone, in small letters, whatever was written around them."""

import re

from importers.fields.cells import Problems, fault
from portal.core.problems import Problem

_LONGEST, _LONGEST_LOCAL = 254, 64
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24})", re.ASCII)
_AT = re.compile(r"\s*[\[({<]\s*(?:at|arobase|a|@)\s*[\])}>]\s*|\s+(?:arobase|\(?@\)?)\s+|\s+@|@\s+", re.IGNORECASE)
_DOT = re.compile(r"\s*[\[({]\s*(?:dot|point|\.)\s*[\])}]\s*", re.IGNORECASE)
_SCHEME = re.compile(r"mail\s?to\s?:(?://)?", re.IGNORECASE)
_ANGLED = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")
_EDGES = " \t\n.,;:<>()[]\"'«»’‘“”\u00a0\u202f"


def opened(text: str) -> str:
    """Write the disguises of an at sign plainly: "contact [at] mairie (point) fr", "mailto:", "<…>"."""
    return _DOT.sub(".", _AT.sub("@", _SCHEME.sub(" ", text)))


def split_mails(text: str) -> list[str]:
    """Cut a cell into the words that may each be an address."""
    plain = opened(text)
    angled = _ANGLED.findall(plain)
    return angled or [word for word in re.split(r"[\s;,|]+|/(?=[^\s/@]+@)", plain) if re.search(r"\w", word)]


def looks_like_mail(word: str) -> bool:
    """Tell whether a word was meant as a mail address."""
    return "@" in word and not re.match(r"[a-z]+://", word, re.IGNORECASE)


def mail_of(word: str) -> tuple[str | None, Problems]:
    """Check one address."""
    address = opened(word).strip(_EDGES).lower()
    local, _, domain = address.rpartition("@")
    ascii_domain = _ascii(domain)
    fits = len(address) <= _LONGEST and len(local) <= _LONGEST_LOCAL
    if fits and ascii_domain and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(ascii_domain):
        return f"{local}@{ascii_domain}", ()
    return None, (_refusal(word, domain),)


def _ascii(domain: str) -> str:
    """Write an accented domain in its international form; empty when it has none."""
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _refusal(word: str, domain: str) -> Problem:
    if "@" in word and domain and "." not in domain:
        sentence = "Il manque la fin de cette adresse de courriel, comme « .fr » : complétez-la."
        return fault("courriel-incomplet", sentence, word)
    return fault("courriel-invalide", "Cette adresse de courriel n’a pas la forme nom@domaine.fr : corrigez-la.", word)
