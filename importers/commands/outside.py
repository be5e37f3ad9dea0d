"""How the portal is seen from outside, by its public address: what stands between it and its visitors."""

import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Protocol
from urllib.error import HTTPError, URLError

PATIENCE = 5.0


@dataclass(frozen=True)
class Reply:
    """What an address answered; `trouble` says why it did not."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in small letters."""
    trouble: str = ""


class Outside(Protocol):
    """Somebody who asks from outside."""

    def ask(self, address: str) -> Reply:
        """Ask for an address, and follow nothing."""


class TheWeb:
    """Ask as a visitor's browser would."""

    def ask(self, address: str) -> Reply:
        """Ask for an address, and follow nothing."""
        opener = urllib.request.build_opener(_Stay)
        try:
            with opener.open(address, timeout=PATIENCE) as answer:
                return Reply(answer.status, _lowered(answer.headers))
        except HTTPError as error:
            with error:
                return Reply(error.code, _lowered(error.headers), "" if error.code < _FAULT else f"code {error.code}")
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            return Reply(trouble=str(reason) or type(error).__name__)


_FAULT = 500


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follow nothing: where a plain address leads is what one wants to know."""

    def redirect_request(self, *_given: object, **_named: object) -> None:
        """Go nowhere."""


def _lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
