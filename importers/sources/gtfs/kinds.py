"""Kinds of lines: the concept of each type of route, and what a traveller calls it."""

from dataclasses import dataclass

from importers.fields.cells import Problems, fault

BUS, STATION, SHUTTLE, SCHOOL = "MO01", "MO02", "MO11", "ED06"


@dataclass(frozen=True)
class LineKind:
    """What a type of route is."""

    concept: str
    noun: str
    """As in "Ligne de bus : Romilly – Nogent"."""
    title: str = "Ligne"


_TRAIN = LineKind(STATION, "Ligne de train", "Train")
_BUS = LineKind(BUS, "Ligne de bus")
_COACH = LineKind(BUS, "Ligne de car")
_TRAM = LineKind(BUS, "Ligne de tramway", "Tramway")
_METRO = LineKind(BUS, "Ligne de métro", "Métro")
_BOAT = LineKind(SHUTTLE, "Navette fluviale ou maritime", "Bateau")
_CABLE = LineKind(SHUTTLE, "Transport par câble", "Transport par câble")
BOOKED = LineKind("MO03", "Transport sur réservation")
"""What comes only when called, whatever its type."""
_OTHER = LineKind(BUS, "Ligne de transport")
_BY_TYPE = {
    "0": _TRAM,
    "1": _METRO,
    "2": _TRAIN,
    "3": _BUS,
    "4": _BOAT,
    "5": _TRAM,
    "6": _CABLE,
    "7": _CABLE,
    "11": _BUS,
    "12": _METRO,
    "712": LineKind(SCHOOL, "Ligne de car scolaire"),
    "713": LineKind(SCHOOL, "Ligne de car scolaire"),
}
_BY_HUNDRED = {
    "1": _TRAIN,
    "2": _COACH,
    "4": _METRO,
    "7": _BUS,
    "8": _BUS,
    "9": _TRAM,
    "10": _BOAT,
    "12": _BOAT,
    "13": _CABLE,
    "14": _CABLE,
    "17": _OTHER,
}
"""Extended types by their hundred: 100 to 199 are trains, 200 to 299 coaches."""


def kind_of(type_: str) -> tuple[LineKind, Problems]:
    """Tell what a type of route is; one nobody knows is some line."""
    found = _BY_TYPE.get(type_) or (_BY_HUNDRED.get(type_[:-2]) if type_.isdigit() and len(type_) > len("12") else None)
    if found is not None:
        return found, ()
    sentence = "Ce type de ligne n’est pas dans le format GTFS : écrivez 3 pour un bus ou un car, 2 pour un train."
    return _OTHER, (fault("gtfs-type-inconnu", sentence, type_),)
