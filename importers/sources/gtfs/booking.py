"""How a transport on demand is booked: by what means, how long before, in French sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from importers.fields.cells import Problems, fault, said, without_repeats
from importers.fields.contacts import read_phone_lines, read_site_lines
from importers.fields.texts import read_text
from importers.sources.gtfs.clock import minute_of
from importers.sources.gtfs.tables import Cells, FeedFiles
from portal.directory.rules.contact_lines import ContactLine
from portal.hours.words.french import IN_FRENCH
from portal.hours.words.moments import clock

_AT_ONCE, _SAME_DAY, _DAYS_BEFORE = "0", "1", "2"
_HOUR, _DAY = 60, 1440
_EVE, _DAY_BEFORE_EVE = 1, 2
_MESSAGES = ("message", "pickup_message", "drop_off_message")


@dataclass(frozen=True)
class BookingRule:
    """A row of booking_rules.txt, as people need it."""

    notice: str = ""
    """Such as "Réservez au plus tard la veille avant 17 h."."""
    messages: tuple[str, ...] = ()
    contacts: tuple[ContactLine, ...] = ()
    url: str | None = None
    problems: Problems = ()


def read_booking_rules(files: FeedFiles) -> Mapping[str, BookingRule]:
    """Read the rules by identifier; of two rows of one identifier the first counts."""
    found: dict[str, BookingRule] = {}
    for _, cells in files.rows("booking_rules"):
        found.setdefault(cells.get("booking_rule_id", "").strip(), _rule(cells))
    return found


def _rule(cells: Cells) -> BookingRule:
    notice, of_notice = notice_words(cells)
    phones, of_phone = read_phone_lines(cells.get("phone_number", ""))
    sites, of_site = read_site_lines(cells.get("info_url", ""))
    booking, of_booking = read_site_lines(_without_blanks_to_fill(cells.get("booking_url", "")))
    texts = [read_text(cells.get(name, "")) for name in _MESSAGES]
    return BookingRule(
        notice=notice,
        messages=without_repeats([text for text, _ in texts if text]),
        contacts=(*(phones or ()), *(sites or ())),
        url=booking[0].value if booking else None,
        problems=(*of_notice, *of_phone, *of_site, *of_booking, *(each for _, doubts in texts for each in doubts)),
    )


def _without_blanks_to_fill(url: str) -> str:
    """Leave out the query that a program fills in: "?from={from_name}" leads nowhere as it stands."""
    return url.split("?", maxsplit=1)[0].split("{", maxsplit=1)[0] if "{" in url else url


def notice_words(cells: Cells) -> tuple[str, Problems]:
    """Say how long before one must book."""
    kind = cells.get("booking_type", "").strip()
    if kind == _AT_ONCE:
        return "Réservation possible au moment de partir.", ()
    if kind == _SAME_DAY:
        return _minutes_before(cells)
    if kind == _DAYS_BEFORE:
        return _days_before(cells)
    return "", _unread(cells)


def _minutes_before(cells: Cells) -> tuple[str, Problems]:
    minutes = _number(cells, "prior_notice_duration_min")
    if minutes is None:
        return "", _unread(cells)
    words = f"Réservez au moins {duration(minutes)} avant de partir"
    longest = _number(cells, "prior_notice_duration_max")
    return (f"{words}, au plus tôt {duration(longest)} avant." if longest else f"{words}."), ()


def _days_before(cells: Cells) -> tuple[str, Problems]:
    days, minute = _number(cells, "prior_notice_last_day"), minute_of(cells.get("prior_notice_last_time", ""))
    if days is None or days == 0:
        return "", _unread(cells)
    working = said(cells.get("prior_notice_service_id", ""))
    words = f"Réservez au plus tard {_before(days, is_counted=bool(working))}"
    words += f" avant {clock(minute, IN_FRENCH)}" if minute is not None else ""
    first = _number(cells, "prior_notice_start_day")
    return (f"{words}, au plus tôt {first} jours avant." if first else f"{words}."), ()


def _before(days: int, *, is_counted: bool) -> str:
    if is_counted:
        return f"{days} jour{'s' if days > 1 else ''} de service avant le trajet,"
    if days == _EVE:
        return "la veille"
    return "l’avant-veille" if days == _DAY_BEFORE_EVE else f"{days} jours avant le trajet,"


def duration(minutes: int) -> str:
    """Say a stretch of time: 5 minutes, 1 h 30, 2 heures, 3 jours."""
    if minutes >= _DAY and minutes % _DAY == 0:
        return f"{minutes // _DAY} jour{'s' if minutes > _DAY else ''}"
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return f"{rest} minute{'s' if rest > 1 else ''}"
    return f"{hours}\u00a0h\u00a0{rest:02}" if rest else f"{hours} heure{'s' if hours > 1 else ''}"


def _number(cells: Cells, name: str) -> int | None:
    figures = cells.get(name, "").strip()
    return int(figures) if figures.isascii() and figures.isdigit() and len(figures) < len("1000000") else None


def _unread(cells: Cells) -> Problems:
    sentence = "Le délai de réservation n’est pas compris : demandez-le à l’exploitant et corrigez booking_rules.txt."
    value = " ".join(
        f"{name}={text}" for name, text in cells.items() if name.startswith(("booking_type", "prior")) and text
    )
    return (fault("gtfs-delai-de-reservation", sentence, value),)
