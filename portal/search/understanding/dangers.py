"""Words of danger: the numbers to call are shown before anything else, whatever is found."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.core.languages import FRENCH, Label


@dataclass(frozen=True)
class EmergencyLine:
    """A number to call, and for what."""

    number: str
    purpose: str


_PURPOSES: Mapping[str, Label] = {
    "15": Label("Samu : urgence médicale", "Ambulance service: medical emergency"),
    "17": Label("Police et gendarmerie : danger immédiat", "Police: immediate danger"),
    "18": Label("Pompiers : incendie, accident, fuite de gaz", "Fire brigade: fire, accident, gas leak"),
    "112": Label("Numéro d’urgence européen, depuis tout téléphone", "European emergency number, from any phone"),
    "114": Label(
        "Urgences par SMS, pour qui ne peut ni entendre ni parler",
        "Emergencies by text message, if you cannot hear or speak",
    ),
    "115": Label("Sans-abri : hébergement d’urgence", "Homelessness: emergency shelter"),
    "119": Label("Enfance en danger, jour et nuit", "Children in danger, day and night"),
    "3919": Label(
        "Violences femmes info, anonyme et gratuit", "Helpline for women facing violence, anonymous and free"
    ),
    "3114": Label("Prévention du suicide, jour et nuit", "Suicide prevention, day and night"),
}

_DANGERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "17 3919 114 112",
        (
            r"violences?|violente?s?",
            r"femmes? battues?",
            r"(?:mari|conjoint|compagnon|ex|copain|femme|pere|mere) (?:me|m|la|nous|le) (?:frappe|bat|menace|tape)",
            r"(?:frappee?|battue?|menacee?) par",
            r"viol|violee?|agressions?|agressee?|feminicide",
            r"peur de (?:mon|son) (?:mari|conjoint|compagnon|ex|pere)",
        ),
    ),
    (
        "3114 15 112",
        (
            r"suicides?|suicidaires?|suicider",
            r"(?:envie|veux|veut) (?:de )?mourir",
            r"(?:me|se) tuer",
            r"en finir",
            r"mettre fin a (?:mes|ses) jours",
            r"(?:idees|pensees) noires",
            r"plus envie de vivre",
        ),
    ),
    (
        "119 17 112",
        (
            r"(?:enfants?|mineurs?|bebes?) (?:est |sont )?(?:en danger|battus?|maltraites?|en detresse|secoues?)",
            r"maltraitances?|inceste|pedophil\w*",
            r"(?:frappe|bat|tape) (?:mon|son|ses|mes|les) (?:fils|enfants?|fille)",
        ),
    ),
    (
        "15 112 114",
        (
            r"malaises?|infarctus|avc|hemorragie|overdose|convulsions?|noyade|empoisonnement|intoxication",
            r"(?:crise|arret) cardiaque",
            r"(?:ne )?respire (?:plus|pas|mal)",
            r"inconscient\w*|etouffe\w*",
            r"saigne beaucoup",
            r"douleurs? (?:a la|dans la) poitrine",
            r"urgences? (?:vitale|medicale)s?",
        ),
    ),
    (
        "18 112 114",
        (
            r"(?:au |en |prend )?feu|incendies?|brule",
            r"(?:fuite|odeur) de gaz|sent le gaz|monoxyde|explosion",
            r"accidents?(?: de (?:la )?(?:route|voiture))?",
        ),
    ),
    ("17 112", (r"cambriol\w*", r"intrus", r"disparition inquietante")),
    ("115 112", (r"(?:dormir|dors|dort) dehors", r"a la rue", r"sans abri|sdf|sans domicile")),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{'|'.join(ways)})\b"), tuple(numbers.split())) for numbers, ways in _DANGERS)
_HARMLESS = re.compile(
    r"\b(?:feux? (?:(?:d )?artifice|de camp|rouges?|tricolores?|de la saint jean)|cuisson au feu|pot au feu|"
    r"coin du feu|accidents? du travail|assurance accidents?|arrets? de feu)\b"
)


_AT_ONCE = re.compile(
    r"\b(?:urgences?|urgente?s?|tout de suite|immediatement|au plus vite|le plus vite possible|vite)\b"
)
_OF_CARE = ("15", "112")


_OF_VIOLENCE = frozenset({"3919", "119"})


def is_about_violence(lines: Iterable[EmergencyLine]) -> bool:
    """Tell whether somebody near may be the danger: whoever reads must be able to leave at once."""
    return any(line.number in _OF_VIOLENCE for line in lines)


def lines_for(line: str, language: str = FRENCH, *, is_about_care: bool = False) -> tuple[EmergencyLine, ...]:
    """Give the numbers to call for the words of a question, laid out as keys; the most fitting first.

    Who looks for care at once may need them, too.
    """
    said = _HARMLESS.sub(" ", line)
    numbers = [number for pattern, found in _PATTERNS if pattern.search(said) for number in found]
    if is_about_care and _AT_ONCE.search(said):
        numbers += _OF_CARE
    return tuple(EmergencyLine(number, _PURPOSES[number].said(language)) for number in dict.fromkeys(numbers))
