"""What the programs to kill have in common: the orders they obey.

URL ROUND        write one round, saying "ready" before and "done" after
URL count N      add one to a counter N times, reading it before each time
URL forever      write round after round, saying the content hash of each as it commits
"""

import itertools
from collections.abc import Callable, Sequence

from portal.core.database import Database, open_database
from portal.core.models import ChangeHead


def obey(
    orders: Sequence[str], write_round: Callable[[Database, int], str], next_round: Callable[[Database], int]
) -> None:
    """Do what the command line says."""
    url, what, *rest = orders
    database = open_database(url)
    if what == "count":
        _count_up(database, int(rest[0]))
    elif what == "forever":
        for number in itertools.count(next_round(database)):
            print(write_round(database, number), flush=True)
    else:
        # The first connection is made before the moment that counts.
        next_round(database)
        print("ready", flush=True)
        write_round(database, int(what))
        print("done", flush=True)


def _count_up(database: Database, times: int) -> None:
    """Read, add one, write: what loses updates when writers do not take turns."""
    for _ in range(times):
        with database.writing() as session:
            head = session.get_one(ChangeHead, 1)
            head.length = head.length + 1
