"""The number in a spreadsheet cell, written as a person reads it: dates, times, percentages, codes with zeros.

What a spreadsheet destroyed cannot be mended here: a SIRET kept as 2.601E+13 gives its fourteen digits, and the row
says that the cell was a number.
"""

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from functools import lru_cache

_FIFTEEN_DIGITS = 15
_LONGEST_NUMBER = 24
_FIRST_DAY, _FIRST_DAY_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  # a cell knows no zone
_LAST_SERIAL = 2_958_465
_FALSE_LEAP_DAY = 60
_SECONDS = 86_400
_BUILT_IN = {9: "0%", 10: "0.00%", **dict.fromkeys((14, 15, 16, 17), "yyyy-mm-dd"), 22: "yyyy-mm-dd hh:mm"}
_BUILT_IN |= dict.fromkeys((18, 19, 20, 21, 45, 47), "hh:mm")
_BUILT_IN |= {46: "[h]:mm"} | dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd")
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[h+\]", re.IGNORECASE)
_MASK = re.compile(r"[0# .\-]*0[0# .\-]*")
_ISO_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?Z?")
_QUOTED_SPACES = re.compile(r'"([ .\-]*)"|\\([ .\-])')


class Kind(Enum):
    """What a number format shows."""

    NUMBER = auto()
    PERCENTAGE = auto()
    DAY = auto()
    TIME = auto()
    DAY_AND_TIME = auto()
    ELAPSED = auto()
    MASK = auto()


def built_in_format(number: int) -> str:
    """Give the format behind a number that workbooks do not spell out."""
    return _BUILT_IN.get(number, "")


@lru_cache(maxsize=1024)
def kind_of_format(code: str) -> Kind:
    """Tell what a number format shows."""
    if _ELAPSED.search(code):
        return Kind.ELAPSED
    signs = _BRACKETS.sub("", _LITERALS.sub("", code)).split(";")[0].lower().replace("general", "")
    has_day = "y" in signs or "d" in signs or ("m" in signs and "h" not in signs and "s" not in signs)
    has_time = "h" in signs or "s" in signs
    if has_day:
        return Kind.DAY_AND_TIME if has_time else Kind.DAY
    if has_time:
        return Kind.TIME
    if "%" in signs:
        return Kind.PERCENTAGE
    mask = _mask(code)
    return Kind.MASK if mask.count("0") + mask.count("#") > 1 and "." not in mask else Kind.NUMBER


def _mask(code: str) -> str:
    """Give a format that only places digits (a postal code, a phone), nothing for another."""
    bare = _QUOTED_SPACES.sub(lambda found: found[1] or found[2] or "", _BRACKETS.sub("", code.split(";", 1)[0]))
    return bare if _MASK.fullmatch(bare) else ""


def number_as_text(written: str, code: str = "", *, from_1904: bool = False) -> tuple[str, bool]:
    """Write the number of a cell as it is read on screen; tell whether it still is a number."""
    try:
        value = Decimal(format(float(written), f".{_FIFTEEN_DIGITS}g"))
    except (ValueError, InvalidOperation, OverflowError):
        return written, False
    if not value.is_finite():
        return written, False
    return _shown(value, code, from_1904=from_1904)


def _shown(value: Decimal, code: str, *, from_1904: bool) -> tuple[str, bool]:
    kind = kind_of_format(code) if code else Kind.NUMBER
    match kind:
        case Kind.DAY | Kind.DAY_AND_TIME | Kind.TIME if 0 <= value <= _LAST_SERIAL:
            return _moment(value, kind, from_1904=from_1904), False
        case Kind.ELAPSED if 0 <= value <= _LAST_SERIAL:
            minutes = round(value * _SECONDS) // 60
            return f"{minutes // 60:02}:{minutes % 60:02}", False
        case Kind.PERCENTAGE:
            return f"{plain_number(value * 100)}%", False
        case Kind.MASK if value == value.to_integral_value() and value >= 0:
            return _masked(plain_number(value), _mask(code)), True
    return plain_number(value), True


def plain_number(value: Decimal) -> str:
    """Write a number without exponent and without idle zeros."""
    if value == value.to_integral_value():
        value = value.quantize(Decimal(1)) if value.adjusted() < _LONGEST_NUMBER else value
    text = format(value, "f") if -_LONGEST_NUMBER < value.adjusted() < _LONGEST_NUMBER else str(value)
    bare = text.rstrip("0").rstrip(".") if "." in text and "E" not in text else text
    return "0" if bare in {"-0", ""} else bare


def _moment(value: Decimal, kind: Kind, *, from_1904: bool) -> str:
    first = _FIRST_DAY_OF_1904 if from_1904 else _FIRST_DAY
    # Spreadsheets believe that 1900 was a leap year.
    early = 1 if not from_1904 and 0 < value < _FALSE_LEAP_DAY else 0
    moment = first + timedelta(days=early, seconds=round(value * _SECONDS))
    time = moment.strftime("%H:%M:%S").removesuffix(":00")
    if kind is Kind.TIME:
        return time if value < 1 else f"{moment:%Y-%m-%d} {time}"
    has_time = kind is Kind.DAY_AND_TIME and time != "00:00"
    return f"{moment:%Y-%m-%d} {time}" if has_time else f"{moment:%Y-%m-%d}"


def moment_as_text(written: str) -> str:
    """Shorten an ISO moment as those of numbers are: no midnight, no idle seconds."""
    found = _ISO_MOMENT.fullmatch(written)
    if not found:
        return written
    day, time, seconds = found[1], found[2], found[3] or ""
    bare = time + ("" if seconds in {"", ":00"} else seconds)
    return day if bare == "00:00" else f"{day} {bare}"


def _masked(digits: str, mask: str) -> str:
    """Place digits from the right, as 325391234 in `0# ## ## ## ##` gives 03 25 39 12 34."""
    left = list(digits)
    shown: list[str] = []
    for sign in reversed(mask):
        if sign not in "0#":
            shown.append(sign)
        elif left:
            shown.append(left.pop())
        elif sign == "0":
            shown.append("0")
    return "".join(left) + "".join(reversed(shown)).lstrip(" .-")
