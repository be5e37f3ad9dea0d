"""Which answers are read by somebody who may be watched: they lead out at once, and are named to no other site."""

from collections.abc import Sequence

from portal.directory.rules.sensitive import is_sensitive
from portal.search.answers import Answer
from portal.search.listed import ListedService, are_discreet
from portal.search.understanding.dangers import is_about_violence


def asks_for_discretion(answer: Answer, items: Sequence[ListedService]) -> bool:
    """Tell whether the words, the theme or all that was found say that somebody near may be the danger."""
    concepts = {answer.request.theme, *answer.understood.concepts}
    return is_about_violence(answer.understood.emergencies) or is_sensitive(concepts) or are_discreet(items)
