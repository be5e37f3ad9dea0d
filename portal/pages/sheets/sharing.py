"""How a sheet is handed on: a short address, a mail, a text message, a code to photograph."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import gettext
from markupsafe import Markup

from portal.web.addresses import absolute, to
from portal.web.qr import qr_svg
from portal.web.sms import sms_link, sms_text


@dataclass(frozen=True)
class Sharing:
    """The links that hand a sheet on."""

    short_url: str
    mail: str
    sms: str
    qr: Markup


def sharing_of(public_id: str, lines: Sequence[str]) -> Sharing:
    """Make the links of a sheet; `lines` say it, the most useful first."""
    address = absolute(to(f"/s/{public_id}"))
    told = [line for line in lines if line]
    body = quote("\r\n".join([*told, address]), safe="")
    return Sharing(
        short_url=address,
        mail=f"mailto:?subject={quote(told[0] if told else address, safe='')}&body={body}",
        sms=sms_link(sms_text(*told, end=address)),
        qr=qr_svg(address, title=gettext("Code QR : l’adresse courte de cette fiche")),
    )
