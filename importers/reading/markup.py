"""The XML inside a workbook, read as a stream: no document type, no entity, no token without end.

Expat is asked directly, since ElementTree and its kin let a document declare entities. Its version of the oldest
supported Python reads an unfinished tag again with each block, so a tag of many megabytes is refused.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO
from xml.parsers import expat

from importers.reading.caps import StopReadingError

Attributes = dict[str, str]
_BLOCK = 64 * 1024
_LONGEST_TAG = 1024 * 1024
_DEEPEST = 100
_MOST_PARTS = 65_536
"""Sheets, styles, formats: Excel itself stops here."""


class Elements:
    """What happens at each element; subclasses say it."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Enter an element."""

    def end(self, name: str) -> None:
        """Leave an element."""

    def text(self, text: str) -> None:
        """Meet text."""


def walk(stream: BinaryIO, elements: Elements) -> Iterator[None]:
    """Read a document block by block, and pause after each so that what was found can be taken."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _broken()
        elements.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        elements.end(name)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = elements.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    n_fed = 0
    try:
        while block := stream.read(_BLOCK):
            parser.Parse(block)
            n_fed += len(block)
            if n_fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise _broken()
            yield
        parser.Parse(b"", True)  # noqa: FBT003  # expat takes positions only
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise _broken() from error
    yield


def read_through(stream: BinaryIO, elements: Elements) -> None:
    """Read a whole document."""
    for _ in walk(stream, elements):
        pass


def check_parts(n_parts: int) -> None:
    """Stop at a workbook that declares more sheets or styles than any tool writes."""
    if n_parts > _MOST_PARTS:
        raise _broken()


@lru_cache(maxsize=1024)
def local_name(name: str) -> str:
    """Drop the prefix: producers choose it freely."""
    return name.rpartition(":")[2]


def _refuse_document_type(*_: object) -> None:
    raise StopReadingError(
        "xml-piege",
        "Ce classeur contient une déclaration XML dangereuse, aucun tableur n’en écrit : il n’est pas ouvert.",
    )


def _broken() -> StopReadingError:
    return StopReadingError(
        "classeur-abime", "Ce classeur est abîmé : ouvrez-le dans un tableur et enregistrez-le de nouveau."
    )
