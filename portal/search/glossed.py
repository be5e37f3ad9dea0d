"""Explain the acronyms of foreign texts where they are first met on a page; everything else is escaped."""

from collections.abc import Iterable, Iterator

from flask import Flask, g
from markupsafe import Markup, escape

from portal.core.languages import ENGLISH
from portal.vocabulary.glossary import Sighting, acronyms_in
from portal.web.languages import current_language
from portal.web.simple import is_simple


def explain_acronyms(app: Flask) -> None:
    """Let templates explain: `glossed(text)`, in place of the text itself."""
    app.jinja_env.globals.update(glossed=glossed)


def glossed(text: str) -> Markup:
    """Write a text with what its acronyms stand for, each once a page."""
    seen = tuple(acronyms_in(text))
    # Most texts have none, and most of a list is such texts.
    return Markup().join(_pieces(text, seen)) if seen else escape(text)


def _pieces(text: str, seen: Iterable[Sighting]) -> Iterator[Markup]:
    met: set[str] = g.setdefault("acronyms", set())
    done = 0
    for each in seen:
        acronym = text[each.start : each.end]
        if acronym not in met:
            met.add(acronym)
            yield escape(text[done : each.start])
            yield _explained(acronym, each)
            done = each.end
    yield escape(text[done:])


def _explained(acronym: str, seen: Sighting) -> Markup:
    language = current_language()
    meaning = seen.meaning.said(language)
    if is_simple():
        # A tooltip needs a pointer and a guess that it is there: plain words need neither.
        return Markup("{} ({})").format(acronym, meaning)
    spoken = Markup(' lang="en"') if language == ENGLISH else Markup()
    return Markup('<abbr title="{}"{}>{}</abbr>').format(meaning, spoken, acronym)
