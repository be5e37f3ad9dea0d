"""What the database's own failures mean to a person: out of reach, out of room, damaged, busy.

Any other failure of the database is a fault of ours and keeps its own name.
"""

import sqlite3
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import ClassVar

from sqlalchemy.exc import DBAPIError

from portal.core.errors import Busy, MaillageError, Refused, Unreadable


class OutOfReach(Unreadable):
    """Say that the database server does not answer."""

    status: ClassVar[int] = 503

    def __init__(self) -> None:
        super().__init__(
            "Le serveur de la base de données ne répond pas, ou refuse la connexion. Vérifiez qu’il fonctionne, et "
            "l’adresse donnée par MAILLAGE_DATABASE_URL, puis recommencez."
        )


class Closed(Refused):
    """Say that the file of the database may not be opened, or not be written."""

    status: ClassVar[int] = 503

    def __init__(self) -> None:
        super().__init__(
            "Le fichier de la base ne peut pas être ouvert, ou pas être modifié. Vérifiez ce que disent "
            "MAILLAGE_DATA_DIR et MAILLAGE_DATABASE_URL, et les droits du compte qui lance la commande."
        )


class NoRoom(Refused):
    """Say that the disk takes no more."""

    status: ClassVar[int] = 503

    def __init__(self) -> None:
        super().__init__(
            "Le disque est plein, ou ne se laisse plus lire ni écrire : rien n’a été modifié. "
            "Faites de la place, puis recommencez."
        )


class Damaged(Unreadable):
    """Say that the file is no database, or one whose pages are spoilt."""

    status: ClassVar[int] = 503

    def __init__(self) -> None:
        super().__init__(
            "La base de Maillage est abîmée, ou le fichier n’est pas une base. Remettez la dernière sauvegarde en "
            "place avec : maillage restore FICHIER --replace"
        )


_SQLITE: Mapping[int, Callable[[], MaillageError]] = MappingProxyType(
    {
        sqlite3.SQLITE_BUSY: Busy,
        sqlite3.SQLITE_FULL: NoRoom,
        sqlite3.SQLITE_IOERR: NoRoom,
        sqlite3.SQLITE_CANTOPEN: Closed,
        sqlite3.SQLITE_PERM: Closed,
        sqlite3.SQLITE_READONLY: Closed,
        sqlite3.SQLITE_CORRUPT: Damaged,
        sqlite3.SQLITE_NOTADB: Damaged,
    }
)
_POSTGRESQL: Mapping[str, Callable[[], MaillageError]] = MappingProxyType(
    {
        "55P03": Busy,  # the lock did not come in time
        "40P01": Busy,  # a deadlock
        "53100": NoRoom,
        "53300": OutOfReach,  # too many connections
        "57P01": OutOfReach,  # the server stops
        "57P02": OutOfReach,
        "57P03": OutOfReach,  # the server starts
    }
)


def fault_of(error: BaseException) -> MaillageError | None:
    """Say what a failure of the database means to a person; None when it is a fault of ours."""
    # The first statements of a connection fail with the driver's own error, which nobody has wrapped.
    cause = error.orig if isinstance(error, DBAPIError) else error
    kind = _kind_of(cause)
    return kind() if kind is not None else None


def _kind_of(cause: BaseException | None) -> Callable[[], MaillageError] | None:
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    if type(cause).__module__.partition(".")[0] != "psycopg":
        return None
    state = getattr(cause, "sqlstate", None)
    if state is None or state.startswith("08"):
        # No answer bears a code when nobody answers.
        return OutOfReach if type(cause).__name__ == "OperationalError" else None
    return _POSTGRESQL.get(state)
