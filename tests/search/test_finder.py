"""What a visitor finds, from the words to the cards."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from portal.core.clock import FixedClock
from portal.directory.models.places import Place
from portal.directory.rules.choices import AccessFeature, AddressShown, Answer, CompetenceKind, Cost
from portal.directory.rules.competence import CompetenceArea
from portal.hours.slots import Mode
from portal.search import cards
from portal.search.answers import Help
from portal.search.requests import Undone
from portal.search.shapes import remarks
from portal.search.when import read_when
from search_index.queries import Sort
from tests.directory.builders import Builder, hours
from tests.search.towns import NOGENT, ROMILLY, TRAINEL, Town, a_place_in, serving


def test_a_service_is_found_by_its_former_name_and_its_acronym(town: Town) -> None:
    town.knows(serving("Espace des enfants", concepts=("PE01",)), serving("Club de rame", concepts=("CS08",)))
    assert town.titles("RAM") == ["Espace des enfants"]
    assert town.titles("relais assistantes maternelles") == ["Espace des enfants"]
    assert town.titles("rame") == ["Club de rame"]


def test_a_place_in_the_words_orders_and_limits_what_is_found(town: Town) -> None:
    town.knows(
        serving("Crèche des Quais", NOGENT, concepts=("PE02",)),
        serving("Crèche du Lavoir", ROMILLY, concepts=("PE02",)),
        serving("Crèche du Bois", TRAINEL, concepts=("PE02",)),
    )
    answer = town.ask("crèche à Romilly")
    assert [hit.card.title for hit in answer.hits] == ["Crèche du Lavoir", "Crèche des Quais"]
    assert answer.hits[0].distance == pytest.approx(0, abs=1)
    assert answer.understood.place is not None
    assert town.titles("crèche à Romilly", undone=frozenset({Undone.PLACE})) == ["Crèche du Lavoir"]


def test_the_competent_office_comes_before_the_nearest(town: Town) -> None:
    mine = (CompetenceArea(CompetenceKind.COMMUNE, TRAINEL),)
    others = (CompetenceArea(CompetenceKind.COMMUNE, ROMILLY),)
    town.knows(
        serving("Service social du Bourg", TRAINEL, concepts=("SO02",), competence=others),
        serving("Service social des Quais", NOGENT, concepts=("SO02",), competence=mine),
    )
    hits = town.ask("assistante sociale traînel").hits
    assert [(hit.card.title, hit.card.is_competent) for hit in hits] == [
        ("Service social des Quais", True),
        ("Service social du Bourg", False),
    ]


def test_a_doctor_who_serves_several_communes_stays_behind_the_nearest(town: Town) -> None:
    mine = (CompetenceArea(CompetenceKind.COMMUNE, TRAINEL), CompetenceArea(CompetenceKind.COMMUNE, NOGENT))
    town.knows(
        serving("Médecins des Quais", NOGENT, concepts=("SA01",), competence=mine),
        serving("Médecins du Bourg", TRAINEL, concepts=("SA01",)),
    )
    assert town.titles("médecin traînel") == ["Médecins du Bourg", "Médecins des Quais"]


def test_who_answers_for_the_whole_territory_stays_behind_the_nearest(town: Town) -> None:
    whole = (CompetenceArea(CompetenceKind.TERRITORY),)
    town.knows(
        serving("Service social des Quais", NOGENT, concepts=("SO02",), competence=whole),
        serving("Service social du Bourg", TRAINEL, concepts=("SO02",)),
    )
    assert town.titles("assistante sociale traînel") == ["Service social du Bourg", "Service social des Quais"]


def test_who_serves_other_communes_only_comes_last(town: Town) -> None:
    others = (CompetenceArea(CompetenceKind.COMMUNE, ROMILLY),)
    town.knows(
        serving("Médecins du Bourg", TRAINEL, concepts=("SA01",), competence=others),
        serving("Médecins des Quais", NOGENT, concepts=("SA01",)),
    )
    assert town.titles("médecin traînel") == ["Médecins des Quais", "Médecins du Bourg"]


def test_what_is_open_at_the_time_in_the_words_is_kept_and_the_unknown_counted(town: Town) -> None:
    town.knows(
        serving("Mairie ouverte", opens="Sa 09:00-12:00", concepts=("AD01",)),
        serving("Mairie fermée", opens="Mo 09:00-12:00", concepts=("AD01",)),
        serving("Mairie muette", concepts=("AD01",)),
    )
    answer = town.ask("mairie ouverte samedi matin")
    assert [hit.card.title for hit in answer.hits] == ["Mairie ouverte"]
    assert answer.n_unknown == 1
    assert town.titles("mairie", when=read_when("2027-03-06T10:00")) == ["Mairie ouverte"]
    assert town.ask("mairie", when=read_when("2027-03-06T10:00")).n_unknown == 1


def test_wishes_in_the_words_filter_and_can_be_undone(town: Town) -> None:
    town.knows(
        serving("Piscine libre", concepts=("CS06",), cost=Cost.FREE),
        serving("Piscine payante", concepts=("CS06",), cost=Cost.PAID),
    )
    assert town.titles("piscine gratuite") == ["Piscine libre"]
    assert town.titles("piscine", is_free=True) == ["Piscine libre"]
    undone = town.ask("piscine gratuite", undone=frozenset({Undone.FILTER}))
    assert undone.total == 2
    assert undone.understood.is_relaxed


def test_only_a_place_known_to_be_accessible_is_called_so(town: Town) -> None:
    def accessible(build: Builder) -> object:
        where = a_place_in(build, ROMILLY, access={AccessFeature.WHEELCHAIR: Answer.YES})
        return build.a_service(title="Poste de plain-pied", at=where)

    town.knows(accessible, serving("Poste à l’étage"))
    assert town.titles("poste", is_accessible=True) == ["Poste de plain-pied"]


def test_a_slip_of_the_pen_is_corrected_only_when_it_helps(town: Town) -> None:
    town.knows(serving("Transport solidaire", concepts=("SE14",)), serving("Gymnase", concepts=("CS05",)))
    answer = town.ask("transprt")
    assert [hit.card.title for hit in answer.hits] == ["Transport solidaire"]
    assert [(each.typed, each.meant) for each in answer.understood.corrections] == [("transprt", "transport")]
    assert town.ask("transprt", undone=frozenset({Undone.TYPO})).total == 0
    assert town.ask("xyzzyx").understood.corrections == ()


def test_a_slip_in_a_place_is_corrected_too(town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    place = town.ask("crèche romily").understood.place
    assert place is not None
    assert place.commune.code == ROMILLY


@pytest.mark.parametrize(("words", "is_lost"), [("😀 🎉", True), ("je cherche", True), ("Romilly", False), ("", False)])
def test_what_nobody_can_understand_is_said_to_be_so(town: Town, words: str, *, is_lost: bool) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    answer = town.ask(words)
    assert (answer.understood.is_lost, answer.total) == (is_lost, 1)
    assert any(each.startswith("Nous n’avons pas compris") for each in remarks(answer.understood)) is is_lost


def test_words_nobody_has_together_are_said_to_be_met_in_part(town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)), serving("Atelier de vitrail", concepts=("CS08",)))
    answer = town.ask("crèche vitrail")
    assert answer.understood.is_relaxed
    assert [hit.card.title for hit in answer.hits] == ["Crèche du Lavoir"]


def test_an_acronym_of_two_senses_offers_both_with_their_counts(town: Town) -> None:
    town.knows(serving("Cpam", concepts=("SO05",)), serving("Planning familial", concepts=("SA19",)))
    answer = town.ask("CSS")
    assert answer.total == 2
    assert {(way.request.theme, way.count) for way in answer.senses} == {("SO05", 1), ("SA19", 1)}


def helped(town: Town, words: str) -> Help:
    answer = town.ask(words)
    assert answer.help is not None
    return answer.help


def test_an_empty_page_says_what_each_filter_hides_and_whom_to_call(town: Town) -> None:
    town.knows(serving("Cinéma des Quais", TRAINEL, opens="Mo 20:00-22:00", concepts=("CS03",), cost=Cost.PAID))
    assert [hit.card.title for hit in helped(town, "cinéma romilly").beyond] == ["Cinéma des Quais"]
    assert {way.label: way.count for way in helped(town, "cinéma gratuit").ways} == {"Payants compris": 1}
    ways = {way.label: way.count for way in helped(town, "cinéma gratuit dimanche").ways}
    assert ways == {"Sans aucun filtre": 1}
    assert helped(town, "cinéma gratuit").contact is not None


def test_what_was_sought_in_vain_is_counted_as_kinds_of_service(town: Town) -> None:
    town.ask("cinéma romilly")
    town.ask("cinéma des tilleuls")
    town.ask("xyzzyx")
    assert town.search.unmet.take() == {(town.clock.today(), "CS03"): 2, (town.clock.today(), ""): 1}
    assert town.search.unmet.take() == {}


def listening(build: Builder) -> object:
    service = build.a_service(title="Écoute des parents", concepts=("PE08",), at=a_place_in(build, ROMILLY))
    return build.by_phone(service, opening=hours("24/7"), opening_words="24/7")


def test_a_desk_beyond_the_radius_tells_more_than_the_telephone(town: Town) -> None:
    town.knows(listening)
    hit = town.ask("soutien à la parentalité traînel").hits[0]
    assert hit.access_point is not None
    assert hit.access_point.location is not None
    assert hit.distance == pytest.approx(22_700, rel=0.05)


@pytest.mark.parametrize("asked", [{"mode": Mode.PHONE}, {"when": read_when("maintenant")}, {"where": "Marseille"}])
def test_a_remote_service_is_found_from_everywhere(town: Town, asked: dict[str, object]) -> None:
    town.knows(listening)
    hit = town.ask("soutien à la parentalité", **{"where": "Traînel"} | asked).hits[0]
    assert hit.distance is None
    assert hit.access_point is not None
    assert hit.access_point.location is None


def test_filters_say_their_values_with_counts(town: Town) -> None:
    town.knows(serving("Crèche", concepts=("PE02",), modes=(Mode.ON_SITE,)), serving("Mairie", concepts=("AD01",)))
    facets = {facet.name: facet.values for facet in town.ask(theme="petite-enfance").facets}
    assert {(each.value, each.count, each.is_chosen) for each in facets["theme"]} == {
        ("petite-enfance", 1, True),
        ("demarches", 1, False),
    }
    assert [(each.value, each.label) for each in facets["concept"]] == [
        ("PE02", "Crèche, halte-garderie, micro-crèche")
    ]


def test_pages_never_repeat_a_service_and_the_one_past_the_end_is_the_first(town: Town) -> None:
    town.knows(*(serving(f"Mairie {number:02}", concepts=("AD01",)) for number in range(25)))
    pages = [town.titles("mairie", page=page) for page in (1, 2, 9)]
    assert len({*pages[0], *pages[1]}) == 25
    assert pages[2] == pages[0]
    assert town.ask("mairie", page=9).page == 1


def test_a_list_by_name_is_alphabetical(town: Town) -> None:
    town.knows(serving("Zèbre"), serving("École"), serving("abeille"))
    assert town.titles(sort=Sort.NAME) == ["abeille", "École", "Zèbre"]


def test_a_page_costs_few_queries_and_none_when_it_is_asked_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "PATIENCE", 60)
    town.knows(serving("Crèche du Lavoir", opens="Sa 09:00-12:00", concepts=("PE02",)))
    sent: list[str] = []
    event.listen(town.database.engine, "before_cursor_execute", lambda *told: sent.append(str(told[2])))
    town.ask("crèche à Romilly samedi")
    assert len([each for each in sent if each.startswith("SELECT") or "UNION" in each]) in {3, 4}
    sent.clear()
    town.ask("garde d’enfants à Romilly samedi")
    assert sent == []


@pytest.mark.parametrize("shown", [AddressShown.NONE, AddressShown.COMMUNE])
def test_a_withheld_address_shows_in_no_distance_and_no_word(town: Town, shown: AddressShown) -> None:
    def shelter(build: Builder) -> object:
        where = a_place_in(build, ROMILLY, name="Villa des Glycines", address="9 rue du Secret", address_shown=shown)
        return build.a_service(title="Mise à l’abri", at=where, concepts=("SO12",))

    town.knows(shelter)
    assert town.titles("glycines") == []
    assert town.titles("rue du secret", undone=frozenset({Undone.TYPO})) == []
    hit = town.ask("hébergement d’urgence romilly").hits[0]
    assert hit.distance is None


def test_a_commune_alone_is_shown_from_its_centre(town: Town) -> None:
    def discreet(build: Builder) -> object:
        where = a_place_in(build, ROMILLY, address_shown=AddressShown.COMMUNE)
        assert isinstance(where, Place)
        return build.a_service(title="Accueil discret", at=where, concepts=("SA09",))

    town.knows(discreet)
    hit = town.ask("psychologue nogent").hits[0]
    assert hit.distance == pytest.approx(16_500, rel=0.05)


def test_danger_is_answered_before_anything_else(town: Town) -> None:
    town.knows(serving("Mairie"))
    answer = town.ask("mon mari me frappe")
    assert [line.number for line in answer.understood.emergencies][:2] == ["17", "3919"]
    assert answer.understood.concepts[0] == "SO11"


def test_a_name_that_bears_the_word_comes_first_among_its_kind(town: Town) -> None:
    town.knows(
        serving("Boulangerie du Four", concepts=("CO02",)),
        serving("Boucherie du Pont", concepts=("CO02",)),
    )
    assert town.titles("boucherie")[0] == "Boucherie du Pont"


def test_a_text_that_holds_an_acronym_as_a_word_is_no_such_service(town: Town) -> None:
    town.knows(serving("Maison des aînés", concepts=("SE01",)), serving("Atelier clic", concepts=("NU01",)))
    assert town.titles("CLIC") == ["Maison des aînés"]


def test_a_street_named_after_a_kind_of_place_does_not_come_before_the_kind(town: Town) -> None:
    town.knows(serving("Orthophonistes du Théâtre", concepts=("SA08",)), serving("Scène du Lavoir", concepts=("CS03",)))
    assert town.titles("théâtre")[0] == "Scène du Lavoir"


def test_what_else_a_sentence_says_is_not_required(town: Town) -> None:
    town.knows(
        serving("Impayés de loyer", concepts=("LO05",)),
        serving("Aide sociale", concepts=("SO02",), summary="On arrive à vous aider."),
    )
    assert "Impayés de loyer" in town.titles("je n’arrive plus à payer mon loyer")


def test_one_word_of_two_that_name_no_need_is_no_answer(town: Town) -> None:
    town.knows(serving("Vaccinations publiques", concepts=("SA20",)))
    answer = town.ask("girouettes publiques")
    assert answer.total == 0
    assert [hit.card.title for hit in answer.also] == ["Vaccinations publiques"]


def test_the_place_in_the_words_prevails_over_the_one_given(town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)), serving("Crèche du Port", NOGENT, concepts=("PE02",)))
    understood = town.ask("crèche Nogent", where="Romilly-sur-Seine").understood
    assert understood.place is not None
    assert understood.place.commune.code == NOGENT
    assert understood.set_aside is not None
    assert understood.set_aside.commune.code == ROMILLY
    assert town.ask("crèche Nogent", where="Nogent-sur-Seine").understood.set_aside is None


def test_a_place_far_from_what_was_typed_is_asked_and_not_taken(town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    answer = town.ask("crèche", where="Atlantis")
    assert answer.understood.is_place_unknown
    assert [commune.name for commune in answer.understood.choices][:1] == ["Le Plantis"]
    assert answer.total == 1


@pytest.mark.parametrize(("radius", "found"), [(20, ["Parking pour Traînel"]), (5, [])])
def test_what_leads_there_is_found_all_along_the_way(town: Town, radius: int, found: list[str]) -> None:
    town.knows(serving("Parking pour Traînel", NOGENT, concepts=("MO04",), summary="Covoiturage vers Traînel."))
    titles = town.titles("covoiturage vers Traînel", where="Romilly-sur-Seine", radius=radius)
    assert titles == found


def test_when_nothing_is_open_any_more_on_a_saturday_the_next_one_is_shown(town: Town, clock: FixedClock) -> None:
    town.knows(serving("Mairie du Pont", opens="Sa 09:00-12:00", concepts=("AD01",)))
    assert not town.ask("mairie un samedi").understood.is_a_week_later
    clock.advance(timedelta(hours=6))
    answer = town.ask("mairie un samedi")
    assert [hit.card.title for hit in answer.hits] == ["Mairie du Pont"]
    assert (answer.understood.when, answer.understood.is_a_week_later) == ("samedi 28 novembre", True)
    assert "samedi 28 novembre" in remarks(answer.understood)[0]
    assert ("samedi", "samedi 28 novembre") in [(part.words, part.meaning) for part in answer.understood.parts]


def test_where_no_saturday_helps_nothing_is_moved(town: Town, clock: FixedClock) -> None:
    town.knows(serving("Mairie du Pont", opens="Mo 09:00-12:00", concepts=("AD01",)))
    clock.advance(timedelta(hours=6))
    answer = town.ask("mairie un samedi")
    assert (answer.total, answer.understood.is_a_week_later) == (0, False)
