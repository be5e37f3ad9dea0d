"""The `maillage hours` command: what was understood of a text, and what it says at an instant."""

import json
from datetime import UTC, datetime

import click

from portal.core.command import ExitCode, Room, pass_room, stop
from portal.core.problems import Problem
from portal.hours.calendar import ZONES, Calendar
from portal.hours.formats import Format, read_hours
from portal.hours.matching import FIRST_YEAR, LAST_YEAR
from portal.hours.osm import Written, write_osm
from portal.hours.schedule import Schedule, State
from portal.hours.slots import Opening
from portal.hours.words import instant_in_words, short, state_sentence

_UNREADABLE_INSTANT = (
    "L’instant « {value} » n’est pas lisible : écrivez-le comme 2026-12-01T18:30, avec ou sans décalage (+01:00)."
)


_HELP = """Montrer ce qui est compris des horaires TEXT.

\b
french           phrase en français : "du lundi au vendredi 9h-12h"
france-services  "lundi=08:30 - 12:00 / 13:00 - 17:00; mardi=…; commentaire=…"
                 ou la ligne en JSON : {"h_lundi": "08:30 - 12:00", …}
dila             plages de l’annuaire de l’administration, en JSON
osm              notation OpenStreetMap : "Mo-Fr 09:00-12:00; PH off"
gtfs             calendar.txt, calendar_dates.txt ou les deux avec leurs
                 en-têtes, une ligne vide entre les deux

Code de sortie : 0, ou 3 s’il y a des problèmes.
"""


@click.command(help=_HELP)
@click.argument("text")
@click.option(
    "--format",
    "written",
    type=click.Choice([one.value for one in Format]),
    default=Format.FRENCH.value,
    show_default=True,
    help="Façon dont TEXT est écrit.",
)
@click.option(
    "--at",
    "at",
    metavar="INSTANT",
    help="Instant de l’état, à l’heure du territoire sauf décalage ; sans lui, maintenant.",
)
@click.option("--zone", type=click.Choice(ZONES), help="Zone de vacances scolaires du lieu.")
@click.option("--json", "as_json", is_flag=True, help="Répondre en JSON, pour un programme.")
@pass_room
def hours(room: Room, /, text: str, **options: str | bool | None) -> None:
    """Show what was understood of a text."""
    zone = str(options["zone"] or "")
    calendar = Calendar(time_zone=room.clock.zone, school_zone=zone)
    at = options["at"]
    instant = room.clock.now() if at is None else _instant(str(at), calendar)
    opening, problems = read_hours(text, Format(str(options["written"])), instant.date())
    state = Schedule(opening, calendar).state_at(instant)
    answer = _as_json if options["as_json"] else _as_text
    click.echo(answer(opening, problems, state, instant))
    if problems:
        raise click.exceptions.Exit(ExitCode.PROBLEMS)


def _instant(value: str, calendar: Calendar) -> datetime:
    try:
        read = datetime.fromisoformat(value.strip())
    except ValueError:
        stop(_UNREADABLE_INSTANT.format(value=value), code=ExitCode.USAGE)
    if not FIRST_YEAR < read.year < LAST_YEAR:
        stop(f"L’année {read.year} est hors du calendrier : choisissez un instant plus proche.", code=ExitCode.USAGE)
    aware = read if read.tzinfo is not None else read.replace(tzinfo=calendar.time_zone)
    # By way of universal time: a time the clock jumps over in March becomes one it shows.
    return aware.astimezone(UTC).astimezone(calendar.time_zone)


def _as_json(opening: Opening, problems: tuple[Problem, ...], state: State, instant: datetime) -> str:
    following = state.next or state.next_appointment
    answer = {
        "words": short(opening),
        "osm": write_osm(opening).text,
        "problems": [{"code": problem.code, "text": problem.text} for problem in problems],
        "state": {
            "code": state.code.value,
            "text": state_sentence(state, instant),
            "until": None if state.until is None else state.until.isoformat(),
            "next": None if following is None else following.isoformat(),
        },
        "complete": opening.is_complete and opening != Opening(),
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _as_text(opening: Opening, problems: tuple[Problem, ...], state: State, instant: datetime) -> str:
    lines = [
        f"Compris : {short(opening)}",
        f"OpenStreetMap : {_osm_line(write_osm(opening))}",
        f"{instant_in_words(instant)} : {state_sentence(state, instant)}",
    ]
    if state.until is not None:
        lines.append(f"Prochain changement : {instant_in_words(state.until)}")
    if state.next is not None:
        lines.append(f"Prochaine ouverture : {instant_in_words(state.next)}")
    if state.next_appointment is not None:
        lines.append(f"Prochain accueil sur rendez-vous : {instant_in_words(state.next_appointment)}")
    lines += [_problem_line(problem) for problem in problems]
    return "\n".join(lines)


def _osm_line(written: Written) -> str:
    return " ".join([written.text or "–", *(f"({sentence})" for sentence in written.unsaid)])


def _problem_line(problem: Problem) -> str:
    words = f" « {problem.value} »" if problem.value else ""
    return f"Problème [{problem.code}]{words} : {problem.text}"
