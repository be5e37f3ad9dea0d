"""Ma liste: a list of services that its address carries."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import close_service, publish_service
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.public_ids import number_of, public_id
from portal.search.shortlist import MOST, Shortlist, id_in, read_shortlist
from tests.directory.builders import Builder
from tests.pages.conftest import Page, Visit
from tests.search.towns import NOGENT, Town, open_town, serving

IDS = st.lists(st.integers(1, 50_000_000).map(public_id), unique=True, max_size=MOST)
CALL = (ContactLine(ContactType.PHONE, "03 53 01 00 00"),)


@pytest.fixture(autouse=True)
def town(database: Database, clock: FixedClock, tmp_path: Path) -> Town:
    town = open_town(database, clock, tmp_path)
    town.knows(
        serving("Crèche du Lavoir", opens="Mo-Fr 07:30-18:30", concepts=("PE02",), contacts=CALL),
        serving("Crèche des Quais", NOGENT, concepts=("PE02",)),
        serving("Pharmacie", NOGENT, concepts=("SA11",)),
        serving("Écoute des femmes", concepts=("SO11",)),
    )
    return town


@pytest.fixture
def ids(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return {each.title: each.public_id for each in session.query(Service)}


def of(*found: str) -> str:
    return f"/ma-liste?s={','.join(found)}"


def titles(page: Page) -> list[str]:
    return [" ".join("".join(each.itertext()).split()) for each in page.root.findall(".//article/h2/a")]


def test_bare_list_explains_itself(visit: Visit) -> None:
    page = visit("/ma-liste")
    assert "Votre liste est vide" in page.text
    assert page.n_queries == 0


def test_list_shows_its_services_in_the_order_of_its_owner(visit: Visit, ids: dict[str, str]) -> None:
    page = visit(of(ids["Pharmacie"], ids["Crèche du Lavoir"]))
    assert titles(page) == ["Pharmacie", "Crèche du Lavoir"]
    assert page.title.replace("\u00a0", " ").startswith("Ma liste : Pharmacie, Crèche du Lavoir")
    assert "1 rue du Lavoir, 10100 Romilly-sur-Seine" in page.text
    assert "lun.–ven. 7 h 30–18 h 30" in page.text.replace("\u00a0", " ")


def test_each_service_can_be_taken_away_or_moved(visit: Visit, ids: dict[str, str]) -> None:
    one, two = ids["Pharmacie"], ids["Crèche du Lavoir"]
    links = visit(of(one, two)).links()
    assert links["Retirer Pharmacie"] == of(two)
    assert links["Descendre Pharmacie"] == links["Monter Crèche du Lavoir"] == of(two, one)
    assert "Monter Pharmacie" not in links


def test_service_can_be_sought_and_added_without_script(visit: Visit, ids: dict[str, str]) -> None:
    mine, other = ids["Crèche du Lavoir"], ids["Crèche des Quais"]
    page = visit(f"{of(mine)}&quoi=crèche&ou=romilly")
    assert page.links()["Ajouter Crèche des Quais"] == of(mine, other)
    assert "Ajouter Crèche du Lavoir" not in page.links()


def test_every_service_of_a_list_can_be_added_to_mine(visit: Visit, ids: dict[str, str]) -> None:
    links = visit("/recherche?quoi=pharmacie").links()
    added = links["Ajouter à ma liste : Pharmacie"]
    assert added == of(ids["Pharmacie"]) + "&retour=/recherche%3Fquoi%3Dpharmacie"


def test_address_of_a_sheet_can_be_pasted(browser: FlaskClient, ids: dict[str, str]) -> None:
    mine, other = ids["Pharmacie"], ids["Crèche des Quais"]
    answer = browser.get(f"{of(mine)}&quoi=https://services.example/services/creche-des-quais-{other}%3Fx")
    assert (answer.status_code, answer.location) == (303, of(mine, other))


def test_closed_and_unknown_services_are_told(visit: Visit, ids: dict[str, str], town: Town) -> None:
    def close(build: Builder) -> None:
        service = build.session.get_one(Service, number_of(ids["Pharmacie"]))
        close_service(build.session, service=service, act=build.act)

    town.change(close)
    page = visit(of(ids["Pharmacie"], "ccccc", "<b>"))
    assert "Ce service a fermé ou a changé : Pharmacie" in page.text
    assert "Aucun service ne porte le code « ccccc »." in page.text
    assert page.links()["Retirer ccccc"] == of(ids["Pharmacie"])


def test_draft_is_a_service_nobody_knows(visit: Visit, town: Town) -> None:
    named: list[str] = []
    town.change(lambda build: named.append(build.a_draft(title="Secret").public_id))
    assert "Secret" not in visit(of(*named)).text


def test_search_within_the_list_keeps_the_position(visit: Visit, ids: dict[str, str]) -> None:
    assert ids
    page = visit("/ma-liste?quoi=pharmacie&ou=48.5,3.7")
    assert page.root.findall(".//input[@type='hidden'][@name='ou']")[0].get("value") == "48.5,3.7"
    assert page.root.findall(".//input[@id='ou']")[0].get("value") == "Ma position"


def test_list_is_full_at_thirty(visit: Visit) -> None:
    page = visit(of(*(public_id(number) for number in range(900, 900 + MOST + 1))))
    assert f"Une liste tient {MOST} services" in page.text
    assert page.root.find(".//input[@name='quoi']") is None


def test_list_is_handed_on_by_text_mail_and_code(visit: Visit, ids: dict[str, str]) -> None:
    page = visit(of(ids["Crèche du Lavoir"]))
    sms, mail = (unquote(page.links()[name]) for name in ("Envoyer par SMS", "Envoyer par courriel"))
    told = "Romilly-sur-Seine\nlun.-ven. 7h30-18h30\n03 53 01 00 00"
    assert told in sms
    assert len(sms.partition("body=")[2]) <= 160
    assert "1 rue du Lavoir, 10100 Romilly-sur-Seine\r\nlun.–ven. 7 h 30–18 h 30\r\n" in mail.replace("\u00a0", " ")
    assert mail.endswith(f"http://localhost{of(ids['Crèche du Lavoir'])}")
    assert page.root.find(".//{http://www.w3.org/2000/svg}svg[@class='qr']") is not None


def test_list_with_a_service_about_violence_goes_by_no_text_message(visit: Visit, ids: dict[str, str]) -> None:
    page = visit(of(ids["Écoute des femmes"]))
    assert "Envoyer par SMS" not in page.links()
    assert 'content="no-referrer"' in page.response.text


def test_list_stays_out_of_search_engines(visit: Visit, ids: dict[str, str]) -> None:
    assert 'content="noindex, nofollow"' in visit(of(ids["Pharmacie"])).response.text


def test_list_speaks_english(visit: Visit, ids: dict[str, str]) -> None:
    page = visit("/en" + of(ids["Pharmacie"]))
    assert page.h1 == "My list"
    assert page.links()["Remove Pharmacie"] == "/en/ma-liste"


@given(IDS)
def test_list_comes_back_from_its_address(ids: list[str]) -> None:
    mine = Shortlist(tuple(ids))
    assert read_shortlist(mine.text) == mine


@given(IDS.filter(bool), st.integers(-2, 2))
def test_moving_a_service_loses_none(ids: list[str], by: int) -> None:
    assert sorted(Shortlist(tuple(ids)).moved(ids[0], by).ids) == sorted(ids)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert all(number_of(each) for each in read_shortlist(text).ids)
    assert id_in(text) == "" or number_of(id_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "{id}",
        " {id} ",
        "https://services.example/s/{id}",
        "services.example/en/services/bus-{id}.ics?x=1#ou",
        "/services/bus-{id}/",
    ],
)
def test_service_is_found_in_what_is_pasted(text: str) -> None:
    named = public_id(12)
    assert id_in(text.format(id=named)) == named


def test_what_travels_says_its_next_stops(visit: Visit, town: Town) -> None:
    made: list[str] = []

    def bus(build: Builder) -> None:
        tour, service = build.a_tour(), build.a_draft(title="Bus des services")
        for name, opens in (("Halle", "Th 14:00-16:00"), ("Mairie", "Mo 14:00-16:00"), ("École", "Tu 09:00-10:00")):
            build.an_access_point(service, at=build.a_stop(tour, place=build.a_place(name=name), opens=opens))
        publish_service(build.session, service=service, act=build.act)
        made.append(service.public_id)

    town.knows(bus)
    page = visit(of(made[0]))
    assert [item.text for item in page.root.findall(".//article/ul/li")] == [
        "lundi 23 novembre 14\u00a0h–16\u00a0h, Mairie, Romilly-sur-Seine",
        "mardi 24 novembre 9\u00a0h–10\u00a0h, École, Romilly-sur-Seine",
        "jeudi 26 novembre 14\u00a0h–16\u00a0h, Halle, Romilly-sur-Seine",
    ]


def test_list_too_long_for_one_message_goes_in_several(visit: Visit, town: Town) -> None:
    made: list[str] = []
    town.knows(
        lambda build: made.extend(
            build.a_service(title=f"Accueil numéro {number} de la vallée", contacts=CALL).public_id
            for number in range(4)
        )
    )
    links = visit(of(*made)).links()
    messages = [unquote(links[name]) for name in links if name.startswith("Envoyer le SMS ")]
    assert "\n".join(messages).count("\nRomilly-sur-Seine\n03 53 01 00 00") == len(made)
    assert [message.partition("body=")[2][:4] for message in messages] == ["1/3\n", "2/3\n", "3/3\n"]


def test_mail_of_a_long_list_still_says_the_towns(visit: Visit, town: Town) -> None:
    made: list[str] = []
    town.knows(
        lambda build: made.extend(
            build.a_service(title=f"Accueil {number}", opens="Mo-Fr 07:30-18:30", contacts=CALL).public_id
            for number in range(20)
        )
    )
    mail = unquote(visit(of(*made)).links()["Envoyer par courriel"])
    assert "Accueil 19, Romilly-sur-Seine\r\n03 53 01 00 00\r\n" in mail


def test_what_travels_is_sent_with_its_next_stop(visit: Visit, town: Town) -> None:
    made: list[str] = []

    def bus(build: Builder) -> None:
        service = build.a_draft(title="Bus des services")
        stop = build.a_stop(build.a_tour(), place=build.a_place(name="Halle"), opens="Th 14:00-16:00")
        build.an_access_point(service, at=stop)
        publish_service(build.session, service=service, act=build.act)
        made.append(service.public_id)

    town.knows(bus)
    sms = unquote(visit(of(made[0])).links()["Envoyer par SMS"])
    assert "Bus des services\njeudi 26 novembre 14h-16h, Halle, Romilly-sur-Seine\n" in sms


def test_words_of_a_message_stand_on_the_page_for_who_has_no_telephone_at_hand(
    visit: Visit, ids: dict[str, str]
) -> None:
    page = visit(of(ids["Crèche du Lavoir"]))
    assert "Le texte du SMS Crèche du LavoirRomilly-sur-Seinelun.-ven. 7h30-18h30" in page.text
    button = page.root.find(".//details//button[@data-copy]")
    assert button is not None
    assert (button.get("data-copy") or "").endswith(f"http://localhost{of(ids['Crèche du Lavoir'])}")
