"""What a source calls its services, as codes of our thesaurus; the unknown is said with the nearest name we know."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache

from importers.fields.cells import Read, fault, said, without_repeats
from importers.fields.lists import split_list
from portal.core.problems import Problem
from portal.core.text import fold
from portal.vocabulary.claims import key_of
from portal.vocabulary.entries import Concept, Nomenclature
from portal.vocabulary.vocabulary import Vocabulary

_DIGITAL_MEDIATION = {
    "aide aux demarches administratives": "NU03",
    "maitrise des outils numeriques du quotidien": "NU01",
    "insertion professionnelle via le numerique": "NU01",
    "utilisation securisee du numerique": "NU01",
    "parentalite et education avec le numerique": "NU01",
    "loisirs et creations numeriques": "NU01",
    "comprehension du monde numerique": "NU01",
    "acces internet et materiel informatique": "NU02",
    "acquisition de materiel informatique a prix solidaire": "NU04",
}
"""Services of the schema of digital mediation places, v1."""
_FORBIDDEN_FINESS = frozenset({"462"})
"""Category 462 may be the home of a staff member: it is never brought in."""
_NEAR = 0.8
_SHORTEST_HINT = 5
_N_HINTS = 4
_CODE = re.compile(r"(?<=^[A-Za-z]{2}\d{2})\b.*$", re.DOTALL)
"""What may stand behind a code: "PE01 – Relais petite enfance"."""

Codes = Read[tuple[str, ...]]


def read_concepts(text: str, vocabulary: Vocabulary) -> Codes:
    """Read codes, labels, synonyms and acronyms of the thesaurus, several to a cell.

    Labels hold commas ("Crèche, halte-garderie, micro-crèche"): a comma separates only what is no name as a whole.
    """
    words, problems = split_list(text, keep_commas=True)
    codes: list[str] = []
    for word in words:
        found, faults = _of_words(word, vocabulary)
        codes += found or ()
        problems = (*problems, *faults)
    return without_repeats(codes) or None, problems


def _of_words(words: str, vocabulary: Vocabulary) -> Codes:
    pieces = (words,) if is_theme(words, vocabulary) else split_list(words)[0]
    return _gathered([_of_word(word, vocabulary) for word in pieces])


def is_theme(words: str, vocabulary: Vocabulary) -> bool:
    """Tell whether words name a concept: its code, a name of it, or one of the names its label lists."""
    is_known = vocabulary.concept(_CODE.sub("", words)) is not None or bool(vocabulary.recognise(words))
    return is_known or key_of(words) in _names_of_labels(vocabulary.shown_concepts)


def read_foreign_codes(text: str, vocabulary: Vocabulary, *, nomenclature: Nomenclature) -> Codes:
    """Read codes of another nomenclature; of several senses the thesaurus puts the likeliest first, and it is said."""
    return _each(text, lambda word: _of_code(word, vocabulary, nomenclature))


def read_bpe_codes(text: str, vocabulary: Vocabulary, *, vintage: int) -> Codes:
    """Read equipment codes of INSEE, whose meaning depends on the year of the base."""
    return _each(text, lambda word: _chosen(vocabulary.concepts_for_bpe(word.upper(), vintage=vintage), word))


def read_finess_category(text: str, vocabulary: Vocabulary) -> Codes:
    """Read a category of FINESS; one the thesaurus does not hold is outside the directory's scope."""
    code = said(text).removesuffix(".0")
    if not code:
        return None, ()
    found = () if code in _FORBIDDEN_FINESS else vocabulary.concepts_for(Nomenclature.FINESS, code)
    if found:
        return (vocabulary.current(found[0]).code,), ()
    sentence = "Cette catégorie d’établissement n’entre pas dans l’annuaire : la ligne est laissée de côté."
    return None, (fault("categorie-hors-champ", sentence, text),)


def read_digital_services(text: str) -> Codes:
    """Read the services of a digital mediation place."""
    return _each(text, _of_digital_service)


def _each(text: str, read: Callable[[str], Read[str]]) -> Codes:
    words, problems = split_list(text)
    codes, found = _gathered([read(word) for word in words])
    return codes, (*problems, *found)


def _gathered(read: list[Read[str]]) -> Codes:
    codes = without_repeats([code for code, _ in read if code])
    return codes or None, tuple(problem for _, problems in read for problem in problems)


def _of_word(word: str, vocabulary: Vocabulary) -> Read[str]:
    by_code = vocabulary.concept(_CODE.sub("", word))
    if by_code is not None:
        return vocabulary.current(by_code).code, ()
    senses = vocabulary.recognise(word)
    concepts = without_repeats([vocabulary.current(sense.concept) for sense in senses])
    if len(concepts) > 1 and senses[0].kind < senses[1].kind:
        # The label of one concept is stronger than a synonym of another.
        concepts = concepts[:1]
    if len(concepts) == 1:
        return concepts[0].code, ()
    if concepts:
        sentence = f"Ce mot a plusieurs sens ({_listed(concepts)}) : écrivez le code de celui que vous voulez dire."
        return None, (fault("theme-ambigu", sentence, word),)
    named = _names_of_labels(vocabulary.shown_concepts).get(key_of(word), ())
    if len(named) == 1:
        return named[0].code, ()
    return None, (_unknown(word, _hint(vocabulary, key_of(word))),)


def _of_code(word: str, vocabulary: Vocabulary, nomenclature: Nomenclature) -> Read[str]:
    for written in (word, fold(word), word.upper()):
        found = vocabulary.concepts_for(nomenclature, written)
        if found:
            return _chosen(tuple(vocabulary.current(concept) for concept in found), word)
    return None, (_unknown(word, ""),)


def _of_digital_service(word: str) -> Read[str]:
    code = _DIGITAL_MEDIATION.get(fold(word).replace("’", "'"))
    return (code, ()) if code else (None, (_unknown(word, ""),))


def _chosen(concepts: tuple[Concept, ...], word: str) -> Read[str]:
    if not concepts:
        return None, (_unknown(word, ""),)
    if len(concepts) == 1:
        return concepts[0].code, ()
    sentence = f"Ce code peut dire plusieurs choses ({_listed(concepts)}) : la première a été prise, vérifiez le thème."
    return concepts[0].code, (fault("theme-a-verifier", sentence, word),)


def _listed(concepts: tuple[Concept, ...]) -> str:
    return ", ".join(f"{concept.label.fr} ({concept.code})" for concept in concepts[:4])


def _unknown(word: str, hint: str) -> Problem:
    sentence = f"Ce thème n’est pas connu : prenez un mot ou un code de la liste des thèmes.{hint}"
    return fault("theme-inconnu", sentence, word)


def _hint(vocabulary: Vocabulary, key: str) -> str:
    """Name what may have been meant: concepts that hold the word, else the one whose words come nearest."""
    if len(key) < _SHORTEST_HINT:
        return ""
    held = _holding(key[:80], vocabulary)
    near = _nearest_key(key[:80], tuple(vocabulary.senses))
    hints = held or ((vocabulary.senses[near][0].concept.label.fr,) if near else ())
    listed = " ou ".join(f"« {label} »" for label in hints)
    return f" Vouliez-vous dire {listed} ?" if hints else ""


def _holding(key: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Name the concepts whose label holds the word, singular or plural, else any name of theirs; too many say none."""
    word = re.compile(rf"\b{re.escape(key.removesuffix('s'))}s?\b")
    by_label = [each.label.fr for each in vocabulary.shown_concepts if word.search(key_of(each.label.fr))]
    by_any = [senses[0].concept.label.fr for words, senses in vocabulary.senses.items() if word.search(words)]
    found = without_repeats(by_label or by_any)
    return found if len(found) <= _N_HINTS else ()


@lru_cache(maxsize=4)
def _names_of_labels(concepts: tuple[Concept, ...]) -> Mapping[str, tuple[Concept, ...]]:
    """Take labels apart at their commas: each of their names means the concept, unless two share it."""
    found: dict[str, tuple[Concept, ...]] = {}
    for concept in concepts:
        for name in concept.label.fr.split(","):
            key = key_of(name)
            found[key] = without_repeats([*found.get(key, ()), concept])
    return found


@lru_cache(maxsize=500)
def _nearest_key(key: str, keys: tuple[str, ...]) -> str:
    return next(iter(get_close_matches(key, keys, n=1, cutoff=_NEAR)), "")
