"""For whom a service is: words of data·inclusion (v1 and before) and of digital mediation, as our audiences.

A word narrower than any audience of ours ("alternants") gives the one that holds it; one that speaks of a difficulty
rather than of people ("illettrisme") is known and gives none.
"""

import re

from importers.fields.cells import Read, fault, said
from importers.fields.choices import read_choices
from portal.core.text import fold, slug
from portal.vocabulary.audiences import Audience

_OURS: dict[str, Audience | None] = {slug(name): each for each in Audience for name in (each.value, each.label.fr)}
_THEIRS: dict[str, Audience | None] = {
    "adultes": Audience.EVERYONE,
    "alternants": Audience.WORKERS,
    "beneficiaires-rsa": Audience.BENEFIT_RECIPIENTS,
    "deficience-visuelle": Audience.DISABLED_PEOPLE,
    "demandeurs-demploi": Audience.JOB_SEEKERS,
    "enfants": Audience.FAMILIES,
    "familles-enfants": Audience.FAMILIES,
    "familles-et-ou-enfants": Audience.FAMILIES,
    "handicaps-mentaux": Audience.DISABLED_PEOPLE,
    "handicaps-moteurs": Audience.DISABLED_PEOPLE,
    "handicaps-psychiques": Audience.DISABLED_PEOPLE,
    "illettrisme": None,
    "jeunes-16-26": Audience.YOUNG_PEOPLE,
    "langues-etrangeres-anglais": None,
    "langues-etrangeres-autre": None,
    "langues-etrangeres-autres": None,
    "locataires": None,
    "parents": Audience.FAMILIES,
    "personnes-agees": Audience.SENIORS,
    "personnes-de-nationalite-etrangere": Audience.EXILED_PEOPLE,
    "personnes-en-situation-d-urgence": Audience.PEOPLE_IN_URGENT_NEED,
    "personnes-en-situation-illettrisme": None,
    "personnes-handicapees": Audience.DISABLED_PEOPLE,
    "proprietaires": None,
    "public-langues-etrangeres": None,
    "retraites": Audience.SENIORS,
    "salaries": Audience.WORKERS,
    "sans-domicile-fixe": Audience.PEOPLE_IN_URGENT_NEED,
    "seniors-65": Audience.SENIORS,
    "sortants-de-detention": Audience.PEOPLE_WITH_A_LEGAL_SITUATION,
    "surdite": Audience.DISABLED_PEOPLE,
    "tout-public": Audience.EVERYONE,
    "tout-publics": Audience.EVERYONE,
    "tous-public": Audience.EVERYONE,
    "tous": Audience.EVERYONE,
    "victimes": Audience.PEOPLE_IN_URGENT_NEED,
    "demandeurs-ou-demandeuses-d-emploi": Audience.JOB_SEEKERS,
    "beneficiaires-du-revenu-de-solidarite-active-rsa": Audience.BENEFIT_RECIPIENTS,
}
_WORDS = _OURS | _THEIRS
_SPAN = re.compile(r"(?:de |entre )?(\d{1,3})\s*(?:ans?)?\s*(?:a|et|-|–|/)\s*(\d{1,3})\s*ans?(?: (?:inclus|revolus))?")
_MONTHS_SPAN = re.compile(r"(?:de )?\d{1,2}\s*(?:mois|semaines)\s*(?:a|-)\s*(\d{1,2})\s*ans?")
_FROM = re.compile(
    r"(?:a partir de|des|plus de|\+ ?de|\+)\s*(\d{1,3})\s*ans?(?: et (?:plus|\+))?|(\d{1,3})\s*ans? et (?:plus|\+)"
)
_UP_TO = re.compile(r"(?:jusqu'a|moins de|-\s?de|0\s*-)\s*(\d{1,3})\s*ans?(?: (?:inclus|revolus))?")
_AGE = re.compile(r"(\d{1,3})\s*(?:(an|semaine)s?|(mois))?")
_YEARS = {"an": 1.0, "mois": 1 / 12, "semaine": 7 / 365}
"""Years of each unit."""
_CRUMB = 1e-9
_OLDEST = 130

Ages = tuple[int | None, int | None]


def read_audiences(text: str) -> Read[tuple[Audience, ...]]:
    """Read the audiences of a service."""
    sentence = "Ce public n’est pas dans la liste : prenez par exemple « Familles », « Jeunes » ou « Tous publics »."
    return read_choices(text, _WORDS, code="public-inconnu", sentence=sentence)


def read_ages(text: str) -> Read[Ages]:
    """Read the ages a service is for: "0-6 ans", "de 2 mois et demi…" only when months are the younger end."""
    key = fold(said(text)).strip(" .")
    if not key:
        return None, ()
    ages = _ages(key)
    if ages is None:
        sentence = "Ces âges ne sont pas compris : écrivez par exemple « 3-11 ans » ou « à partir de 60 ans »."
        return None, (fault("ages-illisibles", sentence, text),)
    young, old = ages
    if (young is not None and old is not None and young > old) or max(young or 0, old or 0) > _OLDEST:
        sentence = "Ces âges sont impossibles : le plus petit d’abord, et 130 ans au plus."
        return None, (fault("ages-impossibles", sentence, text),)
    return ages, ()


def read_age(text: str) -> Read[int]:
    """Read one age in years; one in months or weeks is the year it lies in."""
    key = fold(said(text)).strip(" .").removesuffix(".0").removesuffix(",0")
    if not key:
        return None, ()
    found = _AGE.fullmatch(key)
    if found is None:
        sentence = "Cet âge n’est pas compris : écrivez un nombre d’années, par exemple 6."
        return None, (fault("age-illisible", sentence, text),)
    years = int(int(found[1]) * _YEARS[found[2] or found[3] or "an"] + _CRUMB)
    if years > _OLDEST:
        return None, (fault("age-impossible", f"Cet âge est impossible : {_OLDEST} ans au plus.", text),)
    return years, ()


def _ages(key: str) -> Ages | None:
    if span := _SPAN.fullmatch(key):
        return int(span[1]), int(span[2])
    if months := _MONTHS_SPAN.fullmatch(key):
        return 0, int(months[1])
    if start := _FROM.fullmatch(key):
        # "Plus de 60 ans" is how people say "60 ans et plus".
        return int(start[1] or start[2]), None
    if end := _UP_TO.fullmatch(key):
        # Under six is up to five; "jusqu'à 6 ans" holds the sixth year.
        return None, int(end[1]) - ("moins" in key or key.startswith("-"))
    return None
