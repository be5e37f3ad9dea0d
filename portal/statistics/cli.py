"""`maillage audience`: how much the portal is used, without anybody in the figures."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import click

from portal.core.command import Room, pass_room
from portal.core.schema import require_current
from portal.geography.lookup import communes
from portal.statistics.queries import audience_since
from portal.statistics.rules import SMALLEST_SHOWN, Seen, shown, totals

_A_MONTH = timedelta(days=30)


@click.command("audience")
@click.option(
    "--since", "since", metavar="JOUR", type=click.DateTime(["%Y-%m-%d"]), help="Premier jour compté ; sinon, 30 jours."
)
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
@pass_room
def audience(room: Room, *, since: datetime | None, as_json: bool) -> None:
    """Montrer combien de pages ont été vues, par genre, par thème et par commune.

    Rien n’est gardé des visiteurs : ni adresse, ni mots, ni navigateur. Les robots ne comptent pas, et les nombres
    inférieurs à 5 ne sont pas montrés.
    """
    require_current(room.database)
    first = since.date() if since else room.clock.today() - _A_MONTH
    with room.database.reading() as session:
        counts = audience_since(session, first)
    groups = _groups(counts)
    if as_json:
        told = {name: {value: shown(times) for value, times in group.items()} for name, group in groups.items()}
        click.echo(json.dumps({"depuis": first.isoformat(), **told}, ensure_ascii=False))
        return
    click.echo(f"Pages vues depuis le {first:%d/%m/%Y} (moins de {SMALLEST_SHOWN} : non montré)")
    for line in _lines(groups):
        click.echo(line)
    if not counts:
        click.echo("Rien n’a encore été compté.")


def _groups(counts: list[tuple[Seen, int]]) -> Mapping[str, Mapping[str, int]]:
    in_vain = [(seen, times) for seen, times in counts if seen.found_nothing]
    return {
        "pages": totals(counts, by="kind"),
        "themes": totals(counts, by="theme"),
        "communes": totals(counts, by="commune"),
        "sans_resultat": totals(in_vain, by="kind"),
    }


_TITLES = {
    "pages": "Par genre de page",
    "themes": "Par thème",
    "communes": "Par commune",
    "sans_resultat": "Sans rien à montrer",
}


def _lines(groups: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    for name, group in groups.items():
        if group:
            yield f"{_TITLES[name]} :"
        for value, times in group.items():
            figure = shown(times)
            yield f"  {_named(name, value)} : {'moins de 5' if figure is None else figure}"


def _named(group: str, value: str) -> str:
    commune = communes().communes.get(value) if group == "communes" else None
    return value if commune is None else f"{commune.name} ({commune.department})"
