"""Cut a French text into tokens: times, dates, ordinals, known phrases, punctuation, and words nobody knows.

Every step reads the text once, so a long text costs no more than its length.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from portal.core.text import fold
from portal.hours.french.lexicon import ABBREVIATIONS, LONG_DAYS, TREE, Entry, Kind

HOUR = 60
DAY = 24 * HOUR
_CENTURY = 100
_SHORTEST, _LONGEST = 5, 10
_LIKENESS = 0.85
"""A misspelt day has five to ten letters and nearly all of them right."""
_LOOSE_LIKENESS = 0.72
"""From here on a word may be a day, and nobody knows which."""


@dataclass(frozen=True)
class Token:
    """A piece of a text and what it is; `start` and `end` say where it stands."""

    kind: Kind
    start: int
    end: int
    word: str
    number: int = 0
    date: tuple[int, int, int] = (0, 0, 0)
    """Year (0 when unsaid), month and day."""
    corrected: bool = False
    """Tells that the word was misspelt and read all the same."""
    words: str = ""
    """The whole phrase in plain letters, where `word` stands for its meaning or its first word."""


_RAW = re.compile(
    r"""
    (?P<contact>[\w.+-]{1,64}@[\w.-]{1,255}|https?://\S{1,2000}|www\.\S{1,2000}
        |(?<![^\W_])(?:tel(?:ephone)?\s?[.:]?\s?)?(?:\+33\s?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d))
    |(?P<week>(?<!\d)24\s?h?\s?/\s?7(?:\s?j)?(?![\d/]))
    |(?P<all_day>(?<!\d)24\s?(?:h|heures)?\s?(?:/|sur)\s?24(?:\s?(?:heures|h)(?![a-z]))?(?!\d)|(?<![^\W_])h24(?![^\W_]))
    |(?P<always>(?<!\d)7\s?(?:jours|j)?\s?(?:/|sur)\s?7(?:\s?(?:jours|j)(?![a-z]))?(?![\d/h]))
    |(?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))
    |(?P<full_date>(?<!\d)\d{1,2}[/.]\d{1,2}[/.]\d{4}(?!\d))
    |(?P<clock>(?<!\d)\d{1,2}(?:\s?(?:heures?|hrs?|h)
            (?:\d{2}(?!\d)|\s[0-5][05](?!\d|\s?[h:]|/\d{1,2}(?!\s?[h:\d])|[ .]\d\d[ .]\d\d))?(?:\s?(?:mn|min|minutes?))?
        |[:.]\d{2}(?::\d{2})?(?:\s?h(?:eures?)?)?)(?![^\W_]|[.:]\d))
    |(?P<date>(?<!\d)\d{1,2}/\d{1,2}(?:/\d{2})?(?!\d|\s?[h/]|:\d))
    |(?P<ordinal>(?<!\d)\d{1,2}(?:\s?(?:ers?|eres?|i?emes?|ndes?|nds?)|es?|°|º)(?![^\W_]))
    |(?P<number>\d+)
    |(?P<word>[^\W\d_]+)
    |(?P<mark>\S|\n)
    """,
    re.VERBOSE,
)
_RENDEZ_VOUS = re.compile(r"(?<![^\W_])r\.\s?d\.?\s?v\.?(?![^\W_])")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_TAG = re.compile(r"</?(?:br|p|li|ul|ol|div|tr)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_BREAKS = frozenset(";\n|•·*!…")
_APOSTROPHES = frozenset("'`´")
_DASHES = str.maketrans("‐‑‒–—―−→’‘ʼ", "--------'''")
_LONGEST_PHRASE = 9


def clean(text: str) -> str:
    """Write a text with plain characters: entities, invisible signs and odd line ends replaced."""
    unescaped = _TAG.sub(" ", _LINE_TAG.sub("\n", html.unescape(text)))
    visible = unescaped.replace("\r\n", "\n").replace("\r", "\n").replace("\u00ad", "").replace("\u200b", "")
    visible = _SPACES.sub(" ", visible)
    return visible.replace("œ", "oe").replace("Œ", "OE")


def tokens_of(text: str) -> list[Token]:
    """Cut a cleaned text into tokens, the longest known phrase first."""
    plain = _plain(text)
    raw = [_raw_token(match) for match in _RAW.finditer(plain) if match.group() not in _APOSTROPHES]
    return _settle(list(_with_phrases(raw)))


def _plain(text: str) -> str:
    """Fold letter by letter, so that every place in the plain text is the same place in the text."""
    plain = "".join(_folded(letter) for letter in text.translate(_DASHES))
    return _RENDEZ_VOUS.sub(lambda match: "rdv".ljust(len(match.group())), plain)


def _folded(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    folded = " " if letter.isspace() else fold(letter)
    return folded if len(folded) == 1 else letter


def _raw_token(match: re.Match[str]) -> Token:
    name, word = str(match.lastgroup), match.group()
    token = Token(Kind.WORD, match.start(), match.end(), word)
    numbers = [int(digits[:6]) for digits in _DIGITS.findall(word)]
    match name:
        case "contact" | "all_day" | "always" | "ordinal" | "number":
            return replace(token, kind=Kind(name), number=numbers[0] if numbers else 0)
        case "week":
            return replace(token, kind=Kind.ALWAYS, word="24/7")
        case "clock":
            return _clock(token, numbers)
        case "iso" | "full_date" | "date":
            return _date(token, name, numbers)
    return _mark(token) if name == "mark" else token


def _clock(token: Token, numbers: list[int]) -> Token:
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    is_time = minute < HOUR and hour * HOUR + minute <= DAY
    return replace(token, kind=Kind.TIME, number=hour * HOUR + minute) if is_time else token


def _date(token: Token, name: str, numbers: list[int]) -> Token:
    if name == "iso":
        year, month, day = numbers
    else:
        day, month, year = (*numbers, 0)[:3]
    century = 20 * _CENTURY if 0 < year < _CENTURY else 0
    return replace(token, kind=Kind.DATE, date=(year + century, month, day))


def _mark(token: Token) -> Token:
    if token.word in _BREAKS:
        return replace(token, kind=Kind.BREAK)
    if token.word == ":":
        return replace(token, kind=Kind.COLON)
    if token.word in {"&", "+"}:
        return replace(token, kind=Kind.AND)
    return replace(token, kind=Kind.MARK if token.word in ",/-.()[]" else Kind.WORD)


def _with_phrases(raw: list[Token]) -> Iterator[Token]:
    place = 0
    while place < len(raw):
        length, entry = _longest(raw, place)
        if entry is None:
            yield _perhaps_a_day(_misspelt_day(raw[place]))
        else:
            whole = replace(raw[place], end=raw[place + length - 1].end)
            words = " ".join(token.word for token in raw[place : place + length])
            yield replace(whole, kind=entry.kind, number=entry.number, word=entry.word or whole.word, words=words)
        place += length


def _longest(raw: list[Token], place: int) -> tuple[int, Entry | None]:
    branch = TREE
    best: tuple[int, Entry | None] = (1, None)
    for length, token in enumerate(raw[place : place + _LONGEST_PHRASE * 2], start=1):
        if _is_hyphen(raw, place + length - 1) and length > 1:
            continue
        following = branch.following.get(token.word)
        if following is None:
            break
        branch, best = following, (length, following.entry) if following.entry else best
    return best


def _is_hyphen(raw: list[Token], place: int) -> bool:
    """Tell a hyphen inside a word (`rendez-vous`) from a dash between two."""
    if raw[place].word != "-" or not 0 < place < len(raw) - 1:
        return False
    return raw[place - 1].end == raw[place].start and raw[place].end == raw[place + 1].start


def _misspelt_day(token: Token) -> Token:
    """Read `mecredi` as Wednesday: one day only must look like the word, and very much so."""
    if (
        token.kind is not Kind.WORD
        or not _SHORTEST <= len(token.word) <= _LONGEST
        or not token.word.rstrip("s").endswith("i")
    ):
        return token
    close = [
        number
        for number, day in enumerate(LONG_DAYS)
        if token.word[0] == day[0] and SequenceMatcher(None, token.word.rstrip("s"), day).ratio() >= _LIKENESS
    ]
    return replace(token, kind=Kind.DAY, number=close[0], corrected=True) if len(close) == 1 else token


def _perhaps_a_day(token: Token) -> Token:
    """Doubt all days where a word may be any of them: "mardi et rnercredi"."""
    if token.kind is not Kind.WORD or not _SHORTEST - 1 <= len(token.word) <= _LONGEST:
        return token
    is_close = any(SequenceMatcher(None, token.word, day).ratio() >= _LOOSE_LIKENESS for day in LONG_DAYS)
    return replace(token, kind=Kind.OTHERS) if is_close else token


def _settle(tokens: list[Token]) -> list[Token]:
    """Decide what depends on the neighbours: short days, and full stops that end nothing."""
    settled: list[Token] = []
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.word == "m" and _is_among_letters(tokens, place):
            # "L M J V": nobody says whether M is Tuesday or Wednesday.
            settled.append(replace(token, kind=Kind.OTHERS))
        elif token.word == "*" and settled and settled[-1].kind is not Kind.BREAK:
            # A star begins a line; elsewhere it points to words that stand somewhere else.
            settled.append(replace(token, kind=Kind.WORD))
        elif token.kind is Kind.SHORT_DAY:
            settled.append(_short_day(token, settled, following))
        elif token.word == "." and token.kind is Kind.MARK:
            settled += _full_stop(token, settled)
        else:
            settled.append(token)
    return settled


def _is_among_letters(tokens: list[Token], place: int) -> bool:
    """Tell whether short days stand beside a letter, with or without a sign between."""
    return any(
        abs(step) == 1 or tokens[place + step // 2].kind in {Kind.MARK, Kind.AND}
        for step in (-2, -1, 1, 2)
        if 0 <= place + step < len(tokens) and tokens[place + step].kind in {Kind.SHORT_DAY, Kind.OTHERS}
    )


_AFTER_SHORT_DAY = frozenset({Kind.SHORT_DAY, Kind.TIME, Kind.COLON, Kind.MARK, Kind.TO, Kind.AND, Kind.DAY})


def _short_day(token: Token, before: list[Token], following: Token | None) -> Token:
    """Take `lu` or `L` for a day among days only; elsewhere `ma`, `me`, `l'` are ordinary words."""
    is_glued = following is not None and following.start == token.end and len(token.word) == 1
    if is_glued and following is not None and following.kind in {Kind.TIME, Kind.NUMBER}:
        # "l3h30" is a misread 13h30, and no Monday.
        return replace(token, kind=Kind.WORD)
    if token.word in {"l", "d"} and following is not None and following.kind not in _AFTER_SHORT_DAY:
        return replace(token, kind=Kind.ARTICLE)
    if before and before[-1].kind is Kind.NUMBER and before[-1].end == token.start:
        return replace(token, kind=Kind.WORD)
    among = following is not None and following.kind in _AFTER_SHORT_DAY
    after = bool(before) and before[-1].kind in {Kind.MARK, Kind.DAY, Kind.TO, Kind.AND}
    return replace(token, kind=Kind.DAY if among or after else Kind.WORD)


def _full_stop(token: Token, before: list[Token]) -> list[Token]:
    ends_nothing = bool(before) and before[-1].end == token.start and before[-1].word in ABBREVIATIONS
    return [] if ends_nothing else [replace(token, kind=Kind.BREAK)]
