"""What leaves the screen for a telephone: QR codes and text messages."""

import xml.etree.ElementTree as ET
from urllib.parse import unquote

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from portal.web.qr import QUIET_ZONE, qr_svg
from portal.web.sms import LONGEST, sms_link, sms_text

ADDRESS = "https://services.example/s/3467c"


def test_qr_code_is_an_image_with_a_name() -> None:
    drawn = ET.fromstring(qr_svg(ADDRESS, title="Adresse <courte>"))  # noqa: S314 - our own drawing
    assert (drawn.get("role"), drawn.get("aria-label")) == ("img", "Adresse <courte>")


def test_qr_code_holds_the_modules_of_the_address() -> None:
    drawn = ET.fromstring(qr_svg(ADDRESS, title="Adresse"))  # noqa: S314 - our own drawing
    size = segno.make_qr(ADDRESS, error="m").symbol_size(border=QUIET_ZONE)
    assert drawn.get("viewBox") == f"0 0 {size[0]} {size[1]}"
    assert drawn.find("{http://www.w3.org/2000/svg}path") is not None


def test_message_says_the_most_useful_first() -> None:
    assert sms_text("La Poste", "1 rue du Lavoir", "03 53 01 00 00", end=ADDRESS).splitlines() == [
        "La Poste",
        "1 rue du Lavoir",
        "03 53 01 00 00",
        ADDRESS,
    ]


def test_part_too_long_is_left_out_whole() -> None:
    assert sms_text("La Poste", "x" * 150, end=ADDRESS) == f"La Poste\n{ADDRESS}"


@pytest.mark.parametrize(("typed", "sent"), [("L’Étape du Bœuf", "L'Étape du Boeuf"), ("forêt garçon", "foret garcon")])
def test_letters_outside_the_shared_alphabet_lose_their_marks(typed: str, sent: str) -> None:
    assert sms_text(typed) == sent


@given(st.lists(st.text(max_size=200), max_size=5))
def test_message_is_always_one_piece(parts: list[str]) -> None:
    assert len(sms_text(*parts, end=ADDRESS)) <= LONGEST


def test_link_of_a_message_holds_all_its_text() -> None:
    assert unquote(sms_link("La Poste & Cie\nà midi").removeprefix("sms:?&body=")) == "La Poste & Cie\nà midi"
