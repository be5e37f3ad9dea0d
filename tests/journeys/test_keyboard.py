"""The whole way by keyboard alone, and without any script: from the home page to the number to call."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor

FOCUS = """() => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  return {name: (here.innerText || here.id || '').trim(),
    outline: parseFloat(style.outlineWidth) && style.outlineStyle !== 'none' ? 1 : 0,
    isSeen: box.width > 1 && box.bottom > 0 && box.top < innerHeight}; }"""
FOCUS_BOX = "() => document.activeElement.getBoundingClientRect().toJSON()"
_MOST_KEYS = 60


def test_the_first_key_leads_past_the_menu(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()


def test_the_second_key_leads_to_the_results(visitor: Visitor) -> None:
    page = visitor.open("/recherche?quoi=france+services")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller aux résultats")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#resultats")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("article :focus")).to_have_count(1)


def test_button_of_the_filters_comes_after_them_and_hides_none(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 1280, "height": 600})
    visitor.page.emulate_media(reduced_motion="reduce")
    page = visitor.open("/recherche?quoi=france+services")
    button = page.get_by_role("button", name="Appliquer les filtres")
    page.locator("#theme").focus()
    for _ in range(_MOST_KEYS):
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
        here, over = page.evaluate(FOCUS_BOX), button.bounding_box()
        assert over is not None
        assert here["bottom"] <= over["y"]
        page.keyboard.press("Tab")
    expect(button).to_be_focused()


def test_from_the_home_page_to_the_number_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/")
    walk_to(page, "quoi")
    page.keyboard.type("bus numérique")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche?**")  # and for its scripts
    walk_to(page, "Bus numérique")
    page.keyboard.press("Enter")
    page.wait_for_url("**/services/bus-numerique-*")
    walk_to(page, "03 53 01 00 10")
    expect(page.locator("a:focus")).to_have_attribute("href", "tel:0353010010")


def test_every_step_of_the_keyboard_is_seen(visitor: Visitor) -> None:
    # What scrolls smoothly is seen a moment later.
    visitor.page.emulate_media(reduced_motion="reduce")
    page = visitor.open("/recherche?quoi=france+services")
    unseen = []
    for _ in range(_MOST_KEYS):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        if page.evaluate("document.activeElement === document.body"):
            break
        if not (here["outline"] and here["isSeen"]):
            unseen.append(here["name"])
    assert unseen == []


def test_the_same_way_without_any_script(plain_visitor: Visitor) -> None:
    page = plain_visitor.open("/")
    page.get_by_label("Que cherchez-vous ?").fill("bus numérique")
    with plain_visitor.led_on():
        page.get_by_role("button", name="Rechercher").click()
    with plain_visitor.led_on():
        page.get_by_role("link", name="Bus numérique").first.click()
    expect(page).to_have_url(re.compile("/services/bus-numerique-"))
    expect(page.locator("a[href='tel:0353010010']").first).to_be_visible()
    assert (plain_visitor.complaints, plain_visitor.strangers) == ([], [])


def walk_to(page: Page, name: str) -> None:
    """Press the tabulator until something of that name has the focus."""
    for _ in range(_MOST_KEYS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS)["name"] == name or page.evaluate("document.activeElement.id") == name:
            return
    message = f"no key leads to {name}"
    raise AssertionError(message)
