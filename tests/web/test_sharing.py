"""What leaves the screen for a telephone: QR codes and text messages."""

import xml.etree.ElementTree as ET
from urllib.parse import unquote

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from portal.web.qr import QUIET_ZONE, qr_svg
from portal.web.sms import LONGEST, Told, sms_link, sms_text, sms_texts
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


def test_message_of_a_list_says_who_where_when_and_whom_to_call() -> None:
    entry = Told("Relais petite enfance des Deux Rives", "Romilly-sur-Seine", "mar. 14 h 30–18 h", "03 53 01 00 00")
    assert sms_texts([entry], end=ADDRESS)[0].splitlines() == [
        "Relais petite enfance des Deux Rives",
        "Romilly-sur-Seine",
        "mar. 14h30-18h",
        "03 53 01 00 00",
        "",
        ADDRESS,
    ]


def test_names_stay_whole_when_a_list_takes_several_messages() -> None:
    names = "Maison de services au public de l'Orvin", "Maison de services au public de l'Ardusson"
    messages = sms_texts(
        [Told(name, "Nogent-sur-Seine", "lun. 9 h–12 h", "03 53 01 00 00") for name in names], end=ADDRESS
    )
    assert [message.splitlines()[:3] for message in messages] == [
        [f"{n}/2", name, "Nogent-sur-Seine"] for n, name in enumerate(names, start=1)
    ]


def test_hours_too_long_leave_the_town_and_the_number() -> None:
    told = Told("Maison " * 8, "Romilly-sur-Seine", "lun. 9 h–12 h, " * 8, "03 53 01 00 00")
    assert sms_texts([told], end="")[0].splitlines()[1:] == ["Romilly-sur-Seine", "03 53 01 00 00"]


def test_nobody_is_left_out_of_several_messages() -> None:
    entries = [Told(f"Service {number}", "Nogent", "sam. 9 h–12 h", f"03 53 01 00 {number:02}") for number in range(20)]
    messages = sms_texts(entries, end=ADDRESS)
    assert every(f"{each.name}\nNogent\n{each.number}" in "\n".join(messages) for each in entries)
    assert [message.splitlines()[0] for message in messages] == [f"{n}/6" for n in range(1, 7)]
    assert messages[-1].endswith(ADDRESS)


@given(st.lists(st.builds(Told, *[st.text(max_size=200)] * 3, st.just("03 53 01 00 00")), min_size=1, max_size=20))
def test_every_message_of_a_list_is_one_piece(entries: list[Told]) -> None:
    messages = sms_texts(entries, end=ADDRESS)
    assert all(len(message) <= LONGEST for message in messages)
    assert "\n".join(messages).count("03 53 01 00 00") == len(entries)


@pytest.mark.parametrize(("typed", "sent"), [("L’Étape du Bœuf", "L'Étape du Boeuf"), ("forêt garçon", "foret garcon")])
def test_letters_outside_the_shared_alphabet_lose_their_marks(typed: str, sent: str) -> None:
    assert sms_text(typed) == sent


@given(st.lists(st.text(max_size=200), max_size=5))
def test_message_is_always_one_piece(parts: list[str]) -> None:
    assert len(sms_text(*parts, end=ADDRESS)) <= LONGEST


def test_link_of_a_message_holds_all_its_text() -> None:
    assert unquote(sms_link("La Poste & Cie\nà midi").removeprefix("sms:?&body=")) == "La Poste & Cie\nà midi"
