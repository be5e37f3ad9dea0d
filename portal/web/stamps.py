"""The stamp of a public form: signed and dated, so that a form is sent neither in a blink nor from nowhere.

No cookie and no session: the form carries all there is to check. The same words under the same
stamp always make the same receipt, so that a form sent twice is one.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from flask import current_app

YOUNGEST = timedelta(seconds=3)
"""Nobody reads and fills in a form in less."""
OLDEST = timedelta(hours=12)
_SHORTEST_NONCE = 8
_LETTERS = "3467cdfghjkmnprtvwx"
"""No vowel and no pair that looks alike: a receipt is read over the telephone."""
_RECEIPT_LENGTH = 8


class StampFault(StrEnum):
    """Why a stamp is not accepted."""

    FORGED = "forged"
    YOUNG = "young"
    OLD = "old"


def new_stamp(purpose: str, now: datetime) -> str:
    """Stamp a form that is being shown; `purpose` says which one, and about what."""
    told = f"{int(now.timestamp())}.{secrets.token_urlsafe(_SHORTEST_NONCE)}"
    return f"{told}.{_signature(purpose, told)}"


def fault_of_stamp(stamp: str, purpose: str, now: datetime) -> StampFault | None:
    """Tell what is wrong with the stamp of a form that was sent; None when it is as it should be."""
    told, _, signature = stamp.rpartition(".")
    at, _, nonce = told.partition(".")
    if not (at.isdecimal() and nonce and _is_ours(signature, purpose, told)):
        return StampFault.FORGED
    age = now.timestamp() - int(at)
    if age < YOUNGEST.total_seconds():
        return StampFault.YOUNG
    return StampFault.OLD if age > OLDEST.total_seconds() else None


def receipt_of(stamp: str, *told: str) -> str:
    """Make the number a visitor is given for what was sent under a stamp."""
    value = int.from_bytes(hmac.new(_key(), "|".join(["receipt", stamp, *told]).encode(), sha256).digest()[:8])
    letters = []
    for _ in range(_RECEIPT_LENGTH):
        value, place = divmod(value, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)


def _is_ours(signature: str, purpose: str, told: str) -> bool:
    return signature.isascii() and hmac.compare_digest(signature, _signature(purpose, told))


def _signature(purpose: str, told: str) -> str:
    return hmac.new(_key(), f"stamp|{purpose}|{told}".encode(), sha256).hexdigest()[:32]


def _key() -> bytes:
    return str(current_app.config["SECRET_KEY"]).encode()
