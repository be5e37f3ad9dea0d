"""What somebody was looking for, by an address that leads nowhere."""

import re

from portal.core.text import tidy

_LONGEST = 60
_NO_WORD = re.compile(r"[0-9]|^[^aeiouyà-ÿ]{5,}$", re.IGNORECASE)
"""What has digits, or no vowel, such as the code of a commune or the end of the address of a sheet."""


def words_of(path: str) -> str:
    """Read words in the last part of an address: "medecin plancy" in "/services/medecin-plancy-c3d4f"."""
    last = path.rstrip("/").rpartition("/")[2]
    if "." in last:
        # The file of a program, not the page of a person.
        return ""
    words = [word for word in re.split(r"[-_+\s]+", tidy(last)) if word and not _NO_WORD.search(word)]
    return " ".join(words)[:_LONGEST].strip()
