"""The change log: who changed what, when and why, in a chain that shows any later alteration.

Each row's digest covers the digest of the row before it and the salted digests of its values. The values stand apart,
so that a person's can be erased (their digest stays, their salt goes, nobody can guess them back) and the chain still
verifies. `audit.py` verifies and erases.
"""

import hashlib
import json
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from portal.core.canonical import canonical
from portal.core.many_rows import insert_rows
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


class Sealed(NamedTuple):
    """A change written out and salted, but not yet in its place: what an import makes ready beside the write lock."""

    at: datetime
    subject_kind: str
    subject_key: str
    verb: str
    actor_kind: ActorKind
    values_digest: str
    parts: str


def record_change(session: Session, *, subject: Subject, verb: str, fields: Fields, act: Act) -> int:
    """Add one row to the log, within the unit of work that makes the change, and give its number."""
    [(link, sealed)] = chained(session, [seal(subject, verb, fields, act)])
    session.add(Change(**link._asdict() | {"actor_kind": sealed.actor_kind}))
    session.add(ChangeValues(number=link.number, parts=sealed.parts))
    return link.number


def record_changes(session: Session, told: Iterable[tuple[Subject, str, Fields]], *, act: Act) -> None:
    """Add many rows to the log at once (subject, verb, fields), as imports need: the chain is the same."""
    append_changes(session, [seal(subject, verb, fields, act) for subject, verb, fields in told])


def append_changes(session: Session, sealed: Iterable[Sealed]) -> None:
    """Add changes that were written out before, in their order."""
    links = list(chained(session, sealed))
    if links:
        session.flush()
        connection = session.connection()
        insert_rows(connection, Change, (link._asdict() | {"actor_kind": each.actor_kind} for link, each in links))
        insert_rows(connection, ChangeValues, ({"number": link.number, "parts": each.parts} for link, each in links))


def seal(subject: Subject, verb: str, fields: Fields, act: Act) -> Sealed:
    """Write a change out, salted; its place in the chain is left open.

    Put together by hand, for an import writes hundreds of thousands: `values_digest` and `canonical` give the same.
    """
    values: dict[str, object] = {ACTOR: act.by.name, REASON: act.reason}
    values |= {FIELD + name: pair for name, pair in fields.items()}
    parts, digests = [], []
    for part, salt in zip(sorted(values), _salts(len(values)), strict=True):
        name, held = _known_words(part), f'["{salt}",{_plain_words(values[part])}]'
        parts.append(f"{name}:{held}")
        digests.append(f'{name}:"{_digest(f"[{name},{held}]")}"')
    digest = _digest(f"{{{','.join(digests)}}}")
    return Sealed(act.at, subject.kind, subject.key, verb, act.by.kind, digest, f"{{{','.join(parts)}}}")


def _salts(n: int) -> list[str]:
    """Draw 96 random bits a part: enough that nobody finds an erased telephone number by trying them all."""
    letters = urlsafe_b64encode(secrets.token_bytes(12 * n)).decode()
    return [letters[first : first + 16] for first in range(0, 16 * n, 16)]


_known_words = lru_cache(maxsize=1024)(canonical)
_KEY_THAT_WAS_NONE = re.compile('"(?:-?[0-9]|true|false|null)[^"]*":')
"""What a key looks like that was a number, a truth or nothing before it was written."""


def _plain_words(value: object) -> str:
    """Write a value as it is written again after it was read back: keys that were numbers change their order."""
    if isinstance(value, tuple):
        return f"[{','.join(map(_plain_words, value))}]"
    words = canonical(value)
    return canonical(json.loads(words)) if _KEY_THAT_WAS_NONE.search(words) else words


def chained(session: Session, sealed: Iterable[Sealed]) -> Iterator[tuple[Link, Sealed]]:
    """Give each change its place at the end of the chain; the head moves on."""
    head = _head(session)
    for change in sealed:
        number = head.length + 1
        at, kind, key, verb, actor_kind, values, _ = change
        link = Link(number, at, kind, key, verb, actor_kind.value, values)
        link = link._replace(digest=chained_digest(head.digest, link))
        head.length, head.digest = number, link.digest
        yield link, change


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
    number, at, *words, _ = link
    # Written by hand as `canonical` writes a list: the instant of a run's many rows only once.
    listed = ",".join((canonical(previous), str(number), _instant(at), *map(canonical, words), '""'))
    return _digest(f"[{listed}]")


_instant = lru_cache(maxsize=64)(canonical)


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
