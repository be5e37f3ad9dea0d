"""A line of a list is drawn once, and anew as soon as what it says is no longer true."""

from datetime import timedelta

from portal.core.clock import FixedClock
from portal.directory.models.services import Service
from portal.directory.operations.services import change_service
from tests.directory.builders import Builder
from tests.pages.conftest import Visit
from tests.search.towns import NOGENT, ROMILLY, Town, serving

SEARCH = "/recherche?quoi=crèche"


def test_distance_and_number_are_those_of_each_page(visit: Visit, town: Town) -> None:
    town.knows(
        serving("Crèche du Lavoir", ROMILLY, concepts=("PE02",)),
        serving("Crèche des Quais", NOGENT, concepts=("PE02",)),
    )
    near, far = visit(f"{SEARCH}&ou=Romilly").text, visit(f"{SEARCH}&ou=Nogent").text
    assert "1Crèche du Lavoir" in near
    assert "2Crèche du Lavoir" in far
    assert "Romilly-sur-Seine (10) · moins de 1 km" in near
    assert "Romilly-sur-Seine (10) · 17 km à vol d’oiseau" in far
    assert " · 17 km" not in visit("/recherche?quoi=lavoir").text


def test_each_language_and_version_has_its_own_words(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",), opens="Sa 08:00-18:00", summary="Accueil des petits"))
    french, english, simple = (visit(prefix + SEARCH).text for prefix in ("", "/en", "/simple"))
    assert "Ouvert jusqu’à 18 h" in french
    assert "Open until 6 pm" in english
    assert ("Accueil des petits" in french, "Accueil des petits" in simple) == (True, False)


def test_state_follows_the_hour(visit: Visit, town: Town, clock: FixedClock) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",), opens="Sa 08:00-09:30"))
    assert "Ouvert jusqu’à 9 h 30" in visit(SEARCH).text
    clock.advance(timedelta(hours=1))
    later = visit(SEARCH).text
    assert ("Ouvert jusqu’à" in later, "Fermé, " in later) == (False, True)


def test_change_of_a_service_shows_on_the_next_page(visit: Visit, town: Town) -> None:
    def rename(build: Builder) -> None:
        change_service(build.session, service=build.session.query(Service).one(), act=build.act, title="Crèche du Pont")

    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    assert "Crèche du Lavoir" in visit(SEARCH).text
    town.change(rename)
    assert "Crèche du Pont" in visit(SEARCH).text


def test_acronym_is_explained_where_it_is_first_met_on_each_page(visit: Visit, town: Town) -> None:
    def explained(path: str) -> list[str]:
        return [each.get("title", "")[:6] for each in visit(path).root.findall(".//article//abbr")]

    town.knows(
        *(serving(f"Crèche {letter}", concepts=("PE02",), summary="Avec l’aide de la CAF") for letter in ("un", "deux"))
    )
    assert explained(SEARCH) == explained(SEARCH) == ["caisse"]
