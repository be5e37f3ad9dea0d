"""Suggestions while typing: what is meant comes first by the third letter."""

import pytest

from portal.search.names import Name, NameKind, Names, names_of, settled_names, suggested
from portal.search.understanding.question import Book


@pytest.fixture(scope="session")
def settled(book: Book) -> Names:
    return names_of(settled_names(book.vocabulary, book.home))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ram", "Relais petite enfance (RAM)"),
        ("caf", "Caisse d’allocations familiales (CAF)"),
        ("crè", "Crèche, halte-garderie, micro-crèche"),
        ("CRE", "Crèche, halte-garderie, micro-crèche"),
        ("pis", "Piscine et baignade"),
        ("rom", "Romilly-sur-Seine (10)"),
        ("chôm", "France Travail (chômage)"),
        ("la pos", "Bureau de poste, agence ou relais (la poste)"),
    ],
)
def test_the_likeliest_name_comes_first(settled: Names, typed: str, first: str) -> None:
    assert suggested(typed, [settled])[0].text == first


@pytest.mark.parametrize("typed", ["", "x", "  ", "’", "zzzz", "a" * 100_000])
def test_nothing_is_guessed_from_nothing(settled: Names, typed: str) -> None:
    assert suggested(typed, [settled]) == ()


def test_one_kind_of_name_never_hides_another(settled: Names) -> None:
    services = names_of((Name(NameKind.SERVICE, f"Crèche {n}", f"creche-{n}"), f"Crèche {n}") for n in range(900))
    kinds = [name.kind for name in suggested("crè", [settled, services])]
    assert kinds.count(NameKind.SERVICE) == 4
    assert NameKind.CONCEPT in kinds


def test_no_text_is_suggested_twice(settled: Names) -> None:
    twins = names_of((Name(kind, "Crèche", "x"), "Crèche") for kind in NameKind)
    texts = [name.text for name in suggested("crè", [settled, twins])]
    assert len(texts) == len({*texts})
