"""Every page has a simple version at its own address, and every link of it stays simple."""

from tests.pages.conftest import Visit


def test_every_link_of_a_simple_page_stays_simple(visit: Visit) -> None:
    links = visit("/simple/").links()
    inside = {name: href for name, href in links.items() if href.startswith("/") and name != "Version complète"}
    assert inside
    assert [href for href in inside.values() if not href.startswith("/simple/")] == []


def test_the_two_versions_lead_to_each_other_with_all_that_was_asked(visit: Visit) -> None:
    assert visit("/?a=1").links()["Version simple"] == "/simple/?a=1"
    assert visit("/simple/?a=1").links()["Version complète"] == "/?a=1"


def test_changing_the_language_keeps_the_version(visit: Visit) -> None:
    assert visit("/simple/").links()["English"] == "/simple/en/"
    assert visit("/simple/en/").links()["Full version"] == "/en/"


def test_version_and_language_may_be_typed_in_either_order(visit: Visit) -> None:
    assert visit("/en/simple").h1 == visit("/simple/en/").h1 == "Services near you"
    assert visit("/en/simple/aide").links()["Full version"] == "/en/aide"
    assert visit("/services/simple", status=404).h1 == "Page introuvable"


def test_a_simple_page_has_its_own_title_and_is_kept_out_of_search_engines(visit: Visit) -> None:
    simple, full = visit("/simple/"), visit("/")
    assert simple.title == f"{full.title} · version simple"
    assert 'content="noindex"' in simple.response.text
    assert 'content="noindex"' not in full.response.text


def test_simple_without_a_slash_is_the_home_page(visit: Visit) -> None:
    assert visit("/simple").h1 == visit("/").h1


def test_nothing_is_simple_twice(visit: Visit) -> None:
    visit("/simple/simple/", status=404)
    visit("/simplement", status=404)


def test_the_help_page_says_what_the_simple_version_is(visit: Visit) -> None:
    page = visit("/aide")
    assert "Les textes des services y restent comme ils ont été écrits" in page.text
    assert page.links()["Essayer la version simple"] == "/simple/aide"
    assert "Essayer la version simple" not in visit("/simple/aide").links()
