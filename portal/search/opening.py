"""Open the search of an installation: its vocabulary, its words, its index; made once per process."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal.core.command import Room
from portal.core.languages import ENGLISH, FRENCH
from portal.geography.lookup import communes
from portal.geography.territory import Territory
from portal.search.cards import CardShelf
from portal.search.correcting import WordBook, word_book
from portal.search.discreet import DiscreetServices
from portal.search.engines import FOLDER, EngineKind, open_engine
from portal.search.indexing import Indexing
from portal.search.names import Names, english_names, names_of, settled_names
from portal.search.understanding.question import Book, make_book
from portal.search.unmet import Unmet
from portal.vocabulary.loading import load_vocabulary
from portal.vocabulary.territory import for_territory
from portal.vocabulary.vocabulary import Vocabulary


@dataclass
class Shelf:
    """The names suggested last, and the mark of the index they were read at."""

    names: Names | None = None
    mark: int = -1


@dataclass(frozen=True)
class Search:
    """All that answers a question, beside the database."""

    book: Book
    indexing: Indexing
    territory: Territory | None
    unmet: Unmet
    words: WordBook
    settled: Mapping[str, Names]
    """Names that may be suggested whatever the directory holds, by the language of the page."""
    shelf: Shelf
    cards: CardShelf
    discreet: DiscreetServices

    @property
    def vocabulary(self) -> Vocabulary:
        """Give the words of the territory."""
        return self.book.vocabulary


def open_search(room: Room, territory: Territory | None) -> Search:
    """Put a search together; the index is neither read nor built yet."""
    book, words = _books(territory)
    indexing = open_indexing(room, book.vocabulary)
    return Search(
        book=book,
        indexing=indexing,
        territory=territory,
        unmet=Unmet(),
        words=words,
        settled=_settled(territory),
        shelf=Shelf(),
        cards=CardShelf(room.database),
        discreet=DiscreetServices(indexing.engine),
    )


def open_indexing(room: Room, vocabulary: Vocabulary) -> Indexing:
    """Open an installation's index."""
    kind = EngineKind(room.search_engine)
    return Indexing(
        engine=open_engine(room.data_dir, kind, vocabulary),
        database=room.database,
        vocabulary=vocabulary,
        clock=room.clock,
        lock=room.data_dir / _LOCK if kind.lasts else None,
    )


@lru_cache(maxsize=8)
def vocabulary_of(territory: Territory | None) -> Vocabulary:
    """Give the thesaurus as a territory renames and completes it; what its file gets wrong is said at `init`."""
    shipped = load_vocabulary()
    return shipped if territory is None else for_territory(shipped, territory.vocabulary)[0]


@lru_cache(maxsize=8)
def _settled(territory: Territory | None) -> Mapping[str, Names]:
    book, _ = _books(territory)
    return {
        FRENCH: names_of(settled_names(book.vocabulary, book.home)),
        ENGLISH: names_of(english_names(book.vocabulary, book.home, book.needs)),
    }


@lru_cache(maxsize=8)
def _books(territory: Territory | None) -> tuple[Book, WordBook]:
    """Prepare the words of a territory, once per process: it takes a second."""
    home = frozenset() if territory is None else territory.communes
    book = make_book(vocabulary_of(territory), communes(), home)
    return book, word_book(book)


_LOCK = Path(f"{FOLDER}.lock")
