"""Questions answered by yes, no, or not at all: unknown is never turned into no."""

import re

from importers.fields.cells import Read, fault, said
from portal.core.problems import Problem
from portal.core.text import fold
from portal.directory.rules.choices import Answer

_YES = frozenset(["oui", "o", "ok", "yes", "y", "vrai", "true", "t", "x", "1", "1.0", "1,0", "✓", "✔", "☑"])
_NO = frozenset(["non", "n", "no", "faux", "false", "f", "0", "0.0", "0,0", "✗", "✘", "☐"])
_UNKNOWN = frozenset(
    {"?", "ne sait pas", "nsp", "ne se prononce pas", "je ne sais pas", "unknown", "indetermine", "a verifier"}
)
_OPENING = re.compile(r"(oui|non)\b[\s,;:.(–-]+(.+)", re.DOTALL)


def read_answer(text: str) -> Read[Answer]:
    """Read a yes or a no; "oui, sur demande" keeps its yes but says that words were left aside."""
    key = fold(text[:200]).strip(" .!\n\t")
    answer = _plain_answer(key)
    if answer is not None:
        return answer, ()
    if not said(text):
        return None, ()
    opening = _OPENING.fullmatch(key)
    # "Non, sauf…" may well be a yes: only a yes survives its own restriction, as a remark.
    if opening and opening[1] == "oui" and not re.search(r"\b(sauf|mais|non)\b", opening[2]):
        return Answer.YES, (_beside(text),)
    return None, (_unread(text),)


def _plain_answer(key: str) -> Answer | None:
    for answer, words in ((Answer.YES, _YES), (Answer.NO, _NO), (Answer.UNKNOWN, _UNKNOWN)):
        if key in words:
            return answer
    return None


def _beside(text: str) -> Problem:
    sentence = "Cette case répond oui, puis ajoute une précision : reportez-la dans une note."
    return fault("oui-avec-precision", sentence, text)


def _unread(text: str) -> Problem:
    return fault("oui-non-illisible", "Cette case attend « oui » ou « non » : laissez-la vide si on ne sait pas.", text)
