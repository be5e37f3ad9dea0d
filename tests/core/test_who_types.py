"""The author of a command is who typed it."""

import os

import pytest

from portal.core.command import who_types


def test_who_is_told_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_USER", "secretariat")
    assert who_types(" accueil ") == "accueil"


def test_behind_sudo_it_is_who_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_USER", "secretariat")
    monkeypatch.setenv("LOGNAME", "maillage")
    assert who_types() == "secretariat"


def test_an_account_without_name_is_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SUDO_USER", "LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 987_654)
    assert who_types() == "compte 987654"
