"""Where a question is asked from, as the field "Où ?" shows it, and whether it is worth asking."""

from portal.geography.grammar import printed
from portal.search.answers import Answer
from portal.search.requests import MY_POSITION, Undone

_CODE = 5
"""Signs of a postal code, and of the INSEE code of a commune, of which the last three are digits."""


def where_said(answer: Answer) -> str:
    """Write the place as it was given; a code as the commune it stands for, unless it stands for several."""
    given, place = answer.request.where, answer.understood.place
    if not isinstance(given, str):
        return MY_POSITION.said(answer.request.language)
    if place is None or place.choices or not _is_code(given) or _reads_place(answer):
        return given
    return f"{printed(place.commune.name)} ({place.commune.department})"


def where_read(answer: Answer) -> str:
    """Name the place that the words said, where the field is empty."""
    return "" if answer.request.where or not _reads_place(answer) else printed(answer.understood.place_words)


def asks_where(answer: Answer) -> bool:
    """Tell whether nobody said where, and the answer does not ask already."""
    understood = answer.understood
    is_said = understood.place is not None or bool(answer.request.where) or understood.wants_position
    return not (is_said or understood.is_lost or answer.request.asks_nothing)


def _is_code(given: str) -> bool:
    return len(given) == _CODE and given[-3:].isdecimal()


def _reads_place(answer: Answer) -> bool:
    return any(part.kind is Undone.PLACE for part in answer.understood.parts)
