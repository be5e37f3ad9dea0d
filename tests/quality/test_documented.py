"""Every command and every setting is documented, in French, and the page is never behind the program."""

import re
from pathlib import Path

import click
import pytest

from config import PREFIX, SETTINGS
from importers.cli import cli
from importers.documentation import leaves, write_documentation, write_formats

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"bench", "docs", "importers", "portal", "script", "search_index", "templates", "tests"}
COMMANDS = dict(leaves(cli, "maillage"))


def test_page_of_commands_is_up_to_date() -> None:
    written = (ROOT / "docs" / "commandes.md").read_text(encoding="utf-8")
    assert written == write_documentation(cli), "run script/document"


def test_tables_of_the_formats_are_up_to_date() -> None:
    written = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert written == write_formats(written), "run script/document"
    assert "`rayon=30`" in written


@pytest.mark.parametrize("path", COMMANDS)
def test_command_and_its_options_say_what_they_do(path: str) -> None:
    command = COMMANDS[path]
    assert command.help
    silent = [each.name for each in command.params if isinstance(each, click.Option) and not each.help]
    assert silent == []


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_setting_is_read_somewhere_and_documented(setting: object) -> None:
    name = getattr(setting, "name", "")
    assert f'values["{name}"]' in (ROOT / "config.py").read_text(encoding="utf-8")
    assert f"`{PREFIX}{name}`" in (ROOT / "docs" / "commandes.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md", "docs/reference-data.md"])
def test_every_path_that_a_page_names_exists(page: str) -> None:
    words = re.findall(r"`([^`\s]+)", (ROOT / page).read_text(encoding="utf-8"))
    paths = [word for word in words if word.split("/")[0] in FOLDERS and "/" in word]
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
