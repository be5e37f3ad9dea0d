"""What a person asks beside the need: free, step-free, at home, by telephone, without appointment, for whom."""

import re
from dataclasses import dataclass

from portal.core.languages import Label
from portal.hours.slots import Mode
from portal.search.understanding.flat import Flat
from portal.vocabulary.audiences import Audience


@dataclass(frozen=True)
class Wish:
    """A filter met in the words, and the places of those words."""

    name: str
    """Which one: `free`, `accessible`, `mode`, `appointment`, `reach` or `audience`."""
    value: str
    label: Label
    places: frozenset[int]


_FOR = r"(?:(?:pour|reserve aux|destine aux|aux|a destination des) (?:les |des |nos |un |une |mes |l )?)?"
_ACCESSIBLE = (
    r"accessibles? (?:aux? |en |a )?(?:fauteuils?(?: roulants?)?|pmr|handicapes?)|(?:en )?fauteuil roulant|en fauteuil|"
    r"accessibles?|acces handicapes?|de plain pied"
)
_NO_CAR = (
    r"sans (?:voiture|vehicule|auto|permis)|(?:je )?(?:ne |n )?(?:conduis|conduit) pas|"
    r"(?:je )?(?:n ai )?pas (?:de voiture|le permis|de permis)"
)
_WISHES: tuple[tuple[re.Pattern[str], str, str, Label | None], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), name, value, label)
    for pattern, name, value, label in (
        (r"gratuit(?:e|s|es|ement)?|sans payer|zero euro|0 euro", "free", "1", Label("gratuit", "free")),
        (
            _ACCESSIBLE,
            "accessible",
            "1",
            Label("accessible en fauteuil", "wheelchair accessible"),
        ),
        (
            r"(?:a|au) (?:mon |son |leur )?domicile|a la maison|chez moi",
            "mode",
            Mode.HOME.value,
            Label("à domicile", "at your home"),
        ),
        (r"(?:par|au) (?:telephone|tel)", "mode", Mode.PHONE.value, Label("par téléphone", "by phone")),
        (r"(?:en|par) (?:visio(?:conference)?|video)", "mode", Mode.VIDEO.value, Label("par visio", "by video call")),
        (r"sans (?:rendez vous|rdv|rv)", "appointment", "none", Label("sans rendez-vous", "without an appointment")),
        (
            _NO_CAR,
            "reach",
            "comes",
            Label("à portée sans voiture", "within reach without a car"),
        ),
        (rf"{_FOR}(?:jeunes|ados?|adolescente?s?|16 25 ans|moins de 25 ans)", "audience", Audience.YOUNG_PEOPLE, None),
        (rf"{_FOR}(?:etudiante?s?)", "audience", Audience.STUDENTS, None),
        (
            rf"{_FOR}(?:seniors?|personnes? agees?|retraites|anciens|aines|vieux|vieilles personnes)",
            "audience",
            Audience.SENIORS,
            None,
        ),
        (rf"{_FOR}(?:familles?)", "audience", Audience.FAMILIES, None),
        (r"(?:pour|reserve aux) (?:les |des )?femmes", "audience", Audience.WOMEN, None),
        (rf"{_FOR}(?:handicape(?:e|s|es)?|personnes? handicapees?)", "audience", Audience.DISABLED_PEOPLE, None),
        (rf"{_FOR}(?:demandeurs? (?:d )?emploi|chomeurs?|chomeuses?)", "audience", Audience.JOB_SEEKERS, None),
        (rf"{_FOR}(?:refugies?|exiles?|demandeurs? (?:d )?asile|migrants?)", "audience", Audience.EXILED_PEOPLE, None),
    )
)


def wishes_in(line: Flat) -> tuple[Wish, ...]:
    """Find the wishes of a question; of two of one kind the first, except audiences."""
    found: list[Wish] = []
    for pattern, name, value, label in _WISHES:
        if name != "audience" and any(wish.name == name for wish in found):
            continue
        for _, places in line.sightings(pattern):
            found.append(Wish(name, value, label or Audience(value).label, frozenset(places)))
            break
    return tuple(found)
