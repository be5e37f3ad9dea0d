"""The `maillage vocabulary` commands: check a reference file, show what words mean."""

from pathlib import Path

import click

from portal.core.command import ExitCode, stop
from portal.core.toml import read_toml
from portal.vocabulary.claims import MatchKind
from portal.vocabulary.entries import Concept, FormerName
from portal.vocabulary.faults import Fault
from portal.vocabulary.loading import (
    SITUATIONS_FILE,
    THESAURUS_FILE,
    Reading,
    load_vocabulary,
    read_situations,
    read_thesaurus,
    read_vocabulary,
    shipped_reading,
    shipped_text,
)
from portal.vocabulary.marks import grow
from portal.vocabulary.territory import for_territory
from portal.vocabulary.vocabulary import Sense, Vocabulary

_UNREADABLE = frozenset({"yaml-illisible", "racine-inattendue", "fichier-trop-grand"})
_KINDS = {
    MatchKind.LABEL: "nom",
    MatchKind.FORMER_NAME: "ancien nom",
    MatchKind.FORMER_ACRONYM: "ancien sigle",
    MatchKind.ACRONYM: "sigle",
    MatchKind.SYNONYM: "synonyme",
}


@click.group("vocabulary")
def vocabulary() -> None:
    """Thésaurus des services et situations de vie."""


@vocabulary.command("check")
@click.argument("file", required=False, type=click.Path(path_type=Path))
def check(file: Path | None) -> None:
    """Vérifier le vocabulaire livré, ou le fichier FILE (thésaurus, situations ou territoire).

    Code de sortie : 0 si tout va bien (avertissements compris), 3 s’il y a des erreurs, 5 si le fichier est illisible.
    """
    reading = shipped_reading() if file is None else _read_file(file)
    for fault in reading.faults:
        click.echo(fault.sentence)
    if any(fault.problem.code in _UNREADABLE for fault in reading.faults):
        raise click.exceptions.Exit(ExitCode.UNREADABLE)
    click.echo(_summary(reading))
    if reading.errors:
        raise click.exceptions.Exit(ExitCode.PROBLEMS)


@vocabulary.command("show")
@click.argument("words", nargs=-1, required=True)
def show(words: tuple[str, ...]) -> None:
    """Montrer ce que veulent dire WORDS : un code, un nom, un sigle, un synonyme ou un ancien nom."""
    known = load_vocabulary()
    typed = " ".join(words)
    concept = known.concept(typed)
    senses = known.recognise(typed)
    if concept is None and not senses:
        stop(f"« {typed} » n’est pas dans le thésaurus.", code=ExitCode.PROBLEMS)
    if concept is not None:
        _show_concept(known, concept)
    for sense in senses:
        click.echo(_reason(sense))
        _show_concept(known, sense.concept)


def _read_file(path: Path) -> Reading:
    try:
        written = path.read_bytes()
        if path.suffix == ".toml":
            return _read_territory(path.name, written)
        text = written.decode("utf-8-sig")
    except FileNotFoundError:
        stop(f"Le fichier « {path} » n’existe pas : vérifiez son nom.", code=ExitCode.UNREADABLE)
    except (OSError, UnicodeDecodeError):
        stop(f"Le fichier « {path} » ne se lit pas : il doit être un texte en UTF-8.", code=ExitCode.UNREADABLE)
    tree, _ = grow(text, file=path.name)
    if "situations" in tree.members and "concepts" not in tree.members:
        return read_situations(text, known=read_thesaurus(shipped_text(THESAURUS_FILE)), file=path.name)
    return _only_of(path.name, read_vocabulary(text, shipped_text(SITUATIONS_FILE), thesaurus_file=path.name))


def _read_territory(file: str, written: bytes) -> Reading:
    """Check the `[vocabulary]` table of a territory file against the vocabulary it changes."""
    table, problems = read_toml(written, file=f"Le fichier « {file} »")
    if table is None:
        stop("\n".join(problem.text for problem in problems), code=ExitCode.UNREADABLE)
    overrides = table.get("vocabulary", {})
    if not isinstance(overrides, dict):
        stop(f"Dans « {file} », « vocabulary » doit être une table [vocabulary].", code=ExitCode.UNREADABLE)
    changed, refused = for_territory(load_vocabulary(), overrides)
    return Reading(changed, tuple(Fault(problem, file=file, line=0) for problem in refused))


def _only_of(file: str, reading: Reading) -> Reading:
    """Leave out of an unreadable thesaurus the steps that seem to lead nowhere because of it."""
    own = tuple(fault for fault in reading.faults if fault.file == file)
    if any(fault.problem.code in _UNREADABLE for fault in own):
        return Reading(reading.vocabulary, own)
    return reading


def _summary(reading: Reading) -> str:
    found = reading.vocabulary
    parts = (
        (len(found.families), "famille"),
        (len(found.concepts), "concept"),
        (len(found.situations), "situation"),
        (len(reading.errors), "erreur"),
        (len(reading.warnings), "avertissement"),
    )
    return ", ".join(f"{count} {noun}{'s' if count > 1 else ''}" for count, noun in parts) + "."


def _reason(sense: Sense) -> str:
    return f"« {sense.words} » : {_KINDS[sense.kind]}{_since(sense.former)}"


def _since(former: FormerName | None) -> str:
    if former is None or former.last_day is None:
        return ""
    last = str(former.last_day.year)
    return f", en usage jusqu’en {last}"


def _show_concept(known: Vocabulary, concept: Concept) -> None:
    family = known.family(concept.family)
    theme = family.label.fr if family else concept.family
    click.echo(f"{concept.code} {concept.label.fr} ({theme}) : {concept.definition}")
    names = ", ".join((*concept.acronyms, *concept.synonyms))
    if names:
        click.echo(f"  On dit aussi : {names}.")
