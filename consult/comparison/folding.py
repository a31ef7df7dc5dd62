"""Text as a comparison sees it: words, without what only printers and programs make different.

White space, the Unicode form, where a tone mark stands (hoà, hòa), the shape of quotation marks and dashes, the marks
of notes in consolidated texts and the sign at the very end of a provision are not words. All else is: a comma inside
a sentence can change the law.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from consult.text import normal

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
LETTER = r"(?:[^\W_]|[\u0300-\u036f])"
# Numbers keep their points (200.000, 01:30) and citations their strokes (08/2022/NĐ-CP) inside one word.
WORD = rf"{LETTER}+(?:(?:(?<=\d)[.,:](?=\d)|[/-](?={LETTER})){LETTER}+)*"

_TOKEN = re.compile(rf"{WORD}|[._]{{3,}}|[^\w\s]|_")
_SIGNS = str.maketrans(
    dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"…": "...", "\u00a0": " "}
) | {0xD0: 0x110, 0xF0: 0x111}  # eth, which looks like the Vietnamese letter
_ENDS = frozenset(".,;:/\"'")
_NOTE_MARK = re.compile(r"\[\d{1,3}\]|(?<=[^\W\d_]{2})(?<!\bkm)(?<!\b[cdm]m)[⁰¹²³⁴-⁹]+|(?<=[.,;:)\"'])[⁰¹²³⁴-⁹]+")
_GLUED_NUMBER = re.compile(r"(?:(?<=[^\W\d_A-Z]{2})|(?<=\D[,;)]))(\d{1,3})(?=[\s.,;:)\"']|$)")
_GLUED_TO_TITLE = re.compile(r"(?<=[^\W\d_]{2})(\d{1,3})(?=\s|$)")
_FIRST_NUMBER = re.compile(r"(\d{1,3})\s+(?=[^\W\d_]|\()")
_UNITS_OF_MEASURE = frozenset({"km", "cm", "dm", "mm", "hm"})
_DIGIT = re.compile(r"\d")


class Word(NamedTuple):
    """One word or sign: as it is compared, and as it is written."""

    key: str
    written: str


def words_of(text: str, notes: frozenset[str] = frozenset(), title: bool = False) -> list[Word]:
    """The words of a text; `notes` are the numbers of the notes of its document, whose marks are left out.

    The capitals of a `title` are its looks, not its words.
    """
    if not text:
        return []
    plain = normal("NFC", text).translate(_SIGNS)
    plain = _NOTE_MARK.sub("", plain)
    if notes:
        plain = without_numbers_of_notes(plain, notes, _GLUED_TO_TITLE if title else _GLUED_NUMBER)
    found = [Word(key_of(word), word) for word in _TOKEN.findall(plain)]
    if title:
        found = [Word(word.key.casefold(), word.written) for word in found]
    while found and found[-1].key in _ENDS:
        found.pop()
    return found


def without_numbers_of_notes(text: str, notes: frozenset[str], glued: re.Pattern[str] = _GLUED_NUMBER) -> str:
    """`text` without the numbers of notes that lost their raised place: "y tế16", "chiến lược,8 kế hoạch"."""

    def kept(found: re.Match[str]) -> str:
        before = text[max(0, found.start() - 3) : found.start()].split()
        measured = bool(before) and before[-1].lower() in _UNITS_OF_MEASURE
        return found[0] if found[1] not in notes or measured else ""

    first = _FIRST_NUMBER.match(text)
    if first and first[1] in notes and not text[first.end()].islower():
        return glued.sub(kept, text)[first.end() :]
    return glued.sub(kept, text)


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """The spelling under which a word is compared: its letters, then its tone."""
    if word[:3] in ("...", "___", "._.", "_._"):
        return "..."
    decomposed = normal("NFKD", word)
    tones = "".join(sorted(sign for sign in decomposed if sign in TONES))
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if sign not in TONES)) + tones


def has_digit(word: Word) -> bool:
    """Whether there is a digit in it."""
    return _DIGIT.search(word.key) is not None
