"""What comes first among services that are all answers: the one called so, hinted at, going there, coming to you."""

from datetime import date

import pytest

from portal.directory.models.access_points import AccessPoint
from portal.directory.operations.access_points import create_access_point
from portal.directory.operations.lifecycle import publish_service
from portal.directory.rules.choices import AccessPointKind, CompetenceKind
from portal.directory.rules.competence import CompetenceArea
from portal.geography.points import Point
from portal.hours.slots import Mode
from portal.search.answers import WayThere
from tests.directory.builders import Builder
from tests.search.towns import NOGENT, ROMILLY, TRAINEL, Change, Town, a_place_in, serving


def at_home(title: str, commune: str, concept: str) -> Change:
    """Say that a service has a desk, and comes to people's homes."""

    def act(build: Builder) -> AccessPoint:
        place, modes = a_place_in(build, commune), (Mode.HOME, Mode.ON_SITE)
        service = build.a_service(title=title, at=place, concepts=(concept,), modes=modes)
        return create_access_point(build.session, service=service, kind=AccessPointKind.HOME, act=build.act)

    return act


def test_who_types_a_whole_name_finds_what_is_called_so(town: Town) -> None:
    town.knows(
        serving("Pain frais et pain cuit", concepts=("CO02",)),
        lambda build: build.a_service(
            title="Panier du jeudi", structure=build.a_structure(name="Le Pain de tous"), concepts=("SO08",)
        ),
    )
    assert town.titles("le pain de tous")[0] == "Panier du jeudi"
    assert town.titles("pain")[0] == "Pain frais et pain cuit"


def test_hints_tell_trades_of_one_kind_apart(town: Town) -> None:
    town.knows(
        serving("Garage du Pont", concepts=("CO08",)),
        serving("Le Disjoncteur bleu", concepts=("CO08",)),
        serving("Murs et dalles", concepts=("CO08",)),
    )
    assert town.titles("électricien")[0] == "Le Disjoncteur bleu"
    assert town.titles("maçon")[0] == "Murs et dalles"


def test_who_listens_to_a_beaten_wife_comes_before_the_police_next_door(town: Town) -> None:
    town.knows(
        serving("Gendarmerie", ROMILLY, concepts=("UR01",)),
        serving("Violences dans le couple", TRAINEL, concepts=("SO11",)),
        serving("Les numéros du frigo", ROMILLY, concepts=("UR05",)),
    )
    assert town.titles("mon mari me frappe") == ["Violences dans le couple", "Gendarmerie"]
    assert town.titles("mon mari me frappe", where="Romilly", radius=50) == ["Violences dans le couple", "Gendarmerie"]


def test_what_goes_there_comes_first_and_all_buses_are_answers(town: Town) -> None:
    town.knows(
        serving("Ligne 1", concepts=("MO01",)),
        serving("Ligne 2", concepts=("MO01",)),
        serving("Car vers Troyes", concepts=("MO01",)),
    )
    answer = town.ask("bus pour troyes")
    assert answer.hits[0].card.title == "Car vers Troyes"
    assert (answer.total, answer.understood.is_relaxed) == (3, False)
    assert answer.understood.n_going == 1


def test_a_way_that_nobody_goes_is_told_and_not_announced(town: Town) -> None:
    town.knows(serving("Aire de covoiturage", concepts=("MO04",)))
    understood = town.ask("covoiturage vers Troyes").understood
    assert (understood.is_way_unknown, understood.subject) == (True, "covoiturage")
    assert ("vers Troyes", "vers Troyes (10)") in [(part.words, part.meaning) for part in understood.parts]
    town.knows(serving("Covoiturage vers Troyes", concepts=("MO04",)))
    answer = town.ask("covoiturage vers Troyes")
    assert answer.hits[0].card.title == "Covoiturage vers Troyes"
    assert (answer.understood.is_way_unknown, answer.understood.subject) == (False, "covoiturage vers Troyes")


def test_a_permanence_says_how_and_not_what_for(town: Town) -> None:
    town.knows(
        serving("Caf", concepts=("SO03",)),
        serving("Rendez-vous de la Caf", concepts=("SO03", "AD05")),
        serving("Permanence des impôts", concepts=("AD07", "AD05")),
    )
    answer = town.ask("une permanence CAF")
    assert [hit.card.title for hit in answer.hits] == ["Rendez-vous de la Caf", "Caf"]
    assert not answer.understood.is_relaxed


def test_who_has_no_car_finds_what_comes_to_them_first(town: Town) -> None:
    town.knows(serving("Atelier numérique", concepts=("NU01",)), at_home("Visite numérique", NOGENT, "NU01"))
    assert town.titles("conseiller numérique")[0] == "Atelier numérique"
    assert town.titles("conseiller numérique sans voiture")[0] == "Visite numérique"


def test_who_has_no_car_finds_a_telephone_before_the_desk_next_door(town: Town) -> None:
    def by_phone(build: Builder) -> None:
        service = build.a_draft(title="Écoute numérique", concepts=("NU01",))
        create_access_point(build.session, service=service, kind=AccessPointKind.PHONE, act=build.act)
        publish_service(build.session, service=service, act=build.act)

    town.knows(serving("Conseiller numérique", concepts=("NU01",)), by_phone)
    assert town.titles("conseiller numérique à Romilly")[0] == "Conseiller numérique"
    assert town.titles("conseiller numérique sans voiture à Romilly")[0] == "Écoute numérique"


def test_over_a_week_what_opens_next_comes_first(town: Town) -> None:
    town.knows(
        serving("LAEP du jeudi", opens="Th 09:00-12:00", concepts=("PE06",)),
        serving("LAEP du mardi", opens="Tu 09:00-12:00", concepts=("PE06",)),
        serving("Crèche du laep", opens="Mo 09:00-12:00", concepts=("PE02",)),
    )
    assert town.titles("laep cette semaine") == ["LAEP du mardi", "LAEP du jeudi"]


def test_what_is_told_of_in_full_comes_before_the_row_of_a_register(town: Town) -> None:
    def imported(title: str, opens: str = "") -> Change:
        def act(build: Builder) -> None:
            service = build.a_service(title=title, opens=opens, concepts=("SE03",))
            service.imported_on, service.imported_from = date(2026, 11, 12), "Registre"

        return act

    town.knows(imported("Aide à domicile A"), imported("Aide à domicile B", opens="Mo 09:00-12:00"))
    assert town.titles("aide à domicile") == ["Aide à domicile B", "Aide à domicile A"]


def test_a_round_of_visits_goes_no_farther_than_any_other_way_to_its_desk(town: Town) -> None:
    town.knows(at_home("Coiffure qui roule", NOGENT, "CO07"), serving("Salon du Pont", ROMILLY, concepts=("CO07",)))
    assert town.titles("coiffeur à Romilly") == ["Salon du Pont", "Coiffure qui roule"]
    assert town.titles("coiffeur", where=TRAINEL, radius=5) == []


def test_no_distance_is_told_of_somebody_who_comes(town: Town) -> None:
    def at_home_first(build: Builder) -> None:
        service = build.a_draft(title="Coupe en campagne", concepts=("CO07",))
        create_access_point(build.session, service=service, kind=AccessPointKind.HOME, act=build.act)
        build.an_access_point(service, at=a_place_in(build, NOGENT))
        publish_service(build.session, service=service, act=build.act)

    town.knows(at_home_first)
    (hit,) = town.ask("coiffeur à Romilly").hits
    assert hit.access_point is not None
    assert (hit.access_point.kind, hit.distance) == (AccessPointKind.HOME, None)


def test_the_nearest_comes_first_whatever_word_another_has_in_its_name(town: Town) -> None:
    town.knows(
        serving("Médecin du plateau", TRAINEL, concepts=("SA01",)),
        serving("Maison de santé de la Halle", ROMILLY, concepts=("SA02",)),
    )
    assert town.titles("médecin", where=Point(48.516, 3.727), radius=50)[0] == "Maison de santé de la Halle"


def test_the_word_of_a_trade_tells_it_from_its_neighbours_next_door(town: Town) -> None:
    town.knows(
        serving("Laverie du Quai", NOGENT, concepts=("CO07",)),
        serving("Coiffeur des Ponts", ROMILLY, concepts=("CO07",)),
    )
    assert town.titles("coiffeur", where="Nogent")[0] == "Coiffeur des Ponts"
    assert town.titles("laverie", where="Romilly")[0] == "Laverie du Quai"


def test_who_names_a_permanence_finds_it_before_the_office(town: Town) -> None:
    town.knows(
        serving("Caf de l’Aube, accueil", concepts=("SO03",)),
        serving("Rendez-vous du jeudi", concepts=("SO03",)),
    )
    assert town.titles("permanence caf")[0] == "Rendez-vous du jeudi"
    assert town.titles("caf")[0] == "Caf de l’Aube, accueil"


def test_who_says_only_when_finds_who_receives_before_a_car_park(town: Town) -> None:
    always, morning = "24/7", "Sa 09:00-12:00"
    town.knows(
        serving("Aire de covoiturage", opens=always, concepts=("MO04",)),
        serving("Mairie", opens=morning, concepts=("AD01",)),
        serving("Distributeur", opens=always, concepts=("CO06",)),
    )
    assert town.titles("ouvert samedi matin romilly")[0] == "Mairie"


def test_who_asks_what_to_do_finds_what_amuses(town: Town) -> None:
    town.knows(
        serving("Supérette", opens="Sa 09:00-21:00", concepts=("CO01",)),
        serving("Cinéma", opens="Sa 18:00-23:00", concepts=("CS03",)),
    )
    assert town.titles("que faire samedi soir à romilly")[0] == "Cinéma"
    assert town.titles("ouvert samedi soir à romilly")[0] == "Supérette"


def test_the_form_of_an_office_is_required_of_none(town: Town) -> None:
    town.knows(
        serving("Protection maternelle", NOGENT, concepts=("PE07",)),
        serving("Consultation de nourrissons", ROMILLY, concepts=("PE07",)),
    )
    assert town.titles("consultation PMI nogent")[0] == "Protection maternelle"


def test_a_journey_starts_where_the_visitor_is_and_not_where_it_goes(town: Town) -> None:
    town.knows(
        serving("Aire de Nogent", NOGENT, concepts=("MO04",)),
        serving("Aire de Romilly", ROMILLY, concepts=("MO04",)),
    )
    for words in ("covoiturage romilly", "covoiturage direction romilly", "covoiturage pour aller à romilly"):
        answer = town.ask(words, where="Nogent")
        assert answer.hits[0].distance == pytest.approx(0, abs=500)
        assert "vers Romilly-sur-Seine (10)" in [part.meaning for part in answer.understood.parts]
    assert town.titles("covoiturage de romilly à nogent")[0] == "Aire de Romilly"


def test_who_only_says_where_they_go_asks_for_what_takes_them_there(town: Town) -> None:
    town.knows(
        serving("Mairie", ROMILLY, concepts=("AD01",)),
        serving("Ligne 4, de Nogent à Romilly", NOGENT, concepts=("MO01",)),
        serving("Médecin vers chez vous", NOGENT, concepts=("SA01",)),
    )
    for words in ("aller à Romilly", "direction Romilly", "comment me rendre à Romilly ?"):
        assert town.titles(words, where="Nogent") == ["Ligne 4, de Nogent à Romilly"]


def test_who_looks_for_no_journey_is_where_the_words_say(town: Town) -> None:
    answer = town.ask("médecin vers Romilly", where="Nogent")
    assert answer.understood.place is not None
    assert answer.understood.place.commune.name == "Romilly-sur-Seine"


def test_who_has_no_car_is_given_what_comes_and_the_rest_apart(town: Town) -> None:
    town.knows(serving("Infirmiers du Bourg", TRAINEL, concepts=("SA04",)), at_home("Tournée de soins", NOGENT, "SA04"))
    answer = town.ask("infirmière sans voiture")
    assert [hit.card.title for hit in answer.hits] == ["Tournée de soins"]
    assert [hit.card.title for hit in answer.also] == ["Infirmiers du Bourg"]


def test_where_nothing_comes_who_has_no_car_is_given_all_of_the_kind(town: Town) -> None:
    town.knows(serving("Infirmiers du Bourg", TRAINEL, concepts=("SA04",)))
    assert town.titles("infirmière sans voiture") == ["Infirmiers du Bourg"]


def test_who_has_no_car_is_told_which_stop_lies_by_what_was_found(town: Town) -> None:
    town.knows(
        serving("Arrêt Mairie", concepts=("MO01",)),
        serving("Infirmiers du Bourg", TRAINEL, concepts=("SA04",)),
        serving("Infirmiers du Pont", ROMILLY, concepts=("SA04",)),
    )
    answer = town.ask("infirmière, je ne conduis pas")
    (hit,) = answer.hits
    assert (hit.card.title, hit.way) == ("Infirmiers du Pont", WayThere("Maison de Romilly-sur-Seine", metres=0))
    assert [hit.card.title for hit in answer.also] == ["Infirmiers du Bourg"]
    assert answer.understood.is_reached


def test_a_bus_on_call_reaches_what_it_serves_from_where_one_lives(town: Town) -> None:
    served = tuple(CompetenceArea(CompetenceKind.COMMUNE, code) for code in (NOGENT, TRAINEL))
    town.knows(
        serving("Navette des coteaux", NOGENT, concepts=("MO03",), competence=served),
        serving("Infirmiers du Bourg", TRAINEL, concepts=("SA04",)),
        serving("Infirmiers du Pont", ROMILLY, concepts=("SA04",)),
    )
    answer = town.ask("infirmière sans permis", where="Nogent")
    assert [(hit.card.title, hit.way) for hit in answer.hits] == [
        ("Infirmiers du Bourg", WayThere("Navette des coteaux", is_on_call=True))
    ]
    assert [hit.card.title for hit in answer.also] == ["Infirmiers du Pont"]
    assert not town.ask("infirmière sans permis", where="Romilly").understood.is_reached


def test_the_shop_that_sells_tickets_is_no_stop(town: Town) -> None:
    def tickets(build: Builder) -> None:
        where = a_place_in(build, ROMILLY, name="2 rue du Dépôt", address="2 rue du Dépôt")
        build.a_service(title="Boutique des cars", at=where, concepts=("MO01",))

    town.knows(tickets, serving("Infirmiers du Pont", ROMILLY, concepts=("SA04",)))
    assert not town.ask("infirmière sans voiture").understood.is_reached


def test_a_round_that_stops_elsewhere_is_not_within_reach_here(town: Town) -> None:
    def passes(build: Builder) -> None:
        stop = build.a_stop(build.a_tour(), place=a_place_in(build, NOGENT), opens="Tu 09:00-12:00")
        service = build.a_draft(title="Bus des soins", concepts=("SA04",))
        build.an_access_point(service, at=stop)
        publish_service(build.session, service=service, act=build.act)

    town.knows(passes)
    assert town.ask("infirmière sans voiture", where="Nogent").understood.is_reached
    assert not town.ask("infirmière sans voiture", where="Romilly").understood.is_reached


def test_who_also_answers_the_telephone_is_as_far_as_their_desk(town: Town) -> None:
    def by_phone_too(build: Builder) -> None:
        build.by_phone(build.a_service(title="Médecins du Bourg", at=a_place_in(build, TRAINEL), concepts=("SA01",)))

    town.knows(by_phone_too, serving("Médecins des Quais", NOGENT, concepts=("SA01",)))
    assert town.titles("médecin", where="Romilly", radius=50) == ["Médecins des Quais", "Médecins du Bourg"]


def test_a_desk_open_on_saturdays_does_not_make_the_visits_at_home_so(town: Town) -> None:
    def with_visits(build: Builder) -> None:
        where, modes = a_place_in(build, NOGENT), (Mode.HOME, Mode.ON_SITE)
        service = build.a_service(title="Salon", at=where, opens="Sa 09:00-12:00", concepts=("CO07",), modes=modes)
        create_access_point(build.session, service=service, kind=AccessPointKind.HOME, act=build.act)

    town.knows(with_visits)
    assert town.titles("coiffeur samedi matin") == ["Salon"]
    assert town.ask("coiffeur à domicile samedi matin").total == 0
