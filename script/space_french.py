"""Space the French catalogue as it is printed: non-breaking spaces before « : ; ! ? » and inside quotes."""

from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po, write_po

from portal.core.text import french_spacing

CATALOGUE = Path("translations/fr/LC_MESSAGES/messages.po")


def main() -> None:
    """Read the catalogue, space its sentences, write it as it is laid out."""
    with CATALOGUE.open("rb") as stream:
        catalogue = read_po(stream, locale="fr")
    for message in catalogue:
        if message.id:
            message.string = _printed(message)
    with CATALOGUE.open("wb") as stream:
        write_po(stream, catalogue, width=76, no_location=True, sort_output=True, ignore_obsolete=True)


def _printed(message: Message) -> str | tuple[str, ...]:
    """Give a sentence as it is printed; nothing where that is how it is typed."""
    typed = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    printed = tuple(map(french_spacing, typed))
    if isinstance(message.id, str):
        return "" if printed == typed else printed[0]
    return ("",) * len(typed) if printed == typed else printed


if __name__ == "__main__":
    main()
