"""Pages bend to who reads them: narrow screens, wide spacing, large text, forced colours, paper, no script."""

import pytest
from playwright.sync_api import Page

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


@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_a_page_fits_a_narrow_screen_with_wide_spacing(visitor: Visitor, kind: str) -> None:
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    visitor.open(address(visitor.portal, kind))
    assert visitor.overflow() == 0
    assert visitor.page.evaluate(SMALL) == []
    visitor.page.add_style_tag(content=SPACING)
    assert (visitor.overflow(), visitor.page.evaluate(CLIPPED)) == (0, [])


@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_a_page_holds_with_text_twice_as_large(visitor: Visitor, kind: str) -> None:
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    visitor.open(address(visitor.portal, kind))
    visitor.page.add_style_tag(content="html { font-size: 200% !important; }")
    assert (visitor.overflow(), visitor.page.evaluate(CLIPPED)) == (0, [])


@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_a_page_prints_without_what_only_a_screen_can_do(visitor: Visitor, kind: str) -> None:
    visitor.page.emulate_media(media="print")
    page = visitor.open(address(visitor.portal, kind))
    assert page.locator("h1").is_visible()
    assert [each for each in _shown(page, "nav, form, button") if each] == []


def test_the_state_of_a_door_is_told_without_colours(visitor: Visitor) -> None:
    visitor.page.emulate_media(forced_colors="active")
    page = visitor.open(address(visitor.portal, "results"))
    state = page.locator(".state").first
    assert state.inner_text().startswith("Ouvert jusqu’à")
    assert state.evaluate("each => getComputedStyle(each, '::before').borderTopWidth") == "2px"


def test_nothing_moves_for_who_asked_for_stillness(visitor: Visitor) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")
    page = visitor.open("/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def _shown(page: Page, selector: str) -> list[str]:
    return [each.inner_text() for each in page.locator(selector).all() if each.is_visible()]
