"""A program to kill: it writes rounds into the directory, and has the index follow after each commit."""

import sys
from pathlib import Path

from portal.core.clock import SystemClock
from portal.core.database import Database, open_database
from portal.search.engines import EngineKind, open_engine
from portal.search.indexing import Indexing
from portal.vocabulary.loading import load_vocabulary
from tests.tools.directory_writer import next_round, write_round


def indexing_in(folder: Path, database: Database) -> Indexing:
    """Open the lasting index of a folder."""
    vocabulary = load_vocabulary()
    engine = open_engine(folder, EngineKind.WHOOSH, vocabulary)
    return Indexing(engine, database, vocabulary, SystemClock(), lock=folder / "index.lock")


def write_for_ever(url: str, folder: Path) -> None:
    """Commit a round, then tell the index of it, until somebody ends it."""
    database = open_database(url)
    indexing = indexing_in(folder, database)
    indexing.make_ready()
    print("ready", flush=True)
    while True:
        write_round(database, next_round(database))
        indexing.catch_up()


if __name__ == "__main__":
    write_for_ever(sys.argv[1], Path(sys.argv[2]))
