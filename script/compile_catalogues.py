"""Compile the catalogues of sentences: the same sentences give the same bytes, whenever it is done."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path("translations")
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""In place of the minute of the compilation, which would change the file at every run."""


def compiled(catalogue: Path) -> bytes:
    """Compile one catalogue."""
    with catalogue.open("rb") as stream:
        read = read_po(stream, locale=catalogue.parent.parent.name)
    read.creation_date = read.revision_date = _NO_DAY
    written = BytesIO()
    write_mo(written, read)
    return written.getvalue()


def main() -> None:
    """Compile every catalogue beside itself."""
    for catalogue in sorted(FOLDER.glob("*/LC_MESSAGES/*.po")):
        catalogue.with_suffix(".mo").write_bytes(compiled(catalogue))


if __name__ == "__main__":
    main()
