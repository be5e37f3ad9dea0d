"""The question in one line, for who reads the answer: what was asked and where, and what was made of it."""

from flask_babel import gettext

from portal.core.text import cut
from portal.search.answers import Answer
from portal.search.results.sentences import theme_name
from portal.search.results.undoing import Taken
from portal.search.results.whereabouts import asks_where, where_said
from portal.vocabulary.vocabulary import Vocabulary

_LONGEST_ASKED, _LONGEST_MADE = 30, 31
"""Signs that leave each line in one piece on a telephone."""
_SHORTEST_SUBJECT = 12
_BETWEEN = " · "


def asked_in_short(answer: Answer, vocabulary: Vocabulary) -> str:
    """Recall the question as it was typed: "nounou · Romilly"; a place that nobody gave is asked for."""
    request = answer.request
    subject = request.words or (
        theme_name(request.theme, vocabulary) if request.theme else gettext("Tous les services")
    )
    where = gettext("où ?") if asks_where(answer) else where_said(answer)
    room = _LONGEST_ASKED - len(_BETWEEN + where) if where else _LONGEST_ASKED
    return _BETWEEN.join(filter(None, (cut(subject, max(room, _SHORTEST_SUBJECT)), where)))


def taken_in_short(parts: tuple[Taken, ...]) -> str:
    """Say in one line what the words were taken for; empty when they stand as they are."""
    return cut(" ; ".join(part.meaning for part in parts), _LONGEST_MADE)
