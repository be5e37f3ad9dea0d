"""`maillage sources`: who publishes each list, under which licence, when it last came in and when it is due again."""

from collections.abc import Iterator
from datetime import date, timedelta

import click

from importers.commands.addresses import Address, read_addresses
from importers.commands.visits import NEVER, Visit, read_visits
from importers.opening import VISITS_FILE, Installation, pass_installation
from importers.sources import SOURCES
from portal.core.schema import SchemaState, schema_state
from portal.intake.models.sources import Feed, Run
from portal.intake.queries.traces import newest_file_runs
from portal.intake.rules.declarations import SourceDeclaration


@click.command("sources")
@pass_installation
def sources(here: Installation) -> None:
    """Lister les sources : qui les publie, sous quelle licence, le dernier import de chaque liste, et le prochain."""
    addresses, visits = read_addresses(here), read_visits(here.data_dir / VISITS_FILE)
    is_ready = schema_state(here.database) is SchemaState.CURRENT
    for name, feeds in sorted(SOURCES.items()):
        said = feeds[0].declaration
        click.echo(f"{name} : {said.title} ({said.owner}, {said.licence})")
        for line in (_freshness(here, said) if is_ready else ()) or ("jamais importée",):
            click.echo(f"  {line}")
        for address in addresses:
            if address.source == name:
                click.echo(f"  {_visit_line(address, visits.get(address.key, NEVER), here.clock.today())}")


def _freshness(here: Installation, said: SourceDeclaration) -> list[str]:
    with here.database.reading() as session:
        return [
            "".join(_line(feed, run, said, here.clock.today())) for feed, run in newest_file_runs(session, said.name)
        ]


def _line(feed: Feed, run: Run, said: SourceDeclaration, today: date) -> Iterator[str]:
    n_rows = run.counts["read"]
    lines = f"{n_rows} ligne{'s' if n_rows > 1 else ''}"
    yield f"{feed.name} : importée le {run.at:%d/%m/%Y}, liste du {run.said_on:%d/%m/%Y}, {lines} ({feed.licence})"
    due = run.at.date() + timedelta(days=said.frequency_days) if said.frequency_days else None
    if due is not None and due <= today:
        yield f", à renouveler depuis le {due:%d/%m/%Y}"


def _visit_line(address: Address, visit: Visit, today: date) -> str:
    where = f"{address.where[0]}{' et la suite' if len(address.where) > 1 else ''}, tous les {address.days} jours"
    if visit.failed_on is not None:
        return f"{where} : en échec depuis le {visit.failed_on:%d/%m/%Y}. {visit.failure}"
    due = visit.due_on(address.days)
    if due is None:
        return f"{where} : jamais visitée"
    return f"{where} : {'à actualiser depuis le' if due <= today else 'prochaine visite le'} {due:%d/%m/%Y}"
