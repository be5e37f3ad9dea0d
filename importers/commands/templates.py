"""`maillage template`: the spreadsheets that people fill in and send back."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from importers.templates.columns import Template
from importers.templates.general import GENERAL
from importers.templates.laep import LAEP
from importers.templates.ram import RAM
from importers.templates.workbook import write_workbook
from portal.core.command import ExitCode, stop
from portal.vocabulary.loading import load_vocabulary

TEMPLATES: Mapping[str, Template] = {each.name: each for each in (GENERAL, RAM, LAEP)}


@click.command("template")
@click.argument("name", metavar="MODÈLE", type=click.Choice(sorted(TEMPLATES)))
@click.option(
    "--output", metavar="FICHIER", type=click.Path(path_type=Path, dir_okay=False), help="Fichier XLSX à écrire."
)
def template(name: str, output: Path | None) -> None:
    """Écrire un modèle de tableur à remplir : listes de choix, ligne d’aide, exemple, mode d’emploi.

    Sans --output, le classeur part sur la sortie : maillage template general > services.xlsx
    """
    if output is None and sys.stdout.isatty():
        stop(
            f"Un classeur ne se lit pas à l’écran : recommencez avec « maillage template {name} > {name}.xlsx ».",
            code=ExitCode.USAGE,
        )
    content = write_workbook(TEMPLATES[name], load_vocabulary())
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
