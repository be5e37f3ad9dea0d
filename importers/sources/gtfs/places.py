"""Places of stops: the point, the commune it lies in, and whether a wheelchair can get in."""

from collections.abc import Iterable

from importers.fields.accessibility import read_gtfs_access
from importers.fields.cells import Problems, fault
from importers.fields.names import LONGEST_NAME
from importers.fields.points import settle
from importers.sources.gtfs.network import Network
from importers.sources.gtfs.stops import StopGroup, StopRow
from portal.core.problems import Problem
from portal.core.text import fold
from portal.directory.rules.choices import AccessFeature, Answer
from portal.intake.record import PlaceRecord

SOME_PLATFORMS = "Certains quais seulement sont accessibles en fauteuil roulant."


def place_of(network: Network, number: int) -> tuple[PlaceRecord | None, Problems]:
    """Make the place of a group of stops; None where its point names no commune."""
    group = network.group(number)
    problems = tuple(problem for row in group.members for problem in row.problems)
    commune = network.commune_of(number)
    if commune is None:
        return None, problems or (_nowhere(group),)
    placement, of_placement = settle(group.point, commune)
    if placement is None:
        return None, (*problems, *of_placement)
    answer, note = _wheelchair(group)
    return (
        PlaceRecord(
            commune_code=commune.code,
            name=group.name or None,
            address=address_of(group)[:LONGEST_NAME] or None,
            postal_code=commune.postal_codes[0] if len(commune.postal_codes) == 1 else None,
            point=placement.point,
            precision=placement.precision,
            access={AccessFeature.WHEELCHAIR: answer} if answer else None,
            access_note=note,
        ),
        (*problems, *of_placement),
    )


def address_of(group: StopGroup) -> str:
    """Write where a stop is as people say it; lines and stops that name one stop then name one place."""
    is_told = fold(group.name).startswith(("arret", "gare", "halte"))
    return group.name if is_told or not group.name else f"Arrêt {group.name}"


def _wheelchair(group: StopGroup) -> tuple[Answer | None, str | None]:
    """Answer where all platforms agree; a platform that says nothing is as its station."""
    answers = _answers(group.members)
    if len(answers) == 1:
        return answers.pop(), None
    return None, SOME_PLATFORMS if Answer.YES in answers else None


def _answers(rows: Iterable[StopRow]) -> set[Answer]:
    features = (read_gtfs_access(row.wheelchair)[0] or {} for row in rows)
    return {feature for found in features for feature in found.values()} - {Answer.UNKNOWN}


def _nowhere(group: StopGroup) -> Problem:
    sentence = "Le point de cet arrêt n’est dans aucune commune de France : donnez sa latitude et sa longitude."
    return fault("gtfs-arret-sans-commune", sentence, str(group.point or ""))
