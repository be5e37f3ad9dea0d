"""Lists filled and ordered without any script, discreet services kept out of the browser, posters on one page."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor, nothing_is_kept

CRECHE = "Crèche des Lutins"
BUS = "Bus numérique"
SHELTER = "Accueil des femmes victimes de violences"
TO_CRECHE = "Ajouter à ma liste : Crèche des Lutins"
TO_SHELTER = "Ajouter à ma liste : Accueil des femmes"


def lists(page: Page, *titles: str) -> None:
    """Wait until a page lists services, in order."""
    expect(page.locator("article h2 a")).to_have_text([*titles])


def test_list_is_filled_and_ordered_without_script(plain_visitor: Visitor) -> None:
    page = plain_visitor.open("/ma-liste")
    for words in (CRECHE, BUS):
        page.get_by_label("Quel service").fill(words)
        with plain_visitor.led_on():
            page.get_by_role("button", name="Chercher").click()
        with plain_visitor.led_on():
            page.get_by_role("link", name=f"Ajouter {words}").click()
    lists(page, CRECHE, BUS)
    page.get_by_role("link", name=f"Monter {BUS}").click()
    lists(page, BUS, CRECHE)
    page.get_by_role("link", name=f"Retirer {CRECHE}").click()
    lists(page, BUS)
    assert page.context.cookies() == []


def test_list_begun_on_a_page_of_results_is_found_again(visitor: Visitor) -> None:
    page = visitor.open("/recherche?quoi=crèche")
    page.get_by_role("link", name=TO_CRECHE).click()
    expect(page.get_by_role("link", name="Ma liste (1)").first).to_be_visible()
    expect(page).to_have_url(re.compile("quoi=cr"))
    link = page.get_by_role("link", name=f"Dans ma liste : la voir : {CRECHE}")
    expect(link).to_be_focused()
    expect(link.locator("use")).to_have_attribute("href", re.compile("#coche$"))
    page = visitor.open("/communes")
    with visitor.led_on():
        page.get_by_role("link", name="Ma liste").first.click()
    lists(page, CRECHE)
    with visitor.led_on():
        page.get_by_role("link", name=f"Retirer {CRECHE}").click()
    lists(page)
    assert nothing_is_kept(page)


def test_list_leads_back_to_the_results_without_script(plain_visitor: Visitor) -> None:
    page = plain_visitor.open("/recherche?quoi=crèche")
    page.get_by_role("link", name=TO_CRECHE).click()
    page.get_by_role("link", name="Revenir aux résultats").click()
    page.get_by_role("link", name=f"Dans ma liste : la voir : {CRECHE}").click()
    lists(page, CRECHE)


def test_address_of_a_list_does_not_keep_what_was_asked(visitor: Visitor) -> None:
    page = visitor.open("/ma-liste?s=ccccc&retour=/recherche%3Fquoi%3Dcr%C3%A8che")
    expect(page).to_have_url(f"{visitor.portal.url}/ma-liste?s=ccccc")
    page.get_by_role("link", name="Revenir aux résultats").click()
    expect(page).to_have_url(re.compile("quoi=cr"))


def test_discreet_service_of_a_list_is_not_kept_by_the_browser(visitor: Visitor) -> None:
    page = visitor.open("/recherche?theme=social")
    with visitor.led_on():
        page.get_by_role("link", name=TO_SHELTER).click()
    lists(page, SHELTER)
    page.get_by_label("Quel service").fill(BUS)
    with visitor.led_on():
        page.get_by_role("button", name="Chercher").click()
    with visitor.led_on():
        page.get_by_role("link", name=f"Ajouter {BUS}").click()
    lists(page, SHELTER, BUS)
    assert nothing_is_kept(page)


def test_discreet_service_that_a_list_carries_is_not_kept_with_an_ordinary_one(visitor: Visitor) -> None:
    page = visitor.open("/recherche?theme=social")
    with visitor.led_on():
        page.get_by_role("link", name=TO_SHELTER).click()
    # The script has taken the way back out of the address.
    expect(page).to_have_url(re.compile(r"/ma-liste\?s=[^&]+$"))
    visitor.open(f"/recherche?quoi=crèche&{page.url.partition('?')[2]}")
    with visitor.led_on():
        page.get_by_role("link", name=TO_CRECHE).click()
    expect(page.get_by_role("heading", name="Ma liste")).to_be_visible()
    lists(page, SHELTER, CRECHE)
    assert nothing_is_kept(page)


def test_what_is_taken_away_from_a_discreet_list_is_forgotten(visitor: Visitor) -> None:
    page = visitor.open("/recherche?quoi=crèche")
    page.get_by_role("link", name=TO_CRECHE).click()
    expect(page.get_by_role("link", name="Ma liste (1)").first).to_be_visible()
    visitor.open("/recherche?theme=social")
    with visitor.led_on():
        page.get_by_role("link", name=TO_SHELTER).click()
    lists(page, CRECHE, SHELTER)
    with visitor.led_on():
        page.get_by_role("link", name=f"Retirer {CRECHE}").click()
    lists(page, SHELTER)
    assert nothing_is_kept(page)


def test_poster_is_printed_on_one_page(visitor: Visitor) -> None:
    page = visitor.open("/passages/affiche?ou=Romilly-sur-Seine&rayon=30&semaine=2026-W48")
    expect(page.locator("main")).to_contain_text(BUS)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
