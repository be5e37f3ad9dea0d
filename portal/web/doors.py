"""Who knocks with a form: only our own pages may send one, and nobody may send many.

An address is kept as a digest, under a salt drawn anew each day and known to this process alone. An hour after the
last stranger came, all of it is forgotten, whether anybody comes again or not.
"""

import secrets
import threading
from collections import Counter
from datetime import date, datetime, timedelta
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address

from flask import request
from flask_babel import gettext

from portal.core.errors import Refused
from portal.web.addresses import absolute

_SAME_SITE = frozenset({"same-origin", "none"})
_MEMORY = timedelta(hours=1)
_NETWORK = 64
"""Bits of an IPv6 address that one household has for itself."""


class FromElsewhere(Refused):
    """A form of ours was sent by another site."""

    def __init__(self) -> None:
        super().__init__(gettext("Ce formulaire a été envoyé depuis un autre site : ouvrez-le ici, puis envoyez-le."))


class TooMany(Refused):
    """Somebody sends form after form."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            gettext("Vous avez envoyé beaucoup de messages : réessayez dans une heure, ou téléphonez-nous.")
        )


def check_origin() -> None:
    """Refuse a form that another site sent; browsers too old to say where they come from are believed."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        is_ours = site in _SAME_SITE
    else:
        is_ours = origin is None or origin in {request.host_url.rstrip("/"), absolute("")}
    if not is_ours:
        raise FromElsewhere


class Doorkeeper:
    """Count how often each address knocks, hour by hour; threads may share it."""

    def __init__(self, *, most_from_one: int, most_from_all: int, memory: timedelta = _MEMORY) -> None:
        self._most_from_one, self._most_from_all, self._memory = most_from_one, most_from_all, memory
        self._timer = threading.Timer(0, self.forget_all)
        self._lock = threading.Lock()
        self._day: date | None = None
        self._hour = -1
        self._salt = b""
        self._counts: Counter[bytes] = Counter()

    def let_in(self, address: str, now: datetime) -> None:
        """Let somebody in, or refuse who came too often within the hour."""
        if not self.welcomes(address, now):
            raise TooMany

    def welcomes(self, address: str, now: datetime) -> bool:
        """Count somebody in, or tell that they came too often within the hour."""
        with self._lock:
            self._forget(now)
            visitor = blake2b(_household(address).encode(), key=self._salt, digest_size=16).digest()
            if self._counts[visitor] >= self._most_from_one or self._counts.total() >= self._most_from_all:
                return False
            self._counts[visitor] += 1
            self._forget_later()
            return True

    def forget_all(self) -> None:
        """Keep nothing of anybody, nor the salt that would tell them again."""
        with self._lock:
            self._day, self._hour, self._salt, self._counts = None, -1, b"", Counter()

    def _forget_later(self) -> None:
        self._timer.cancel()
        self._timer = threading.Timer(self._memory.total_seconds(), self.forget_all)
        self._timer.daemon = True
        self._timer.start()

    def _forget(self, now: datetime) -> None:
        if self._day != now.date():
            self._day, self._salt, self._hour = now.date(), secrets.token_bytes(32), -1
        if self._hour != now.hour:
            self._hour, self._counts = now.hour, Counter()


def visitor_address() -> str:
    """Give the address of who sends; behind HTTPS our own server in front wrote it, last, into a header."""
    told = request.headers.get("X-Forwarded-For", "") if request.scheme == "https" else ""
    return told.rpartition(",")[2].strip() or request.remote_addr or ""


def _household(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(int(found) >> _NETWORK) if isinstance(found, IPv6Address) else str(found)
