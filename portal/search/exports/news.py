"""A list as news (RFC 4287): what changed last among the services a search finds, for who follows it."""

from datetime import datetime

from portal.search.exports.listing import Listed, WholeList
from portal.search.results.addresses import shape_of
from portal.search.shapes import address_of_request
from portal.web.addresses import absolute
from portal.web.atom import Entry, Feed, write_feed

_MOST = 50


def news_of(found: WholeList, *, title: str, author: str, now: datetime) -> str:
    """Write the sheets changed last, the newest first."""
    newest = sorted(found.items, key=lambda each: (each.changed_at, each.hit.card.public_id), reverse=True)[:_MOST]
    feed = Feed(
        own=absolute(shape_of(found.request, "atom")),
        page=absolute(address_of_request(found.request)),
        title=title,
        author=author,
        entries=tuple(map(_entry, newest)),
    )
    return write_feed(feed, at=now.replace(hour=0, minute=0, second=0, microsecond=0))


def _entry(listed: Listed) -> Entry:
    card = listed.hit.card
    return Entry(
        # The short address never changes, whatever the service is called.
        id=absolute(f"/s/{card.public_id}"),
        title=card.title,
        updated_at=listed.changed_at,
        href=absolute(f"/services/{card.slug}-{card.public_id}"),
        author=card.structure.name,
        summary=_summary(listed),
    )


def _summary(listed: Listed) -> str:
    card, desk = listed.hit.card, listed.hit.access_point
    where = "" if desk is None or desk.location is None else desk.location.commune.name
    return " — ".join(part for part in (card.summary or card.title, where) if part)
