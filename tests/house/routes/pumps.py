"""Texts that make a regular expression slow if anything can: made from its own parts, and from what people type."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LENGTH = 40_000
SHORTER = 8
"""How much shorter the texts are of which each expression is asked first."""
TYPED = (" ", "\n", "\t", "\u00a0", "a", "Đ", "ạ", "1", "0", ".", ",", "-", "_", "/", "(", ")", "[", "“", '"', "'", "*",
         "|", "@", "<", "…", ":", ";", "#", "\\", "`", "~", "\u0301", "\u0323", "1.", "a ", " .", "a)", "- ", "a.",
         "\n\n", " \n", "Điều 1. ")  # fmt: skip
"""Signs and small texts of which somebody can send tens of thousands."""
AROUND = (("", ""), ("", "\n\x00"), ("z", "\x00z"))
"""What stands before and behind: nothing, what breaks a match at the very end, and at the beginning too."""
MOST_UNITS = 40


@dataclass(frozen=True)
class Pump:
    """A small text and what stands before and behind it, when it stands there over and over."""

    unit: str
    before: str
    behind: str

    def text(self, length: int) -> str:
        """Some `length` letters of it; more of a unit of several."""
        return self.before + self.unit * max(length // len(self.unit), length * 2 // 5) + self.behind


def pumped(pattern: Any, flags: int) -> Iterator[Pump]:
    """What becomes long texts for one expression: each small text of its own and of TYPED, with what is around it."""
    units = dict.fromkeys((*list(own_units(pattern, flags))[:MOST_UNITS], *TYPED))
    return (Pump(unit, before, behind) for unit, (before, behind) in product(units, AROUND))


def own_units(pattern: Any, flags: int) -> Iterator[str]:
    """Small texts that the parts of an expression match: each sign of its classes, each part, and each beginning."""
    tree = parser.parse(pattern, flags)
    seen: dict[str, None] = {}
    for unit in (*_signs(tree), *_beginnings(tree)):
        if unit and len(unit) <= 40:
            seen.setdefault(unit)
    return iter(seen)


def _beginnings(tree: Iterable[Any]) -> Iterator[str]:
    """What the parts of a sequence match, one after the other, and the same of the parts within."""
    so_far = ""
    for part in tree:
        yield from (each for inner in _inner(part) for each in _beginnings(inner))
        matched = _sample(part)
        yield matched
        so_far += matched
        yield so_far


def _signs(tree: Iterable[Any]) -> Iterator[str]:
    for part in tree:
        if part[0] in {codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY}:
            yield from _members(part)
        for inner in _inner(part):
            yield from _signs(inner)


def _inner(part: Any) -> list[Any]:
    """The sequences within a part."""
    code, given = part
    if code is codes.BRANCH:
        return list(given[1])
    if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        return [given[2]]
    if code is codes.SUBPATTERN:
        return [given[-1]]
    if code in {codes.ASSERT, codes.ASSERT_NOT}:
        return [given[1]]
    return [given] if code is codes.ATOMIC_GROUP else []


def _sample(part: Any) -> str:
    """A short text that a part matches, roughly: what stands around it is not looked at."""
    code, given = part
    if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        return "".join(map(_sample, given[2])) * max(1, min(given[0], 40))
    if code is codes.BRANCH:
        return "".join(map(_sample, given[1][0]))
    if code is codes.SUBPATTERN:
        return "".join(map(_sample, given[-1]))
    if code is codes.ASSERT:
        return ""
    return next(iter(_members(part)), "")


def _members(part: Any) -> list[str]:
    """Some signs that a sign or a class of the expression matches."""
    code, given = part
    if code is codes.LITERAL:
        return [chr(given)]
    if code is codes.ANY:
        return ["a"]
    if code is codes.NOT_LITERAL:
        return [sign for sign in "a 1." if ord(sign) != given][:2]
    if code is not codes.IN:
        return []
    negated = given[0][0] is codes.NEGATE
    signs = [sign for sign in "a1 .-(\n\u0301ạ,“" if _in_class(sign, given) is not negated]
    literal = [chr(value) for kind, value in given if kind is codes.LITERAL]
    return (signs if negated else [*signs[:4], *literal])[:6]


def _in_class(sign: str, given: Iterable[Any]) -> bool:
    for kind, value in given:
        if kind is codes.LITERAL and ord(sign) == value:
            return True
        if kind is codes.RANGE and value[0] <= ord(sign) <= value[1]:
            return True
        if kind is codes.CATEGORY and re.fullmatch(_CATEGORIES[value], sign):
            return True
    return False


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}
