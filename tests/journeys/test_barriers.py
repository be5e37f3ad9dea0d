"""No page keeps anybody out or keeps anything of them: checked by axe in both languages, in the light and the dark."""

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.page_types import PAGE_TYPES, SIMPLE_TYPES, address

FRENCH_LEFT = """() => {
  const words = /(^|[ (])(et|est|pour|avec|dans|vous|votre|nous|ouvert|fermé|lundi|vendredi)(?=[ ,.)]|$)/i;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), around = walker.currentNode.parentElement.closest('[lang]');
    const isHeard = !walker.currentNode.parentElement.closest('script, style, textarea');
    if (isHeard && around.lang === 'en' && words.test(text)) found.push(text.slice(0, 90));
  }
  return found; }"""
"""Sentences of an English page that would be read aloud as English, and are French; names may stay as they are."""


@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_a_french_page_has_no_barrier_and_calls_no_stranger(reader: Visitor, kind: str) -> None:
    page = reader.open(address(reader.portal, kind))
    assert reader.barriers() == []
    page.emulate_media(color_scheme="dark")
    assert reader.barriers(["color-contrast"]) == []
    # Asked last: meanwhile the scripts of the page have had all the time they need to call somebody.
    complaints = [each for each in reader.complaints if "404 (NOT" not in each and "400 (BAD" not in each]
    assert (reader.strangers, complaints, page.context.cookies()) == ([], [], [])


@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_an_english_page_has_no_barrier_in_the_dark_and_no_unmarked_french(reader: Visitor, kind: str) -> None:
    reader.page.emulate_media(color_scheme="dark")
    page = reader.open(address(reader.portal, kind, "/en"))
    assert reader.barriers() == []
    assert page.evaluate(FRENCH_LEFT) == []


@pytest.mark.parametrize("kind", SIMPLE_TYPES)
def test_a_simple_page_has_no_barrier_and_fits_a_narrow_screen(reader: Visitor, kind: str) -> None:
    reader.page.set_viewport_size({"width": 320, "height": 640})
    reader.open(address(reader.portal, kind, "/simple"))
    assert (reader.barriers(), reader.overflow()) == ([], 0)
