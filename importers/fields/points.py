"""Points of rows: read in degrees or metres, and held against the commune they are said to lie in."""

import re
from dataclasses import dataclass

from importers.fields.cells import Problems, Read, fault, said
from importers.fields.projections import System, system_named
from portal.core.problems import Problem
from portal.core.text import fold
from portal.directory.rules.choices import Precision
from portal.geography.communes import Commune
from portal.geography.distances import great_circle, metres_outside
from portal.geography.points import LATITUDES, LONGITUDES, Point

_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,20})?(?:[eE]-\d{1,2})?", re.ASCII)
_PAIR = re.compile(r"\(?([+-]?\d{1,3}(?:\.\d{1,20})?)\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d{1,20})?)\)?", re.ASCII)
_COMMA_PAIR = re.compile(r"([+-]?\d{1,3},\d{1,20})\s*[;/ ]\s*([+-]?\d{1,3},\d{1,20})", re.ASCII)
_NOT_A_NUMBER = frozenset({"nan", "inf", "-inf", "infinity"})
_DECIMALS = 7
"""Of degrees: about a centimetre."""
_FRANCE = (
    (41.0, 51.5, -5.5, 10.0),
    (14.2, 18.3, -63.3, -60.7),
    (1.9, 6.0, -54.8, -51.4),
    (-21.5, -20.7, 55.1, 56.0),
    (-13.2, -12.5, 44.9, 45.4),
    (46.6, 47.3, -56.6, -56.0),
    (-23.0, -19.0, 163.0, 168.5),
    (-28.5, -7.0, -155.5, -134.0),
    (-14.7, -13.0, -178.5, -175.8),
    (-50.5, -37.0, 50.0, 78.5),
    (10.0, 10.6, -109.5, -109.0),
)
"""Boxes around France and each overseas territory: south, north, west, east."""
_PRECISIONS = {
    "housenumber": Precision.ADDRESS, "numero": Precision.ADDRESS, "geocode au numero": Precision.ADDRESS,
    "street": Precision.STREET, "voie": Precision.STREET, "rue": Precision.STREET,
    "geocode a la rue": Precision.STREET, "geocode a la voie": Precision.STREET,
    "geocode au milieu d un ilot": Precision.STREET, "interpolation": Precision.STREET,
    "locality": Precision.LOCALITY, "lieu-dit": Precision.LOCALITY, "lieu dit": Precision.LOCALITY,
    "geocode au lieu dit": Precision.LOCALITY, "zone": Precision.LOCALITY,
    "municipality": Precision.COMMUNE, "commune": Precision.COMMUNE, "mairie": Precision.COMMUNE,
    "geocode a la commune": Precision.COMMUNE, "geocode a la mairie": Precision.COMMUNE,
}  # fmt: skip


@dataclass(frozen=True)
class Placement:
    """Where a place is shown, and how exact that is."""

    point: Point
    precision: Precision


def read_point(lat: str, lon: str) -> Read[Point]:
    """Read two cells of degrees; a pair that only makes sense turned round is turned, and said."""
    words = f"{lat} / {lon}"
    numbers, problems = _numbers(lat, lon, "latitude", "longitude")
    if numbers is None:
        return None, problems
    return _in_france(*numbers, words)


def read_point_cell(text: str) -> Read[Point]:
    """Read one cell that holds both: "48.516,3.716" or "48,516 ; 3,716"."""
    words = said(text)
    if not words:
        return None, ()
    plain = re.sub(r"\s", " ", words)
    pair = _PAIR.fullmatch(plain) or _COMMA_PAIR.fullmatch(plain)
    if pair is None:
        sentence = "Ce point n’est pas compris : écrivez latitude, virgule, longitude, par exemple 48.516,3.716."
        return None, (fault("point-illisible", sentence, text),)
    return read_point(pair[1], pair[2])


def read_projected_point(x: str, y: str, system: str) -> Read[Point]:
    """Read two cells of metres in the system a third one names."""
    words = f"{x} / {y} / {system}"
    numbers, problems = _numbers(x, y, "coordonnée X", "coordonnée Y")
    if numbers is None:
        return None, problems
    known = system_named(system)
    if known is None:
        sentence = "Ce système de coordonnées n’est pas connu : donnez le point en latitude et longitude."
        return None, (fault("projection-inconnue", sentence, system),)
    return _projected(known, *numbers, words)


def settle(point: Point | None, commune: Commune, *, precision: Precision = Precision.ADDRESS) -> Read[Placement]:
    """Place a row: at its point when it lies in or near its commune, else at the commune's centre, and say why."""
    centre = Placement(commune.point, Precision.COMMUNE)
    if point is None:
        return centre, ()
    if metres_outside(point, centre=commune.point, radius=commune.radius) == 0:
        return Placement(point, precision), ()
    away = great_circle(point.lat, point.lon, commune.point.lat, commune.point.lon) / 1000
    sentence = (
        f"Ce point est à {away:.0f} km du centre de {commune.name} : il est mis de côté, le lieu est montré au "
        "centre de la commune. Corrigez le point ou la commune."
    )
    return centre, (fault("point-hors-de-sa-commune", sentence, str(point)),)


def read_precision(text: str) -> Read[Precision]:
    """Read how exactly a point was found, in the words of geocoders."""
    key = fold(said(text)).replace("'", " ")
    if not key:
        return None, ()
    if key in _PRECISIONS:
        return _PRECISIONS[key], ()
    return None, (fault("precision-inconnue", "Cette précision du point n’est pas connue : elle est ignorée.", text),)


def _numbers(first: str, second: str, first_name: str, second_name: str) -> Read[tuple[float, float]]:
    read = (_number(first), _number(second))
    words = f"{first} / {second}"
    if _says_nothing(first) and _says_nothing(second):
        return None, ()
    if _says_nothing(first) or _says_nothing(second):
        missing = first_name if _says_nothing(first) else second_name
        return None, (fault("point-incomplet", f"Il manque la {missing} de ce point : complétez-le.", words),)
    if read[0] is None or read[1] is None:
        sentence = "Ce point n’est pas fait de deux nombres : écrivez par exemple 48.516 et 3.716."
        return None, (fault("point-illisible", sentence, words),)
    return (read[0], read[1]), ()


def _says_nothing(text: str) -> bool:
    # "nan" is what a program writes for a missing number: nothing was said.
    return not said(text) or fold(text.strip()) in _NOT_A_NUMBER


def _number(text: str) -> float | None:
    compact = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3})", "", said(text))
    return float(compact.replace(",", ".")) if _NUMBER.fullmatch(compact) else None


def _in_france(lat: float, lon: float, words: str) -> Read[Point]:
    if lat == 0 and lon == 0:
        sentence = "Ce point est 0, 0 : il n’a pas été renseigné. Donnez le vrai point ou videz les cases."
        return None, (fault("point-nul", sentence, words),)
    if is_french(lat, lon):
        return _point(lat, lon), ()
    if is_french(lon, lat):
        sentence = "La latitude et la longitude étaient inversées : elles ont été remises dans l’ordre."
        return _point(lon, lat), (fault("point-inverse", sentence, words),)
    return None, (_outside(lat, lon, words),)


def is_french(lat: float, lon: float) -> bool:
    """Tell whether degrees fall on France or one of its overseas territories, with some sea around."""
    return any(south <= lat <= north and west <= lon <= east for south, north, west, east in _FRANCE)


def _outside(lat: float, lon: float, words: str) -> Problem:
    if abs(lat) > LONGITUDES and abs(lon) > LONGITUDES:
        sentence = "Ce point est en mètres, sans le nom de sa projection : donnez sa latitude et sa longitude."
        return fault("point-projete", sentence, words)
    if abs(lat) > LATITUDES or abs(lon) > LONGITUDES:
        sentence = "Ce point n’est pas sur la Terre : une virgule a sans doute été perdue, corrigez-le."
        return fault("point-impossible", sentence, words)
    return fault("point-hors-de-france", "Ce point n’est pas en France : vérifiez ses deux nombres.", words)


def _projected(system: System, x: float, y: float, words: str) -> Read[Point]:
    problems: Problems = ()
    found = system.degrees(x, y)
    if found is None or not is_french(*found):
        turned = system.degrees(y, x)
        if turned is None or not is_french(*turned):
            sentence = f"Ces mètres ne tombent pas en France dans le système {system.name} : vérifiez-les."
            return None, (fault("point-hors-de-france", sentence, words),)
        sentence = "X et Y étaient inversés : ils ont été remis dans l’ordre."
        found, problems = turned, (fault("point-inverse", sentence, words),)
    return _point(*found), problems


def _point(lat: float, lon: float) -> Point:
    return Point(round(lat, _DECIMALS), round(lon, _DECIMALS))
