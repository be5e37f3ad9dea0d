"""What a person asks beside the need: free, step-free, at home, by telephone, without appointment, for whom."""

import re
from dataclasses import dataclass

from portal.hours.slots import Mode
from portal.search.understanding.flat import Flat
from portal.vocabulary.audiences import Audience


@dataclass(frozen=True)
class Wish:
    """A filter met in the words, and the places of those words."""

    name: str
    """Which one: `free`, `accessible`, `mode`, `appointment` or `audience`."""
    value: str
    label: str
    places: frozenset[int]


_FOR = r"(?:(?:pour|reserve aux|destine aux|aux|a destination des) (?:les |des |nos |un |une |mes |l )?)?"
_ACCESSIBLE = (
    r"accessibles? (?:aux? |en |a )?(?:fauteuils?(?: roulants?)?|pmr|handicapes?)|(?:en )?fauteuil roulant|en fauteuil|"
    r"accessibles?|acces handicapes?|de plain pied"
)
_WISHES: tuple[tuple[re.Pattern[str], str, str, str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), name, value, label)
    for pattern, name, value, label in (
        (r"gratuit(?:e|s|es|ement)?|sans payer|zero euro|0 euro", "free", "1", "gratuit"),
        (
            _ACCESSIBLE,
            "accessible",
            "1",
            "accessible en fauteuil",
        ),
        (r"(?:a|au) (?:mon |son |leur )?domicile|a la maison|chez moi", "mode", Mode.HOME.value, "à domicile"),
        (r"(?:par|au) (?:telephone|tel)", "mode", Mode.PHONE.value, "par téléphone"),
        (r"(?:en|par) (?:visio(?:conference)?|video)", "mode", Mode.VIDEO.value, "par visio"),
        (r"sans (?:rendez vous|rdv|rv)", "appointment", "none", "sans rendez-vous"),
        (rf"{_FOR}(?:jeunes|ados?|adolescente?s?|16 25 ans|moins de 25 ans)", "audience", Audience.YOUNG_PEOPLE, ""),
        (rf"{_FOR}(?:etudiante?s?)", "audience", Audience.STUDENTS, ""),
        (
            rf"{_FOR}(?:seniors?|personnes? agees?|retraites|anciens|aines|vieux|vieilles personnes)",
            "audience",
            Audience.SENIORS,
            "",
        ),
        (rf"{_FOR}(?:familles?)", "audience", Audience.FAMILIES, ""),
        (r"(?:pour|reserve aux) (?:les |des )?femmes", "audience", Audience.WOMEN, ""),
        (rf"{_FOR}(?:handicape(?:e|s|es)?|personnes? handicapees?)", "audience", Audience.DISABLED_PEOPLE, ""),
        (rf"{_FOR}(?:demandeurs? (?:d )?emploi|chomeurs?|chomeuses?)", "audience", Audience.JOB_SEEKERS, ""),
        (rf"{_FOR}(?:refugies?|exiles?|demandeurs? (?:d )?asile|migrants?)", "audience", Audience.EXILED_PEOPLE, ""),
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
