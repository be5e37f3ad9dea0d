"""Public ids: short, stable names made of a number, so that a number never used twice gives an id never used twice.

The way is a bijection between numbers and words of a fixed length: five letters for the first two million numbers,
six for the next forty-seven million, and so on. The alphabet has no vowel, so that no id is a word, and no pair that
looks alike (0/o, 1/l/i, 2/z, 5/s, 8/b, 9/g/q, u/v). The constants below are for ever: changing one changes every
address that stands in a letter or on a poster.
"""

from functools import lru_cache

ALPHABET = "3467cdfghjkmnprtvwx"
SHORTEST = 5
LONGEST = 10
_BASE = len(ALPHABET)
_DIGITS = {letter: digit for digit, letter in enumerate(ALPHABET)}
_FACTORS = (7_368_787, 9_576_890_767, 2_971_215_073)
_SHIFT = 1_234_577
# Factors prime to the base make a bijection; turning the word round between them hides the order of the numbers.


@lru_cache(maxsize=65_536)
def public_id(number: int) -> str:
    """Name the n-th thing of the directory, counting from 1."""
    if number < 1:
        message = f"public ids begin with number 1, not {number}"
        raise ValueError(message)
    rank, length = number - 1, SHORTEST
    while rank >= _BASE**length:
        rank -= _BASE**length
        length += 1
    for factor in _FACTORS:
        rank = _turn_round((rank * factor + _SHIFT) % _BASE**length, length)
    return _spell(rank, length)


def number_of(word: str) -> int | None:
    """Tell which number a public id names; None when it is no public id."""
    length = len(word)
    if not SHORTEST <= length <= LONGEST or any(letter not in _DIGITS for letter in word):
        return None
    size, rank = _BASE**length, _value(word)
    for factor in reversed(_FACTORS):
        rank = (_turn_round(rank, length) - _SHIFT) * _inverse(factor, size) % size
    number: int = rank + 1 + sum(_BASE**shorter for shorter in range(SHORTEST, length))
    return number


@lru_cache(maxsize=64)
def _inverse(factor: int, size: int) -> int:
    """Give the factor that undoes another one, as `pow` does but with its type."""
    inverse: int = pow(factor, -1, size)
    return inverse


def _spell(value: int, length: int) -> str:
    letters = []
    for _ in range(length):
        value, digit = divmod(value, _BASE)
        letters.append(ALPHABET[digit])
    return "".join(reversed(letters))


def _value(word: str) -> int:
    value = 0
    for letter in word:
        value = value * _BASE + _DIGITS[letter]
    return value


def _turn_round(value: int, length: int) -> int:
    turned = 0
    for _ in range(length):
        value, digit = divmod(value, _BASE)
        turned = turned * _BASE + digit
    return turned
