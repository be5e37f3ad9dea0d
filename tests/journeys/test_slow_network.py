"""On a slow network a gesture comes before the script that helps it: it works all the same, and nothing is lost."""

import re

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_search_journey import type_at_once

A_FRAME_LATER = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


def held_back(page: Page, addresses: str) -> list[Route]:
    """Keep what a page asks for on its way, until the test lets it go."""
    held: list[Route] = []
    page.route(re.compile(addresses), lambda route: held.append(route))  # noqa: PLW0108 - the browser marks what it calls
    return held


def test_link_pressed_before_its_script_leads_to_the_list(visitor: Visitor) -> None:
    held_back(visitor.page, r"\.js")
    page = visitor.page
    page.goto(f"{visitor.portal.url}/recherche?quoi=crèche", wait_until="commit")
    page.get_by_role("link", name="Ajouter à ma liste : Crèche des Lutins").click()
    expect(page.locator("article h2 a")).to_have_text(["Crèche des Lutins"])


def test_search_sent_before_its_script_finds(visitor: Visitor) -> None:
    held_back(visitor.page, r"\.js")
    page = visitor.page
    page.goto(f"{visitor.portal.url}/", wait_until="commit")
    type_at_once(page.get_by_label("Que cherchez-vous ?"), "bus numérique")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Bus numérique").first).to_be_visible()
    expect(page.get_by_role("button", name="Voir la carte")).to_have_count(0)


def test_words_typed_before_the_script_are_completed_when_it_comes(visitor: Visitor) -> None:
    held = held_back(visitor.page, r"/search[^/]*\.js")
    page = visitor.page
    page.goto(f"{visitor.portal.url}/recherche", wait_until="commit")
    field = page.get_by_label("Que cherchez-vous ?")
    type_at_once(field, "crèch")
    held.pop().continue_()
    expect(page.get_by_role("option").first).to_be_visible()
    expect(field).to_have_value("crèch")


def test_page_that_was_only_opened_asks_for_no_suggestion(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    page = visitor.open("/recherche?quoi=crèche&ou=Romilly-sur-Seine")
    expect(page.get_by_role("combobox", name="Que cherchez-vous ?")).to_have_value("crèche")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/api/" in url] == []
    assert asked != []


def test_line_reached_by_the_keyboard_stays_when_later_ones_arrive(visitor: Visitor) -> None:
    page = visitor.open("/recherche")
    field = page.get_by_role("combobox", name="Où ?")
    type_at_once(field, "romil")
    expect(page.get_by_role("option").first).to_have_text(re.compile("^Romilly"))
    held = held_back(page, "/api/v1/communes")
    with page.expect_request("**/api/v1/communes**"):
        page.keyboard.insert_text("ly")
    offered = page.get_by_role("option").all_inner_texts()
    field.press("ArrowDown")
    with page.expect_event("requestfinished"):
        held.pop().continue_()
    page.wait_for_function(A_FRAME_LATER)
    expect(page.get_by_role("option")).to_have_text(offered)
    expect(field).to_have_attribute("aria-activedescendant", "ou-choix-0")


def test_typing_on_leaves_the_line_that_was_reached(visitor: Visitor) -> None:
    page = visitor.open("/recherche")
    field = page.get_by_role("combobox", name="Où ?")
    type_at_once(field, "romil")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "ou-choix-0")
    page.keyboard.insert_text("ly-sur")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
