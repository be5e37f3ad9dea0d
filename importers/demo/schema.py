"""The keys of the demonstration files: what each may hold."""

from collections.abc import Iterable

from importers.demo import words
from importers.demo.days import DAY_EXAMPLE, DAY_FORM
from portal.directory.rules.choices import REVIEW_RHYTHMS, SUMMARY_LENGTH
from portal.vocabulary.audiences import Audience
from portal.vocabulary.shapes import Fields, Keyed, Many, Shape, Words

_CLOCK = r"([01]?\d|2[0-3])h([0-5]\d)?"
_SPAN = rf"{_CLOCK}-({_CLOCK}|24h)"


def _one_of(choices: Iterable[str]) -> Words:
    return Words(choices=frozenset(choices))


_text = Words()
_key = Words(form=r"[a-z0-9]+(-[a-z0-9]+)*", example="maison-noxe")
_summary = Words(form=rf"(?s).{{1,{SUMMARY_LENGTH}}}", example=f"{SUMMARY_LENGTH} caractères au plus")
_day = Words(form=DAY_FORM, example=DAY_EXAMPLE)
_times = Words(form=rf"{_SPAN}(, {_SPAN})*", example="9h-12h, 14h-17h30")
_age = Words(form=r"\d{1,3}", example="16")
_commune = Words(form=r"\d[0-9AB]\d{3}", example="10323")
_phone = Words(form=r"0[1-9]( \d{2}){4}", example="03 53 01 10 00")
_contact = Fields(
    required={},
    optional={
        "telephone": _phone,
        "courriel": Words(form=r"[^@\s]+@[^@\s]+", example="accueil@mairie.example"),
        "site": Words(form=r"https://\S+", example="https://mairie.example"),
        "libelle": _text,
        "public": _one_of(["professionnels"]),
    },
)
_contacts = Many(_contact)
_slot = Fields(
    required={"heures": _times},
    optional={
        "jours": Many(_one_of(words.WEEKDAYS), least=1),
        "dates": Many(_day, least=1),
        "semaines": _one_of(words.WEEKS),
        "rangs": Many(Words(form=r"-?[1-5]", example="-1")),
        "du": _day,
        "au": _day,
        "feries": _one_of(words.PUBLIC_HOLIDAYS),
        "vacances": _one_of(words.SCHOOL_HOLIDAYS),
        "zones": Many(_one_of("ABC")),
        "mode": _one_of(words.MODES),
        "rendez_vous": _one_of(words.APPOINTMENTS),
        "note": _text,
    },
)
_exception = Fields(
    required={"nature": _one_of(words.EXCEPTIONS), "du": _day},
    optional={"au": _day, "heures": _times, "motif": _text},
)
_hours: dict[str, Shape] = {"horaires": _text, "creneaux": Many(_slot), "exceptions": Many(_exception)}
_structure = Fields(
    required={"cle": _key, "nom": _text},
    optional={"nature": _one_of(words.NATURES), "description": _text, "contacts": _contacts},
)
_place = Fields(
    required={
        "cle": _key,
        "nom": _text,
        "code_postal": Words(form=r"\d{5}", example="10100"),
        "commune": _commune,
        "point": Words(form=r"[1-8]\d\.\d+, -?\d{1,2}\.\d+", example="48.516, 3.716"),
        "precision": _one_of(words.PRECISIONS),
    },
    optional={
        "adresse": _text,
        "adresse_montree": _one_of(words.ADDRESSES),
        "acces": Keyed(_one_of(words.ANSWERS), form="|".join(words.FEATURES), example="fauteuil"),
        "note_acces": _text,
    },
)
_stop = Fields(required={"cle": _key, "lieu": _key}, optional={**_hours, "note": _text})
_tour = Fields(
    required={"cle": _key, "structure": _key, "nom": _text, "arrets": Many(_stop, least=1)},
    optional={"description": _text, "contacts": _contacts},
)
_access = Fields(
    required={},
    optional={
        "lieu": _key,
        "arret": Words(form=r"[a-z0-9-]+/[a-z0-9-]+", example="bus/trainel"),
        "mode": _one_of(mode for mode, meant in words.MODES.items() if meant in words.KINDS),
        **_hours,
        "note": _text,
        "url": _text,
        "adresse_montree": _one_of(words.ADDRESSES),
        "contacts": _contacts,
    },
)
_service = Fields(
    required={
        "cle": _key,
        "structure": _key,
        "titre": _text,
        "resume": _summary,
        "concepts": Many(Words(form=r"[A-Z]{2}\d{2}", example="PE01"), least=1),
    },
    optional={
        "anciens_titres": Many(_text),
        "description": _text,
        "publics": Many(_one_of(Audience)),
        "ages": Many(_age, least=1, most=2),
        "cout": _one_of(words.COSTS),
        "note_cout": _text,
        "modes": Many(_one_of(words.MODES)),
        "langues": Many(Words(form=r"[a-z]{2,3}", example="fr")),
        "pieces": _text,
        "conditions": _text,
        "nature": _one_of(words.NATURES),
        "competence": Many(Words(form=r"tous|territoire|epci:\d{9}|commune:\d[0-9AB]\d{3}", example="commune:10323")),
        "en_ligne": _text,
        "etat": _one_of(words.STATUSES),
        "ferme": Fields(required={"le": _day}, optional={"successeur": _key}),
        "verifie": Fields(required={"le": _day, "par": _text}, optional={}),
        "rythme": _one_of(str(months) for months in REVIEW_RHYTHMS),
        "contacts": _contacts,
        "acces": Many(_access),
    },
)
STRUCTURES = Fields(
    required={"structures": Many(_structure), "lieux": Many(_place), "tournees": Many(_tour)}, optional={}
)
SERVICES = Fields(required={"services": Many(_service)}, optional={})
