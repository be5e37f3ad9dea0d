"""Postal addresses: tidied and taken apart into street, complement, postal code and town.

Capitals become French writing ("4 PLACE DE L EGLISE" gives "4 place de l’Église"); accents come back only on words that
can have no other spelling (see `spelling`): "RUE ANDRE THEURIET" stays without, for a name is never corrected.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from importers.fields.cells import Read, fault, said
from importers.fields.spelling import in_small_letters, is_shouted, with_capital
from portal.core.text import fold

LONGEST_LINE = 200
_EDGES = " ,;-–\u00a0\u202f"
_KINDS = {
    "all": "allée", "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "bvd": "boulevard",
    "car": "carrefour", "che": "chemin", "chem": "chemin", "chs": "chaussée", "cite": "cité", "cor": "corniche",
    "crs": "cours", "dom": "domaine", "dsc": "descente", "eca": "écart", "esp": "esplanade", "fg": "faubourg",
    "gr": "grande rue", "ham": "hameau", "hle": "halle", "imp": "impasse", "ld": "lieu-dit", "lot": "lotissement",
    "mar": "marché", "mte": "montée", "pas": "passage", "pl": "place", "pln": "plaine", "plt": "plateau",
    "pro": "promenade", "prv": "parvis", "qua": "quartier", "quai": "quai", "r": "rue", "res": "résidence",
    "rle": "ruelle", "roc": "rocade", "rpt": "rond-point", "rte": "route", "sen": "sente", "sq": "square",
    "tpl": "terre-plein", "tra": "traverse", "vla": "villa", "vlge": "village",
}  # fmt: skip
"""Street kinds as national files shorten them."""
_LOW = frozenset(
    [
        "allee",
        "avenue",
        "boulevard",
        "bis",
        "carrefour",
        "chaussee",
        "chemin",
        "cite",
        "corniche",
        "cours",
        "descente",
        "ecart",
        "esplanade",
        "faubourg",
        "hameau",
        "impasse",
        "lotissement",
        "marche",
        "montee",
        "passage",
        "place",
        "placette",
        "promenade",
        "quai",
        "quartier",
        "quater",
        "residence",
        "route",
        "rue",
        "ruelle",
        "square",
        "sente",
        "sentier",
        "ter",
        "traverse",
        "venelle",
        "voie",
    ]
)
_SUFFIXES = {"b": "bis", "t": "ter", "q": "quater", "c": "quinquies"}
_HOUSE = re.compile(r"(\d{1,4}(?:\s*[-/à]\s*\d{1,4})?\s*(?:bis|ter|quater|[a-z])?)[\s,]+(?=\S)", re.IGNORECASE)
_TOWN = re.compile(
    r"(?:^|[\s,;–-]+)(?:F-)?(?P<code>\d{5}|\d{2} \d{3})[\s,]+(?P<town>[^\d,;][^,;]*?)(?:\s+cedex(?:\s+\d{1,2})?)?"
    r"(?:\s*,\s*france)?$",
    re.IGNORECASE,
)
_CEDEX = re.compile(r"\s+cedex(?:\s+\d{1,2})?$", re.IGNORECASE)
_DELIVERY = re.compile(
    r"\b(?:b\.?p\.?|c\.?s\.?|t\.?s\.?a\.?)\s*(?:n°\s*)?(?:\d{2} \d{3}(?!\d)|\d{1,6})\b", re.IGNORECASE
)
_COMPLEMENT = re.compile(
    r"(?:b[âa]t(?:iment)?\b|bloc\b|escalier\b|esc\b|[ée]tage\b|\d(?:er|e|[èe]me)\s+[ée]tage\b|rdc\b|rez-de-chauss|"
    r"appt?\b|appartement\b|immeuble\b|r[ée]sidence\b|centre\b|mairie\b|maison\b|espace\b|p[ôo]le\b|c/o\b|chez\b|"
    r"z\.?[aic]\.?\b|zone\b|lieu[- ]?dit\b|salle\b|ancien|entr[ée]e\b|hall\b|porte\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AddressParts:
    """An address taken apart; empty parts were not there."""

    street: str = ""
    extra: str = ""
    postal_code: str = ""
    town: str = ""
    is_cedex: bool = False
    """Whether the code is one of firms: it belongs to no commune and proves nothing."""


def read_address(text: str, *, extra: str = "") -> Read[AddressParts]:
    """Read an address on one or several lines; `extra` is the cell of its complement."""
    lines = [line for line in map(said, re.split(r"[\n\r|]+|\s*,\s*(?=\D)", text)) if line]
    complements = [line for line in (said(extra),) if line]
    parts = AddressParts()
    if lines:
        lines[-1], parts = _without_town(lines[-1])
    kept, boxes = _without_boxes([line for line in lines if line])
    street, others = _street_of(kept)
    complement = ", ".join(dict.fromkeys(tidy_line(line) for line in (*complements, *others, *boxes)))
    found = AddressParts(tidy_line(street), complement, parts.postal_code, parts.town, parts.is_cedex)
    if max(len(found.street), len(found.extra)) > LONGEST_LINE:
        sentence = f"Cette adresse est trop longue : {LONGEST_LINE} caractères au plus, le reste va dans une note."
        return None, (fault("adresse-trop-longue", sentence, text),)
    return (found, ()) if found != AddressParts() else (None, ())


def tidy_line(text: str) -> str:
    """Tidy one line of an address."""
    words = said(text).strip(_EDGES)
    house = _HOUSE.match(words)
    # The capital comes first: whether a line is all in capitals must not depend on it.
    number, rest = (house[1].strip(), words[house.end() :]) if house else ("", with_capital(words))
    if is_shouted(rest):
        rest = in_small_letters(_spelled_out(rest), low=_LOW)
    elif number:
        rest = _spelled_out(rest)
    number = re.sub(r"(?<=\d)\s*(bis|ter|quater)$", lambda match: f" {match[1].lower()}", number, flags=re.IGNORECASE)
    return f"{number} {rest}" if number else with_capital(rest)


def join_street(*, number: str = "", suffix: str = "", kind: str = "", name: str = "") -> str:
    """Write a street from the columns of FINESS: "900", "", "RTE", "DE PARIS" gives "900 route de Paris"."""
    house = said(number).lstrip("0")
    repeated = said(suffix)
    kind_key = fold(said(kind)).strip(". ")
    spelled = _KINDS.get(kind_key, said(kind))
    rest = said(name)
    # Capitals are judged on the name: the kind is in small letters already.
    written = in_small_letters(rest, low=_LOW) if is_shouted(rest) else rest
    return tidy_line(
        " ".join(word for word in (house, _SUFFIXES.get(repeated.lower(), repeated), spelled, written) if word)
    )


def read_town_line(text: str) -> Read[AddressParts]:
    """Read the last line of an address: "01012 BOURG EN BRESSE CEDEX"."""
    line = said(text)
    if not line:
        return None, ()
    rest, parts = _town_of(line) if len(line) <= LONGEST_LINE else _without_town(line)
    if parts.postal_code and not rest:
        return parts, ()
    sentence = "Cette ligne attend un code postal et une commune, par exemple 10400 Nogent-sur-Seine."
    return None, (fault("ligne-postale-illisible", sentence, text),)


def _without_town(line: str) -> tuple[str, AddressParts]:
    match = _TOWN.search(line)
    if match is None:
        return line, AddressParts()
    town = _CEDEX.sub("", match["town"]).strip()
    shown = with_capital(in_small_letters(town)) if is_shouted(town) else town
    is_cedex = re.search(r"\bcedex\b", line[match.start() :], re.IGNORECASE) is not None
    return line[: match.start()].strip(" ,;–-"), AddressParts(
        postal_code=match["code"].replace(" ", ""), town=shown, is_cedex=is_cedex
    )


_town_of = lru_cache(maxsize=10_000)(_without_town)


def _without_boxes(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take post boxes out: they are where letters go, not where people do."""
    boxes = [match[0].upper() for line in lines for match in _DELIVERY.finditer(line)]
    kept = (_DELIVERY.sub(" ", line).strip(" ,;–-") for line in lines)
    return [said(line) for line in kept if said(line)], boxes


def _street_of(lines: list[str]) -> tuple[str, list[str]]:
    """Choose the line that names the street: one with a house number, else the first that is no complement."""
    for is_street in (_has_house, _names_a_street, lambda line: not _COMPLEMENT.match(line)):
        for rank, line in enumerate(lines):
            if is_street(line):
                return line, lines[:rank] + lines[rank + 1 :]
    return (lines[0], lines[1:]) if lines else ("", [])


def _has_house(line: str) -> bool:
    return _HOUSE.match(line) is not None and not re.match(r"\d+\s*(?:er|e|[èe]me)\b", line)


def _names_a_street(line: str) -> bool:
    first = re.match(r"[^\W\d_]+", fold(line))
    return first is not None and (first[0] in _LOW or first[0] in _KINDS) and not _COMPLEMENT.match(line)


def _spelled_out(rest: str) -> str:
    """Write out a street kind that stands shortened before a name."""
    match = re.match(r"([^\W\d_]+)\.?\s+(?=\S)", rest)
    if match is None:
        return rest
    key = fold(match[1])
    # Behind a house number the kind of street takes no capital.
    kind = _KINDS.get(key) or (match[1].lower() if key in _LOW else match[1])
    return f"{kind} {rest[match.end() :]}"
