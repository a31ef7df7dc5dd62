"""Points that stand in one paragraph with what holds them: "1. … gồm: a) …; b) …; c) …".

They are read as points only where that is sure: the paragraph begins with a number, the first letter stands behind a
colon and every other behind a semicolon, all in order, none is cited, and nothing stands behind the last. Everything
else that looks so is text, with a doubt.
"""

from __future__ import annotations

import re
from itertools import islice

from consult.outline.blocks import Doubt
from consult.outline.grammar.labels import distance
from consult.outline.grammar.markers import CLOSING_QUOTES, OPENING_QUOTES, unit_at
from consult.outline.text.characters import CAPITALS

DOUBT = Doubt("points_inside_line", "letters that look like points stand within a line, taken for text")

_LETTER = re.compile(r"(?P<sign>[:;])\s*(?:(?:và|hoặc)\s+)?(?P<label>[a-zđ])\)\s*(?=[^\s,;.:)])")
_MOST = 100
"""Letters that are looked at in one paragraph."""
_HOLDERS = frozenset({"article", "clause", "decimal"})
_CALLED_FOR = re.compile(r"\b(?:điểm|khoản|tại|theo|của)\s*$", re.IGNORECASE)
_CITES = re.compile(r"(?:khoản|điều|điểm|và|hoặc)\b", re.IGNORECASE)
_GOES_ON = re.compile(rf"[.?!]\s+[{CAPITALS}]")
_QUOTES_AND_BRACKETS = re.compile(f'[{OPENING_QUOTES}{CLOSING_QUOTES}"()]')


def cuts(text: str) -> list[int]:
    """Where the points of a paragraph begin; none where it has none, or it is not sure."""
    found, whole = _letters(text)
    return [matched.start("label") for matched in found] if found and whole and _is_sure(text, found) else []


def is_doubtful(text: str) -> bool:
    """Whether there may be points in a paragraph which are not read as such."""
    return bool(_letters(text)[0]) and not cuts(text)


def _letters(text: str) -> tuple[list[re.Match[str]], bool]:
    """The letters that count on from a, two or more; and whether there are no others."""
    found: list[re.Match[str]] = []
    if "a)" not in text or "b)" not in text:
        return found, False
    looked = list(islice(_LETTER.finditer(text), _MOST))
    for matched in looked:
        last = found[-1]["label"] if found else None
        sign = ";" if found else ":"
        if matched["sign"] == sign and distance(last, matched["label"], "point") == 1:
            found.append(matched)
    return (found, len(found) == len(looked)) if len(found) > 1 else ([], False)


def _is_sure(text: str, found: list[re.Match[str]]) -> bool:
    unit = unit_at(text)
    if unit is None or unit.kind not in _HOLDERS or _GOES_ON.search(text, found[-1].end()):
        return False
    if _QUOTES_AND_BRACKETS.search(text, 0, found[-1].end() - 2) and _is_enclosed(text, found):
        return False
    return not any(
        _CALLED_FOR.search(text[max(0, one.start() - 20) : one.start()]) or _CITES.match(text, one.end())
        for one in found
    )


def _is_enclosed(text: str, found: list[re.Match[str]]) -> bool:
    """Whether one of the letters stands in a quotation or in brackets; the bracket of a letter closes none."""
    for one in found:
        before = _LETTER.sub(";", text[: one.start()])
        opened = sum(before.count(sign) for sign in OPENING_QUOTES) > sum(before.count(sign) for sign in CLOSING_QUOTES)
        if opened or before.count("(") > before.count(")") or before.count('"') % 2:
            return True
    return False
