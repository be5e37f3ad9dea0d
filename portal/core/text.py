"""What every room does with words: fold them to compare, slug them for a URL, tidy them, cut them in French."""

import re
import unicodedata

NBSP = "\u00a0"
NARROW = "\u202f"
"""The spaces of French typography: before « : » and between a number and its unit, and before « ; »."""

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "’": "'", "ʼ": "'"})
_NO_SIGNS = "\ufdd0-\ufdef" + "".join(
    chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)
)
"""Numbers that Unicode will never give to a sign: no page may hold them."""
_INVISIBLE = re.compile(f"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f{_NO_SIGNS}]")
_SPACES = re.compile(r"\s+")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['´`ʼ‘](?=[^\W\d_])")
_NARROW_BEFORE = re.compile(r" (?=[;!?](?:\s|$))")
_WIDE_BEFORE = re.compile(r" (?=[:»](?:\s|$))")
_WIDE_AFTER = re.compile(r"(?<=«) ")
_TIDY = re.compile(r"(?:[0-9A-Za-zÀ-ÖØ-öø-ÿ@/(),+&_’-]+(?:[ .:](?=[0-9A-Za-zÀ-ÖØ-öø-ÿ@/(),+&_’-])|\.?\Z))*")
"""What is tidy as it stands, as most cells are: words with one space, point or colon between them."""
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_WORDS_THAT_LEAD_ON = re.compile(
    r"a|à|aux?|avec|ces?|cette|chez|dans|de|des|du|en|et|la|les?|leurs?|mon|ou|où|par|pour|sa|sans|ses|son|sous|sur|"
    r"une?|vers|votre|vos",
    re.IGNORECASE,
)
_ELLIPSIS = "…"


def fold(text: str) -> str:
    """Write a text without capitals, accents or ligatures, so that two spellings compare equal."""
    if text.isascii():
        return text.lower()
    # Lowering comes twice: some capitals only appear once their compatibility form is written out.
    plain = unicodedata.normalize("NFKD", text.lower()).lower().translate(_LETTERS)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """Write a text as the part of a URL: letters, digits and single hyphens."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def tidy(text: str) -> str:
    """Clean a text typed or pasted by anyone: spaces, invisible signs, apostrophes, French spacing.

    A space before `: ; ! ? »` becomes a non-breaking one; none is added where there was none, so that
    addresses and times keep their shape.
    """
    if _TIDY.fullmatch(text):
        return text
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text).replace("\u2028", " ").replace("\u2029", " "))
    spaced = _SPACES.sub(" ", visible).strip()
    curly = _APOSTROPHE.sub("’", spaced).replace("...", _ELLIPSIS)
    return french_spacing(curly)


def french_spacing(text: str) -> str:
    """Make the spaces before `: ; ! ? »` and after « non-breaking ones; where there is none, none is added."""
    return _WIDE_AFTER.sub(NBSP, _WIDE_BEFORE.sub(NBSP, _NARROW_BEFORE.sub(NARROW, text)))


def cut(text: str, length: int) -> str:
    """Shorten a text to a length, on a whole word with “…”, never on an article or an elision."""
    if len(text) <= length:
        return text
    room = length - len(_ELLIPSIS)
    if room < 1:
        return _ELLIPSIS[:length]
    words = _whole_words(text, room)
    while words and _leads_on(words[-1]):
        words.pop()
    kept = " ".join(words).rstrip(" \u00a0\u202f,;:.!?-–—(«'’")
    # A single word longer than the room, or nothing but articles: better half a word than none.
    return (kept or text[:room].rstrip()) + _ELLIPSIS


def _whole_words(text: str, room: int) -> list[str]:
    words = text[:room].split(" ")
    return words if text[room] == " " else words[:-1]


def _leads_on(word: str) -> bool:
    return not word or _WORDS_THAT_LEAD_ON.fullmatch(word) is not None
