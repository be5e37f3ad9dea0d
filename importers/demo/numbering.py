"""Official numbers of the demonstration: fictional, with right keys, the same for the same words."""

import hashlib

_SIREN, _SIRET, _FINESS = 9, 14, 9
_FICTIONAL_SIREN = "98"
"""Where the numbers of legal bodies have not come to yet."""
_DEPARTMENT = "10"


def siren_of(words: str) -> str:
    """Make the number of a legal body."""
    return _with_key(_FICTIONAL_SIREN + _figures(f"siren {words}", _SIREN - 3))


def siret_of(words: str) -> str:
    """Make the number of an establishment, whose first figures are those of its legal body."""
    return _with_key(siren_of(words) + "0001")


def finess_of(words: str, *, body: bool = False) -> str:
    """Make the number of a health establishment, or of the body that runs it."""
    kind = "99" if body else "98"
    return _with_key(_DEPARTMENT + kind + _figures(f"finess {words}", _FINESS - 5))


def identifier_of(words: str) -> str:
    """Make an identifier as registers of today give them."""
    text = hashlib.sha256(words.encode()).hexdigest()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:32]}"


def _figures(words: str, n: int) -> str:
    return str(int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big") % 10**n).zfill(n)


def _with_key(figures: str) -> str:
    """Add the last figure by which a wrong one is noticed (Luhn)."""
    doubled = (int(figure) * (2 - rank % 2) for rank, figure in enumerate(reversed(figures)))
    total = sum(figure // 10 + figure % 10 for figure in doubled)
    return figures + str(-total % 10)
