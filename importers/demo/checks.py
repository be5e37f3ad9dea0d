"""What the shape of the demonstration files cannot say: references that lead nowhere, hours given to nobody."""

from collections.abc import Container, Iterator

from portal.vocabulary.checks import Page, check_unique
from portal.vocabulary.faults import Fault
from portal.vocabulary.marks import Table
from portal.vocabulary.vocabulary import Vocabulary

_WHERE = ("lieu", "arret", "mode")


def check_demonstration(structures: Page, services: Page, *, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Yield what does not hold together in the two files."""
    bodies, places, tours = (structures.tree.tables(name) for name in ("structures", "lieux", "tournees"))
    offers = services.tree.tables("services")
    for page, tables in ((structures, bodies), (structures, places), (structures, tours), (services, offers)):
        yield from check_unique(page, tables, "cle")
    known_structures, known_places = _keys(bodies), _keys(places)
    for tour in tours:
        yield from _check_known(structures, tour, "structure", known_structures)
        yield from check_unique(structures, tour.tables("arrets"), "cle")
        for stop in tour.tables("arrets"):
            yield from _check_known(structures, stop, "lieu", known_places)
    stops = {f"{tour.text('cle')}/{stop.text('cle')}" for tour in tours for stop in tour.tables("arrets")}
    for service in offers:
        yield from _check_known(services, service, "structure", known_structures)
        yield from _check_known(services, service.table("ferme"), "successeur", _keys(offers))
        yield from _check_concepts(services, service, vocabulary)
        for access in service.tables("acces"):
            yield from _check_known(services, access, "lieu", known_places)
            yield from _check_known(services, access, "arret", stops)
            yield from _check_whereabouts(services, access)


def _keys(tables: tuple[Table, ...]) -> frozenset[str]:
    return frozenset(table.text("cle") for table in tables)


def _check_known(page: Page, table: Table, name: str, known: Container[str]) -> Iterator[Fault]:
    key = table.text(name)
    if key and key not in known:
        words = f"« {key} » ({name}) n’est défini nulle part."
        yield page.error("reference-inconnue", words, line=table.line_of(name), value=key)


def _check_concepts(page: Page, service: Table, vocabulary: Vocabulary) -> Iterator[Fault]:
    for leaf in service.leaves("concepts"):
        if vocabulary.concept(leaf.text) is None:
            words = f"« {leaf.text} » n’est pas dans le thésaurus."
            yield page.error("concept-inconnu", words, line=leaf.line, value=leaf.text)


def _check_whereabouts(page: Page, access: Table) -> Iterator[Fault]:
    said = [name for name in _WHERE if access.text(name)]
    if len(said) != 1:
        words = "Un point d’accès est soit à un lieu, soit à un arrêt, soit d’un mode : écrivez l’un des trois."
        yield page.error("acces-indecis", words, line=access.line)
    elif said == ["arret"] and any(name in access.members for name in ("horaires", "creneaux", "exceptions")):
        words = "Les horaires d’un arrêt s’écrivent dans sa tournée, une fois pour tous les services."
        yield page.error("horaires-en-double", words, line=access.line)
