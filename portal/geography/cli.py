"""The command `maillage commune`: look a commune up by anything people know it by."""

import json

import click

from portal.core.command import Room, pass_room
from portal.core.errors import Invalid
from portal.geography.communes import AliasKind
from portal.geography.lookup import Found, Match, communes
from portal.geography.published import commune_shape
from portal.geography.territories import read_territory

_KIND_WORDS = {
    AliasKind.DELEGATED: "commune déléguée",
    AliasKind.ASSOCIATED: "commune associée",
    AliasKind.DISTRICT: "arrondissement",
    AliasKind.FORMER: "ancien nom",
    AliasKind.LOCALITY: "lieu-dit",
}
_LONGEST_LIST = 50
_FEW_POSTAL_CODES = 3


@click.command("commune")
@click.argument("words", metavar="MOTS", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Répondre en JSON, pour un programme.")
@click.option("--limit", type=click.IntRange(1, _LONGEST_LIST), default=10, help="Nombre de réponses (10 par défaut).")
@pass_room
def commune(room: Room, *, words: tuple[str, ...], as_json: bool, limit: int) -> None:
    """Trouver une commune par son nom, son code postal ou son code INSEE.

    MOTS : « st jean de maurienne », « 10400 », « saint-aubin aube », un lieu-dit, un ancien nom ou un ancien code.
    Les communes du territoire installé viennent d’abord. Les fautes de frappe sont admises.
    """
    found = communes().find(" ".join(words), home=_home(room), limit=limit)
    if as_json:
        click.echo(json.dumps([commune_shape(each.commune) for each in found], ensure_ascii=False))
    elif found:
        click.echo("\n".join(map(_line, found)))
    else:
        click.echo("Aucune commune trouvée. Essayez avec le début du nom, ou avec le code postal.")


def _home(room: Room) -> frozenset[str]:
    """Give the communes of the installed territory; a file that cannot be read is said, not passed over."""
    if room.territory is None:
        return frozenset()
    territory, problems = read_territory(room.territory)
    if territory is None:
        raise Invalid(problems[0].text)
    return territory.communes


def _line(found: Found) -> str:
    town = found.commune
    postal = ", ".join(town.postal_codes[:_FEW_POSTAL_CODES])
    more = " …" if len(town.postal_codes) > _FEW_POSTAL_CODES else ""
    people = f"{town.population:,}".replace(",", " ")
    plural = "s" if town.population > 1 else ""
    where = f"{town.name} ({town.department} {town.department_name}), {postal}{more}"
    return f"{town.code}  {where}, {people} habitant{plural}{_through(found)}"


def _through(found: Found) -> str:
    """Say through which other name or code the commune was found."""
    alias = found.alias
    if alias is None:
        return ""
    if found.match is Match.OLD_CODE:
        name = f" {alias.name}" if alias.name else ""
        return f" ; {alias.code}{name} est devenu {found.commune.code} {found.commune.name}"
    return f" ; {alias.name} : {_KIND_WORDS[alias.kind]}"
