"""Passages as news: each is told a fortnight before it comes, and told again when it changes."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from portal.directory.cards.moments import all_hold_until
from portal.directory.queries.occurrences import OccurrenceListing
from portal.pages.passages.cards import Passage, by_day, gathered, passages_of
from portal.pages.passages.diary import Written, name_of
from portal.pages.passages.queries import around, passing_with_phones
from portal.pages.passages.rules import PassagesRequest
from portal.search.exports.listing import alone
from portal.search.opening import Search
from portal.web.addresses import absolute
from portal.web.atom import Entry, Feed, write_feed
from portal.web.visit import frame

_AHEAD = timedelta(days=14)
_MOST = 100


@alone()
def written_news(session: Session, search: Search, asked: PassagesRequest, *, now: datetime) -> Written:
    """Write the passages of a fortnight, what was told last first. Three queries."""
    author = frame().name
    place, today = around(search, asked), now.replace(hour=0, minute=0, second=0, microsecond=0)
    last = (today + _AHEAD - timedelta(days=1)).date()
    found = passing_with_phones(session, search, place, between=(today.date(), last), theme=asked.theme)
    coming = [each for each in found.listings if each.occurrence.ends_at > now]
    shown = passages_of(coming, vocabulary=search.vocabulary, seen_from=place.point, most=_MOST, phones=found.phones)
    entries = (_entry(passage, same, author, today) for passage, same in zip(shown, gathered(coming), strict=False))
    feed = Feed(
        own=absolute(asked.address(asked.first, "/passages.atom")),
        page=absolute(asked.address(asked.first)),
        title=f"{name_of(place)} – {author}",
        author=author,
        entries=tuple(sorted(entries, key=lambda entry: (entry.updated_at, entry.id), reverse=True)),
    )
    ends = (each.occurrence.ends_at for each in coming)
    until = min((all_hold_until((), now=now), *ends), key=datetime.timestamp)
    return Written(write_feed(feed, at=today), until)


def _entry(passage: Passage, same: list[OccurrenceListing], author: str, today: datetime) -> Entry:
    first = same[0]
    [day] = by_day((passage,))
    announced = today + (passage.day - today.date()) - _AHEAD
    page = absolute(f"/services/{passage.link.slug}-{passage.link.public_id}")
    begins = first.occurrence.starts_at.astimezone(UTC)
    return Entry(
        id=f"{absolute(f'/s/{passage.link.public_id}')}#{first.access_point.public_id}-{begins:%Y%m%dT%H%M}",
        title=f"{day.name[:1].upper()}{day.name[1:]}, {passage.times} : {passage.link.name}",
        updated_at=max(announced, *(each.changed_at for each in same)),
        href=page,
        author=author,
        summary=_summary(passage),
    )


def _summary(passage: Passage) -> str:
    phone = "" if passage.phone is None else passage.phone.shown
    remark = f"{passage.remark} : {passage.reason}" if passage.reason else passage.remark
    told = (remark, phone, passage.kind, passage.place, passage.commune, passage.distance)
    return " · ".join(filter(None, told))
