"""Accents broken by a reading in the wrong encoding ("MÃ©diathÃ¨que"): noticed, and mended only when it is certain.

It is certain when undoing the wrong reading gives valid text throughout: right accents elsewhere in the same text would
make that impossible, so a mixture is left as it stands and said.
"""

import re

from importers.fields.cells import Problems, fault

_SUSPECT = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ˜“”¦¢]|Å[“’\u0092\u0093]|ï»¿")
_LOST = "\ufffd"
_MOST_TIMES = 2
"""A text read wrongly twice is still mended; thrice is nobody's."""


def mended(text: str) -> tuple[str, Problems]:
    """Give a text with its accents put right where that is certain; problems say what was found."""
    found = text
    for _ in range(_MOST_TIMES):
        undone = _undone(found) if _SUSPECT.search(found) else None
        if undone is None:
            break
        found = undone
    if found != text:
        sentence = "Les accents de ce texte étaient abîmés et ont été réparés : enregistrez le fichier en UTF-8."
        return found, (fault("accents-repares", sentence, text),)
    if _LOST in text:
        sentence = "Des lettres de ce texte ont été perdues : ressaisissez-le."
        return text, (fault("lettres-perdues", sentence, text),)
    if _SUSPECT.search(text):
        sentence = "Les accents de ce texte sont abîmés : ressaisissez-le, ou enregistrez le fichier en UTF-8."
        return text, (fault("accents-abimes", sentence, text),)
    return text, ()


def _undone(text: str) -> str | None:
    try:
        return b"".join(_byte(letter) for letter in text).decode("utf-8")
    except UnicodeError:
        return None


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        # Five bytes have no letter in that encoding; programs let them through as they are.
        return letter.encode("latin-1")
