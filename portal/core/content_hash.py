"""The content hash: one number for what the directory publishes, whatever the order and the row numbers.

Each room declares what of its rows counts, leaving out run identifiers, row numbers and import dates; two databases
that publish the same agree.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.core.canonical import canonical


@dataclass(frozen=True)
class Content:
    """What one room publishes: a name, and how to list it as dictionaries `canonical` can write."""

    name: str
    rows: Callable[[Session], Iterable[Mapping[str, Any]]]


def content_hash(session: Session, contents: Iterable[Content]) -> str:
    """Digest all that is declared; equal contents give equal hashes."""
    digests = {content.name: _digest_of(content, session) for content in contents}
    return hashlib.sha256(canonical(digests).encode()).hexdigest()


def _digest_of(content: Content, session: Session) -> str:
    # Sorting digests rather than adding them: equal rows must count as often as they stand.
    rows = sorted(hashlib.sha256(canonical(row).encode()).digest() for row in content.rows(session))
    return hashlib.sha256(b"".join(rows)).hexdigest()
