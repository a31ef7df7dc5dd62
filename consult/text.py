"""Text as it is stored (NFC), as it is compared (folded) and as it is looked for (searched), and days as people write
them."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from itertools import filterfalse
from typing import Literal

_D_LETTERS = str.maketrans({"đ": "d", "Đ": "d", "Ð": "d", "ð": "d"})
_BOTH_CASES = str.maketrans({"đ": "d", "Đ": "D"})
# Control characters of both sets, and the code points that Unicode keeps for no character: HTML and XML refuse them.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 17))
    + "]"
)
_COMMUNE = re.compile(r"(xã|phường|thị trấn|đặc khu)\s", re.IGNORECASE)
_WRITTEN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
# Marks upon one letter are put in order one by one: so many of them that it takes hours are no writing. Joined by a
# sign without a look, as Unicode has it for texts in streams (UAX 15), they stay what they are, thirty at a time.
_MARK = r"[^\w\s\x00-\u02ff]"
# The first one by itself: the search for it is then a plain one, and what everybody types has none.
_PILE = re.compile(f"{_MARK}{_MARK}{{30,}}")
_MOST_MARKS = 30
_JOINER = "\u034f"
# Signs that turn the direction of writing around, so that a name reads otherwise than it is and what follows it too.
DIRECTION_MARKS = "\u061c\u200e\u200f"
# Those of them that reach beyond their neighbours.
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TURNING = re.compile(rf"[{DIRECTION_MARKS}{OVERRIDES}]")
# What fills a place and shows nothing, some of it a letter to Unicode; then what only changes how its neighbour looks.
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
_UNSEEN_BLANKS = re.compile(rf"[\u200b\u2060-\u2064\ufeff{FILLERS}]")
_UNSEEN = re.compile(r"[\u00ad\u034f\u17b4\u17b5\u180b-\u180f\u206a-\u206f\ufe00-\ufe0f\U000e0000-\U000e0fff]")
SHOWS_NOTHING = (
    rf"[{DIRECTION_MARKS}{OVERRIDES}{FILLERS}{_UNSEEN.pattern[1:-1]}{_UNSEEN_BLANKS.pattern[1:-1]}\u200c\u200d]"
)
"""A sign that shows nothing by itself, as a part of an expression."""
_NOTHING = re.compile(rf"(?:\s|{_TURNING.pattern}|{_UNSEEN_BLANKS.pattern}|{_UNSEEN.pattern}|[\u200c\u200d])*")
# One vowel is written in two ways where a word ends with it behind consonants, and behind qu: kỹ or kĩ, lý or lí, quý
# or quí. Anywhere else the letters are other sounds: thuý and thúi, tay and tai, ý and i.
_BEHIND_CONSONANTS = r"(?<![^\W_])(?:[bcdđghklmnpqrstvx]{{1,3}}{0}(?![^\W_])|qu{0})"
_WITH_Y, _WITH_I = (re.compile(_BEHIND_CONSONANTS.format(letter)) for letter in "yi")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORDS = re.compile(r"[^\W_]+")


def normal(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """`text` in a normal form of Unicode, in a time that grows with its length only, whatever stands in it."""
    if text.isascii():
        return text
    return unicodedata.normalize(form, _PILE.sub(_unpiled, text))


def _unpiled(found: re.Match[str]) -> str:
    pieces: list[str] = []
    marks = 0
    for sign in found[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > _MOST_MARKS:
            pieces.append(_JOINER)
            marks = 1
        pieces.append(sign)
    return "".join(pieces)


def printable(text: str) -> str:
    """`text` without the control characters that no page or file can carry."""
    # Nearly every text is without them, and Python sees that much sooner than an expression does.
    return text if text.replace("\n", " ").isprintable() else _CONTROL.sub("", text)


def stored(text: str) -> str:
    """`text` in NFC, with lines ended by a line feed, as far as it is printable; nothing of what only looks empty."""
    if not text:
        return ""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = printable(normal("NFC", unified)).strip()
    return "" if not kept.isascii() and _NOTHING.fullmatch(kept) else kept


def folded(text: str) -> str:
    """`text` as every search engine and comparison sees it: without accents, tone marks or case, đ as d.

    Letters of other scripts are kept, so that folding never empties a name.
    """
    decomposed = normal("NFKD", text.translate(_D_LETTERS))
    bare = "".join(filterfalse(unicodedata.combining, decomposed))
    return normal("NFC", bare).casefold()


def searched(text: str) -> str:
    """`text` as it is looked for, by every engine, list and name: folded, and with one letter for what is written with
    i by some and with y by others."""
    return _with_i(folded(text))


@lru_cache(maxsize=20_000)
def accented(word: str) -> str:
    """`word` as `searched` has it, but with its accents: the tone mark stands behind the letters, so that the old and
    the new placement are one. What is written as it was typed comes before what is only found."""
    decomposed = normal("NFD", word.casefold())
    letters = "".join(sign for sign in decomposed if sign not in _TONES)
    return _with_i(normal("NFC", letters)) + "".join(sign for sign in decomposed if sign in _TONES)


def accented_words(text: str) -> frozenset[str]:
    """The words of `text` that are written with accents, as `accented` has them."""
    words = {accented(word) for word in _WORDS.findall(normal("NFC", text))}
    return frozenset(word for word in words if word != searched(word))


def searched_pattern(text: str) -> str:
    """`text` as a pattern of LIKE (with a backslash before its signs) for what is stored folded and may be written in
    either way; it finds too much, which `searched` tells."""
    escaped = re.sub(r"([%_\\])", r"\\\1", searched(text))
    return f"%{_WITH_I.sub(lambda found: found[0][:-1] + '_', escaped)}%"


def _with_i(text: str) -> str:
    return _WITH_Y.sub(lambda found: found[0][:-1] + "i", text)


def in_ascii(text: str) -> str:
    """`text` in the nearest letters of ASCII, with their case; what has none there is left out."""
    return normal("NFKD", text.translate(_BOTH_CASES)).encode("ascii", "ignore").decode()


def unturned(text: str) -> str:
    """`text` as it is shown among other words: without signs that turn what follows them around; the same object where
    there are none."""
    if text.isascii() or not any(sign in text for sign in OVERRIDES):
        return text
    return "".join(sign for sign in text if sign not in OVERRIDES)


def one_line(text: str) -> str:
    """`text` in NFC with every run of white space as one space, for names and titles: without signs that turn the line
    or are not seen."""
    kept = stored(text)
    if not kept.isascii():
        kept = _UNSEEN_BLANKS.sub(" ", _UNSEEN.sub("", _TURNING.sub("", kept)))
    return " ".join(kept.split())


def says_commune(words: str) -> bool:
    """Whether words begin as the name of a commune does, and no person's: "xã Côn Minh", but not "Xa Thị Mai"."""
    return bool(_COMMUNE.match(words))


def within_phrase(name: str) -> str:
    """A commune's name inside a phrase, where its kind is written small: "Xã Côn Minh" in "Công dân xã Côn Minh"."""
    return name[:1].lower() + name[1:]


def blank(text: str | None) -> bool:
    """Whether nothing is said: no letter or digit at all."""
    return not text or not any(letter.isalnum() and letter not in FILLERS for letter in text)


def slug_of(text: str, limit: int = 60) -> str:
    """An ASCII slug of at most `limit` characters, cut between words; empty when nothing is left."""
    words = re.findall(r"[a-z0-9]+", folded(text).encode("ascii", "ignore").decode())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > limit:
            break
        slug = longer
    return slug


def day_of(typed: str) -> date | None:
    """The day in a text, as a browser sends it (2026-11-23) or as people write it (23/11/2026); None for anything
    else, and for years outside 1900 to 2199, which are no day of a matter."""
    typed = one_line(typed)
    written = _WRITTEN_DAY.fullmatch(typed)
    try:
        day = date(int(written[3]), int(written[2]), int(written[1])) if written else date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 1900 <= day.year < 2200 else None
