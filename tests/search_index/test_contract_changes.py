"""Contract: documents come, change and go while others read."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from search_index.documents import Document
from search_index.engine import Edit
from search_index.times import Span, State, Timetables
from tests.search_index.builders import WEEK, Index, a_document, ask, numbered


def test_a_new_document_is_found_at_once(index: Index) -> None:
    index.holds(a_document("Mairie", group=10))
    index.edit(a_document("Piscine", group=20), groups=[20], first_key=2)
    assert index.titles("piscine") == ["Piscine"]
    assert index.engine.knows("piscine")
    assert index.engine.completions("pis")[0].word == "Piscine"


def test_an_edit_replaces_all_documents_of_its_groups_and_no_others(index: Index) -> None:
    index.holds(a_document("Ancien", group=10), a_document("Ancien", group=10), a_document("Voisin", group=20))
    index.edit(a_document("Nouveau", group=10), groups=[10], first_key=9)
    assert sorted(index.titles()) == ["Nouveau", "Voisin"]
    assert index.engine.keys == {3, 9}


def test_a_key_may_come_back_with_other_words(index: Index) -> None:
    index.holds(a_document("Ancien", group=10))
    index.edit(a_document("Nouveau", group=10), groups=[10])
    assert index.titles("ancien") == []
    assert index.titles("nouveau") == ["Nouveau"]


def test_a_group_that_is_gone_is_found_no_more(index: Index) -> None:
    index.holds(a_document("Mairie", group=10), a_document("École", group=20))
    index.edit(groups=[10])
    assert index.titles() == ["École"]
    assert index.answer("mairie").total == 0
    assert not index.engine.knows("mairie")


def test_an_edit_of_a_group_nobody_knows_changes_nothing(index: Index) -> None:
    index.holds(a_document("Mairie"))
    index.edit(groups=[99])
    assert index.titles() == ["Mairie"]


def test_an_edit_may_come_before_any_rebuild(index: Index) -> None:
    index.edit(a_document("Mairie"), groups=[1])
    assert index.titles("mairie") == ["Mairie"]


def test_the_same_edit_twice_leaves_one_document(index: Index) -> None:
    for _ in range(2):
        index.edit(a_document("Mairie", group=10), groups=[10])
    assert index.answer("mairie").total == 1
    assert index.engine.keys == {1}


def test_edits_weigh_words_like_a_rebuild(index: Index) -> None:
    """What is rare is told from the documents that are there now, whichever way they came."""
    documents = [a_document(f"Accueil {number}", text="garde", group=number) for number in range(1, 7)]
    index.holds(*documents)
    rebuilt = index.answer("garde accueil")
    index.holds(a_document("Garde garde", group=1), *documents[1:])
    index.edit(documents[0], groups=[1])
    assert index.answer("garde accueil") == rebuilt


def test_a_rebuild_forgets_what_was_there(index: Index) -> None:
    index.holds(a_document("Mairie"), a_document("École"))
    index.holds(a_document("Piscine"))
    assert index.titles() == ["Piscine"]
    assert index.engine.completions("mai") == ()


def test_times_survive_a_rebuild_and_an_edit(index: Index) -> None:
    index.opens(day=((0, State.OPEN),))
    index.holds(a_document("Mairie", schedule="day", group=10))
    index.edit(a_document("Mairie", schedule="day", group=10), groups=[10])
    assert index.answer("", now=5).hits[0].state is State.OPEN


def test_readers_never_see_half_a_change(index: Index) -> None:
    """Two documents of a group always change together."""
    pairs = [[a_document(name, group=10), a_document(name, group=20)] for name in ("pile", "face")]
    index.holds(*pairs[0])

    def read(_: int) -> set[int]:
        return {index.engine.search(ask(name)).total for name in ("pile", "face") for _ in range(20)}

    with ThreadPoolExecutor(3) as readers:
        seen = readers.map(read, range(6))
        for turn in range(20):
            index.edit(*pairs[turn % 2], groups=[10, 20])
        assert set().union(*seen) <= {0, 2}


def test_an_index_may_be_emptied(index: Index) -> None:
    index.engine.rebuild(())
    index.engine.apply(Edit(frozenset({1})))
    assert index.engine.keys == frozenset()


def test_the_mark_is_the_last_one_told(index: Index) -> None:
    assert index.engine.mark == 0
    index.engine.rebuild((), mark=12)
    index.engine.apply(Edit(frozenset({1}), mark=15))
    index.engine.apply(Edit(frozenset({2})))
    assert index.engine.mark == 15


def test_the_window_is_the_last_one_told(index: Index) -> None:
    assert index.engine.window == Span(0, -1)
    index.engine.tell_times(Timetables(Span(10, 20)))
    index.engine.rebuild((), times=lambda: Timetables(Span(30, 40)))
    assert index.engine.window == Span(30, 40)


def test_a_rebuild_starts_a_new_mark(index: Index) -> None:
    index.engine.rebuild((), mark=12)
    index.engine.rebuild((), mark=7)
    assert index.engine.mark == 7


def test_times_are_asked_once_all_documents_are_taken(index: Index) -> None:
    taken: list[str] = []

    def documents() -> Iterator[Document]:
        yield numbered(a_document("Mairie", schedule="day"), 1)
        taken.append("all")

    def times() -> Timetables:
        return Timetables(WEEK, {"day": ((0, State.OPEN),)} if taken else {})

    index.engine.rebuild(documents(), times=times)
    assert index.answer("", now=5).hits[0].state is State.OPEN


def test_an_edit_brings_the_times_of_new_schedules(index: Index) -> None:
    index.holds(a_document("Mairie", schedule="day"))
    index.opens(day=((0, State.OPEN),))
    pool = numbered(a_document("Piscine", schedule="night"), 2)
    index.engine.apply(Edit(frozenset({2}), (pool,), changes={"night": ((0, State.CLOSED),)}))
    states = {hit.key: hit.state for hit in index.answer("", now=5).hits}
    assert states == {1: State.OPEN, 2: State.CLOSED}
