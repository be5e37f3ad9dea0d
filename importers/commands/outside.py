"""How the portal is seen from outside, by its public address: what stands between it and its visitors."""

import ssl
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from socket import gaierror
from typing import Protocol
from urllib.error import HTTPError, URLError

from portal.web.health import STRANGER

PATIENCE = 5.0


@dataclass(frozen=True)
class Reply:
    """What an address answered; `trouble` says why it did not."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in small letters."""
    trouble: str = ""
    body: str = ""
    """The beginning of it."""


class Outside(Protocol):
    """Somebody who asks from outside."""

    def ask(self, address: str) -> Reply:
        """Ask for an address, and follow nothing."""


class TheWeb:
    """Ask as a visitor's browser would."""

    def ask(self, address: str) -> Reply:
        """Ask for an address, and follow nothing."""
        opener = urllib.request.build_opener(_Stay)
        # As somebody would who gives another address as theirs: the server in front must put the true one.
        opener.addheaders = [("User-Agent", "Maillage"), ("X-Forwarded-For", STRANGER)]
        try:
            with opener.open(address, timeout=PATIENCE) as answer:
                body = answer.read(_ENOUGH).decode("utf-8", "replace")
                return Reply(answer.status, _lowered(answer.headers), body=body)
        except HTTPError as error:
            with error:
                return Reply(error.code, _lowered(error.headers), "" if error.code < _FAULT else f"code {error.code}")
        except (URLError, OSError) as error:
            return Reply(trouble=_in_words(getattr(error, "reason", error)))
        except HTTPException:
            return Reply(trouble="ce n’est pas un serveur web")


_FAULT = 500
_ENOUGH = 100
_TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (gaierror, "ce nom ne mène à aucune machine : voyez le DNS"),
    (TimeoutError, f"pas de réponse en {PATIENCE:.0f} secondes"),
    (ConnectionRefusedError, "la connexion est refusée : aucun serveur n’écoute"),
    (ssl.SSLError, "le serveur ne parle pas HTTPS"),
)
_CERTIFICATES = {
    10: "le certificat a expiré",
    18: "le certificat est signé par lui-même",
    19: "le certificat est signé par lui-même",
    62: "le certificat est celui d’un autre nom",
}
"""By the numbers that OpenSSL gives to what it finds."""


def _in_words(trouble: object) -> str:
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return _CERTIFICATES.get(trouble.verify_code, "le certificat n’est pas reconnu")
    known = (words for kind, words in _TROUBLES if isinstance(trouble, kind))
    return next(known, "la connexion n’aboutit pas")


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follow nothing: where a plain address leads is what one wants to know."""

    def redirect_request(self, *_given: object, **_named: object) -> None:
        """Go nowhere."""


def _lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
