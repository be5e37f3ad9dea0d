"""Read and write the comment of a rule: appointments, modes, a harmless note, or words that may change the hours."""

import re
import unicodedata
from dataclasses import dataclass

from portal.hours.slots import Appointment, Mode, Slot

APPOINTMENTS = {Appointment.REQUIRED: "sur rendez-vous", Appointment.POSSIBLE: "avec ou sans rendez-vous"}
MODES = {Mode.PHONE: "par téléphone", Mode.VIDEO: "en visioconférence", Mode.HOME: "à domicile"}

_APPOINTMENT = re.compile(r"rendez[- ]?vous|\br\.?d\.?v\b|appointment")
_REQUIRED = re.compile(
    r"(uniquement |seulement |exclusivement )?(sur|avec|prendre|on|by) (rendez[- ]?vous|rdv|appointment)"
    r"( uniquement| seulement| obligatoire| only)?|(rendez[- ]?vous|rdv) obligatoire"
)
_POSSIBLE = re.compile(
    r"(avec (ou|et) sans|de preference sur|sur ou sans|avec ou sans) (rendez[- ]?vous|rdv)"
    r"|(rendez[- ]?vous|rdv) (possible|conseille|recommande)"
)
_NONE = re.compile(r"sans (rendez[- ]?vous|rdv)|no appointment( needed)?")
_MODES = {
    Mode.PHONE: re.compile(r"(uniquement )?(par )?telephone|(accueil|permanence) telephonique|by phone"),
    Mode.VIDEO: re.compile(r"(en |par )?visio(conference)?|by video"),
    Mode.HOME: re.compile(r"(a |au )domicile"),
}
_TOUCHES_HOURS = re.compile(
    r"\d|\b(lun|mar|mer|jeu|ven|sam|dim|janv|fev|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)"
    r"|semaine|vacance|scolaire|feri|sauf|hors|matin|midi|soir|nuit|jour|mois|annee|ete\b|hiver|printemps|automne"
    r"|ferm|ouver|ouvr|horaire|heure|selon|variable|alterna|paire|week|month|year|except|clos|open|holiday"
    r"|(mon|tues|wednes|thurs|fri|satur|sun)day|summer|winter|temporaire|exceptionnel|saison|possible|environ"
)


@dataclass(frozen=True)
class Remark:
    """What a comment says."""

    mode: Mode = Mode.ON_SITE
    appointment: Appointment = Appointment.NONE
    note: str = ""
    touches_hours: bool = False
    """The words may change when one can come, and nobody could read how."""


def read_comment(comment: str) -> Remark:
    """Tell appointments and modes from notes; words about time that are not understood are in doubt."""
    mode, appointment = Mode.ON_SITE, Appointment.NONE
    notes: list[str] = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]", comment))):
        folded = _fold(part)
        found_mode = next((key for key, words in _MODES.items() if words.fullmatch(folded)), None)
        found_appointment = _appointment(folded)
        mode = found_mode or mode
        appointment = found_appointment or appointment
        if found_mode is None and found_appointment is None:
            notes.append(part)
    note = ", ".join(notes)
    in_doubt = bool(_TOUCHES_HOURS.search(_fold(note)) or _APPOINTMENT.search(_fold(note)))
    return Remark(mode, appointment, note, touches_hours=in_doubt)


def write_comment(slot: Slot) -> str:
    """Say mode, appointment and note in one comment, or nothing."""
    parts = (MODES.get(slot.mode, ""), APPOINTMENTS.get(slot.appointment, ""), slot.note)
    return ", ".join(part for part in parts if part)


def _appointment(folded: str) -> Appointment | None:
    table = ((_POSSIBLE, Appointment.POSSIBLE), (_REQUIRED, Appointment.REQUIRED), (_NONE, Appointment.NONE))
    return next((kind for words, kind in table if words.fullmatch(folded)), None)


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).split())
