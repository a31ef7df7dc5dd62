"""Places as people say them: "thôn Nà Hái, xã Phủ Thông, huyện Bạch Thông" is a village in a commune in a district. The
words before a name say what it is a name of; commas and those words part one name from the next."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from consult.text import one_line, searched


class Of(StrEnum):
    """What a name is a name of; PLAIN where nothing says so."""

    VILLAGE = "village"
    COMMUNE = "commune"
    DISTRICT = "district"
    TOWN = "town"
    PROVINCE = "province"
    PLAIN = "plain"


KINDS = {
    Of.VILLAGE: "to dan pho|khu dan cu|khoi pho|tieu khu|thon|ban|xom|khu|khom|khoi|ap|lang|buon|to|so nha|duong|tdp",
    Of.COMMUNE: "thi tran|phuong|xa|dac khu|tt|p|x",
    Of.DISTRICT: "thi xa|huyen|quan|tx|h|q",
    Of.TOWN: "thanh pho|tp",
    Of.PROVINCE: "tinh",
}
"""Folded; of a town only its place among the others tells whether it is a district or a province."""


@dataclass(frozen=True)
class Said:
    """One name of a place, folded, and what it is a name of; `words` are both together, since "Quân Bình" and "Bản Thi"
    are communes whose names begin like kinds."""

    of: Of
    name: str
    words: str


def said(place: str) -> list[Said]:
    """The names in a place as it was said, in their order."""
    found = []
    for part in re.split(r"[,;\n]|\s[-–—]\s", place):
        words = " ".join(re.findall(r"[^\W_]+", searched(one_line(part))))
        marks = _marks(words)
        first = marks[0].start() if marks else len(words)
        if plain := words[:first].strip():
            found.append(Said(Of.PLAIN, plain, plain))
        for index, mark in enumerate(marks):
            end = marks[index + 1].start() if index + 1 < len(marks) else len(words)
            found.append(Said(_of(mark[1]), words[mark.end() : end].strip(), words[mark.start() : end].strip()))
    return [one for one in found if one.name]


def _marks(words: str) -> list[re.Match[str]]:
    """The words that say what follows them: not what follows them at once, which begins the name ("tỉnh Lạng Sơn")."""
    kept: list[re.Match[str]] = []
    for mark in _pattern().finditer(words):
        if not kept or mark.start() > kept[-1].end():
            kept.append(mark)
    return kept


@cache
def _pattern() -> re.Pattern[str]:
    every = sorted((word for words in KINDS.values() for word in words.split("|")), key=len, reverse=True)
    return re.compile(rf"(?:(?<=^)|(?<= ))({'|'.join(every)}) (?=\S)")


def _of(word: str) -> Of:
    return next(of for of, words in KINDS.items() if word in words.split("|"))
