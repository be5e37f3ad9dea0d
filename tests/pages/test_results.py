"""The page of results, as a visitor reads it."""

import json

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from portal.directory.operations.lifecycle import publish_service
from portal.directory.rules.choices import AddressShown, Cost
from portal.hours.slots import Mode
from search_index.engine import IndexDamaged
from search_index.results import Results
from tests.directory.builders import Builder
from tests.pages.conftest import Page, Visit, parsed
from tests.search.towns import NOGENT, TRAINEL, Town, a_place_in, serving
from tests.tools.claims import every
from tests.tools.examples import examples


@pytest.fixture
def creches(town: Town) -> None:
    town.knows(
        serving("Crèche du Lavoir", opens="Mo-Sa 07:30-18:30", concepts=("PE02",), cost=Cost.FREE),
        serving("Crèche des Quais", NOGENT, concepts=("PE02",), opens="Mo 09:00-12:00"),
        serving("Crèche du Bois", TRAINEL, concepts=("PE02",)),
        serving("Transport à la demande", concepts=("MO03",)),
    )


def titles(page: Page) -> list[str]:
    return ["".join(title.itertext()) for title in page.root.findall(".//article/h2/a")]


def test_the_title_says_how_many_for_what_and_where(visit: Visit, town: Town) -> None:
    town.knows(*(serving(f"Crèche {letter}", concepts=("PE02",)) for letter in "ab"), serving("Dentiste"))
    assert visit("/recherche?quoi=crèche+à+Romilly").h1 == "2 services pour « crèche » près de Romilly-sur-Seine (10)"
    assert visit("/recherche?quoi=dentiste").h1 == "1 service pour « dentiste »"


@pytest.mark.usefixtures("creches")
def test_the_nearest_comes_first_with_its_number_place_and_state(visit: Visit) -> None:
    page = visit("/recherche?quoi=crèche&ou=Nogent-sur-Seine")
    assert titles(page) == ["Crèche des Quais", "Crèche du Bois", "Crèche du Lavoir"]
    first = "".join(page.root.findall(".//article")[0].itertext())
    assert "Nogent-sur-Seine (10) · moins de 1\u00a0km" in first
    assert "Fermé, ouvre lundi à 9\u00a0h" in first


@pytest.mark.usefixtures("creches")
def test_what_was_understood_is_said_and_can_be_undone(visit: Visit) -> None:
    page = visit("/recherche?quoi=crèche+à+Romilly")
    assert "« Romilly » : Romilly-sur-Seine (10)" in page.text
    undone = visit(page.links()["Annuler « Romilly »"])
    assert undone.h1 == "1 service pour « crèche à Romilly »"
    assert visit(undone.links()["Retirer le filtre : Sans lire de lieu dans les mots"]).h1 == page.h1


@pytest.mark.usefixtures("creches")
def test_a_corrected_word_is_said_with_the_way_to_what_was_typed(visit: Visit) -> None:
    page = visit("/recherche?quoi=transprt")
    assert "Résultats pour « transport »" in page.text
    assert visit(page.links()["chercher « transprt »"]).h1 == "Aucun service pour « transprt »"


@pytest.mark.parametrize("query", ["quoi=dentiste+10400", "quoi=dentiste&ou=10400"])
def test_another_commune_of_the_same_code_is_offered(visit: Visit, town: Town, query: str) -> None:
    town.knows(serving("Dentiste", concepts=("SA05",)))
    page = visit(f"/recherche?{query}")
    assert page.h1 == "1 service pour « dentiste » près de Nogent-sur-Seine (10)"
    assert visit(page.links()["Le Mériot (10)"]).h1.endswith("« dentiste » près du Mériot (10)")


@pytest.mark.usefixtures("creches")
def test_words_of_several_senses_lead_to_each(visit: Visit) -> None:
    page = visit("/recherche?quoi=CSS")
    assert "Plusieurs sens" in page.text


@pytest.mark.usefixtures("creches")
def test_a_filter_is_counted_kept_in_the_form_and_removed_by_a_link(visit: Visit) -> None:
    free = visit("/recherche?quoi=crèche&gratuit=1")
    assert titles(free) == ["Crèche du Lavoir"]
    assert "Gratuit (1)" in free.text
    assert free.title.startswith("1 service pour « crèche » · Gratuit · ")
    assert [box.get("name") for box in free.root.findall(".//input[@checked]")] == ["gratuit"]
    assert len(titles(visit(free.links()["Retirer le filtre : Gratuit"]))) == 3


@pytest.mark.usefixtures("creches")
def test_every_field_of_the_filters_belongs_to_the_form(visit: Visit) -> None:
    page = visit("/recherche?quoi=crèche&ou=Romilly&public=familles&sans=faute")
    fields = [
        each
        for kind in ("select", "input", "button")
        for each in page.root.findall(f".//div[@class='filter-fields']//{kind}")
    ]
    assert {each.get("form") for each in fields} == {page.root.findall(".//form[@role='search']")[0].get("id")}
    names = {each.get("name") for each in fields if each.get("name")}
    assert names == {"theme", "quand", "rayon", "mode", "public", "sans", "tri"}


@pytest.mark.usefixtures("creches")
def test_what_is_open_now_and_what_nobody_knows_are_one_link_away(visit: Visit) -> None:
    page = visit("/recherche?quoi=crèche")
    open_now = visit(page.links()["1 ouvert maintenant"])
    assert titles(open_now) == ["Crèche du Lavoir"]
    assert open_now.h1 == "1 service pour « crèche », ouvert maintenant"
    both = visit(open_now.links()["Voir aussi 1 service dont les horaires ne sont pas connus"])
    assert "Crèche du Bois" in titles(both)


POSITION = "ou=48.497,3.5"


def test_position_to_the_metre_stands_nowhere_on_the_page(visit: Visit) -> None:
    text = visit("/recherche?ou=48.4971234567,3.5009876543").response.text
    assert "48.497" in text
    assert "48.4971" not in text


@pytest.mark.usefixtures("creches")
def test_position_is_named_in_words_and_forgotten_by_one_link(visit: Visit) -> None:
    page = visit(f"/recherche?quoi=crèche&{POSITION}")
    assert page.root.findall(".//input[@id='ou']")[0].get("value") == "Ma position"
    assert "« Ma position » : arrondie à cent mètres" in page.text
    assert visit(page.links()["Annuler « Ma position »"]).h1 == "3 services pour « crèche »"


@pytest.mark.usefixtures("creches")
def test_position_outside_the_territory_is_said_as_a_place_outside_is(visit: Visit, town: Town) -> None:
    town.knows(lambda build: build.by_phone(build.a_service(title="Crèche au téléphone", concepts=("PE02",))))
    page = visit("/recherche?quoi=crèche&ou=48.857,2.352")
    assert "Paris (75) est hors du territoire : seul ce qui se fait à distance est montré." in page.text
    assert "hors du territoire" not in visit(f"/recherche?quoi=crèche&{POSITION}").text


@pytest.mark.usefixtures("creches")
@pytest.mark.parametrize(
    ("asked", "said"),
    [("10323", "Romilly-sur-Seine (10)"), ("10400", "10400"), ("romilly", "romilly"), ("99999", "99999")],
)
def test_code_of_one_commune_is_written_by_its_name(visit: Visit, asked: str, said: str) -> None:
    page = visit(f"/recherche?quoi=crèche&ou={asked}")
    assert page.root.findall(".//input[@id='ou']")[0].get("value") == said
    assert visit(f"/recherche?quoi=crèche&ou={said}").h1 == page.h1


@pytest.mark.usefixtures("creches")
def test_place_read_in_the_words_shows_in_the_empty_field(visit: Visit) -> None:
    field = visit("/recherche?quoi=crèche+à+Romilly").root.findall(".//input[@id='ou']")[0]
    assert (field.get("value"), field.get("placeholder")) == ("", "Romilly-sur-Seine (10)")


@pytest.mark.usefixtures("creches")
def test_who_said_no_place_is_asked_for_one(visit: Visit) -> None:
    assert visit("/recherche?quoi=crèche").links()["Indiquer ma commune"] == "#ou"
    for asked in ("quoi=crèche+à+Romilly", "quoi=crèche&ou=Romilly", f"quoi=crèche&{POSITION}", "quoi=xyzzyx", ""):
        assert "Indiquer ma commune" not in visit(f"/recherche?{asked}").links()


@pytest.mark.usefixtures("creches")
@pytest.mark.parametrize(
    ("typed", "where"),
    [("Ma position", " près de vous"), ("Nogent-sur-Seine", " près de Nogent-sur-Seine (10)"), ("", "")],
)
def test_words_typed_over_the_position_stand_for_themselves(visit: Visit, typed: str, where: str) -> None:
    assert visit(f"/recherche?quoi=crèche&{POSITION}&ou={typed}").h1 == f"3 services pour « crèche »{where}"


def test_what_the_map_cannot_show_is_told_by_its_number(visit: Visit, town: Town) -> None:
    town.knows(
        serving("Crèche du Bois", TRAINEL, concepts=("PE02",)),
        lambda build: build.a_service(
            title="Crèche sans adresse",
            concepts=("PE02",),
            at=a_place_in(build, TRAINEL, address_shown=AddressShown.NONE),
        ),
    )
    page = visit("/recherche?quoi=crèche")
    told = page.root.findall(".//p[@data-off-map]")[0]
    number = 1 + titles(page).index("Crèche sans adresse")
    assert (told.text or "").startswith(f"Le numéro {number} n’est pas sur la carte")


def test_a_long_list_is_cut_into_pages_of_twenty(visit: Visit, town: Town) -> None:
    town.knows(*(serving(f"Crèche numéro {number}", concepts=("PE02",)) for number in range(23)))
    page = visit("/recherche?quoi=crèche")
    second = visit(page.links()["Page suivante"])
    assert (len(titles(page)), len(titles(second))) == (20, 3)
    assert second.root.findall(".//ol[@start]")[0].get("start") == "21"
    assert page.title != second.title


def test_first_and_last_pages_are_always_one_link_away(visit: Visit, town: Town) -> None:
    town.knows(*(serving(f"Crèche numéro {number}", concepts=("PE02",)) for number in range(121)))
    page = visit("/recherche?quoi=crèche&page=4")
    numbers = ["".join(each.itertext()).strip() for each in page.root.findall(".//nav[@class='pages']//li")]
    assert numbers[1:-1] == ["Page 1", "…", "Page 3", "Page 4", "Page 5", "…", "Page 7"]


@pytest.mark.usefixtures("creches")
def test_whole_sentence_is_recalled_in_a_short_title(visit: Visit) -> None:
    page = visit("/recherche?quoi=" + "+".join(["crèche", *["tranquille"] * 12]))
    assert "tranquille… »" in page.h1
    assert len(page.h1) < 100
    assert page.root.findall(".//input[@id='quoi']")[0].get("value", "").endswith("tranquille tranquille")


@pytest.mark.usefixtures("creches")
def test_words_of_danger_put_the_numbers_before_the_list(visit: Visit) -> None:
    page = visit("/recherche?quoi=violences+conjugales")
    numbers = [link.get("href") for link in page.root.findall(".//section[@aria-labelledby='urgence']//a")]
    assert numbers == ["tel:17", "tel:3919", "sms:114", "tel:112"]
    assert page.links()["Quitter vite ce site"] == "https://weather.example"
    assert "Quitter vite ce site" not in visit("/recherche?quoi=fuite+de+gaz").links()


@pytest.fixture
def refuge(town: Town) -> None:
    town.knows(serving("CIDFF de l’Aube", concepts=("SO11",)), serving("Crèche du Lavoir", concepts=("PE02",)))


@pytest.mark.usefixtures("refuge")
@pytest.mark.parametrize(
    "address",
    [
        "/recherche?theme=SO11",
        "/en/recherche?theme=SO11",
        "/simple/recherche?theme=SO11",
        "/integrer/recherche?theme=SO11",
        "/recherche?quoi=CIDFF",
        "/recherche?quoi=aide+aux+victimes",
    ],
)
def test_results_about_violence_can_be_left_at_once_and_are_named_to_nobody(visit: Visit, address: str) -> None:
    page = visit(address)
    assert "https://weather.example" in page.links().values()
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert page.root.findall(".//meta[@name='referrer']")[0].get("content") == "no-referrer"


@pytest.mark.usefixtures("refuge")
@pytest.mark.parametrize("address", ["/recherche", "/recherche?quoi=crèche", "/integrer/recherche"])
def test_other_results_lead_nowhere_else(visit: Visit, address: str) -> None:
    page = visit(address)
    assert "https://weather.example" not in page.links().values()
    assert page.response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_nothing_found_says_what_to_do(visit: Visit, town: Town) -> None:
    town.knows(
        serving("Crèche du Bois", TRAINEL, concepts=("PE02",)),
        lambda build: build.by_phone(build.a_draft(title="Allô crèche", concepts=("PE02",), modes=(Mode.PHONE,))),
    )
    page = visit("/recherche?quoi=crèche&ou=Romilly&gratuit=1&rayon=5")
    assert page.h1 == "Aucun service pour « crèche » près de Romilly-sur-Seine (10)"
    assert "Accueil des services" in page.text
    wider = visit("/recherche?quoi=crèche&ou=Romilly&rayon=5")
    assert titles(visit(wider.links()["Jusqu’à 100 km (1)"])) == ["Crèche du Bois"]
    assert "Crèche du Bois" in wider.text
    assert "Partout (1)" not in wider.links()


def test_what_has_to_do_with_it_stands_below_the_list_uncounted(visit: Visit, town: Town) -> None:
    town.knows(
        serving("Cabinet du Lavoir", concepts=("SA01",)),
        serving("Cours de français", concepts=("SO13",), summary="Parler avec son médecin."),
    )
    page = visit("/recherche?quoi=médecin")
    assert (page.h1, titles(page)) == ("1 service pour « médecin »", ["Cabinet du Lavoir"])
    assert page.text.index("Voir aussi") < page.text.index("Cours de français")


def test_what_says_that_it_goes_there_is_told_from_the_rest(visit: Visit, town: Town) -> None:
    town.knows(serving("Ligne 1", concepts=("MO01",)), serving("Car vers Troyes", concepts=("MO01",)))
    text = visit("/recherche?quoi=bus+pour+Troyes").text
    line = "Sans savoir s’ils mènent là où vous allez"
    assert text.index("Car vers Troyes") < text.index(line) < text.index("Ligne 1")
    assert line not in visit("/recherche?quoi=bus").text


@pytest.mark.usefixtures("creches")
def test_a_misspelt_commune_is_said_to_be_taken_for_another_and_can_be_dropped(visit: Visit) -> None:
    page = visit("/recherche?quoi=crèche&ou=Romily-sur-Sene")
    assert "« Romily-sur-Sene » : Romilly-sur-Seine (10)" in page.text
    assert visit(page.links()["Annuler « Romily-sur-Sene »"]).h1 == "3 services pour « crèche »"
    assert "Annuler « Romilly-sur-Seine »" not in visit("/recherche?quoi=crèche&ou=Romilly-sur-Seine").links()


@pytest.mark.usefixtures("creches")
def test_the_day_of_today_by_its_name_is_today_and_leads_to_the_next_one(visit: Visit) -> None:
    page = visit("/recherche?quoi=crèche+samedi")
    assert page.h1 == "1 service pour « crèche », ouvert aujourd’hui"
    later = visit(page.links()["samedi 28 novembre"])
    assert later.h1 == "1 service pour « crèche », ouvert samedi 28 novembre"
    assert "« samedi » :" not in later.text
    assert "samedi 28 novembre" not in visit("/recherche?quoi=crèche+aujourd’hui").links()


@pytest.mark.usefixtures("creches")
def test_place_outside_the_territory_is_told_and_dropped_by_a_link(visit: Visit) -> None:
    page = visit("/recherche?quoi=crèche&ou=Lyon")
    assert "Lyon (69) est hors du territoire" in page.text
    assert visit(page.links()["Chercher sur tout le territoire"]).h1.startswith("3 services pour « crèche »")


def test_only_what_is_remote_is_told_as_such_far_outside(visit: Visit, town: Town) -> None:
    town.knows(
        serving("Crèche du Bois", TRAINEL, concepts=("PE02",)),
        lambda build: build.by_phone(build.a_service(title="Allô crèche", concepts=("PE02",), modes=(Mode.PHONE,))),
    )
    page = visit("/recherche?quoi=crèche&ou=Lyon")
    assert "Lyon (69) est hors du territoire : seul ce qui se fait à distance est montré." in page.text
    assert visit(page.links()["Chercher sur tout le territoire"]).h1 == "2 services pour « crèche »"
    assert "hors du territoire" not in visit("/recherche?quoi=crèche&ou=Romilly").text


@pytest.mark.usefixtures("creches")
@pytest.mark.parametrize("words", ["????", "🙂"])
def test_question_nobody_understands_leads_to_the_themes(visit: Visit, words: str) -> None:
    page = visit(f"/recherche?quoi={words}")
    assert "Nous n’avons pas compris votre question" in page.text
    assert "Choisir un thème" in page.text
    assert any(text.startswith("Petite enfance") for text in page.links())


@pytest.mark.usefixtures("creches")
def test_word_that_stands_nowhere_is_met_with_advice(visit: Visit) -> None:
    assert "Essayez avec un mot plus courant" in visit("/recherche?quoi=licorne").text
    assert "Essayez avec un mot plus courant" not in visit("/recherche?quoi=crèche&ou=Romilly&rayon=1&gratuit=1").text


@pytest.mark.usefixtures("creches")
def test_nothing_found_gives_the_nearest_then_who_answers_and_whether_they_do_now(visit: Visit) -> None:
    text = visit("/recherche?quoi=crèche&ou=Nogent-sur-Seine&rayon=1&gratuit=1").text
    order = [text.index(words) for words in ("plus proches, plus loin", "Quelqu’un peut", "En cherchant plus large")]
    assert order == sorted(order)
    # A Saturday morning: the desk of the territory answers from Monday to Friday.
    assert "ouvre lundi à 9 h" in text.replace("\u00a0", " ")


def test_nothing_found_names_each_way_out_once(visit: Visit, town: Town) -> None:
    def bus(build: Builder) -> None:
        service = build.a_draft(title="Bus dentaire", concepts=("SA05",))
        build.an_access_point(service, at=build.a_stop(build.a_tour(), place=a_place_in(build, NOGENT)))
        publish_service(build.session, service=service, act=build.act)

    town.knows(bus)
    page = visit("/recherche?quoi=dentiste&ou=Romilly&rayon=1")
    assert page.h1.startswith("Aucun service")
    assert len(page.root.findall(".//article")) == 1


def test_nothing_found_without_a_filter_has_nothing_to_filter(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche du Bois", TRAINEL, concepts=("PE02",), cost=Cost.PAID))
    assert "Filtrer et trier" not in visit("/recherche?quoi=piscine").text
    assert "Filtrer et trier (1)" in visit("/recherche?quoi=crèche&gratuit=1").text


@pytest.mark.usefixtures("creches")
def test_the_bare_page_offers_the_form_and_the_themes(visit: Visit) -> None:
    page = visit("/recherche")
    assert page.h1 == "Rechercher un service"
    assert titles(page) == []
    href = next(href for text, href in page.links().items() if text.startswith("Petite enfance"))
    assert visit(href).h1 == "Petite enfance et parentalité"
    assert visit("/recherche?theme=petite-enfance").h1 == "3 services : Petite enfance et parentalité"


@pytest.mark.parametrize("query", ["quand=bientôt", "theme=rien", "tri=taille", "rayon=loin", "public=lutins"])
def test_a_value_nobody_can_read_is_told_beside_the_form(visit: Visit, query: str) -> None:
    page = visit(f"/recherche?quoi=crèche&{query}", status=400)
    assert query.split("=")[1] in page.text
    assert page.root.findall(".//input[@id='quoi']")[0].get("value") == "crèche"


@pytest.mark.usefixtures("creches")
def test_one_address_is_the_true_one_and_filters_are_not_indexed(visit: Visit) -> None:
    page = visit("/recherche?tri=pertinence&ou=Romilly&quoi=crèche&rayon=20")
    assert (
        page.root.findall(".//link[@rel='canonical']")[0]
        .get("href", "")
        .endswith("/recherche?ou=Romilly&quoi=cr%C3%A8che")
    )
    assert page.root.findall(".//meta[@name='robots']") == []
    assert visit("/recherche?gratuit=1").root.findall(".//meta[@name='robots']")[0].get("content", "").startswith("no")


@pytest.mark.usefixtures("creches")
def test_the_list_in_other_forms_is_announced(visit: Visit, browser: FlaskClient) -> None:
    page = visit("/recherche?quoi=crèche&ou=Romilly")
    shapes = {each.get("type"): each.get("href", "") for each in page.root.findall(".//link[@rel='alternate']")}
    assert len(json.loads(browser.get(shapes["application/json"]).text)["resultats"]) == len(titles(page))


@pytest.mark.usefixtures("creches")
def test_the_page_speaks_english(visit: Visit) -> None:
    page = visit("/en/recherche?quoi=crèche+à+Romilly")
    assert page.h1 == "2 services for “crèche” near Romilly-sur-Seine (10)"
    assert every(href.startswith("/en/") for text, href in page.links().items() if text.startswith("Undo"))


PARAMETERS = ["quoi", "ou", "rayon", "theme", "public", "quand", "mode", "gratuit", "accessible", "tri", "page", "sans"]
STRANGE = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    [
        "\x00\ufffe",
        "<script>alert(1)</script>",
        '"><b',
        "à" * 5000,
        "' OR 1=1 --",
        "%00",
        "\u202e",
        "48.5,3.7",
        "NaN,inf",
        "-1",
        "1e9",
    ]
)


@given(asked=st.dictionaries(st.sampled_from(PARAMETERS), STRANGE, max_size=5))
@examples(40)
def test_no_address_breaks_the_page(browser: FlaskClient, asked: dict[str, str]) -> None:
    for path in ("/recherche", "/en/recherche"):
        answer = browser.get(path, query_string=asked)
        assert answer.status_code in {200, 400}
        parsed(answer.text)


def test_foreign_words_never_become_markup(visit: Visit, town: Town) -> None:
    town.knows(serving("Crèche <b>du</b> Lavoir", concepts=("PE02",), summary="<script>alert(1)</script> & co"))
    page = visit("/recherche?quoi=crèche+%3Cscript%3E&ou=%22%3E%3Cb%3E")
    assert page.root.findall(".//article//b") == page.root.findall(".//article//script") == []
    assert page.root.findall(".//input[@id='ou']")[0].get("value") == '"><b>'


def test_the_page_answers_from_the_database_while_the_index_is_lost(
    browser: FlaskClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    monkeypatch.setattr(town.search.indexing.engine, "search", lost)
    for path in ("/recherche?quoi=crèche&ou=Romilly", "/recherche"):
        answer = browser.get(path)
        assert (answer.status_code, "La recherche se remet en ordre" in answer.text) == (200, True)
    assert "Crèche du Lavoir" in browser.get("/recherche?quoi=crèche").text


def test_nothing_made_without_the_index_may_be_kept(
    browser: FlaskClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    monkeypatch.setattr(town.search.indexing.engine, "search", lost)
    for path in ("/recherche", "/recherche?quoi=crèche", "/recherche.json?quoi=crèche", "/api/v1/recherche"):
        assert browser.get(path).headers["Cache-Control"] == "no-store"


def test_the_portal_is_not_ready_until_its_index_is_healed(
    browser: FlaskClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    with monkeypatch.context() as hurt:
        hurt.setattr(town.search.indexing.engine, "search", lost)
        browser.get("/recherche?quoi=crèche")
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "pas encore : index\n")
    town.search.indexing.tend_once()
    assert (browser.get("/readyz").text, browser.get("/healthz").text) == ("ok\n", "ok\n")


def lost(_query: object) -> Results:
    raise IndexDamaged


@pytest.mark.usefixtures("creches")
def test_a_place_in_the_words_beside_another_is_said_and_undone(visit: Visit) -> None:
    page = visit("/recherche?quoi=crèche+Nogent&ou=Romilly-sur-Seine")
    assert "Nogent-sur-Seine (10), plutôt que Romilly-sur-Seine (10)" in page.text
    assert visit(page.links()["Annuler « Nogent »"]).h1.endswith("« crèche » près de Romilly-sur-Seine (10)")


@pytest.mark.usefixtures("creches")
def test_a_place_nobody_knows_is_asked_again_with_a_guess(visit: Visit) -> None:
    page = visit("/recherche?quoi=crèche&ou=Atlantis")
    assert "Plutôt que « Atlantis », vouliez-vous dire" in page.text
    assert visit(page.links()["Le Plantis (61)"]).h1.endswith("près du Plantis (61)")
