"""No link of a page and no memory holds a position to the metre, however its address was written."""

import pytest

from portal.web.positions import cut_in


@pytest.mark.parametrize(
    ("asked", "cut"),
    [
        ("ou=48.5123456789,3.7212345678&quoi=bus", "ou=48.512,3.721&quoi=bus"),
        ("ou=48.5123456789%2C-3.7212345678", "ou=48.512%2C-3.721"),
        ("ou=48,+3.7212345678", "ou=48,+3.721"),
        ("quoi=bus%2048.51234%3B%2B3.72123", "quoi=bus%2048.512%3B%2B3.721"),
        ("retour=/recherche%3Fou%3D48.512345%252C3.72123", "retour=/recherche%3Fou%3D48.512%252C3.721"),
    ],
)
def test_position_is_cut_to_a_hundred_metres(asked: str, cut: str) -> None:
    assert cut_in(asked) == cut


@pytest.mark.parametrize("asked", ["ou=10500,77.1", "quoi=75001,+12.5", "quoi=version+1.23456", "s=abcde,fgh", "%00.&"])
def test_anything_else_stays_as_it_was_written(asked: str) -> None:
    assert cut_in(asked) == asked
