"""How one is received: words of data·inclusion and of digital mediation, as our modes.

"À distance" says neither telephone nor video. It is read as the telephone where the row gives a number, for then one
can call; without a number it is said and left out.
"""

from importers.fields.cells import Read, fault
from importers.fields.choices import read_choices
from importers.fields.lists import split_list
from portal.core.text import slug
from portal.hours.slots import Appointment, Mode

_REMOTE = "a-distance"
_WORDS: dict[str, Mode | None] = {
    "en-presentiel": Mode.ON_SITE,
    "presentiel": Mode.ON_SITE,
    "sur-place": Mode.ON_SITE,
    "se-presenter": Mode.ON_SITE,
    "accueil-physique": Mode.ON_SITE,
    "dans-un-atelier-collectif": Mode.ON_SITE,
    "telephone": Mode.PHONE,
    "telephoner": Mode.PHONE,
    "par-telephone": Mode.PHONE,
    "visio": Mode.VIDEO,
    "visioconference": Mode.VIDEO,
    "en-visio": Mode.VIDEO,
    "en-visioconference": Mode.VIDEO,
    "domicile": Mode.HOME,
    "a-domicile": Mode.HOME,
    "chez-vous": Mode.HOME,
    "accompagnement-individuel": None,
    "autre": None,
    "ce-lieu-n-accueille-pas-de-public": None,
    "contacter-par-mail": None,
    "completer-le-formulaire-dadhesion": None,
    "en-autonomie": None,
    "envoyer-un-courriel": None,
    "envoyer-un-mail": None,
    "envoyer-un-mail-avec-une-fiche-de-prescription": None,
    "prendre-rdv": None,
    "prendre-un-rdv-en-ligne": None,
    "utiliser-le-lien-de-mobilisation": None,
    "utiliser-lien-mobilisation": None,
    _REMOTE: None,
}
_APPOINTMENTS = {
    "oui": Appointment.POSSIBLE,
    "possible": Appointment.POSSIBLE,
    "avec-ou-sans-rendez-vous": Appointment.POSSIBLE,
    "non": Appointment.NONE,
    "sans-rendez-vous": Appointment.NONE,
    "sans-rdv": Appointment.NONE,
    "obligatoire": Appointment.REQUIRED,
    "sur-rendez-vous": Appointment.REQUIRED,
    "sur-rdv": Appointment.REQUIRED,
    "uniquement-sur-rendez-vous": Appointment.REQUIRED,
}


def read_modes(text: str, *, has_phone: bool = False) -> Read[tuple[Mode, ...]]:
    """Read the ways a service receives people."""
    sentence = "Ce mode d’accueil n’est pas connu : écrivez sur place, téléphone, visio ou domicile."
    words = _WORDS | {_REMOTE: Mode.PHONE} if has_phone else _WORDS
    modes, problems = read_choices(text, words, code="mode-inconnu", sentence=sentence)
    if not has_phone and any(slug(value) == _REMOTE for value in split_list(text)[0]):
        remote = "« À distance » ne dit pas comment : écrivez téléphone ou visio, ou donnez un numéro."
        problems = (*problems, fault("mode-imprecis", remote, text))
    return modes, problems


def read_appointment(text: str) -> Read[Appointment]:
    """Read whether one needs an appointment."""
    sentence = "Cette case attend « sans rendez-vous », « possible » ou « obligatoire »."
    choices, problems = read_choices(text, _APPOINTMENTS, code="rendez-vous-inconnu", sentence=sentence)
    return (choices[0] if choices else None), problems
