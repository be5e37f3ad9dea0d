"""Settings are read once, and a wrong one is named with what to write."""

import pytest

from config import SettingsError, read_settings, unknown_settings
from importers.reading import Caps

KEY = "k" * 32


def test_nothing_set_is_a_local_installation() -> None:
    settings = read_settings({})
    assert not settings.is_production
    assert settings.database_url.endswith("/var/maillage.sqlite")


def test_address_of_the_world_names_its_host() -> None:
    settings = read_settings({"MAILLAGE_BASE_URL": "https://services.example/", "MAILLAGE_SECRET_KEY": KEY})
    assert (settings.public_host, settings.base_url) == ("services.example", "https://services.example")


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"MAILLAGE_BASE_URL": "https://services.example"}, "MAILLAGE_SECRET_KEY"),
        ({"MAILLAGE_BASE_URL": "https://services.example", "MAILLAGE_SECRET_KEY": "court"}, "MAILLAGE_SECRET_KEY"),
        ({"MAILLAGE_BASE_URL": "http://services.example", "MAILLAGE_SECRET_KEY": KEY}, "MAILLAGE_BASE_URL"),
        ({"MAILLAGE_BASE_URL": "https://mairie.example/services", "MAILLAGE_SECRET_KEY": KEY}, "sans dossier"),
        ({"MAILLAGE_BASE_URL": "https://mairie.example/?page=1", "MAILLAGE_SECRET_KEY": KEY}, "sans dossier"),
        ({"MAILLAGE_TIME_ZONE": "Mars/Olympus"}, "MAILLAGE_TIME_ZONE"),
        ({"MAILLAGE_TIME_ZONE": "../etc/passwd"}, "MAILLAGE_TIME_ZONE"),
        ({"MAILLAGE_WORKERS": "0"}, "MAILLAGE_WORKERS"),
        ({"MAILLAGE_WORKERS": "beaucoup"}, "MAILLAGE_WORKERS"),
        ({"MAILLAGE_EXIT_URL": "http://meteo.example"}, "MAILLAGE_EXIT_URL"),
        ({"MAILLAGE_IMPORT_MAX_ROWS": "0"}, "MAILLAGE_IMPORT_MAX_ROWS"),
        ({"MAILLAGE_IMPORT_MAX_FILE": "50 Mo"}, "MAILLAGE_IMPORT_MAX_FILE"),
        ({"MAILLAGE_TILES_URL": "https://tiles.example/"}, "MAILLAGE_TILES_URL"),
    ],
)
def test_wrong_setting_is_named(environment: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_settings(environment)


def test_setting_that_does_not_exist_is_told_with_the_one_that_was_meant() -> None:
    given = {"MAILLAGE_BASEURL": "x", "MAILLAGE_COULEUR": "x", "MAILLAGE_WORKERS": "2", "HOME": "/"}
    assert unknown_settings(given) == (("MAILLAGE_BASEURL", "MAILLAGE_BASE_URL"), ("MAILLAGE_COULEUR", ""))


def test_caps_of_imports_that_nobody_sets_are_those_of_the_reading() -> None:
    assert Caps(**read_settings({}).import_caps) == Caps()


def test_error_never_quotes_the_key() -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({"MAILLAGE_BASE_URL": "https://services.example", "MAILLAGE_SECRET_KEY": "monsecret"})
    assert "monsecret" not in str(error.value)
