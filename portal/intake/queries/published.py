"""Where the listings come from, for the public: every list that came in, whose it is and under which licence."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.intake.models.sources import Feed, Run, RunKind, RunState, Source


@dataclass(frozen=True)
class PublishedSource:
    """One list."""

    title: str
    owner: str
    licence: str
    url: str
    said_on: date
    """The day its last edition gives to itself."""


def published_sources(session: Session) -> list[PublishedSource]:
    """List what stands in the directory, by title. One query."""
    rows = session.execute(
        select(Source.title, Source.url, Source.owner, Source.licence, Feed.owner, Feed.licence, func.max(Run.said_on))
        .join(Feed, Feed.source_name == Source.name)
        .join(Run, Run.feed_id == Feed.id)
        .where(Run.state == RunState.DONE, Run.kind == RunKind.FILE)
        .group_by(Source.name, Feed.id)
        .order_by(Source.title, Feed.name)
    )
    return [
        PublishedSource(title, own or owner, own_licence or licence, url, said_on)
        for title, url, owner, licence, own, own_licence, said_on in rows
    ]
