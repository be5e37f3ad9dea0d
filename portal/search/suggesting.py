"""Suggestions of an installation: settled names once, those of the directory as often as it changes."""

from portal.core.languages import FRENCH
from portal.search.names import Name, Names, directory_names, names_of, suggested
from portal.search.opening import Search
from search_index.engine import IndexDamaged


def suggestions_for(search: Search, typed: str, language: str = FRENCH) -> tuple[Name, ...]:
    """Guess what is being typed on a page in a language."""
    return suggested(typed, (search.settled[language], search.shelf.names or refresh_names(search)))


def refresh_names(search: Search) -> Names:
    """Read the names of the directory again if the index has moved on: the work of the thread that tends the search."""
    shelf = search.shelf
    try:
        mark = search.indexing.engine.mark
    except IndexDamaged:
        mark = shelf.mark
    if shelf.names is None or shelf.mark != mark:
        with search.indexing.database.reading() as session:
            shelf.names = names_of(directory_names(session))
        shelf.mark = mark
    return shelf.names
