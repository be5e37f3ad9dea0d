"""What a question is about, without what stands around it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from portal.search.understanding.question import Book, understand
from portal.search.understanding.subject import subject_of

NOON = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("nounou à Romilly", "nounou"),
        ("je cherche une nounou à Romilly samedi svp", "nounou"),
        ("Samedi, papiers d’identité à Nogent", "papiers d’identité"),
        ("j’ai besoin de quelqu’un pour garder mes enfants", "garder mes enfants"),
        ("aide à domicile", "aide à domicile"),
        ("covoiturage vers Troyes", "covoiturage vers Troyes"),
        ("dentiste à Romilly gratuit", "dentiste gratuit"),
        ('00 \\ " & <b', '00 \\ " & <b'),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("😀😀", ""),
        ("Romilly", ""),
        ("près de moi", ""),
        ("", ""),
    ],
)
def test_place_time_and_courtesies_are_left_out(book: Book, text: str, subject: str) -> None:
    assert subject_of(understand(text, book, now=NOON)) == subject
