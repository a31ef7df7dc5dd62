"""Paths: the addresses of provisions, the same in `id`, `?tai=`, the API and JSON.

A path is segments joined by dots; a segment is a prefix for the kind, and the label: `d12a.k3.pdd` is điểm đ khoản 3
Điều 12a. How a label is written so that it can be read back:

- đ is `dd`; between two letters that would otherwise run together stands `_` (a typed doubled d is `d_d`; in points
  and wherever a letter is doubled; never inside a Roman numeral);
- a dot between numbers is `_` (`n1_2`), and `_` also stands between a letter and a number after it (`pa_1`);
- a second sibling with the same path carries `~2`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from consult.outline.grammar.labels import ROMAN_KINDS, canonical, roman_prefix

PREFIXES = {
    "body": "b",
    "appendix": "pl",
    "form": "f",
    "article": "d",
    "clause": "k",
    "point": "p",
    "part": "ph",
    "chapter": "c",
    "section": "m",
    "subsection": "tm",
    "roman": "r",
    "decimal": "n",
    "alternative": "a",
    "quoted": "q",
    "paragraph": "x",
    "table": "t",
    "footnote": "fn",
    "picture": "h",
}
COUNTED_KINDS = frozenset({"body", "quoted", "paragraph", "table", "footnote", "picture"})

_SEGMENT = re.compile(r"([^~]+)(?:~([2-9]|[1-9]\d+))?")
_SIMPLE = {
    "d": "article", "k": "clause", "c": "chapter", "m": "section", "r": "roman", "n": "decimal", "a": "alternative",
}  # fmt: skip
_COUNTED = {"b": "body", "q": "quoted", "x": "paragraph", "t": "table", "fn": "footnote", "h": "picture"}
_COUNTED_SEGMENT = re.compile(r"(b|q|x|t|fn|h)([1-9]\d*)")


class BadPath(ValueError):
    """A text that is not a path."""


class Step(NamedTuple):
    """One segment read back: the kind, the label in its canonical spelling, and 2 or more for a repeated one."""

    kind: str
    label: str
    repeat: int = 1


def segment(kind: str, label: str, repeat: int = 1) -> str:
    """The segment for a provision of `kind` with `label` (any spelling); `repeat` 2 gives `~2`."""
    written = f"{PREFIXES[kind]}{_encode(kind, canonical(kind, label))}"
    return f"{written}~{repeat}" if repeat > 1 else written


def join(parent: str, child: str) -> str:
    """The path of `child` (a segment) under `parent` (a path, empty for the document itself)."""
    return f"{parent}.{child}" if parent else child


def parse(path: str) -> list[Step]:
    """The steps of a path, outermost first; `BadPath` when it is not one."""
    return [_parse_segment(part) for part in path.split(".")]


def _parse_segment(part: str) -> Step:
    matched = _SEGMENT.fullmatch(part)
    if not matched:
        raise BadPath(part)
    written, repeat = matched[1], int(matched[2] or 1)
    counted = _COUNTED_SEGMENT.fullmatch(written)
    if counted:
        return Step(_COUNTED[counted[1]], counted[2], repeat)
    kind, encoded = _split_prefix(written)
    label = _decode(encoded)
    if not label or segment(kind, label) != written:
        raise BadPath(part)
    return Step(kind, canonical(kind, label), repeat)


def _split_prefix(written: str) -> tuple[str, str]:
    for prefix, kind in (("pl", "appendix"), ("ph", "part"), ("tm", "subsection")):
        rest = written.removeprefix(prefix)
        # "pl" and "pl_1" are the points l and l1: an appendix always has a label, which begins with neither sign.
        if rest != written and rest and rest[0] not in "_-":
            return kind, rest
    if written[0] == "p":
        return "point", written[1:]
    if written[0] == "f":
        return "form", written[1:]
    if written[0] in _SIMPLE:
        return _SIMPLE[written[0]], written[1:]
    raise BadPath(written)


def _encode(kind: str, label: str) -> str:
    lowered = label.lower()
    numeral = len(roman_prefix(lowered)) if kind in ROMAN_KINDS else 0
    written: list[str] = []
    for index, sign in enumerate(lowered):
        before = lowered[index - 1] if index else ""
        if _needs_break(kind, before, sign) and index >= numeral:
            written.append("_")
        written.append("dd" if sign == "đ" else "_" if sign == "." else sign)
    return "".join(written)


def _needs_break(kind: str, before: str, sign: str) -> bool:
    if not before.isalpha():
        return False
    if sign.isdigit():
        return True
    if not sign.isalpha():
        return False
    return kind == "point" or before == sign or {before, sign} == {"d", "đ"}


def _decode(encoded: str) -> str:
    label = ""
    for token in encoded.split("_"):
        dotted = label[-1:].isdigit() and token[:1].isdigit()
        label += ("." if dotted else "") + token.replace("dd", "đ")
    return label
