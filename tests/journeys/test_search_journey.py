"""Searching where scripts run, and where they do not: words completed by the keyboard, near me, the map, the exit."""

import re

from playwright.sync_api import Browser, Locator, expect

from tests.journeys.conftest import Portal, Visitor, somebody

NEAR_ROMILLY = "/recherche?quoi=crèche&ou=Romilly-sur-Seine"
BESIDE = """() => document.querySelector('.map').getBoundingClientRect().left
  >= document.querySelector('.found > .list').getBoundingClientRect().right"""
"""The map stands beside the list."""
WIDE = "() => document.querySelector('article').offsetWidth > 0.8 * document.documentElement.clientWidth"
"""A card takes the width of the page."""


def test_first_result_shows_on_a_telephone_before_scrolling(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    first = visitor.open(NEAR_ROMILLY).locator("article").first
    box, phone = first.bounding_box(), first.locator(".state").bounding_box()
    assert box is not None
    assert phone is not None
    assert (box["y"] < 420, phone["y"] < 844) == (True, True)


def test_search_is_changed_from_its_line_without_script(plain_visitor: Visitor) -> None:
    plain_visitor.page.set_viewport_size({"width": 390, "height": 844})
    page = plain_visitor.open(NEAR_ROMILLY)
    expect(page.get_by_label("Que cherchez-vous ?")).to_be_hidden()
    page.get_by_text("Modifier").click()
    page.get_by_label("Que cherchez-vous ?").fill("dentiste")
    page.get_by_role("button", name="Rechercher").click()
    page.wait_for_url("**quoi=dentiste**")
    expect(page.locator("h1")).to_contain_text("« dentiste » près de Romilly-sur-Seine")


def type_at_once(field: Locator, words: str) -> None:
    """Type faster than lines are offered, so that no line of shorter words is in the way."""
    field.focus()
    field.page.keyboard.insert_text(words)


def test_words_are_completed_by_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.open("/recherche")
    field = page.get_by_label("Que cherchez-vous ?")
    type_at_once(field, "crèch")
    expect(page.locator("#quoi-choix [role=option]").first).to_be_visible()
    expect(page.locator("#quoi ~ [role=status]")).to_contain_text("proposition")
    assert visitor.barriers() == []
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "quoi-choix-0")
    field.press("Enter")
    expect(field).to_have_value("Crèche, halte-garderie, micro-crèche")
    expect(page.locator("#ou")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("2 services pour « Crèche, halte-garderie, micro-crèche »")


def test_kind_chosen_where_the_place_is_known_is_sought_at_once(visitor: Visitor) -> None:
    page = visitor.open("/recherche?ou=Romilly-sur-Seine")
    type_at_once(page.get_by_label("Que cherchez-vous ?"), "crèch")
    page.get_by_role("option", name="Type de service").first.click()
    page.wait_for_url("**quoi=Cr*ou=Romilly*")
    expect(page.locator("h1")).to_contain_text("Crèche, halte-garderie, micro-crèche")


def test_service_chosen_by_its_name_opens_its_sheet(visitor: Visitor) -> None:
    page = visitor.open("/en/recherche")
    type_at_once(page.get_by_role("combobox").first, "crèche des l")
    line = page.get_by_role("option", name="Crèche des Lutins")
    expect(line).to_contain_text("Service, Romilly-sur-Seine")
    line.click()
    expect(page).to_have_url(re.compile("/en/services/creche-des-lutins-"))


def test_lines_offered_on_a_telephone_hide_no_field(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    page = visitor.open("/recherche")
    type_at_once(page.get_by_label("Que cherchez-vous ?"), "crèch")
    expect(page.get_by_role("option").first).to_be_visible()
    lines, field = page.locator("#quoi-choix").bounding_box(), page.locator("#ou").bounding_box()
    assert lines is not None
    assert field is not None
    assert lines["y"] + lines["height"] <= field["y"]


def test_escape_closes_the_list_and_keeps_what_was_typed(visitor: Visitor) -> None:
    page = visitor.open("/recherche")
    field = page.get_by_role("combobox", name="Où ?")
    type_at_once(field, "romil")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("romil")


def test_commune_chosen_with_a_finger_fills_the_field(visitor: Visitor) -> None:
    page = visitor.open("/recherche")
    field = page.get_by_role("combobox", name="Où ?")
    type_at_once(field, "nogent")
    page.get_by_role("option", name="Nogent-sur-Seine (10)").click()
    expect(field).to_have_value("Nogent-sur-Seine (10)")
    expect(field).to_be_focused()


def test_position_given_is_cut_before_it_is_sent(chromium: Browser, portal: Portal) -> None:
    somewhere = {"latitude": 48.51873219, "longitude": 3.72154321}
    near = re.compile(r"\?(?!.*position).*ou=48\.519%2C3\.722")
    with somebody(chromium, geolocation=somewhere, permissions=["geolocation"]) as context:
        page = context.new_page()
        page.goto(f"{portal.url}/recherche?quoi=crèche")
        with page.expect_event("load"):
            page.get_by_role("button", name="Près de moi").click()
        expect(page).to_have_url(near)
        expect(page.locator("h1")).to_contain_text("près de vous")
        expect(page.locator("#ou")).to_have_value("Ma position")
        with page.expect_event("load"):
            page.get_by_role("button", name="Rechercher").click()
        expect(page).to_have_url(near)
        page.locator("#ou").fill("Nogent-sur-Seine")
        page.get_by_role("button", name="Rechercher").click()
        expect(page).to_have_url(re.compile(r"\?(?!.*48\.519).*ou=Nogent-sur-Seine"))


def test_position_refused_leads_to_the_field(chromium: Browser, portal: Portal) -> None:
    with somebody(chromium, permissions=[]) as context:
        page = context.new_page()
        page.goto(f"{portal.url}/recherche?quoi=crèche")
        page.get_by_role("button", name="Près de moi").click()
        expect(page.locator("output").first).to_contain_text("écrivez votre commune")
        expect(page.locator("#ou")).to_be_focused()


def test_map_comes_on_demand_with_the_numbers_of_the_list(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    page = visitor.open(NEAR_ROMILLY)
    assert [url for url in asked if "leaflet" in url or "geojson" in url] == []
    page.get_by_role("button", name="Voir la carte").click()
    expect(page.locator(".pin")).to_have_text(["1", "2"])
    page.locator(".pin", has_text="1").press("Enter")
    expect(page.locator(".leaflet-popup a").first).to_contain_text("Crèche des Lutins")
    expect(page.locator("path.commune")).not_to_have_count(0)
    expect(page.locator(".leaflet-tooltip", has_text="Romilly-sur-Seine (10)")).to_be_visible()
    assert (visitor.strangers, visitor.complaints) == ([], [])
    assert visitor.barriers() == []


def test_bubble_says_what_the_line_says_and_closes_by_the_keyboard(visitor: Visitor) -> None:
    page = visitor.open(NEAR_ROMILLY)
    page.get_by_role("link", name="Carte", exact=True).click()
    expect(page.locator(".map")).to_be_focused()
    pin = page.locator(".pin", has_text="1").first
    pin.press("Enter")
    bubble = page.locator(".leaflet-popup")
    expect(bubble.locator("a.title")).to_be_focused()
    expect(bubble).to_contain_text("Romilly-sur-Seine (10)")
    expect(bubble.locator(".state")).to_have_count(1)
    expect(bubble.get_by_role("button", name="Fermer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(bubble).to_have_count(0)
    expect(pin).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".map")).to_be_hidden()
    expect(page.get_by_role("button", name="Voir la carte")).to_be_focused()


def test_map_stands_beside_the_list_on_a_wide_screen(visitor: Visitor) -> None:
    page = visitor.open(NEAR_ROMILLY)
    page.get_by_role("link", name="Carte", exact=True).click()
    expect(page.locator(".pin")).to_have_count(2)
    expect(page.locator(".map")).to_be_focused()
    page.wait_for_function(BESIDE)
    assert visitor.overflow() == 0


def test_map_obeys_the_policy_of_the_site(chromium: Browser, portal: Portal) -> None:
    with somebody(chromium) as context:
        page, complaints = context.new_page(), list[str]()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(error.message))
        page.goto(portal.url + NEAR_ROMILLY)
        page.get_by_role("button", name="Voir la carte").click()
        expect(page.locator(".pin")).to_have_count(2)
        # What the map draws last: until then the policy may still refuse something.
        expect(page.locator(".commune-name").first).to_be_visible()
        assert complaints == []


def test_quick_exit_leaves_no_way_back(visitor: Visitor) -> None:
    page = visitor.open("/recherche")
    page.route("https://weather.example/", lambda route: route.fulfill(body="Beau temps", content_type="text/plain"))
    visitor.open("/recherche?quoi=violences+conjugales")
    page.get_by_role("link", name="Quitter vite ce site").click()
    page.wait_for_url("https://weather.example/")
    page.go_back()
    expect(page).to_have_url(visitor.portal.url + "/recherche")


def test_list_is_filtered_without_script(plain_visitor: Visitor) -> None:
    plain_visitor.page.set_viewport_size({"width": 390, "height": 844})
    page = plain_visitor.open("/recherche?quoi=crèche")
    expect(page.locator("article")).to_have_count(2)
    page.get_by_text("Filtrer").click()
    page.get_by_label("Gratuit (1)").check()
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page.locator("article")).to_have_count(1)
    expect(page.get_by_role("button", name="Voir la carte")).to_have_count(0)


def test_filters_stand_beside_the_list_on_a_wide_screen(visitor: Visitor) -> None:
    page = visitor.open("/recherche?quoi=crèche")
    expect(page.get_by_label("Gratuit (1)")).to_be_visible()
    page.get_by_label("Gratuit (1)").check()
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page).to_have_url(re.compile(r"\?(?!.*theme=).*gratuit=1"))


def test_addresses_of_searches_hold_no_empty_field(visitor: Visitor) -> None:
    page = visitor.open("/recherche")
    page.get_by_label("Que cherchez-vous ?").fill("crèche")
    page.get_by_role("button", name="Rechercher").click()
    expect(page).to_have_url(f"{visitor.portal.url}/recherche?quoi=cr%C3%A8che")


def test_list_takes_the_whole_width_of_the_paper(visitor: Visitor) -> None:
    page = visitor.open(NEAR_ROMILLY)
    page.emulate_media(media="print")
    page.wait_for_function(WIDE)
    expect(page.get_by_text("Filtrer")).to_be_hidden()
