"""How a sheet is handed on: a short address, a mail, a text message, a code to photograph."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import gettext
from markupsafe import Markup

from portal.pages.sheets.found import DOOR
from portal.pages.sheets.openings import ShownOpening
from portal.pages.sheets.reaching import Reach
from portal.search.contacts import ShownContact
from portal.web.addresses import absolute, to
from portal.web.qr import qr_svg
from portal.web.sms import TextMessage, sms_text, text_messages


@dataclass(frozen=True)
class Sharing:
    """The links that hand a sheet on."""

    short_url: str
    mail: str
    texts: tuple[TextMessage, ...]
    qr: Markup


@dataclass(frozen=True)
class Told:
    """What is told of a service when it is handed on."""

    title: str
    phone: str
    where: str
    commune: str
    """For want of room for all of where."""
    when: tuple[str, ...]
    """The opening hours, or ways to say the next ones."""
    contacts: tuple[str, ...] = ()

    @property
    def copied(self) -> str:
        """Give all that somebody needs who is told of it, a line each."""
        lines = (self.title, self.where, next(iter(self.when), ""), self.phone, *self.contacts)
        return "\n".join(dict.fromkeys(line for line in lines if line))


def told_of(title: str, phone: str, reaches: Sequence[Reach], contacts: Iterable[ShownContact]) -> Told:
    """Say the first place and when one is received there."""
    reach = next((reach for reach in reaches if reach.place is not None), None)
    place = None if reach is None else reach.place
    name = place.link.name if place is not None and place.link is not None else ""
    address = () if place is None else place.address
    return Told(
        title=title,
        phone=phone,
        where=", ".join(dict.fromkeys(filter(None, (name, *address)))),
        commune="" if place is None else ", ".join(filter(None, (name, place.commune_name))),
        when=when_of((reach or reaches[0]).opening) if reaches else (),
        contacts=tuple(each.value for each in contacts),
    )


def when_of(opening: ShownOpening) -> tuple[str, ...]:
    """Say when one is received in words that hold for a while: those of "now" are wrong when a message is read."""
    if opening.dates:
        return tuple(f"{each.day} {each.times}" for each in opening.dates[:1])
    days = () if opening.week is None else opening.week.days
    coming = (f"{day.name} {day.words}" for day in days if not (day.is_closed or day.is_uncertain or day.is_today))
    return tuple(filter(None, (opening.usual, next(coming, ""))))


def sharing_of(public_id: str, told: Told, *, door: str = "") -> Sharing:
    """Make the links of a sheet; they keep the door it was asked for by."""
    address = absolute(to(f"/s/{public_id}{f'?{DOOR}={door}' if door else ''}"))
    when = next(iter(told.when), "")
    lines = [line for line in (told.title, told.phone, when, told.where) if line]
    body = quote("\r\n".join([*lines, address]), safe="")
    message = sms_text(told.title, told.phone, told.when, (told.where, told.commune), end=address)
    return Sharing(
        short_url=address,
        mail=f"mailto:?subject={quote(told.title, safe='')}&body={body}",
        texts=text_messages([message]),
        qr=qr_svg(address, title=gettext("Code QR : l’adresse courte de cette fiche")),
    )
