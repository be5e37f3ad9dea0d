"""What a service costs: words of data·inclusion (v1 and before), of digital mediation, and of people."""

import re

from importers.fields.cells import Read, fault, said
from importers.fields.lists import split_list
from portal.core.text import fold, slug
from portal.directory.rules.choices import Cost

_WORDS = {
    "gratuit": Cost.FREE,
    "gratuite": Cost.FREE,
    "gratuits": Cost.FREE,
    "entree-libre": Cost.FREE,
    "acces-libre": Cost.FREE,
    "sans-frais": Cost.FREE,
    "0": Cost.FREE,
    "0-e": Cost.FREE,
    "0-euro": Cost.FREE,
    "payant": Cost.PAID,
    "payante": Cost.PAID,
    "adhesion": Cost.DEPENDS,
    "gratuit-sous-condition": Cost.DEPENDS,
    "gratuit-sous-conditions": Cost.DEPENDS,
    "gratuit-ou-payant": Cost.DEPENDS,
    "pass-numerique": Cost.DEPENDS,
    "accepte-le-pass-numerique": Cost.DEPENDS,
    "selon-revenus": Cost.DEPENDS,
    "selon-les-revenus": Cost.DEPENDS,
    "selon-ressources": Cost.DEPENDS,
    "selon-quotient-familial": Cost.DEPENDS,
    "selon-conditions": Cost.DEPENDS,
    "selon-la-situation": Cost.DEPENDS,
    "selon-situation": Cost.DEPENDS,
    "variable": Cost.DEPENDS,
    "inconnu": Cost.UNKNOWN,
    "ne-sait-pas": Cost.UNKNOWN,
}
_DEPENDS = re.compile(
    r"\b(selon|quotient|sous conditions?|adhesion|cotisation|reduit|participation|sauf|devis|bareme)\b"
)
_AMOUNT = re.compile(r"\d+(?:[.,]\d{1,2})?\s*(?:€|euros?\b|eur\b)")
_FREE_ACCESS = {"oui": Cost.FREE, "non": Cost.PAID}


def read_cost(text: str) -> Read[Cost]:
    """Read a cost; several different words, or a condition, make that it depends."""
    words = said(text)
    if not words:
        return (Cost.FREE, ()) if text.strip() == "0" else (None, ())
    values, problems = split_list(text)
    known = {_WORDS[slug(value)] for value in values if slug(value) in _WORDS}
    if known and len(known) <= len(values) and all(slug(value) in _WORDS for value in values):
        return (known.pop() if len(known) == 1 else Cost.DEPENDS), problems
    told = _told(fold(words))
    if told is not None:
        sentence = "Ce coût a été compris en partie : reportez la phrase entière dans la précision sur le coût."
        return told, (fault("cout-avec-precision", sentence, text),)
    sentence = "Ce coût n’est pas compris : écrivez « gratuit », « payant » ou « selon conditions »."
    return None, (fault("cout-illisible", sentence, text),)


def read_free_access(text: str) -> Read[Cost]:
    """Read the answer to "is it free?"."""
    key = fold(said(text)).strip(" .")
    return (_FREE_ACCESS[key], ()) if key in _FREE_ACCESS else read_cost(text)


def _told(key: str) -> Cost | None:
    """Judge a sentence: a condition outweighs an amount, and an amount the word free beside it."""
    if _DEPENDS.search(key):
        return Cost.DEPENDS
    is_free, has_amount = re.search(r"\bgratuite?s?\b", key) is not None, _AMOUNT.search(key) is not None
    if is_free and (has_amount or "payant" in key):
        return Cost.DEPENDS
    if has_amount or re.search(r"\bpayante?s?\b", key):
        return Cost.PAID
    # "Pas gratuit", "gratuit le mercredi": the word alone proves nothing in a sentence.
    return Cost.DEPENDS if is_free and "pas " not in key else None
