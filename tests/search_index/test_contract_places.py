"""Contract: distances, the radius, what needs no visit, and offices in charge of a commune."""

import pytest

from search_index.queries import Alternative, Beside
from tests.search_index.builders import Index, a_document, words

PHONE = {"mode": frozenset({"telephone", "visio"})}
TELEPHONE = {"mode": ["telephone"]}


def test_the_nearer_of_two_equal_answers_comes_first_and_tells_its_distance(index: Index) -> None:
    index.holds(a_document("Loin", text="mairie", km=12), a_document("Près", text="mairie", km=2))
    hits = index.answer("mairie", is_near=True).hits
    assert [hit.key for hit in hits] == [2, 1]
    assert [hit.distance for hit in hits] == [pytest.approx(2000, abs=5), pytest.approx(12_000, abs=5)]


def test_nobody_is_far_when_no_place_is_asked(index: Index) -> None:
    index.holds(a_document("Mairie", km=2))
    assert index.answer("mairie").hits[0].distance is None


def test_the_radius_leaves_out_what_is_beyond_and_what_has_no_point(index: Index) -> None:
    index.holds(a_document("Près", km=9), a_document("Loin", km=11), a_document("Nulle part"))
    assert index.titles(km=10) == ["Près"]


def test_what_lies_on_the_radius_is_within_it(index: Index) -> None:
    index.holds(a_document("Mairie", km=7.25))
    (hit,) = index.answer("", is_near=True).hits
    metres = hit.distance or 0
    assert index.answer("", km=metres / 1000).total == 1
    assert index.answer("", km=(metres - 1) / 1000).total == 0


def test_a_circle_asked_again_has_what_came_and_not_what_went(index: Index) -> None:
    index.holds(a_document("Mairie", km=2), a_document("Poste", km=3), a_document("Par téléphone", tags=TELEPHONE))
    assert sorted(index.titles(km=10)) == ["Mairie", "Poste"]
    assert sorted(index.titles(km=10, remote=PHONE)) == ["Mairie", "Par téléphone", "Poste"]
    index.edit(a_document("Gare", km=4), groups=[2], first_key=4)
    assert sorted(index.titles(km=10)) == ["Gare", "Mairie"]
    assert index.titles("mairie", km=10) == ["Mairie"]


def test_without_a_radius_distance_only_ranks(index: Index) -> None:
    index.holds(a_document("Loin", km=300), a_document("Nulle part"), a_document("Près", km=1))
    assert index.titles(is_near=True) == ["Près", "Nulle part", "Loin"]


def test_what_needs_no_visit_ignores_the_radius(index: Index) -> None:
    index.holds(
        a_document("Au téléphone", tags={"mode": ["telephone"]}),
        a_document("Sur place", km=40, tags={"mode": ["sur-place"]}),
        a_document("Visio depuis Paris", km=90, tags={"mode": ["visio", "sur-place"]}),
    )
    assert sorted(index.titles(km=10, remote=PHONE)) == ["Au téléphone", "Visio depuis Paris"]


def test_a_phone_line_stands_between_the_next_village_and_the_next_town(index: Index) -> None:
    index.holds(
        a_document("Ville", km=18), a_document("Téléphone", tags={"mode": ["telephone"]}), a_document("V", km=1)
    )
    assert index.titles(km=20, remote=PHONE) == ["V", "Téléphone", "Ville"]


def test_a_phone_line_with_a_desk_next_door_is_as_near_as_its_desk(index: Index) -> None:
    index.holds(a_document("Bureau", km=2), a_document("Bureau et téléphone", km=1, tags={"mode": ["telephone"]}))
    assert index.titles(km=20, remote=PHONE) == ["Bureau et téléphone", "Bureau"]


def test_the_right_word_far_away_beats_the_wrong_one_next_door(index: Index) -> None:
    index.holds(a_document("Mairie", text="Dépôt de pain.", km=0.2), a_document("Dépôt de pain", km=9))
    assert index.titles("pain", is_near=True)[0] == "Dépôt de pain"


def test_the_office_in_charge_comes_before_the_nearest_of_its_kind(index: Index) -> None:
    index.holds(
        a_document("Impôts de Troyes", km=3, areas=["10387"]),
        a_document("Impôts de Romilly", km=18, areas=["10323", "10268"]),
        a_document("Impôts pour tous", km=8),
    )
    hits = index.answer("impôts", is_near=True, areas=frozenset({"10268"})).hits
    assert [hit.key for hit in hits] == [2, 3, 1]
    assert [hit.is_competent for hit in hits] == [True, None, False]


def test_competence_is_untold_when_nobody_says_where_they_live(index: Index) -> None:
    index.holds(a_document("Impôts", areas=["10387"]))
    assert index.answer("impôts").hits[0].is_competent is None


def test_a_covered_area_neither_lifts_nor_puts_back(index: Index) -> None:
    index.holds(a_document("A", km=15, areas=["serves"]), a_document("B", km=4), a_document("C", km=1, areas=["else"]))
    hits = index.answer("", is_near=True, areas=frozenset({"mine"}), covered=frozenset({"serves"})).hits
    assert [(hit.key, hit.is_competent) for hit in hits] == [(2, None), (1, None), (3, False)]


def test_a_desk_in_the_next_village_comes_before_a_telephone(index: Index) -> None:
    index.holds(a_document("Téléphone", tags={"mode": ["telephone"]}), a_document("Village", km=10))
    assert index.titles(km=20, remote=PHONE) == ["Village", "Téléphone"]


def test_of_two_offices_in_charge_the_nearer_comes_first(index: Index) -> None:
    index.holds(a_document("A", km=15, areas=["aube"]), a_document("B", km=4, areas=["aube"]))
    assert index.titles(is_near=True, areas=frozenset({"aube"})) == ["B", "A"]


def test_what_was_confirmed_lately_comes_first_of_equals(index: Index) -> None:
    index.holds(a_document("A", fresh_on=738_000), a_document("B", fresh_on=739_990))
    assert index.titles(today=740_000) == ["B", "A"]
    assert index.titles() == ["A", "B"]


def test_what_lies_a_walk_from_a_stop_is_found_and_the_rest_is_not(index: Index) -> None:
    index.holds(
        a_document("Arrêt du Pont", km=2, tags={"concept": ["bus"]}),
        a_document("Mairie", km=2.9),
        a_document("Poste", km=3.1),
        a_document("Par téléphone"),
    )
    by_a_stop = words(Alternative(beside=Beside("concept", frozenset({"bus"}), 1000)))
    assert sorted(index.titles(clauses=(by_a_stop,))) == ["Arrêt du Pont", "Mairie"]
    index.edit(a_document("Arrêt du Lavoir", km=4, tags={"concept": ["bus"]}), groups=[1], first_key=5)
    assert sorted(index.titles(clauses=(by_a_stop,))) == ["Arrêt du Lavoir", "Poste"]


def test_what_has_one_of_many_tags_is_found_at_once(index: Index) -> None:
    communes = [f"commune {number}" for number in range(40)]
    index.holds(*(a_document(name, tags={"commune": [name]}) for name in communes))
    served = words(Alternative(beside=Beside("commune", frozenset(communes[:30]))))
    assert index.answer("", clauses=(served,)).total == 30
