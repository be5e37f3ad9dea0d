"""A service as one row of our own spreadsheets says it, or several rows that share an identifier."""

import hashlib
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from importers.fields.audiences import read_age, read_ages, read_audiences
from importers.fields.cells import fault, said, without_repeats
from importers.fields.competence import read_competence
from importers.fields.costs import read_cost, read_free_access
from importers.fields.dates import read_date
from importers.fields.identifiers import read_siret
from importers.fields.languages import read_languages
from importers.fields.names import read_name
from importers.fields.natures import read_nature
from importers.fields.texts import read_summary, read_text
from importers.fields.themes import read_concepts
from importers.fields.urls import url_of
from importers.pipeline.declaration import Need, Part, Reference
from importers.pipeline.lines import Line, Problems
from importers.sources import general_places
from importers.sources.own_rows import lines_of
from importers.sources.parts import contacts, place
from portal.core.text import slug
from portal.directory.rules.choices import Cost
from portal.directory.rules.contact_lines import ContactLine
from portal.intake.record import StructureRecord, Verdict

Value = TypeVar("Value")
_LONGEST_KEY = 200


def key(line: Line, reference: Reference) -> tuple[str, Problems]:
    """Take the identifier; without one, make it of the name, the structure and the commune, whatever the row's rank."""
    given = said(line.text("key"))
    if given:
        return given, ()
    title, structure = (slug(said(line.text(word))) for word in ("title", "structure"))
    where, _ = place(line, reference)
    made = "/".join((title, structure, where.commune_code if where else slug(line.text("commune"))))
    digest = hashlib.sha256(made.encode()).hexdigest()[:16]
    return ("" if not title else made if len(made) <= _LONGEST_KEY else f"{made[:_LONGEST_KEY]}-{digest}"), ()


def one(word: str, reader: Callable[[str], tuple[Any, Problems]]) -> Part:
    """Read a cell that speaks of the service itself: of several lines that disagree, what most of them say."""

    def part(line: Line, _reference: Reference) -> tuple[Any, Problems]:
        chosen, problems = spoken(line, word)
        value, found = chosen.read(word, reader)
        return value, (*problems, *found)

    return part


def spoken(line: Line, word: str) -> tuple[Line, Problems]:
    """Choose, among the lines of a service, the one whose cell is read."""
    lines = [each for each in lines_of(line) if said(each.text(word))]
    if not lines:
        return line, ()
    counts = Counter(said(each.text(word)) for each in lines)
    kept = min(counts, key=lambda text: (-counts[text], text))
    others = [each for each in lines if said(each.text(word)) != kept]
    sentence = f"Les lignes de ce service ne disent pas la même chose ; « {kept[:80]} » a été gardé : accordez-les."
    problems = tuple(
        problem
        for each in others
        for problem in each.named(word, (fault("lignes-en-desaccord", sentence, each.text(word)),))
    )
    return next(each for each in lines if said(each.text(word)) == kept), problems


def every(
    words: tuple[str, ...], reader: Callable[[str, Reference], tuple[tuple[Value, ...] | None, Problems]]
) -> Part:
    """Read cells that list things: what all lines of a service name, each once."""

    def part(line: Line, reference: Reference) -> tuple[tuple[Value, ...] | None, Problems]:
        found: list[Value] = []
        problems: Problems = ()
        for each in lines_of(line):
            for word in words:
                values, faults = each.read(word, lambda text: reader(text, reference))
                found += values or ()
                problems = (*problems, *faults)
        return without_repeats(found) or None, problems

    return part


def _structure(line: Line, _reference: Reference) -> tuple[StructureRecord | None, Problems]:
    chosen, problems = spoken(line, "structure")
    name, of_name = chosen.read("structure", read_name)
    with_siret, _ = spoken(line, "siret")
    siret, of_siret = with_siret.read("siret", lambda text: read_siret(text, is_number="siret" in with_siret.numeric))
    nature, of_nature = spoken(line, "legal_nature")[0].read("legal_nature", read_nature)
    problems = (*problems, *of_name, *of_siret, *of_nature)
    if name is None:
        return None, problems
    return StructureRecord(name=name, official_ids={"siret": siret} if siret else {}, legal_nature=nature), problems


def _concepts(text: str, reference: Reference) -> tuple[tuple[str, ...] | None, Problems]:
    return read_concepts(text, reference.vocabulary)


def _contacts(line: Line, reference: Reference) -> tuple[tuple[ContactLine, ...] | None, Problems]:
    """Read the contacts of the service; where its places have their own, they stay there."""
    read = [contacts(each, reference) for each in lines_of(line)]
    told = list(dict.fromkeys(found for found, _ in read if found is not None))
    problems = tuple(problem for _, problems in read for problem in problems)
    return (told[0] if len(told) == 1 else None), problems


def _ages(line: Line, _reference: Reference) -> tuple[tuple[int | None, int | None] | None, Problems]:
    span, of_span = spoken(line, "ages")[0].read("ages", read_ages)
    young, of_young = spoken(line, "youngest")[0].read("youngest", read_age)
    old, of_old = spoken(line, "oldest")[0].read("oldest", read_age)
    problems = (*of_span, *of_young, *of_old)
    if young is None and old is None:
        return span, problems
    if young is not None and old is not None and young > old:
        sentence = "L’âge minimum est plus grand que l’âge maximum : corrigez l’un des deux."
        return None, (*problems, *line.named("youngest", (fault("ages-inverses", sentence, f"{young}-{old}"),)))
    return (young, old), problems


def _cost(line: Line, _reference: Reference) -> tuple[Cost | None, Problems]:
    """Read the cost; a sentence in its cell becomes the note on it, so that nothing of it is lost."""
    chosen, problems = spoken(line, "cost")
    asks_whether_free = slug(chosen.columns.get("cost", "")).startswith("gratuit")
    value, found = chosen.read("cost", read_free_access if asks_whether_free else read_cost)
    is_kept = _sentence(chosen) and not said(line.text("cost_note"))
    return value, (*problems, *(problem for problem in found if not is_kept or problem.code != _IN_PART))


def _cost_note(line: Line, _reference: Reference) -> tuple[str | None, Problems]:
    chosen, problems = spoken(line, "cost_note")
    note, found = chosen.read("cost_note", read_text)
    return note or _sentence(spoken(line, "cost")[0]), (*problems, *found)


_IN_PART = "cout-avec-precision"


def _sentence(line: Line) -> str | None:
    text = line.text("cost")
    _, problems = read_cost(text)
    return said(text) if any(problem.code == _IN_PART for problem in problems) else None


def _competence(text: str, reference: Reference) -> tuple[tuple[Any, ...] | None, Problems]:
    return read_competence(text, reference.lookup)


def _url(text: str) -> tuple[str | None, Problems]:
    return url_of(said(text)) if said(text) else (None, ())


def _said_on(line: Line, _reference: Reference) -> tuple[Any, Problems]:
    """Take the oldest day of the lines: what one of them says may be no younger."""
    read = [each.read("said_on", partial(read_date, is_number="said_on" in each.numeric)) for each in lines_of(line)]
    days = [day for day, _ in read if day is not None]
    return (min(days) if days else None), tuple(problem for _, problems in read for problem in problems)


PARTS: dict[str, Part] = {
    "title": one("title", read_name),
    "structure": _structure,
    "concepts": every(("concepts", "more_concepts"), _concepts),
    "access": general_places.access,
    "contacts": _contacts,
    "summary": one("summary", read_summary),
    "description": one("description", read_text),
    "audiences": every(("audiences",), lambda text, _: read_audiences(text)),
    "ages": _ages,
    "cost": _cost,
    "cost_note": _cost_note,
    "modes": lambda line, _: general_places.modes_of(line),
    "languages": every(("languages",), lambda text, _: read_languages(text)),
    "documents": one("documents", read_text),
    "eligibility": one("eligibility", read_text),
    "legal_nature": lambda line, _: (spoken(line, "legal_nature")[0].read("legal_nature", read_nature)[0], ()),
    "competence": every(("competence",), _competence),
    "online_url": one("online_url", _url),
    "said_on": _said_on,
}
NEEDS = {
    "title": Need(verdict=Verdict.REFUSED, sentence="Cette ligne n’a pas de nom : indiquez celui du service."),
    "structure": Need(
        verdict=Verdict.REFUSED,
        sentence="Cette ligne ne dit pas qui rend le service : indiquez la structure, par exemple la mairie.",
    ),
    "concepts": Need(
        verdict=Verdict.REFUSED, sentence="Cette ligne n’a pas de thème : choisissez-en un dans la liste."
    ),
    "access": Need(verdict=Verdict.QUARANTINED, sentence="Cette ligne ne dit pas où aller : indiquez la commune."),
    "key": Need(verdict=Verdict.REFUSED, sentence="Cette ligne n’a ni identifiant ni nom : indiquez l’un des deux."),
}
