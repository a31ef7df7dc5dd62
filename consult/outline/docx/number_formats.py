"""How Word prints a list number: 4 as "4", "d", "D", "iv", "IV", "04"."""

from __future__ import annotations

import re
from collections.abc import Callable

_PADDED = re.compile(r"0{1,8}1,.{0,80}")
LARGEST = 9_999  # Word itself stops at 32,767; beyond this a number is printed in plain digits

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


_WORDS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def format_number(number: int, number_format: str) -> tuple[str, bool]:
    """Return `number` as Word prints it in `number_format`, and whether that format is known here.

    An unknown format (ideographs, words) gives plain digits and False, so that the caller can raise a doubt.
    `lowerLetter` is the Latin alphabet, because that is what Word prints, also in a Vietnamese document.
    """
    if number_format in ("none", "bullet"):
        return "", True
    if _PADDED.fullmatch(number_format):
        return padded(number, number_format), True
    if not 0 < number <= LARGEST:
        return str(number), number_format in _FORMATS
    formatter = _FORMATS.get(number_format)
    return (formatter(number), True) if formatter else (str(number), False)


def vietnamese(number: int) -> str:
    """21 is "hai mươi mốt"; digits from 100 on."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    if tens == 0:
        return _WORDS[ones]
    last = "mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 else _WORDS[ones]
    return f"{'mười' if tens == 1 else _WORDS[tens] + ' mươi'} {last}".strip()


def padded(number: int, example: str) -> str:
    """A number with as many digits as the first of "001, 002, 003, ..." (`w:format` of a format of one's own)."""
    return str(number).zfill(len(example.split(",")[0].strip()))


def letters(number: int) -> str:
    """1 is "a", 26 "z", 27 "aa", 28 "bb": Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def roman(number: int) -> str:
    """4 is "IV"."""
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def ordinal(number: int) -> str:
    """1 is "1st", as Word prints it in English."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda number: str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalFullWidth2": lambda number: str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "numberInDash": lambda number: f"- {number} -",
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": lambda number: roman(number).lower(),
    "upperRoman": roman,
    "ordinal": ordinal,
    "vietnameseCounting": vietnamese,
}
