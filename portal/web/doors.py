"""Who knocks with a form: only our own pages may send one, and nobody may send many.

An address is kept as a digest, under a salt drawn anew each day, in a small file that all processes share and that no
backup takes. An hour after the last stranger came the file is gone, whether anybody comes again or not.
"""

import json
import os
import re
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from pathlib import Path

from flask import request
from flask_babel import gettext

from portal.core.errors import Refused
from portal.core.locks import file_lock
from portal.web.addresses import absolute

_SAME_SITE = frozenset({"same-origin", "none"})
_MEMORY = timedelta(hours=1)
_PATIENCE = 2
"""Seconds to wait for another process; after that one count may be lost, and nobody is kept waiting."""
_WITH_A_PORT = re.compile(r"\[(.+)\](?::\d+)?|([\d.]+):\d+", re.ASCII)
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


@dataclass
class _Book:
    """What is remembered between two knocks."""

    day: str = ""
    hour: int = -1
    salt: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    def turn_to(self, now: datetime) -> None:
        """Begin a new page each hour, under a new salt each day."""
        today = now.date().isoformat()
        if self.day != today:
            self.day, self.salt, self.hour = today, secrets.token_hex(32), -1
        if self.hour != now.hour:
            self.hour, self.counts = now.hour, {}


class Doorkeeper:
    """Count how often each address knocks, hour by hour, whichever process opens: all keep one book."""

    def __init__(self, book: Path, *, most_from_one: int, most_from_all: int, memory: timedelta = _MEMORY) -> None:
        self._book, self._memory = book, memory.total_seconds()
        self._most_from_one, self._most_from_all = most_from_one, most_from_all
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def let_in(self, address: str, now: datetime) -> None:
        """Let somebody in, or refuse who came too often within the hour."""
        if not self.welcomes(address, now):
            raise TooMany

    def welcomes(self, address: str, now: datetime) -> bool:
        """Count somebody in, or tell that they came too often within the hour."""
        with self._lock, file_lock(self._book.with_suffix(".lock"), patience=_PATIENCE):
            book = self._read()
            book.turn_to(now)
            salt = bytes.fromhex(book.salt)
            visitor = blake2b(_household(address).encode(), key=salt, digest_size=16).hexdigest()
            times = book.counts.get(visitor, 0)
            if times >= self._most_from_one or sum(book.counts.values()) >= self._most_from_all:
                return False
            book.counts[visitor] = times + 1
            self._write(book)
            self._watch(self._memory)
            return True

    def tend(self) -> None:
        """Forget what an earlier process left, as soon as its hour is over: nobody may come to have it done."""
        with self._lock:
            left = self._time_left()
            if left is not None:
                self._watch(left)

    def _forget_in_time(self) -> None:
        with self._lock, file_lock(self._book.with_suffix(".lock"), patience=_PATIENCE):
            left = self._time_left()
            if left is not None and left > 0:
                # Another process let somebody in meanwhile.
                self._watch(left)
            else:
                self._book.unlink(missing_ok=True)

    def _time_left(self) -> float | None:
        """Tell how long the book may still be kept; None where there is none."""
        try:
            written = self._book.stat().st_mtime
        except FileNotFoundError:
            return None
        # The disk dates both files: only what lies between them counts.
        beside = self._book.with_suffix(".lock")
        beside.touch()
        return max(0.0, written + self._memory - beside.stat().st_mtime)

    def _watch(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(seconds, self._forget_in_time)
        self._timer.daemon = True
        self._timer.start()

    def _read(self) -> _Book:
        if not self._time_left():
            return _Book()
        try:
            return _Book(**json.loads(self._book.read_text(encoding="ascii")))
        except (OSError, ValueError, TypeError):
            # A machine that stopped while writing: who knocked before is forgotten, and nobody shut out.
            return _Book()

    def _write(self, book: _Book) -> None:
        draft = self._book.with_suffix(".nouveau")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="ascii") as written:
            json.dump(vars(book), written)
        draft.replace(self._book)


def visitor_address() -> str:
    """Give the address of who sends; behind HTTPS our own server in front wrote it, last, into a header."""
    told = request.headers.get("X-Forwarded-For", "") if request.scheme == "https" else ""
    return told.rpartition(",")[2].strip() or request.remote_addr or ""


def _household(address: str) -> str:
    written = _WITH_A_PORT.fullmatch(address)
    try:
        found = ip_address(next(filter(None, written.groups())) if written else address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return str(int(found) >> _NETWORK) if isinstance(found, IPv6Address) else str(found)
