"""Pages bend to who reads them: narrow screens, wide spacing, large text, forced colours, paper, no script."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.page_types import PAGE_TYPES, address

SPACING = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }
"""
"""What somebody may impose on any text (WCAG 1.4.12)."""
CLIPPED = """() => [...document.querySelectorAll('main :not(input, select, option)')].filter(each => {
  const style = getComputedStyle(each), box = each.getBoundingClientRect();
  const hides = ['hidden', 'clip'].includes(style.overflowX) || ['hidden', 'clip'].includes(style.overflowY);
  const isRead = box.width > 1 && box.height > 1;
  return hides && isRead && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
}).map(each => each.outerHTML.slice(0, 80))"""
"""Elements whose words are cut off."""
SMALL = """() => {
  const targets = 'a[href], button, summary, input:not([type=hidden]), select';
  return [...document.querySelectorAll(targets)].filter(each => {
  const box = each.getBoundingClientRect();
  const inText = each.matches('p a, dd a, td a, li li a') && !each.matches('.facts a, .phone');
  return box.width > 1 && !inText && (box.height < 24 || box.width < 24);
}).map(each => each.outerHTML.slice(0, 80)); }"""
"""Targets too small for a thumb, those inside a sentence aside (WCAG 2.5.8)."""

EDGES = "() => [...document.querySelectorAll('h1, .brand')].map(each => each.getBoundingClientRect().right)"
"""Where what begins a line begins, on a page written from the right."""
ON_PAPER = """() => [...document.querySelectorAll('nav, form, button')].filter(each => each.checkVisibility())
  .map(each => each.outerHTML.slice(0, 80))"""
"""What only a screen can do, and is printed all the same."""

PAINTED = """() => [...document.querySelectorAll('body *')].filter(each => {
  const style = getComputedStyle(each);
  return style.borderImageSource !== 'none' || style.backgroundImage !== 'none';
}).map(each => each.outerHTML.slice(0, 80))"""
"""What keeps a colour of ours behind the words of who chose their own."""
FRAMED = "embedded search"
"""A form inside the page of somebody else, whose paper is their own."""


@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_a_page_bends_to_narrow_screens_wide_spacing_large_text_and_paper(reader: Visitor, kind: str) -> None:
    page = reader.page
    page.set_viewport_size({"width": 320, "height": 640})
    reader.open(address(reader.portal, kind))
    assert (reader.overflow(), page.evaluate(SMALL)) == (0, [])
    spacing = page.add_style_tag(content=SPACING)
    assert (reader.overflow(), page.evaluate(CLIPPED)) == (0, [])
    spacing.evaluate("each => each.remove()")
    page.set_viewport_size({"width": 1280, "height": 900})
    size = page.add_style_tag(content="html { font-size: 200% !important; }")
    assert (reader.overflow(), page.evaluate(CLIPPED)) == (0, [])
    size.evaluate("each => each.remove()")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate(ON_PAPER) == [] or kind == FRAMED


def test_the_state_of_a_door_is_told_without_colours(reader: Visitor) -> None:
    reader.page.emulate_media(forced_colors="active")
    page = reader.open(address(reader.portal, "results"))
    state = page.locator(".state").first
    expect(state).to_contain_text(re.compile("^Ouvert jusqu’à"))
    expect(state).to_have_css("border-top-width", "2px", pseudo="before")


@pytest.mark.parametrize("kind", ["home", "service", "bus", "themes", "report", "help", "not found", "my list"])
def test_a_page_has_no_barrier_in_the_colours_of_its_reader(reader: Visitor, kind: str) -> None:
    reader.page.emulate_media(forced_colors="active", contrast="more")
    page = reader.open(address(reader.portal, kind))
    assert reader.barriers() == []
    assert page.evaluate(PAINTED) == []


def test_nothing_moves_for_who_asked_for_stillness(reader: Visitor) -> None:
    reader.page.emulate_media(reduced_motion="reduce")
    page = reader.open("/")
    expect(page.locator("html")).to_have_css("scroll-behavior", "auto")


@pytest.mark.parametrize("kind", ["home", "results", "service", "commune", "passages"])
def test_a_page_turns_for_a_language_written_from_the_right(reader: Visitor, kind: str) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open(address(reader.portal, kind))
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert (reader.overflow(), page.evaluate(CLIPPED)) == (0, [])
    edges = page.evaluate(EDGES)
    assert len(edges) > 1
    assert min(edges) > 390 - 32
