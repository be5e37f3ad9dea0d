"""Write docs/commandes.md, and the tables of docs/formats.md, from the program itself: they are never behind it."""

from collections.abc import Iterator

import click

from config import PREFIX, SETTINGS
from portal.pages.published.parameters import parameter_tables
from portal.vocabulary.loading import load_vocabulary

_HEAD = """# Commandes et réglages

Cette page est écrite par `script/document` à partir du programme lui-même.

Codes de sortie : 0 fait, 1 faute de notre part, 2 mauvais usage, 3 fait, mais quelqu’un doit agir,
4 refusé par une protection, 5 illisible.
"""


def write_documentation(root: click.Group) -> str:
    """Write the whole page."""
    return "\n".join([_HEAD, "## Commandes", *_commands(root, "maillage"), "## Réglages", *_settings()]).rstrip() + "\n"


def write_formats(page: str) -> str:
    """Put the tables of parameters into the page on formats."""
    begin, end = "<!-- paramètres : début -->\n", "<!-- paramètres : fin -->"
    before, _, rest = page.partition(begin)
    tables = "\n".join(parameter_tables(load_vocabulary()))
    return f"{before}{begin}{tables}\n\n{end}{rest.partition(end)[2]}"


def leaves(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """List every command that does something, with the words that call it."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in sorted(command.list_commands(context)):
        below = command.get_command(context, name)
        if below is not None:
            yield from leaves(below, f"{path} {name}")


def _commands(root: click.Group, name: str) -> Iterator[str]:
    for path, command in leaves(root, name):
        words = [path, *(_shape(parameter) for parameter in command.params)]
        yield f"\n### `{' '.join(words)}`\n\n{_paragraphs(command.help or '')}\n"
        options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
        yield from (f"- `{_shape(option).strip('[]')}` : {option.help}" for option in options)


def _shape(parameter: click.Parameter) -> str:
    context = click.Context(click.Command("maillage"))
    if isinstance(parameter, click.Option):
        value = "" if parameter.is_flag else f" {parameter.make_metavar(context)}"
        shape = f"{parameter.opts[0]}{value}"
    else:
        shape = parameter.make_metavar(context).strip("[]")
    return shape if parameter.required else f"[{shape}]"


def _paragraphs(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\b", "").strip().splitlines())


def _settings() -> Iterator[str]:
    yield "\nPar variables d’environnement :\n\n| nom | par défaut | rôle |\n| --- | --- | --- |"
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "(vide)"
        yield f"| `{PREFIX}{setting.name}` | {default} | {setting.meaning} |"
