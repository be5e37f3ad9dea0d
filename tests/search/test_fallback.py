"""While the index is lost, the database answers, and every filter is obeyed."""

import pytest

from portal.directory.rules.choices import AccessFeature, Answer, CompetenceKind, Cost
from portal.directory.rules.competence import CompetenceArea
from portal.hours.slots import Mode
from portal.search.when import read_when
from portal.vocabulary.audiences import Audience
from search_index.engine import IndexDamaged
from search_index.queries import Sort
from tests.directory.builders import Builder
from tests.search.towns import NOGENT, ROMILLY, TRAINEL, Town, a_place_in, serving


@pytest.fixture
def lost(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Give a town whose index cannot be read."""

    def lose(_query: object) -> None:
        raise IndexDamaged

    monkeypatch.setattr(town.search.indexing.engine, "search", lose)
    return town


def test_an_index_that_is_lost_leaves_the_answer_to_the_database(lost: Town) -> None:
    lost.knows(
        serving("Crèche du Lavoir", concepts=("PE02",)),
        serving("Crèche du Bois", TRAINEL, concepts=("PE02",)),
        serving("Mairie", concepts=("AD01",)),
    )
    answer = lost.ask("crèche romilly")
    assert [hit.card.title for hit in answer.hits] == ["Crèche du Lavoir"]
    assert answer.is_from_database
    assert lost.search.indexing.health.n_unanswered == 1


def test_cost_mode_and_audience_are_obeyed(lost: Town) -> None:
    lost.knows(
        serving("Atelier libre", concepts=("NU01",), cost=Cost.FREE, audiences=(Audience.SENIORS,)),
        serving("Atelier payant", concepts=("NU01",), cost=Cost.PAID, modes=(Mode.HOME,)),
    )
    assert lost.titles("numérique", is_free=True) == ["Atelier libre"]
    assert lost.titles("numérique gratuit") == ["Atelier libre"]
    assert lost.titles(theme="NU01", mode=Mode.HOME) == ["Atelier payant"]
    assert lost.titles(theme="NU01", audiences=frozenset({Audience.SENIORS})) == ["Atelier libre"]


def test_only_a_place_known_to_be_accessible_is_called_so(lost: Town) -> None:
    def accessible(build: Builder) -> object:
        where = a_place_in(build, ROMILLY, access={AccessFeature.WHEELCHAIR: Answer.YES})
        return build.a_service(title="Poste de plain-pied", at=where)

    lost.knows(accessible, serving("Poste à l’étage"))
    assert lost.titles("poste", is_accessible=True) == ["Poste de plain-pied"]


def test_the_time_asked_is_obeyed_and_the_unknown_counted(lost: Town) -> None:
    lost.knows(
        serving("Mairie ouverte", opens="Sa 09:00-12:00", concepts=("AD01",)),
        serving("Mairie fermée", opens="Mo 09:00-12:00", concepts=("AD01",)),
        serving("Mairie muette", concepts=("AD01",)),
    )
    answer = lost.ask("mairie ouverte samedi matin")
    assert ([hit.card.title for hit in answer.hits], answer.n_unknown) == (["Mairie ouverte"], 1)
    assert lost.titles("mairie", when=read_when("2027-03-06T10:00")) == ["Mairie ouverte"]


def test_the_office_in_charge_comes_first_and_the_radius_holds(lost: Town) -> None:
    mine = (CompetenceArea(CompetenceKind.COMMUNE, TRAINEL),)
    lost.knows(
        serving("Service social du Bourg", TRAINEL, concepts=("SO02",)),
        serving("Service social des Quais", NOGENT, concepts=("SO02",), competence=mine),
        serving("Service social du Lavoir", ROMILLY, concepts=("SO02",)),
    )
    assert lost.titles("assistante sociale traînel") == ["Service social des Quais", "Service social du Bourg"]
    assert lost.titles("assistante sociale traînel", sort=Sort.DISTANCE)[0] == "Service social du Bourg"


def test_filters_are_counted_and_pages_cut(lost: Town) -> None:
    lost.knows(*(serving(f"Mairie {number:02}", concepts=("AD01",)) for number in range(25)))
    answer = lost.ask("mairie", page=2)
    assert (answer.total, len(answer.hits), answer.page) == (25, 5, 2)
    assert next((facet.name, facet.values[0].count) for facet in answer.facets) == ("theme", 25)
    assert lost.ask("mairie", page=9).page == 1
