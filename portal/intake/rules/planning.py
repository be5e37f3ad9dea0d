"""The plan: what a run does with a record, from what it says and what is known of it. Pure."""

from collections.abc import Iterator
from datetime import date

from portal.intake.record import ServiceRecord
from portal.intake.rules.disappearance import Absence, is_to_be_hidden
from portal.intake.rules.statements import KIND, TOUR, Said, access_keys, path
from portal.intake.rules.steps import (
    Ask,
    Close,
    Create,
    FieldChange,
    Keep,
    Known,
    Question,
    SourceWord,
    Step,
    Update,
)
from portal.intake.rules.values import Json
from portal.intake.rules.winning import Claim, Outcome, who_wins


def plan(record: ServiceRecord, statement: Said, known: Known | None, word: SourceWord) -> Step:
    """Decide what a record makes of the rows it stands for; the same record once more is always kept."""
    if known is None:
        return Create(record)
    if "service" not in known.rows:
        # Somebody deleted the service: its source does not bring it back.
        return Keep()
    changed = _replaced(statement, known)
    removed = () if word.is_late else tuple(key for key in access_keys(known.said) if key not in access_keys(statement))
    verdicts = list(_verdicts(statement, known, word, apart={*changed}))
    update = Update(
        changes=tuple(change for change, outcome in verdicts if outcome is Outcome.TAKE),
        added=(*(key for key in access_keys(statement) if key not in access_keys(known.said)), *changed),
        removed=(*removed, *changed),
        reopens=known.is_hidden and not word.is_late,
    )
    questions = tuple(_question(change, known) for change, outcome in verdicts if outcome is Outcome.ASK)
    meanwhile = Keep() if update == Update() else update
    return Ask(questions=questions, meanwhile=meanwhile) if questions else meanwhile


def plan_absence(trace: int, absence: Absence, today: date) -> Step:
    """Decide what becomes of a record that its feed no longer lists."""
    return Close(trace) if is_to_be_hidden(absence, today) else Keep()


def _replaced(statement: Said, known: Known) -> tuple[str, ...]:
    """List the ways of access that became another kind of thing: they are made anew."""
    both = (key for key in access_keys(statement) if key in access_keys(known.said))
    return tuple(
        key
        for key in both
        if any(statement.get(f"access.{key}.{each}") != known.said.get(f"access.{key}.{each}") for each in (KIND, TOUR))
    )


def _verdicts(
    statement: Said, known: Known, word: SourceWord, apart: set[str]
) -> Iterator[tuple[FieldChange, Outcome]]:
    """Weigh each field on which the source now says something else than it did."""
    for name, value in statement.items():
        where = path(name)
        row = known.rows.get(where.role) if where else None
        if where is None or row is None or known.said.get(name) == value or _is_of(where.role, apart):
            continue
        standing = row.values.get(where.field)
        outcome = _weigh(name, value, standing, known, word)
        yield FieldChange(role=where.role, field=where.field, before=standing, after=value), outcome


def _weigh(name: str, value: Json, standing: Json, known: Known, word: SourceWord) -> Outcome:
    claim = Claim(source=word.source, priority=word.priority, said_on=word.said_on, value=value)
    return who_wins(
        claim,
        standing=standing,
        correction=known.corrections.get(name),
        rivals=known.rivals.get(name, ()),
        is_late=word.is_late,
    )


def _is_of(role: str, keys: set[str]) -> bool:
    return role.removeprefix("access.").removesuffix(".place") in keys


def _question(change: FieldChange, known: Known) -> Question:
    name = change.field if change.role == "service" else f"{change.role}.{change.field}"
    correction = known.corrections[name]
    return Question(path=name, correction=correction.number, mine=correction.value, theirs=change.after)
