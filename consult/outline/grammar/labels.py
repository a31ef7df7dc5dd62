"""Labels of provisions: what counts as one, what it is worth, and which comes after which.

Vietnamese drafting letters points with a b c d đ e g h i k l m n o p q r s t u v x y (ư is rare). Units put in later
carry a suffix, so that 12 < 12a < 12b < 12đ < 13 and d < đ < e: labels are never sorted as text.
"""

from __future__ import annotations

import re
import unicodedata

POINT_ALPHABET = "abcdđeghiklmnopqrstuvxy"
UNUSUAL_LETTERS = frozenset("fjwzăâêôơư")
ROMAN_KINDS = frozenset({"part", "chapter", "section", "subsection", "roman", "appendix", "alternative"})

_FULL_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_FULL_ALPHABET)}
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_ROMAN = re.compile(r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_TOKEN = re.compile(r"\d+|[^\W\d_]")
_UNFIT = re.compile(r"[^\w.]+|_+")
_LONE_DOT = re.compile(r"(?<!\d)\.|\.(?!\d)")
_ORDINALS = {
    "nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10,
}  # fmt: skip


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral up to 89, in any case; None when it is not one.

    C, D and M are left out on purpose: no document has ninety chapters, and they are common as plain letters.
    """
    lowered = text.lower()
    if not lowered or not _ROMAN.fullmatch(lowered):
        return None
    total = 0
    for letter, following in zip(lowered, f"{lowered[1:]} ", strict=True):
        value = _ROMAN_VALUES[letter]
        total += -value if _ROMAN_VALUES.get(following, 0) > value else value
    return total


def roman_prefix(label: str) -> str:
    """The longest beginning of `label`, in lower case, that is a Roman numeral ("iv" of "IVa"); may be empty."""
    lowered = label.lower()
    for end in range(len(lowered), 0, -1):
        if _ROMAN.fullmatch(lowered[:end]) and not lowered[end : end + 1].isdigit():
            return lowered[:end]
    return ""


def ordinal_value(words: str) -> int | None:
    """The number in "thứ nhất", "hai" … "thứ mười chín"; None for other words."""
    values = [_ORDINALS.get(word, 0) for word in words.lower().removeprefix("thứ").split()]
    if len(values) == 2 and values[0] == 10 and 0 < values[1] < 10:
        return 10 + values[1]
    return values[0] or None if len(values) == 1 else None


def canonical(kind: str, raw: str) -> str:
    """The one spelling of a label: NFC; numerals and single letters of headings in capitals, all else lower case.

    Dots stay only between digits; any other sign becomes "-". An empty label becomes "0".
    """
    label = unicodedata.normalize("NFC", unicodedata.normalize("NFC", raw).strip().lower())
    label = _LONE_DOT.sub("-", _UNFIT.sub("-", label)).strip("-")
    label = re.sub(r"-{2,}", "-", label) or "0"
    if kind in ROMAN_KINDS:
        prefix = roman_prefix(label)
        if prefix:
            return prefix.upper() + label[len(prefix) :]
        if len(label) == 1:
            return label.upper() if len(label.upper()) == 1 else label
    return label


def label_key(label: str, kind: str = "") -> tuple[tuple[int, int], ...]:
    """A sorting key, a total order over labels of one kind: numbers by value, letters by the Vietnamese alphabet."""
    lowered = unicodedata.normalize("NFC", label).lower()
    key: list[tuple[int, int]] = []
    if kind in ROMAN_KINDS:
        prefix = roman_prefix(lowered)
        if prefix:
            key.append((0, roman_value(prefix) or 0))
            lowered = lowered[len(prefix) :]
    for token in _TOKEN.findall(lowered):
        if token[0].isdigit():
            key.append((0, int(token[:18])))
        else:
            key.append((1, _LETTER_RANK.get(token, 1000 + ord(token[0]))))
    return tuple(key)


def distance(previous: str | None, label: str, kind: str = "") -> int | None:
    """How far `label` lies after `previous` among its siblings.

    1 means it is what comes next (12 → 13, 12 → 12a, 12a → 12b, 12đ → 13, d → đ, a → a1, c → cc); more means that some
    are missing; 0 that it is repeated; less that it goes back. `previous` None stands for the beginning. None means
    that the two cannot be compared (a letter beside a number).
    """
    new = label_key(label, kind)
    if not new:
        return None
    if previous is None:
        return _from_start(new)
    old = label_key(previous, kind)
    if new == old:
        return 0
    if not old or old[0][0] != new[0][0]:
        return None
    if new[0] == old[0]:
        doubled = len(old) == 1 and new == old * 2 and new[0][0] == 1
        return 1 if doubled else _among_inserted(old[1:], new[1:])
    steps = _steps(old[0], new[0])
    return steps if steps < 0 or len(new) == 1 else steps + _from_start(new[1:]) - 1


def is_unusual(label: str) -> bool:
    """Whether a point is lettered with f, j, w, z, ă, â, ê, ô, ơ or ư, which drafting rules do not use."""
    return bool(UNUSUAL_LETTERS & set(label.lower()))


def _from_start(key: tuple[tuple[int, int], ...]) -> int:
    first = key[0]
    if first[0] == 0:
        return first[1] if first[1] > 0 else 1
    return _steps((1, _LETTER_RANK["a"]), first) + 1


def _among_inserted(old: tuple[tuple[int, int], ...], new: tuple[tuple[int, int], ...]) -> int:
    if not old:
        return _from_start(new)
    if not new:
        return -1
    if new[0] == old[0]:
        return _among_inserted(old[1:], new[1:]) if new[1:] != old[1:] else 0
    if old[0][0] == new[0][0]:
        return _steps(old[0], new[0])
    return 1 if new[0] > old[0] else -1


def _steps(old: tuple[int, int], new: tuple[int, int]) -> int:
    if old[0] == 0:
        return new[1] - old[1]
    return _alphabet_place(new[1]) - _alphabet_place(old[1])


def _alphabet_place(rank: int) -> int:
    """The place of a letter among those in use; an unused one (f, j, w, z, ư) counts as the one before it plus one."""
    if rank >= 1000:
        return rank
    letter = _FULL_ALPHABET[rank]
    if letter in POINT_ALPHABET:
        return POINT_ALPHABET.index(letter)
    return sum(1 for used in POINT_ALPHABET if _LETTER_RANK[used] < rank)
