"""The home page keeps nobody out: seen, heard, narrow, dark, by keyboard alone."""

import pytest

from tests.journeys.conftest import Visitor

PATHS = ["/", "/en/", "/nulle-part"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_page_has_no_barrier(visitor: Visitor, path: str, scheme: str) -> None:
    visitor.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visitor.open(path)
    assert visitor.barriers() == []


@pytest.mark.parametrize("path", PATHS)
def test_page_fits_a_narrow_screen(visitor: Visitor, path: str) -> None:
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    visitor.open(path)
    assert visitor.overflow() == 0


def test_first_key_leads_to_the_content(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_page_calls_no_stranger_and_sets_no_cookie(visitor: Visitor) -> None:
    page = visitor.open("/")
    assert (visitor.strangers, visitor.complaints, page.context.cookies()) == ([], [], [])
