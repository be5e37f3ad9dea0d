"""A program to kill: it imports one list, round after round, which creates, changes, links, hides and brings back."""

import sys
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from portal.core.clock import FixedClock
from portal.core.content_hash import content_hash
from portal.core.database import Database
from portal.directory.content import CONTENTS
from portal.geography.models import Commune
from portal.hours.osm import read_osm
from portal.intake.models.sources import Run
from portal.intake.record import ServiceRecord
from portal.intake.rules.declarations import FeedDeclaration, SourceDeclaration
from portal.intake.running import run_records
from tests.intake.builders import NOGENT, ROMILLY, a_place, a_record, add_communes, an_access, phone, submissions
from tests.tools.obeying import obey

RECORDS = 150
NEW = 5
"""Records that each round adds."""
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
FEED = FeedDeclaration(source=SourceDeclaration(name="sante", title="Registre"), name="liste")
OPENINGS = ("", "Mo-Fr 09:00-12:00", "Sa 14:00-16:00; PH off")


def write_round(database: Database, number: int) -> str:
    """Import the list of a round, eight days after the one before; tell the hash."""
    clock = FixedClock(START + timedelta(days=8 * number))
    run_records(database, clock, FEED, submissions(records_of(number)))
    with database.reading() as session:
        return content_hash(session, CONTENTS)


def records_of(number: int) -> list[ServiceRecord]:
    """List what the source says in a round: some records are away for three rounds, others say something new."""
    listed = range(RECORDS + NEW * number)
    return [_record(key, number) for key in listed if key % 25 != number // 3 % 25]


def _record(key: int, number: int) -> ServiceRecord:
    turn = (number + key) // 4
    opening = OPENINGS[turn % len(OPENINGS)]
    place = a_place(commune_code=(ROMILLY, NOGENT)[key % 2], address=f"{key % 40 + 1 + turn % 2} rue du Lavoir")
    return a_record(
        str(key),
        title=f"Relais {key}, {turn}",
        structure=f"Communauté {key % 30}",
        contacts=(phone(f"03 53 01 {key % 100:02} {turn % 100:02}"),),
        access=(an_access(place=place, opening=read_osm(opening)[0] if opening else None, opening_words=opening),),
    )


def next_round(database: Database) -> int:
    """Tell the number of the round that comes next; the first one finds two communes."""
    with database.writing() as session:
        if session.scalar(select(func.count()).select_from(Commune)) == 0:
            add_communes(session)
    with database.reading() as session:
        return (session.scalar(select(func.count()).select_from(Run)) or 0) + 1


if __name__ == "__main__":
    obey(sys.argv[1:], write_round, next_round)
