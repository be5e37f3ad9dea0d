"""How a list is handed on: by mail, text messages or a code; each says who, where, when and whom to call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import gettext
from markupsafe import Markup

from portal.web.qr import qr_svg
from portal.web.sms import LONGEST, TextMessage, Told, sms_texts, text_messages

_LONGEST_LINK = LONGEST - 10
"""Letters of an address that a numbered message holds."""
_LONGEST_MAIL = 1500
"""Characters of a mail's text: programs cut longer links."""
_LINE = "\r\n"


@dataclass(frozen=True)
class ToldService:
    """What is told of a service of the list."""

    name: str
    town: str
    place: str
    """The whole address, or how one reaches it."""
    when: tuple[str, ...]
    """Its hours, or its next stops."""
    soon: str
    """When, for want of room for all of it."""
    phone: str


@dataclass(frozen=True)
class Handing:
    """The ways to hand the list on."""

    url: str
    mail: str
    texts: tuple[TextMessage, ...]
    """One, or as many as it takes; none where whoever reads along should not learn what was sought."""
    qr: Markup


def handing_of(url: str, services: Sequence[ToldService], *, hides: bool) -> Handing:
    """Make the links that hand on a list that stands at an address."""
    subject, body = gettext("Ma liste de services"), _LINE.join([*_mail(services), url])
    entries = [Told(each.name, each.town, each.soon, each.phone) for each in services]
    return Handing(
        url=url,
        mail=f"mailto:?subject={quote(subject, safe='')}&body={quote(body, safe='')}",
        texts=() if hides else text_messages(sms_texts(entries, end="" if len(url) > _LONGEST_LINK else url)),
        qr=qr_svg(url, title=gettext("Code QR : l’adresse de cette liste")),
    )


def _mail(services: Sequence[ToldService]) -> list[str]:
    """Write what a mail says before the address: all of every service, else where each is and whom to call."""
    whole = [_paragraph(each.name, each.place, *each.when, each.phone) for each in services]
    if sum(map(len, whole)) <= _LONGEST_MAIL:
        return whole
    return [*_first([_paragraph(", ".join(filter(None, (each.name, each.town))), each.phone) for each in services])]


def _paragraph(*lines: str) -> str:
    return "".join(f"{line}{_LINE}" for line in lines if line)


def _first(paragraphs: Sequence[str]) -> Iterator[str]:
    """Give as many as a link of mail holds."""
    room = _LONGEST_MAIL
    for paragraph in paragraphs:
        room -= len(paragraph) + len(_LINE)
        if room < 0:
            return
        yield paragraph
