"""`maillage refresh`: fetch what is due at the addresses of `sources.toml`, and import what changed."""

import click

from importers.commands.addresses import read_addresses
from importers.commands.calls import refresh_all
from importers.opening import SOURCES_FILE, Installation, pass_installation
from importers.pipeline.outcomes import gravest
from importers.sources import SOURCES
from portal.core.command import ExitCode
from portal.core.errors import Invalid
from portal.core.schema import require_current

_HELP = """\
Actualiser les sources dont l’heure est venue (à appeler chaque jour par cron).

Sans SOURCE, seules les listes échues sont demandées, et celles qui ont échoué la dernière fois ; une source nommée
l’est toujours. Une liste inchangée chez son producteur n’est pas téléchargée de nouveau. Une source en échec
n’arrête pas les autres. Le code de sortie est le plus grave de tous.

Les adresses s’écrivent dans le fichier sources.toml du dossier des données :

\b
[[source]]
nom = "msap"
adresse = "https://www.data.gouv.fr/fr/datasets/r/…"
jours = 30

« jours » est facultatif : la fréquence de la source vaut sans lui. Plusieurs fichiers qui vont ensemble s’écrivent
adresses = ["…", "…"] ; une adresse peut être un chemin, compté depuis le dossier des données. Un tableur a aussi
liste = "son-nom".
"""


class NoAddress(Invalid):
    """Say that nobody has written where anything is to be fetched."""

    def __init__(self, where: str) -> None:
        super().__init__(f"Aucune adresse n’est réglée{where} : écrivez-la dans {SOURCES_FILE} (maillage refresh -h).")


@click.command("refresh", help=_HELP)
@click.argument("names", metavar="SOURCE…", nargs=-1, type=click.Choice(sorted(SOURCES)))
@click.option("--dry-run", "is_dry", is_flag=True, help="Dire ce que ferait le passage, sans rien écrire.")
@pass_installation
def refresh(here: Installation, *, names: tuple[str, ...], is_dry: bool) -> None:
    """Call at the addresses that are due, and say in one line each how it ended."""
    require_current(here.database)
    addresses = [each for each in read_addresses(here) if not names or each.source in names]
    if not addresses:
        raise NoAddress(f" pour {', '.join(names)}" if names else "")
    if is_dry:
        click.echo("Essai à blanc : rien n’est écrit.")
    codes = []
    for address, called in refresh_all(here, addresses, is_asked=bool(names), is_dry=is_dry):
        is_trouble = called.code not in (ExitCode.DONE, ExitCode.PROBLEMS)
        click.echo(f"{address.label} : {called.words}", err=is_trouble)
        codes.append(called.code)
    raise click.exceptions.Exit(gravest(codes))
