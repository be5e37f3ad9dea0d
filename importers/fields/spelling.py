"""Words written in capitals put back into French writing: particles low, acronyms high, elisions marked.

Accents are restored only on words that French spells in one way whatever they mean ("EGLISE" can be nothing but
"église"); proper names and words with two spellings ("PRES", "CURE", "COTE") keep the letters the source gave.
"""

import re
from functools import cache, lru_cache

from portal.core.text import fold
from portal.vocabulary.loading import load_vocabulary

_PARTICLES = frozenset(["au", "aux", "avec", "de", "des", "du", "en", "et", "la", "le", "les", "lès", "ou", "par"]) | {
    "pour",
    "sans",
    "sous",
    "sur",
    "vers",
    "chez",
    "dans",
    "lez",
    "un",
    "une",
}
_ACRONYMS = frozenset(
    re.findall(
        r"\w+",
        "adapei adil admr amap apajh bij bp cada caf caarud ccas cc ccam cci cd cef cfa ch chr chrs chs chu "
        "cias cidff cio cmp cmpea cmpp cms cpam cpef cs csapa csp edf ehpad em epci epn erp esat espic fam "
        "fjt gem had hlm ifas ifsi ime imp irm itep iut laep mam marpa mas mda mdph mjc mfr msa msap msp opac "
        "pmi ram rer rpe saad saj samsah savs sdis segpa sessad smur sncf spasad ssiad udaf uli usld zac za "
        "zi",
    )
)
_ACCENTED = {
    fold(word): word
    for word in re.findall(
        r"\w+",
        "agréé âgées allée arrêt bâtiment bibliothèque château chômage cinéma collège complémentaire "
        "coopérative crèche déchèterie déchetterie délégation département départemental départementale "
        "développement école écoles éducatif éducation éducative église élémentaire énergie épicerie équipe "
        "équipement établissement été évêché fédération forêt fraternité général générale générations "
        "gérontologie gérontologique égalité hôpital hôpitaux hôtel hôtels intérêt kinésithérapie libération "
        "liberté lycée maréchal médecin médecine médiathèque médical médicale médicales médicaux médico "
        "mémoire métropole musée numérique périscolaire pépinière pôle pôles préfecture prévention pédiatrie "
        "qualité région régional régionale république résidence résistance réseau santé sécurité société "
        "solidarité solidarités théâtre thérapeutique trésorerie unité université vélo vétérinaire",
    )
}
_ABBREVIATED = {"st": "Saint", "ste": "Sainte", "sts": "Saints", "stes": "Saintes"}
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?")
_LOST_APOSTROPHE = re.compile(r"(?<![\w.'’])([DLdl])[ ](?=[AEIOUYHÀÂÉÈÊËÎÏÔÛaeiouyhàâéèêëîïôû][^\W\d_])")
_LETTERED = re.compile(r"(?:bat|batiment|bloc|escalier|entree|porte|hall|lot|immeuble|appt|allee)\s*$")
_ELIDED = frozenset({"d", "l", "qu"})
_TINY = re.compile(r"\b[Pp]['’]$")
"""As in "P’tits Loups", the name of many a nursery."""
_AFTER_A = re.compile(r" (?:domicile|distance|pied|la|l['’]|temps|vocation)\b", re.IGNORECASE)
_VOWELS = frozenset("aeiouy")
_LONGEST_ACRONYM = 2
_LONGEST_REMEMBERED = 30
_LETTERS = re.compile(r"[^\W\d_]+")


def is_shouted(text: str) -> bool:
    """Tell whether a text is written in capitals only, and is more than an acronym."""
    if any(map(str.islower, text)):
        return False
    return any(_is_common_word(_key(word)) for word in _LETTERS.findall(text))


def in_small_letters(text: str, *, low: frozenset[str] = frozenset()) -> str:
    """Write a text in capitals as French does; `low` are common nouns that take no capital here, such as "rue"."""
    spaced = _LOST_APOSTROPHE.sub(_elided, text)
    written = _WORD.sub(lambda match: _word(match[0], spaced, match.start(), low), spaced)
    return re.sub(r"(?<=\w)'(?=\w)", "’", written) if "'" in written else written


def with_capital(text: str) -> str:
    """Give a text its first capital."""
    return text[:1].upper() + text[1:]


def _elided(match: re.Match[str]) -> str:
    """Mark an elision the source lost ("DE L EGLISE"), unless the letter names a building ("BATIMENT D")."""
    before = fold(match.string[: match.start()])
    return match[0] if _LETTERED.search(before) else f"{match[1]}’"


def _word(word: str, text: str, start: int, low: frozenset[str]) -> str:
    key = _key(word)
    before_apostrophe = text[start + len(word) : start + len(word) + 1] in {"'", "’"}
    if before_apostrophe and len(key) <= _LONGEST_ACRONYM:
        return key if key in _ELIDED else with_capital(key)
    if key in _PARTICLES or _TINY.search(text, max(0, start - 2), start):
        return word.lower()
    if key == "a":
        # A lone "A" is as often somebody's initial ("RUE A BRIAND") as the word "à".
        return "à" if _AFTER_A.match(text, start + 1) else word
    if key in _ABBREVIATED and text[start + len(word) :].startswith((" ", "-")):
        return _ABBREVIATED[key]
    if _is_acronym(key, word):
        return word
    written = _ACCENTED.get(key, word.lower())
    return written if key in low else with_capital(written)


def _key(word: str) -> str:
    return _folded(word) if len(word) <= _LONGEST_REMEMBERED else fold(word)


# Folding is what a name costs, and names are made of the same words.
_folded = lru_cache(maxsize=20_000)(fold)


def _is_common_word(key: str) -> bool:
    return len(key) > _LONGEST_ACRONYM and not _is_acronym(key, key)


@lru_cache(maxsize=20_000)
def _is_acronym(key: str, word: str) -> bool:
    """Tell whether a word is said letter by letter, or looks so: without vowel, with dots or figures."""
    if key in _PARTICLES:
        return False
    if key in acronyms() or "." in word.rstrip(".") or any(letter.isdigit() for letter in key):
        return True
    return len(key) <= _LONGEST_ACRONYM or _VOWELS.isdisjoint(key)


@cache
def acronyms() -> frozenset[str]:
    """Give the acronyms kept in capitals: ours, and those of the thesaurus that are no everyday word."""
    vocabulary = load_vocabulary()
    known = (word for concept in vocabulary.concepts for word in concept.acronyms)
    everyday = {fold(word) for word in vocabulary.known_only_alone}
    return _ACRONYMS | ({fold(word) for word in known if word.isupper() and word.isalpha()} - everyday)
