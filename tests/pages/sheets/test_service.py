"""The page of a service says all one needs to go, call or apply, and nothing that must stay unknown."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from portal.directory.models.contacts import Translation
from portal.directory.models.services import Service
from portal.directory.operations.access_points import create_access_point
from portal.directory.operations.lifecycle import publish_service
from portal.directory.rules.choices import (
    AccessFeature,
    AccessPointKind,
    Answer,
    CompetenceKind,
    ContactAudience,
    ContactType,
    Cost,
    LegalNature,
    TranslationStatus,
)
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.geography.points import Point
from portal.hours.layers import StateCode
from portal.hours.schedule import State
from portal.hours.slots import Mode, Opening, Unread
from portal.search.listed import state_of
from portal.vocabulary.audiences import Audience
from tests.directory.builders import Builder
from tests.pages.conftest import Page, Visit
from tests.pages.sheets.conftest import Make, address_of
from tests.search.towns import Town

PHONE = ContactLine(ContactType.PHONE, "03 53 01 00 00")


def a_desk(build: Builder) -> Service:
    place = build.a_place(point=Point(48.5187, 3.7215), access={AccessFeature.WHEELCHAIR: Answer.YES})
    return build.a_service(
        title="Aide aux papiers",
        at=place,
        opens="Mo-Fr 09:00-12:00",
        summary="On vous aide à remplir vos dossiers.",
        description="Sans jugement.\n\n– Impôts\n– Retraite",
        documents="Pièce d’identité\nAvis d’imposition",
        eligibility="Habiter le territoire.",
        cost=Cost.FREE,
        audiences=[Audience.SENIORS],
        age_min=60,
        languages=["fr", "en"],
        contacts=[PHONE],
        competence=[CompetenceArea(CompetenceKind.COMMUNE, "10323")],
        online_url="https://demarches.example/dossier",
    )


@pytest.fixture
def page(make: Make, visit: Visit) -> Page:
    return visit(make(a_desk))


@pytest.mark.parametrize(
    "words",
    [
        "On vous aide à remplir vos dossiers.",
        "Séniors",
        "À partir de 60 ans",
        "Gratuit",
        "Anglais, Français",
        "Romilly-sur-Seine (10)",
        "Pièce d’identité",
        "Habiter le territoire.",
        "1 rue du Lavoir, 10100 Romilly-sur-Seine",
        "Fermé, ouvre lundi à 9 h",
        "lundi 23 novembre",
        "Fauteuil roulant : oui",
        "Non renseigné : Sans marche",
        "Communauté de communes",
    ],
)
def test_sheet_says_what_one_needs_to_go(page: Page, words: str) -> None:
    assert words in page.text


def test_sheet_tells_things_in_the_order_they_are_needed(page: Page) -> None:
    told = (
        "On vous aide",
        "03 53 01 00 00",
        "Où et quand",
        "Aujourd’hui",
        "Ce qu’il faut savoir",
        "À apporter",
        "Comment venir",
    )
    places = [page.text.index(words) for words in told]
    assert places == sorted(places)


def test_day_of_the_week_is_heard_whole_and_seen_short(page: Page) -> None:
    told = page.root.findall(".//table[@class='week']/tbody/tr[3]/th/span")
    assert [each.text for each in told] == ["lundi 23", "lundi 23 novembre"]


def test_desk_that_bears_the_name_of_its_service_is_named_by_its_address(make: Make, visit: Visit) -> None:
    page = visit(make(lambda build: build.a_service(title="La Passerelle", at=build.a_place(name="La Passerelle"))))
    assert "La Passerelle" not in ["".join(heading.itertext()) for heading in page.root.iter("h3")]


def test_sheet_calls_leads_and_applies_by_links(page: Page) -> None:
    links = page.links()
    assert links["Appeler le 03 53 01 00 00"] == "tel:0353010000"
    assert links["Faire la démarche en ligne"] == "https://demarches.example/dossier"
    assert links["Application de cartes : Maison commune"].startswith("geo:48.5187,3.7215")


def test_sheet_leads_to_the_itineraries_of_the_settings(page: Page) -> None:
    assert page.links()["Itinéraire vers Maison commune"] == "https://itineraires.example/?to=48.5187,3.7215"


def test_address_nobody_located_is_looked_up_by_its_words(make: Make, visit: Visit) -> None:
    page = visit(make(lambda build: build.a_service(title="Maison de santé", at=build.a_place(point=None))))
    leading = page.links()["Application de cartes : Maison commune"]
    assert leading == "geo:0,0?q=1%20rue%20du%20Lavoir%2C%2010100%20Romilly-sur-Seine"
    assert "Emplacement à vérifier" in page.text
    assert "Itinéraire vers Maison commune" not in page.links()


def test_sheet_has_one_canonical_address(page: Page) -> None:
    canonical = [link.get("href") for link in page.root.findall(".//link") if link.get("rel") == "canonical"]
    assert canonical == [f"http://localhost{page.response.request.path}"]


def test_title_tells_apart_sheets_of_one_name(page: Page) -> None:
    assert page.title.startswith("Aide aux papiers · Communauté de communes · Romilly-sur-Seine (10)")


def test_lists_of_a_description_are_lists(page: Page) -> None:
    assert ["Impôts", "Retraite"] in [[item.text for item in each.findall("li")] for each in page.root.findall(".//ul")]


def test_sheet_is_handed_on_in_one_text_message(page: Page) -> None:
    message = unquote(page.links()["Envoyer par SMS"].removeprefix("sms:?&body="))
    assert message.startswith("Aide aux papiers\n03 53 01 00 00\nlun.-ven. 9 h-12 h\nMaison commune")
    assert "/s/" in message.splitlines()[-1]
    assert len(message) <= 160


def test_short_address_leads_to_the_sheet(make: Make, browser: FlaskClient) -> None:
    path = make(a_desk)
    answer = browser.get(f"/s/{path.rpartition('-')[2]}")
    assert (answer.status_code, answer.location) == (301, path)


def test_short_address_keeps_the_door_somebody_came_for(make: Make, browser: FlaskClient) -> None:
    path = make(a_desk)
    number = path.rpartition("-")[2]
    assert browser.get(f"/s/{number}?acces={number}").location == f"{path}?acces={number}"
    assert browser.get(f"/s/{number}?acces=%26x").location == path


def test_copied_contacts_say_who_where_and_when(page: Page) -> None:
    button = next(each for each in page.root.iter("button") if "Copier les coordonnées" in "".join(each.itertext()))
    told = (button.get("data-copy") or "").splitlines()
    assert told[:2] == ["Aide aux papiers", "Maison commune, 1 rue du Lavoir, 10100 Romilly-sur-Seine"]
    assert told[3:] == ["03 53 01 00 00"]


@pytest.mark.parametrize("change", [lambda path: path.replace("aide", "soutien"), lambda path: path[:10] + path[-5:]])
def test_wrong_name_leads_to_the_right_one(make: Make, browser: FlaskClient, change: Callable[[str], str]) -> None:
    path = make(a_desk)
    answer = browser.get("/en" + change(path))
    assert (answer.status_code, answer.location) == (301, "/en" + path)


def test_professional_contact_is_not_shown(make: Make, visit: Visit) -> None:
    line = ContactLine(ContactType.PHONE, "03 53 01 99 99", audience=ContactAudience.PROFESSIONAL)
    assert "99 99" not in visit(make(lambda build: build.a_service(contacts=[line]))).text


def test_draft_has_no_page(make: Make, visit: Visit) -> None:
    visit(make(lambda build: build.a_draft()), status=404)


def test_refuge_shows_no_address_and_is_not_handed_on(make: Make, visit: Visit) -> None:
    page = visit(make(lambda build: build.a_service(title="Écoute", concepts=("SO11",), contacts=[PHONE])))
    assert "rue du Lavoir" not in page.text
    assert "Adresse non communiquée" in page.text
    assert "Envoyer par SMS" not in page.links()
    assert page.links()["Quitter vite ce site"] == "https://weather.example"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


def test_sheet_of_many_desks_says_how_many_are_open(make: Make, visit: Visit) -> None:
    def many(build: Builder) -> Service:
        service = build.a_service(opens="Sa 08:00-12:00")
        for _ in range(4):
            build.an_access_point(service, opens="Mo 08:00-12:00")
        return service

    page = visit(make(many))
    assert "1 accueil ouvert en ce moment" in page.text
    assert len(page.root.findall(".//section[@class='reach']/details")) == 5


def test_tour_stop_shows_its_next_dates(make: Make, visit: Visit) -> None:
    def bus(build: Builder) -> Service:
        stop = build.a_stop(build.a_tour(), opens="Tu 14:00-16:00")
        service = build.a_draft(title="Bus des services")
        build.an_access_point(service, at=stop)
        publish_service(build.session, service=service, act=build.act)
        return service

    page = visit(make(bus))
    assert "Prochains passages" in page.text
    assert "mardi 24 novembre 14 h–16 h" in page.text


def test_tour_is_not_closed_between_two_visits_but_comes_again(make: Make, visit: Visit) -> None:
    def bus(build: Builder) -> Service:
        service = build.a_draft(title="Bus des services")
        build.an_access_point(service, at=build.a_stop(build.a_tour(), opens="Tu 14:00-16:00"))
        publish_service(build.session, service=service, act=build.act)
        return service

    page = visit(make(bus))
    assert "Passe mardi à 14 h" in page.text
    assert "Fermé" not in page.text


def test_tour_of_a_few_dates_does_not_say_them_twice(make: Make, visit: Visit) -> None:
    def bus(build: Builder) -> Service:
        stop = build.a_stop(build.a_tour(), opens="2026 Nov 24,2026 Dec 08 14:00-16:00")
        service = build.a_draft(title="Bus des services")
        build.an_access_point(service, at=stop)
        publish_service(build.session, service=service, act=build.act)
        return service

    page = visit(make(bus))
    assert "mardi 8 décembre 14 h–16 h" in page.text
    assert "En résumé" not in page.text


def test_english_page_says_what_exists_in_french_only(make: Make, visit: Visit) -> None:
    page = visit("/en" + make(a_desk))
    assert "only available in French" in page.text
    assert [each.get("lang") for each in page.root.findall(".//h1")] == ["fr"]


def test_english_page_shows_what_was_translated(make: Make, visit: Visit) -> None:
    def translated(build: Builder) -> Service:
        service = build.a_service(title="Aide aux papiers", summary="On vous aide.")
        for field, text in (("title", "Help with forms"), ("summary", "We help you.")):
            status = TranslationStatus.MACHINE
            build.session.add(Translation(owner_id=service.id, language="en", field=field, text=text, status=status))
        return service

    page = visit("/en" + make(translated))
    assert page.h1 == "Help with forms"
    assert "We help you." in page.text
    assert "Machine translation" in page.text


@pytest.fixture
def desk_near_a_stop(make: Make) -> str:
    """Make a desk beside a bus stop, in a commune that a transport on demand serves; the index is built after it."""

    def desk(build: Builder) -> Service:
        stop = build.a_place(name="Gare routière", point=Point(48.5190, 3.7230))
        build.a_service(title="Ligne 7", concepts=("MO01",), at=stop)
        served = [CompetenceArea(CompetenceKind.COMMUNE, "10323")]
        called = build.a_place(name="Mairie", point=Point(48.55, 3.75))
        build.a_service(title="La Navette", concepts=("MO03",), at=called, competence=served)
        build.a_service(title="La Navette d’ailleurs", concepts=("MO03",), at=called)
        return a_desk(build)

    return make(desk)


def test_sheet_says_how_to_come_without_a_car(desk_near_a_stop: str, visit: Visit) -> None:
    page = visit(desk_near_a_stop)
    assert "Ligne 7 (Gare routière, à environ 100 m)" in page.text
    assert "La Navette (sur réservation)" in page.text
    assert "La Navette d’ailleurs" not in page.text


def test_sheet_that_bears_the_name_of_its_structure_names_it_once(make: Make, visit: Visit) -> None:
    def alone(build: Builder) -> Service:
        name = "Maison de santé du Lavoir"
        return build.a_service(title=name, structure=build.a_structure(name=name))

    page = visit(make(alone))
    assert "Ce service dépend de" not in page.text
    assert page.links()["Tout ce que propose cette structure"].startswith("/structures/maison-de-sante")


def test_cost_that_nobody_told_is_said_once(make: Make, visit: Visit) -> None:
    page = visit(make(lambda build: build.a_service(cost=Cost.UNKNOWN)))
    assert "Coût Non précisé" in " ".join(page.text.split())


def test_cost_of_a_public_service_that_nobody_told_raises_no_doubt(make: Make, visit: Visit) -> None:
    page = visit(make(lambda build: build.a_service(cost=Cost.UNKNOWN, legal_nature=LegalNature.PUBLIC)))
    assert "Non précisé" not in page.text


def test_desk_that_never_closes_needs_no_week(make: Make, visit: Visit) -> None:
    page = visit(make(lambda build: build.a_service(opens="24/7")))
    assert "Ouvert 24 h/24, 7 j/7" in page.text
    assert page.root.findall(".//table") == []


def test_words_that_were_not_read_stand_once(make: Make, visit: Visit) -> None:
    def unread(build: Builder) -> Service:
        words = "selon les semaines"
        opening = Opening(unread=(Unread(words),))
        service = build.a_draft()
        build.an_access_point(service, opening=opening, opening_words=words)
        publish_service(build.session, service=service, act=build.act)
        return service

    page = visit(make(unread))
    assert "En résumé" not in page.text
    assert page.text.count("selon les semaines") == 1


def a_bus(build: Builder) -> Service:
    """Make a bus that stops in one commune on Tuesdays, then in another on Mondays."""
    tour, service = build.a_tour(), build.a_draft(title="Bus des services")
    for name, commune, opens in (("Halle", "10268", "Tu 14:00-16:00"), ("Mairie", "10323", "Mo 14:00-16:00")):
        stop = build.a_stop(tour, place=build.a_place(name=name, commune_code=commune), opens=opens)
        build.an_access_point(service, at=stop)
    publish_service(build.session, service=service, act=build.act)
    return service


def test_sheet_says_which_door_opens_next_and_where(town: Town, visit: Visit) -> None:
    made: list[str] = []
    town.knows(lambda build: made.append(address_of(a_bus(build))))
    assert "Passe lundi à 14 h à Romilly-sur-Seine" in visit(made[0]).text


def test_door_that_opens_next_stands_first(town: Town, visit: Visit) -> None:
    made: list[str] = []
    town.knows(lambda build: made.append(address_of(a_bus(build))))
    reaches = [each for each in visit(made[0]).root.findall(".//section") if each.get("class") == "reach"]
    assert ["Mairie" in "".join(each.itertext()) for each in reaches] == [True, False]


def test_childminder_receives_in_her_own_home(make: Make, visit: Visit) -> None:
    def minder(build: Builder) -> Service:
        service = build.a_draft(title="Nounou des Prés", concepts=("PE03",))
        create_access_point(build.session, service=service, kind=AccessPointKind.HOME, act=build.act)
        publish_service(build.session, service=service, act=build.act)
        return service

    page = visit(make(minder))
    assert "Chez l’assistante maternelle" in page.text
    assert "À domicile" not in page.text


def test_childminder_opens_and_visits_nobody() -> None:
    closed = State(StateCode.CLOSED, next=datetime(2026, 11, 23, 7, 30), next_mode=Mode.HOME)
    assert state_of(closed, ("PE03",)).next_mode is Mode.ON_SITE
    assert state_of(closed, ("VI01",)).next_mode is Mode.HOME
