"""Names of structures, services and places, tidied: capitals, spaces, punctuation; words are never changed."""

import re

from importers.fields.cells import LONGEST_CELL, Read, fault, said
from importers.fields.mojibake import mended
from importers.fields.spelling import in_small_letters, is_shouted, with_capital

LONGEST_NAME = 250
_EDGES = " ,;:.-–—_/|*\u00a0\u202f"
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
_DOTTED_END = re.compile(r"(?:\b\w\.)+$|\b(?:etc|st|ste|dr)\.$", re.IGNORECASE)


def read_name(text: str) -> Read[str]:
    """Tidy a name; capitals throughout become French writing, acronyms stay."""
    whole, problems = mended(text[:LONGEST_CELL])
    if any(problem.code == "lettres-perdues" for problem in problems):
        return None, problems
    words = said(whole)
    quoted = _QUOTED.sub(lambda match: f"«\u00a0{(match[1] or match[2] or '').strip()}\u00a0»", words)
    # The point of "C.H." belongs to the acronym.
    bare = quoted.lstrip(_EDGES) if _DOTTED_END.search(quoted) else quoted.strip(_EDGES)
    if not bare:
        return None, ()
    name = with_capital(in_small_letters(bare)) if is_shouted(bare) else bare
    if len(name) > LONGEST_NAME:
        sentence = f"Ce nom est trop long : raccourcissez-le à {LONGEST_NAME} caractères au plus."
        return None, (fault("nom-trop-long", sentence, text),)
    if not any(letter.isalpha() for letter in name):
        return None, (fault("nom-sans-lettre", "Ce nom ne contient aucune lettre : indiquez le nom.", text),)
    return name, problems
