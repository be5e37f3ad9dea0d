"""The desk of a body is told from what it also offers."""

import pytest

from portal.search.desks import desk_of
from portal.vocabulary.loading import load_vocabulary
from tests.search.towns import NOGENT, Town, serving


@pytest.mark.parametrize(
    ("title", "codes", "desk"),
    [
        ("MSA – Agence de Nogent", ("SO04",), ("SO04",)),
        ("MSA, le rendez-vous de Plancy", ("AD05", "SO04"), ("SO04",)),
        ("France services de Traînel", ("AD03", "NU03"), ("AD03",)),
        ("Bilan de prévention agricole", ("SO04", "SA20"), ()),
        ("Vacances de la Caf", ("SO03", "PE08"), ()),
        ("Travailleuse sociale agricole", ("SO04",), ()),
        ("Le café des familles", ("SO03",), ()),
        ("Mairie", ("AD01",), ()),
    ],
)
def test_a_desk_bears_the_name_of_its_body_and_does_nothing_else(
    title: str, codes: tuple[str, ...], desk: tuple[str, ...]
) -> None:
    vocabulary = load_vocabulary()
    assert desk_of(title, [concept for code in codes if (concept := vocabulary.concept(code))]) == desk


def test_the_desk_comes_before_the_small_offer_of_the_same_body(town: Town) -> None:
    town.knows(
        serving("Bilan de prévention agricole", NOGENT, concepts=("SO04", "SA20")),
        serving("MSA, agence", NOGENT, concepts=("SO04",)),
    )
    assert town.titles("mutualité sociale agricole") == ["MSA, agence", "Bilan de prévention agricole"]
