"""Provisions by the words people have for them: "khoản 3 Điều 12", "điểm đ khoản 1 điều 5a", "điều 12 khoản 3", and
what stands by itself: "phụ lục IV", "chương 2".

In the index a provision has a short path, from its article on: that of chapters around it nobody needs to know, nor
which of several alternatives it stands in.
"""

import re
from dataclasses import dataclass

from consult.outline import paths
from consult.search.engines.tokens import Token, tokens

_ARTICLE = re.compile(r"d\d")
_ALTERNATIVE = re.compile(r"a[^.]")
_ALONE = re.compile(r"(?:c|pl)[^.]+")
_NUMBER = re.compile(r"\d{1,4}[a-z\u0111]{0,2}\d{0,2}")
_LETTER = re.compile(r"[a-z\u0111]{1,2}\d{0,2}")
_KINDS = {"dieu": "article", "khoan": "clause", "diem": "point"}
_ORDER = ("article", "clause", "point")
_STANDING = {("phu", "luc"): "appendix", ("chuong",): "chapter"}
_STANDING_NUMBER = re.compile(r"[ivx]{1,7}|\d{1,3}")


@dataclass(frozen=True)
class Clause:
    """A provision that was asked for by its name, as a short path, and the words typed beside it."""

    path: str
    rest: str


def short_paths(path: str) -> tuple[str, ...]:
    """The short paths of a provision and of all it stands in, the widest first."""
    steps = [step.partition("~")[0] for step in path.split(".") if step and not _ALTERNATIVE.match(step)]
    alone = [step for step in steps if _ALONE.fullmatch(step)]
    articles = [position for position, step in enumerate(steps) if _ARTICLE.match(step)]
    inner = steps[articles[-1] :] if articles else []
    return (*alone, *(".".join(inner[: depth + 1]) for depth in range(len(inner))))


def own_path(path: str) -> str:
    """The short path of a provision itself; empty when it has none."""
    found = short_paths(path)
    return found[-1] if found and found[-1].rpartition(".")[2] == path.rpartition(".")[2].partition("~")[0] else ""


def clause_in(typed: str) -> Clause | None:
    """The first provision that is named in what somebody typed, from an article on, otherwise the first appendix or
    chapter; None when there is none, or what was typed stands in quotation marks."""
    if any(sign in typed for sign in '"“”„«»'):
        return None
    said = list(tokens(typed))
    for start in range(len(said)):
        labels, end = _labels_from(said, start)
        if "article" in labels:
            wanted = [paths.segment(kind, labels[kind]) for kind in _ORDER if kind in labels]
            return _without(typed, said[start], said[end - 1], ".".join(wanted))
    return _standing_in(typed, said)


def _standing_in(typed: str, said: list[Token]) -> Clause | None:
    """The first appendix or chapter that is named."""
    for place, token in enumerate(said):
        for words, kind in _STANDING.items():
            start = place - len(words)
            named = start >= 0 and tuple(one.folded for one in said[start:place]) == words
            if named and _STANDING_NUMBER.fullmatch(token.accented):
                return _without(typed, said[start], token, paths.segment(kind, token.accented))
    return None


def _without(typed: str, first: Token, last: Token, path: str) -> Clause:
    """The provision `path`, and what was typed beside the words that name it."""
    return Clause(path, " ".join(f"{typed[: first.start]} {typed[last.end :]}".split()))


def _labels_from(said: list[Token], start: int) -> tuple[dict[str, str], int]:
    """The labels by kind that stand in pairs from `start` on, and where they end."""
    labels: dict[str, str] = {}
    at = start
    while at + 1 < len(said):
        kind = _KINDS.get(said[at].folded, "")
        label = said[at + 1].accented
        if not kind or kind in labels or not (_LETTER if kind == "point" else _NUMBER).fullmatch(label):
            break
        labels[kind] = label
        at += 2
    return labels, at
