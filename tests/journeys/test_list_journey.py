"""Lists filled and ordered without any script, discreet services kept out of the browser, posters on one page."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor


def titles(page: Page) -> list[str]:
    return page.locator("article h2 a").all_inner_texts()


def test_list_is_filled_and_ordered_without_script(plain_visitor: Visitor) -> None:
    page = plain_visitor.open("/ma-liste")
    for words in ("Crèche des Lutins", "Bus numérique"):
        page.get_by_label("Quel service").fill(words)
        page.get_by_role("button", name="Chercher").click()
        page.get_by_role("link", name=f"Ajouter {words}").click()
    assert titles(page) == ["Crèche des Lutins", "Bus numérique"]
    page.get_by_role("link", name="Monter Bus numérique").click()
    page.get_by_role("link", name="Retirer Crèche des Lutins").click()
    assert titles(page) == ["Bus numérique"]
    assert page.context.cookies() == []


def test_list_begun_on_a_page_of_results_is_found_again(visitor: Visitor) -> None:
    page = visitor.open("/recherche?quoi=crèche")
    page.get_by_role("link", name="Ajouter à ma liste : Crèche des Lutins").click()
    expect(page.get_by_role("link", name="Ma liste (1)").first).to_be_visible()
    assert "quoi=cr" in page.url
    link = page.get_by_role("link", name="Dans ma liste : la voir : Crèche des Lutins")
    expect(link).to_be_focused()
    expect(link.locator("use")).to_have_attribute("href", re.compile("#coche$"))
    page = visitor.open("/communes")
    page.get_by_role("link", name="Ma liste").first.click()
    assert titles(page) == ["Crèche des Lutins"]
    page.get_by_role("link", name="Retirer Crèche des Lutins").click()
    assert page.evaluate("localStorage.length") == 0


def test_list_leads_back_to_the_results_without_script(plain_visitor: Visitor) -> None:
    page = plain_visitor.open("/recherche?quoi=crèche")
    page.get_by_role("link", name="Ajouter à ma liste : Crèche des Lutins").click()
    page.get_by_role("link", name="Revenir aux résultats").click()
    page.get_by_role("link", name="Dans ma liste : la voir : Crèche des Lutins").click()
    assert titles(page) == ["Crèche des Lutins"]


def test_address_of_a_list_does_not_keep_what_was_asked(visitor: Visitor) -> None:
    page = visitor.open("/ma-liste?s=ccccc&retour=/recherche%3Fquoi%3Dcr%C3%A8che")
    expect(page).to_have_url(f"{visitor.portal.url}/ma-liste?s=ccccc")
    page.get_by_role("link", name="Revenir aux résultats").click()
    assert "quoi=cr" in page.url


def test_discreet_service_of_a_list_is_not_kept_by_the_browser(visitor: Visitor) -> None:
    page = visitor.open("/recherche?theme=social")
    page.get_by_role("link", name="Ajouter à ma liste : Accueil des femmes").click()
    assert titles(page) == ["Accueil des femmes victimes de violences"]
    page.get_by_label("Quel service").fill("Bus numérique")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Ajouter Bus numérique").click()
    assert len(titles(page)) == 2
    assert page.evaluate("localStorage.length") == 0


def test_discreet_service_that_a_list_carries_is_not_kept_with_an_ordinary_one(visitor: Visitor) -> None:
    page = visitor.open("/recherche?theme=social")
    page.get_by_role("link", name="Ajouter à ma liste : Accueil des femmes").click()
    visitor.open(f"/recherche?quoi=crèche&{page.url.partition('?')[2]}")
    page.get_by_role("link", name="Ajouter à ma liste : Crèche des Lutins").click()
    page.get_by_role("heading", name="Ma liste").wait_for()
    assert len(titles(page)) == 2
    assert page.evaluate("localStorage.length") == 0


def test_what_is_taken_away_from_a_discreet_list_is_forgotten(visitor: Visitor) -> None:
    page = visitor.open("/recherche?quoi=crèche")
    page.get_by_role("link", name="Ajouter à ma liste : Crèche des Lutins").click()
    visitor.open("/recherche?theme=social")
    page.get_by_role("link", name="Ajouter à ma liste : Accueil des femmes").click()
    page.get_by_role("link", name="Retirer Crèche des Lutins").click()
    expect(page.locator("article h2 a")).to_have_text(["Accueil des femmes victimes de violences"])
    assert page.evaluate("localStorage.length") == 0


def test_poster_is_printed_on_one_page(visitor: Visitor) -> None:
    page = visitor.open("/passages/affiche?ou=Romilly-sur-Seine&rayon=30&semaine=2026-W48")
    assert "Bus numérique" in page.inner_text("main")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
