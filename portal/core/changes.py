"""The change log: who changed what, when and why, in a chain that shows any later alteration.

Each row's digest covers the digest of the row before it and the salted digests of its values. The values stand apart,
so that a person's can be erased (their digest stays, their salt goes, nobody can guess them back) and the chain still
verifies. `audit.py` verifies and erases.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.core.canonical import canonical, plain
from portal.core.models import ActorKind, Change, ChangeHead, ChangeValues

ACTOR = "actor"
REASON = "reason"
FIELD = "field."
"""Prefix of the parts that are fields of the record."""
FIRST_DIGEST = "0" * 64
"""What stands before the first row of the chain."""


@dataclass(frozen=True)
class Actor:
    """Who acts."""

    kind: ActorKind
    name: str


SYSTEM = Actor(kind=ActorKind.SYSTEM, name="maillage")
"""The portal acting by itself, at a date or by a rule."""


@dataclass(frozen=True)
class Act:
    """Who acts, when and why: what every operation on the directory takes beside its values."""

    by: Actor
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Subject:
    """What is changed: a kind of record and the key that names it for ever."""

    kind: str
    key: str


Fields = Mapping[str, tuple[Any, Any]]
"""Name of a field -> its value before and after, as `canonical` can write them; None where there was or is nothing."""


class Link(NamedTuple):
    """A row of the log as its digest sees it."""

    number: int
    at: datetime | None
    subject_kind: str
    subject_key: str
    verb: str
    actor_kind: str
    values_digest: str
    digest: str = ""


def record_change(session: Session, *, subject: Subject, verb: str, fields: Fields, act: Act) -> int:
    """Add one row to the log, within the unit of work that makes the change, and give its number."""
    link, parts = _forge(_head(session), subject, verb, fields, act)
    session.add(Change(**link._asdict() | {"actor_kind": act.by.kind}))
    session.add(ChangeValues(number=link.number, parts=canonical(parts)))
    return link.number


def record_changes(session: Session, told: Iterable[tuple[Subject, str, Fields]], *, act: Act) -> None:
    """Add many rows to the log at once (subject, verb, fields), as imports need: the chain is the same."""
    head = _head(session)
    forged = [_forge(head, subject, verb, fields, act) for subject, verb, fields in told]
    if forged:
        links = [link._asdict() | {"actor_kind": act.by.kind} for link, _ in forged]
        session.execute(insert(Change), links)
        session.execute(
            insert(ChangeValues), [{"number": link.number, "parts": canonical(parts)} for link, parts in forged]
        )


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Keep the fields whose value differs, each with its value before and after."""
    names = sorted({*before, *after})
    pairs = {name: (before.get(name), after.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if canonical(pair[0]) != canonical(pair[1])}


def read_parts(values: ChangeValues) -> dict[str, Any]:
    """Read the values of a change: part -> value; erased parts are left out."""
    stored: dict[str, Any] = json.loads(values.parts)
    return {part: held[1] for part, held in stored.items() if isinstance(held, list)}


def part_digest(part: str, held: object) -> str:
    """Digest one part with its salt; an erased part is its digest."""
    return held if isinstance(held, str) else _digest(canonical([part, held]))


def values_digest(parts: Mapping[str, object]) -> str:
    """Digest all the parts of a change."""
    return _digest(canonical({part: part_digest(part, held) for part, held in parts.items()}))


def chained_digest(previous: str, link: Link) -> str:
    """Digest a row of the log together with the one before it."""
    return _digest(canonical([previous, *link._replace(digest="")]))


def _forge(
    head: ChangeHead, subject: Subject, verb: str, fields: Fields, act: Act
) -> tuple[Link, dict[str, list[Any]]]:
    """Make the next link of the chain with its salted values; the head moves on."""
    parts = _salted(fields, act)
    number = head.length + 1
    link = Link(number, act.at, subject.kind, subject.key, verb, act.by.kind.value, values_digest(parts))
    link = link._replace(digest=chained_digest(head.digest, link))
    head.length, head.digest = link.number, link.digest
    return link, parts


def _salted(fields: Fields, act: Act) -> dict[str, list[Any]]:
    values: dict[str, Any] = {ACTOR: act.by.name, REASON: act.reason}
    values |= {FIELD + name: [plain(before), plain(after)] for name, (before, after) in fields.items()}
    # 96 random bits a part: enough that nobody finds an erased telephone number by trying them all.
    return {part: [secrets.token_urlsafe(12), value] for part, value in values.items()}


def _head(session: Session) -> ChangeHead:
    """Find how the chain ends; the writer's turn (see `database.py`) keeps it from moving meanwhile."""
    head = session.get(ChangeHead, 1)
    if head is None:
        head = ChangeHead(id=1, length=0, digest=FIRST_DIGEST)
        session.add(head)
        session.flush()
    return head


def _digest(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()
