"""The commands `maillage search` and `maillage index`: ask as a visitor does; build, update and check the index."""

import json
import sys
from collections.abc import Iterator

import click

from portal.core.command import ExitCode, Room, pass_room, stop
from portal.core.errors import Invalid
from portal.core.schema import require_current
from portal.core.text import fold
from portal.geography.distances import distance_words
from portal.geography.territories import read_territory
from portal.geography.territory import Territory
from portal.search.answers import Answer, HitCard
from portal.search.asking import PAGE
from portal.search.finder import find
from portal.search.indexing import Indexing
from portal.search.opening import open_indexing, open_search, vocabulary_of
from portal.search.requests import Undone, read_request
from portal.search.shapes import Telling, answer_shape, remarks, state_words
from search_index.engine import IndexDamaged

_MANY = 2000
"""Documents between two signs of progress."""


@click.command("search")
@click.argument("words", metavar="MOTS", nargs=-1)
@click.option("--at", "where", metavar="COMMUNE|LAT,LON", default="", help="Où l’on cherche.")
@click.option("--json", "as_json", is_flag=True, help="Répondre en JSON, comme /api/v1/recherche.")
@click.option("--page", type=click.IntRange(1), default=1, metavar="N", help="Page de résultats, vingt par page.")
@click.option("--exact", is_flag=True, help="Chercher les mots tels qu’ils sont écrits, sans les interpréter.")
@pass_room
def search(room: Room, *, words: tuple[str, ...], where: str, as_json: bool, page: int, exact: bool) -> None:
    """Chercher un service comme un visiteur.

    MOTS : « nounou romilly », « ouvert samedi matin nogent », « RAM », « papiers ». Le lieu, le moment et le besoin
    sont reconnus dans les mots.
    """
    require_current(room.database)
    opened = open_search(room, _territory(room))
    reading = read_request(
        {"quoi": [" ".join(words)], "ou": [where], "page": [str(page)], "sans": [",".join(Undone) if exact else ""]},
        opened.vocabulary,
    )
    opened.indexing.make_ready()
    now = room.clock.now()
    with room.database.reading() as session:
        answer = find(opened, session, reading.request, now=now, read=reading)
    if as_json:
        telling = Telling(vocabulary=opened.vocabulary, now=now, address=lambda path: room.base_url + path)
        click.echo(json.dumps(answer_shape(answer, telling=telling), ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(answer, room)))


@click.group("index")
def index() -> None:
    """Construire, mettre à jour et vérifier l’index de recherche ; il peut être supprimé à tout moment."""


@index.command("rebuild")
@pass_room
def rebuild(room: Room) -> None:
    """Reconstruire l’index depuis la base ; les visiteurs ne s’en aperçoivent pas."""
    click.echo(f"Index reconstruit : {_indexing(room).rebuild(progress=_show_progress)} points d’accès.")


@index.command("update")
@pass_room
def update(room: Room) -> None:
    """Mettre dans l’index ce qui a changé dans la base depuis la dernière fois."""
    indexing = _indexing(room)
    try:
        done = indexing.catch_up()
        indexing.roll()
    except IndexDamaged:
        click.echo(f"L’index manquait ou était abîmé ; reconstruit : {indexing.rebuild()} points d’accès.")
        return
    click.echo(f"Index à jour : {done} services relus." if done else "L’index était déjà à jour.")


@index.command("verify")
@pass_room
def verify(room: Room) -> None:
    """Vérifier que l’index correspond à la base ; code de sortie 3 s’ils diffèrent."""
    indexing = _indexing(room)
    try:
        indexing.engine.verify()
        found = indexing.difference()
    except IndexDamaged:
        stop("L’index manque ou est abîmé. Lancez : maillage index rebuild.", code=ExitCode.PROBLEMS)
    if found:
        sentence = (
            f"L’index diffère de la base : {len(found.missing)} points d’accès manquent, {len(found.stray)} sont en "
            "trop. Lancez : maillage index rebuild."
        )
        stop(sentence, code=ExitCode.PROBLEMS)
    click.echo("L’index correspond à la base.")


COMMANDS = (search, index)


def _indexing(room: Room) -> Indexing:
    require_current(room.database)
    return open_indexing(room, vocabulary_of(_territory(room)))


def _territory(room: Room) -> Territory | None:
    """Read the installed territory; a file that cannot be read is said, not passed over."""
    if room.territory is None:
        return None
    territory, problems = read_territory(room.territory)
    if territory is None:
        raise Invalid(problems[0].text)
    return territory


def _show_progress(n_documents: int) -> None:
    if n_documents % _MANY == 0 and sys.stderr.isatty():
        click.echo(f"\r{n_documents} points d’accès…", nl=False, err=True)


def _lines(answer: Answer, room: Room) -> Iterator[str]:
    """Write an answer for a person."""
    understood = answer.understood
    for line in understood.emergencies:
        yield f"Urgence ? Appelez le {line.number} ({line.purpose})."
    if understood.corrections:
        meant = ", ".join(each.meant for each in understood.corrections)
        typed = ", ".join(each.typed for each in understood.corrections)
        yield f"Résultats pour « {meant} » ; chercher « {typed} » : ajoutez --exact."
    yield from (f"Compris : « {part.words} » = {part.meaning}" for part in understood.parts)
    yield from remarks(understood)
    if understood.choices:
        others = ", ".join(f"{each.name} ({each.department})" for each in understood.choices)
        yield f"Autres lieux possibles : {others}."
    yield _count(answer)
    first = (answer.request.page - 1) * PAGE + 1
    for number, hit in enumerate(answer.hits, start=first):
        yield from _hit(number, hit, room)
    if (n_left := answer.total - first - len(answer.hits) + 1) > 0:
        yield f"… et {n_left} de plus : ajoutez --page {answer.request.page + 1}."
    yield from _more(answer)


def _count(answer: Answer) -> str:
    services = "Aucun service" if not answer.total else f"{answer.total} service{'s' if answer.total > 1 else ''}"
    where = f", à {answer.request.radius} km au plus de {place.words}" if (place := answer.understood.place) else ""
    when = f", ouvert{'s' if answer.total > 1 else ''} {answer.understood.when}" if answer.understood.when else ""
    return f"{services}{where}{when}."


def _hit(number: int, hit: HitCard, room: Room) -> Iterator[str]:
    card, door = hit.card, hit.access_point
    who = "" if fold(card.structure.name) == fold(card.title) else f" — {card.structure.name}"
    yield f"{number:3}. {card.title}{who}"
    said = []
    if door is not None and door.location is not None:
        said.append(door.location.commune.name)
    if hit.distance is not None:
        said.append(distance_words(hit.distance))
    if door is not None:
        said.append(state_words(door.opening.state, door, room.clock.now()))
    if card.is_competent:
        said.append("compétent pour votre commune")
    said += [line.value for line in ((door.contacts if door else ()) or card.contacts)[:1]]
    yield f"     {' · '.join((*said, f'fiche {card.public_id}'))}"


def _more(answer: Answer) -> Iterator[str]:
    if answer.n_unknown:
        yield f"{answer.n_unknown} de plus, dont les horaires ne sont pas connus à ce moment-là."
    if len(answer.senses) > 1:
        yield "Plusieurs sens : " + " ; ".join(f"{way.label} ({way.count})" for way in answer.senses)
    if answer.help is not None:
        yield from (f"{way.label} : {way.count}" for way in answer.help.ways)
        yield from (f"Plus loin : {hit.card.title}, {distance_words(hit.distance or 0)}" for hit in answer.help.beyond)
        yield from (f"À distance ou en tournée : {hit.card.title}" for hit in answer.help.remote)
        if answer.help.contact is not None:
            yield f"Quelqu’un vous répond : {answer.help.contact.name}, {answer.help.contact.phone}"
