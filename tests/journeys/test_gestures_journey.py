"""What a sheet offers more where scripts run: to be copied, shared, printed, heard, and put on a list."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Portal, Visitor, nothing_is_kept, somebody
from tests.tools.claims import none_of

TOLD = """
window.told = [];
window.print = () => told.push('print');
navigator.share = async (what) => { told.push(what.url); };
window.SpeechSynthesisUtterance = function (words) { this.words = words; };
Object.defineProperty(window, 'speechSynthesis', {value: {
  speaking: false, pending: false,
  speak(said) { told.push(said.lang + ' ' + said.words); this.speaking = true; },
  cancel() { this.speaking = false; },
}});
"""
"""A browser that notes what it was told to do, in place of opening windows and speaking."""
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def sheet(chromium: Browser, portal: Portal) -> Iterator[Page]:
    with somebody(chromium, permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.add_init_script(TOLD)
        # What a page says for a moment is there until the test lets time go by.
        page.clock.install(time=NOON)
        page.clock.pause_at(NOON)
        page.goto(portal.url + portal.pages["service"])
        yield page


def told(page: Page) -> list[str]:
    page.wait_for_function("told.length")
    return list(page.evaluate("told"))


def test_address_is_copied_and_said_to_be_for_a_moment(sheet: Page, portal: Portal) -> None:
    button, said = sheet.get_by_role("button", name="Copier l’adresse"), sheet.locator("output", has_text="Copié.")
    button.click()
    expect(said).to_be_visible()
    copied = sheet.evaluate("navigator.clipboard.readText()")
    expect(button).to_have_attribute("data-copy", copied)
    sheet.clock.run_for(4000)
    expect(said).to_have_count(0)
    sheet.goto(copied)
    expect(sheet).to_have_url(portal.url + portal.pages["service"])


def test_contacts_are_copied_as_they_are_read(sheet: Page) -> None:
    sheet.get_by_role("button", name="Copier les coordonnées").click()
    expect(sheet.locator("output", has_text="Copié.")).to_be_visible()
    assert "03 53 01 00 10" in sheet.evaluate("navigator.clipboard.readText()")


def test_sheet_is_printed_and_shared_by_the_browser(sheet: Page, portal: Portal) -> None:
    sheet.get_by_role("button", name="Imprimer").click()
    sheet.get_by_role("button", name="Partager").click()
    sheet.wait_for_function("told.length === 2")
    assert told(sheet) == ["print", portal.url + portal.pages["service"]]


def test_printed_sheet_leaves_no_sign_of_what_it_hides(sheet: Page) -> None:
    icons = sheet.locator(".sheet header .facts .icon:visible")
    expect(icons).not_to_have_count(0)
    sheet.emulate_media(media="print")
    expect(icons).to_have_count(0)


def test_sheet_is_read_aloud_by_paragraphs_and_stopped(sheet: Page) -> None:
    button = sheet.get_by_role("button", name="Écouter")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    said = told(sheet)
    assert said[0] == "fr France services de Romilly"
    assert "fr Deux conseillers vous reçoivent." in said
    assert none_of("Écouter" in words for words in said)
    assert len(said) == len(set(said)) or "de 9 heures à 12 heures" in " ".join(said)
    button.click()
    sheet.wait_for_function("speechSynthesis.speaking === false")


def test_list_grows_from_sheet_to_sheet_once_begun(visitor: Visitor) -> None:
    first, second = (visitor.portal.pages[kind] for kind in ("service", "mairie"))
    page = visitor.open(first)
    assert nothing_is_kept(page)
    page.get_by_role("link", name="Ajouter à ma liste").click()
    expect(page.get_by_role("link", name="Ma liste (1)").first).to_be_visible()
    page = visitor.open(second)
    page.get_by_role("link", name="Ajouter à ma liste").click()
    link = page.get_by_role("link", name="Dans ma liste : la voir")
    expect(link).to_be_visible()
    expect(page).to_have_url(visitor.portal.url + second)
    link.click()
    ids = [path.rsplit("-", 1)[1] for path in (first, second)]
    expect(page).to_have_url(f"{visitor.portal.url}/ma-liste?s={','.join(ids)}")
    expect(page.get_by_role("link", name="Revenir à la fiche")).to_have_attribute("href", re.compile(rf"^{second}\?s="))
    page = visitor.open("/")
    page.get_by_role("link", name="Ma liste").first.click()
    expect(page).to_have_url(f"{visitor.portal.url}/ma-liste?s={','.join(ids)}")
    assert page.context.cookies() == []


def test_sensitive_sheet_leaves_nothing_in_the_browser(visitor: Visitor) -> None:
    page = visitor.open(visitor.portal.pages["violences"])
    with visitor.led_on():
        page.get_by_role("link", name="Ajouter à ma liste").click()
    expect(page.locator("article h2 a")).to_have_text(["Accueil des femmes victimes de violences"])
    assert nothing_is_kept(page)


def test_buttons_that_need_a_script_are_absent_without_it(plain_visitor: Visitor) -> None:
    page = plain_visitor.open(plain_visitor.portal.pages["service"])
    expect(page.get_by_role("button")).to_have_count(0)
