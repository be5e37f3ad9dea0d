"""The question in one line, for who reads the answer: what was asked and where, and what was made of it."""

import re

from flask_babel import gettext

from portal.core.text import cut
from portal.geography.grammar import printed
from portal.search.answers import Answer
from portal.search.requests import Undone
from portal.search.results.sentences import theme_name
from portal.search.results.whereabouts import asks_where, where_said
from portal.vocabulary.vocabulary import Vocabulary

_LONGEST_ASKED = 30
"""Signs that leave a line in one piece on a telephone."""
_DEPARTMENT = re.compile(r" \([0-9AB]+\)")
"""Told where names are told apart; this line only recalls them."""
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


def taken_in_short(answer: Answer, vocabulary: Vocabulary) -> str:
    """Say in one line what the question was taken for: what, how, where, when, each whole."""
    parts = answer.understood.parts
    said = {kind: [part.meaning for part in parts if part.kind is kind] for kind in Undone}
    # Of the kinds that one word may mean, the surest; the others stand below.
    need = [meaning.split(", ")[0] for meaning in said[Undone.NEED]] or _as_typed(answer, vocabulary)
    places = [_DEPARTMENT.sub("", printed(place)) for place in said[Undone.PLACE]] or _around(answer)
    return _BETWEEN.join((*need, *said[Undone.FILTER], *places, *said[Undone.TIME], *said[Undone.LANGUAGE]))


def _as_typed(answer: Answer, vocabulary: Vocabulary) -> list[str]:
    if answer.understood.subject:
        return [gettext("« %(words)s »", words=cut(answer.understood.subject, _LONGEST_ASKED))]
    return [theme_name(answer.request.theme, vocabulary)] if answer.request.theme else []


def _around(answer: Answer) -> list[str]:
    """Name where one is, of which the words said nothing."""
    if not isinstance(answer.request.where, str):
        return [gettext("près de vous")]
    place = answer.understood.place
    return [_DEPARTMENT.sub("", printed(place.words))] if place is not None else []
