"""What an address that leads nowhere says of what was looked for."""

import pytest

from portal.web.lost import words_of


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/services/medecin-plancy", "medecin plancy"),
        ("/services/medecin-du-mail-c3d4f", "medecin du mail"),
        ("/services/cabinet-cdfgh", "cabinet"),
        ("/en/communes/10323-romilly-sur-seine/", "romilly sur seine"),
        ("/Éco_le+du%", "Éco le du%"),
        ("/services/c3d4f", ""),
        ("/wp-login.php", ""),
        ("/", ""),
    ],
)
def test_words_are_read_in_the_end_of_an_address(path: str, words: str) -> None:
    assert words_of(path) == words


def test_words_of_an_endless_address_are_cut() -> None:
    assert len(words_of("/" + "aide-" * 100)) <= 60
