"""`maillage sources`: who publishes each list, under which licence, and when it last came in."""

import click

from importers.opening import Installation, pass_installation
from importers.sources import SOURCES
from portal.core.database import Database
from portal.core.schema import SchemaState, schema_state
from portal.intake.models.sources import Feed, Run
from portal.intake.queries.traces import last_file_runs


@click.command("sources")
@pass_installation
def sources(here: Installation) -> None:
    """Lister les sources : qui les publie, sous quelle licence, et le dernier import de chaque liste."""
    is_ready = schema_state(here.database) is SchemaState.CURRENT
    for name, feeds in sorted(SOURCES.items()):
        said = feeds[0].declaration
        click.echo(f"{name} : {said.title} ({said.owner}, {said.licence})")
        for line in (_freshness(here.database, name) if is_ready else ()) or ("jamais importée",):
            click.echo(f"  {line}")


def _freshness(database: Database, name: str) -> list[str]:
    with database.reading() as session:
        return [_line(feed, run) for feed, run in last_file_runs(session, name)]


def _line(feed: Feed, run: Run) -> str:
    n_rows = run.counts["read"]
    lines = f"{n_rows} ligne{'s' if n_rows > 1 else ''}"
    return f"{feed.name} : importée le {run.at:%d/%m/%Y}, liste du {run.said_on:%d/%m/%Y}, {lines} ({feed.licence})"
