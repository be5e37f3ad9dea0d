"""How much of a file is read at most: checked before reading, and again while reading, since files lie."""

from dataclasses import dataclass

from portal.core.problems import Problem

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Caps:
    """The most a file may hold; beyond, it is refused whole."""

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 512 * MEGABYTE
    ratio: int = 100
    """How many times larger than its packed form a file may become."""
    entries: int = 200
    rows: int = 500_000
    columns: int = 300
    cell_characters: int = 100_000
    """A longer cell refuses its row; spreadsheets stop at 32,767."""
    lines_in_a_record: int = 200
    """A quoted cell over more lines is one whose quote was never closed."""
    line_bytes: int = 4 * MEGABYTE
    kept_bytes: int = 64 * MEGABYTE
    """What a reader may hold in memory at once: the shared texts of a workbook, the text of a JSON file."""


DEFAULT_CAPS = Caps()


class StopReadingError(Exception):
    """End the reading of a whole file; public functions turn it into `Unreadable`."""

    def __init__(self, code: str, text: str, *, value: str = "") -> None:
        super().__init__(text)
        self.problem = Problem(code, text, value=value)

    @classmethod
    def of(cls, problem: Problem) -> "StopReadingError":
        """Stop for a problem that is known already."""
        return cls(problem.code, problem.text, value=problem.value)


def megabytes(n_bytes: int) -> str:
    """Write a number of bytes as people do."""
    if n_bytes < MEGABYTE:
        return f"{max(1, n_bytes // 1024)} ko"
    return f"{n_bytes // MEGABYTE} Mo"


def check_file_size(n_bytes: int, caps: Caps) -> None:
    """Stop at a file that is too large to be opened at all."""
    if n_bytes > caps.file_bytes:
        raise StopReadingError(
            "fichier-trop-gros",
            f"Ce fichier pèse {megabytes(n_bytes)}, plus que les {megabytes(caps.file_bytes)} admis : "
            "gardez seulement les lignes de votre territoire.",
        )


def check_rows(n_rows: int, caps: Caps) -> None:
    """Stop at the first row too many."""
    if n_rows > caps.rows:
        raise StopReadingError(
            "trop-de-lignes",
            f"Ce fichier a plus de {caps.rows} lignes : gardez seulement celles de votre territoire.",
        )


def check_columns(n_columns: int, caps: Caps) -> None:
    """Stop at a table that is too wide to be a list of services."""
    if n_columns > caps.columns:
        raise StopReadingError(
            "trop-de-colonnes",
            f"Ce tableau a plus de {caps.columns} colonnes : supprimez celles qui ne servent pas.",
        )


def check_kept(n_bytes: int, caps: Caps) -> None:
    """Stop before more is held in memory than a reader may hold."""
    if n_bytes > caps.kept_bytes:
        raise StopReadingError(
            "texte-trop-long",
            f"Ce fichier contient plus de {megabytes(caps.kept_bytes)} de texte à garder en mémoire : "
            "partagez-le en plusieurs fichiers.",
        )
