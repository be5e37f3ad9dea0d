"""Which services are the desk of their body, and which only one of the things it offers. Pure.

The MSA has an agency, and a nurse who checks ears once a year: both are of its kind, and who asks for the MSA means the
first.
"""

from collections.abc import Sequence

from portal.search.understanding.tokens import tokens_of
from portal.vocabulary.entries import Concept

FRANCE_SERVICES = "AD03"
_BODIES = frozenset({"SO03", "SO04", "SO05", "SO06", "EM01", "EM02", "AD07", "HA01", FRANCE_SERVICES})
"""Caf, MSA, health insurance, pensions, France Travail, mission locale, taxes, MDPH: many things under one name."""
_BESIDE = frozenset({"AD05", FRANCE_SERVICES, "NU03"})
"""Kinds that say how a desk works, not what else is done there."""


def desk_of(title: str, concepts: Sequence[Concept]) -> tuple[str, ...]:
    """Give the code of the body whose desk a service is: it bears its name, and does nothing else."""
    bodies = [concept for concept in concepts if concept.code in _BODIES]
    others = {concept.code for concept in concepts} - {body.code for body in bodies[:1]} - _BESIDE
    if not bodies or others:
        return ()
    words = _line(title)
    body = next((each for each in bodies if each.code not in _BESIDE), bodies[0])
    return (body.code,) if any(name in words for name in _names(body)) else ()


def _names(concept: Concept) -> frozenset[str]:
    former = (name.name for name in concept.former_names)
    return frozenset(map(_line, (concept.label.fr, *concept.synonyms, *concept.acronyms, *former)))


def _line(text: str) -> str:
    return f" {' '.join(token.stem for token in tokens_of(text))} "
