"""What a sheet offers more where scripts run: to be copied, shared, printed, heard, and put on a list."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Portal, Visitor

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


@pytest.fixture
def sheet(chromium: Browser, portal: Portal) -> Iterator[Page]:
    context = chromium.new_context(locale="fr-FR", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script(TOLD)
    page.goto(portal.url + portal.pages["service"])
    yield page
    context.close()


def told(page: Page) -> list[str]:
    return list(page.evaluate("told"))


def test_address_is_copied_and_said_to_be(sheet: Page, portal: Portal) -> None:
    button = sheet.get_by_role("button", name="Copier l’adresse")
    button.click()
    expect(sheet.locator("output", has_text="Copié.")).to_be_visible()
    copied = sheet.evaluate("navigator.clipboard.readText()")
    assert copied == button.get_attribute("data-copy")
    sheet.goto(copied)
    assert sheet.url == portal.url + portal.pages["service"]


def test_contacts_are_copied_as_they_are_read(sheet: Page) -> None:
    sheet.get_by_role("button", name="Copier les coordonnées").click()
    expect(sheet.locator("output", has_text="Copié.")).to_be_visible()
    assert "03 53 01 00 10" in sheet.evaluate("navigator.clipboard.readText()")


def test_sheet_is_printed_and_shared_by_the_browser(sheet: Page, portal: Portal) -> None:
    sheet.get_by_role("button", name="Imprimer").click()
    sheet.get_by_role("button", name="Partager").click()
    assert told(sheet) == ["print", portal.url + portal.pages["service"]]


def test_sheet_is_read_aloud_by_paragraphs_and_stopped(sheet: Page) -> None:
    button = sheet.get_by_role("button", name="Écouter")
    button.click()
    said = told(sheet)
    assert said[0] == "fr France services de Romilly"
    assert "fr Deux conseillers vous reçoivent." in said
    assert not any("Écouter" in words for words in said)
    assert len(said) == len(set(said)) or "de 9 heures à 12 heures" in " ".join(said)
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    assert sheet.evaluate("speechSynthesis.speaking") is False


def test_list_grows_from_sheet_to_sheet_once_begun(visitor: Visitor) -> None:
    first, second = (visitor.portal.pages[kind] for kind in ("service", "mairie"))
    page = visitor.open(first)
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("link", name="Ajouter à ma liste").click()
    page = visitor.open(second)
    page.get_by_role("link", name="Ajouter à ma liste").click()
    assert page.url.endswith(second)
    page.get_by_role("link", name="Dans ma liste : la voir").click()
    ids = [path.rsplit("-", 1)[1] for path in (first, second)]
    expect(page).to_have_url(f"{visitor.portal.url}/ma-liste?s={','.join(ids)}")
    expect(page.get_by_role("link", name="Revenir à la fiche")).to_have_attribute("href", re.compile(rf"^{second}\?s="))
    page = visitor.open("/")
    page.get_by_role("link", name="Ma liste").first.click()
    assert page.url.endswith(f"/ma-liste?s={','.join(ids)}")
    assert page.context.cookies() == []


def test_sensitive_sheet_leaves_nothing_in_the_browser(visitor: Visitor) -> None:
    page = visitor.open(visitor.portal.pages["violences"])
    page.get_by_role("link", name="Ajouter à ma liste").click()
    assert page.evaluate("localStorage.length") == 0


def test_buttons_that_need_a_script_are_absent_without_it(plain_visitor: Visitor) -> None:
    page = plain_visitor.open(plain_visitor.portal.pages["service"])
    assert page.get_by_role("button").count() == 0
