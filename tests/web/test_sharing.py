"""What leaves the screen for a telephone: QR codes and text messages."""

import xml.etree.ElementTree as ET
from urllib.parse import unquote

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from portal.web.qr import QUIET_ZONE, qr_svg
from portal.web.sms import LONGEST, sms_link, sms_text, sms_texts
from tests.tools.claims import every

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


def test_part_too_long_leaves_its_room_to_the_next() -> None:
    assert sms_text("La Poste", "x" * 150, "Nogent", end=ADDRESS) == f"La Poste\nNogent\n{ADDRESS}"


def test_part_too_long_is_said_the_shorter_way() -> None:
    assert sms_text("La Poste", ("x" * 150, "Nogent"), end=ADDRESS) == f"La Poste\nNogent\n{ADDRESS}"


def test_names_are_shortened_before_a_second_message_is_needed() -> None:
    entries = [("Maison de services au public de l’Orvin et de l’Ardusson", "03 53 01 00 00")] * 3
    (message,) = sms_texts(entries, end=ADDRESS)
    assert message.splitlines() == ["Maison de services 03 53 01 00 00"] * 3 + [ADDRESS]


def test_nobody_is_left_out_of_several_messages() -> None:
    entries = [(f"Service {number}", f"03 53 01 00 {number:02}") for number in range(20)]
    messages = sms_texts(entries, end=ADDRESS)
    assert every(f"{name} {phone}" in "\n".join(messages) for name, phone in entries)
    assert [message.splitlines()[0] for message in messages] == ["1/4", "2/4", "3/4", "4/4"]
    assert messages[-1].endswith(ADDRESS)


@given(st.lists(st.tuples(st.text(max_size=200), st.just("03 53 01 00 00")), min_size=1, max_size=20))
def test_every_message_of_a_list_is_one_piece(entries: list[tuple[str, str]]) -> None:
    assert all(len(message) <= LONGEST for message in sms_texts(entries, end=ADDRESS))


@pytest.mark.parametrize(("typed", "sent"), [("L’Étape du Bœuf", "L'Étape du Boeuf"), ("forêt garçon", "foret garcon")])
def test_letters_outside_the_shared_alphabet_lose_their_marks(typed: str, sent: str) -> None:
    assert sms_text(typed) == sent


@given(st.lists(st.text(max_size=200), max_size=5))
def test_message_is_always_one_piece(parts: list[str]) -> None:
    assert len(sms_text(*parts, end=ADDRESS)) <= LONGEST


def test_link_of_a_message_holds_all_its_text() -> None:
    assert unquote(sms_link("La Poste & Cie\nà midi").removeprefix("sms:?&body=")) == "La Poste & Cie\nà midi"
