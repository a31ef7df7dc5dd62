"""The head of a draft as Nghị định 30/2020/NĐ-CP sets it: in two columns, on the left who issues it and its number, on
the right the name of the State, its motto, place and day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consult.reading.texts.sheets import Node
from consult.text import folded

STATE = "cong hoa xa hoi chu nghia viet nam"
MOTTO = re.compile(r"doc lap\W+tu do\W+hanh phuc\W*")
DAY = re.compile(r".*\bngay\b.*\bthang\b.*\bnam\b\W*(20\d\d)?\W*")
LONGEST = 9
"""So many lines at most stand in a head; what a draft begins with beyond that is its text."""
LONGEST_LINE = 120


@dataclass(frozen=True)
class Letterhead:
    """The two columns, empty where a text does not begin with a head, and what comes after them."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]
    rest: tuple[Node, ...]


def letterhead(nodes: Sequence[Node]) -> Letterhead:
    """What a text begins with, if that is a head written line by line; one that is a table is in columns already."""
    lines = _lines(nodes)
    words = [folded(node.text).strip() for node in lines]
    if STATE not in words:
        return Letterhead((), (), tuple(nodes))
    state = words.index(STATE)
    days = [place for place in range(state, len(words)) if DAY.fullmatch(words[place])]
    mottos = [place for place in range(state, len(words)) if MOTTO.fullmatch(words[place])]
    end = max([state, *mottos[:1], *days[:1]]) + 1
    on_right = {state, *mottos[:1], *days[:1]}
    left = tuple(lines[place] for place in range(end) if place not in on_right)
    right = tuple(lines[place] for place in sorted(on_right))
    return Letterhead(left, right, tuple(nodes[end:]))


def _lines(nodes: Sequence[Node]) -> list[Node]:
    """The short lines that a text begins with."""
    found: list[Node] = []
    for node in nodes[:LONGEST]:
        if node.kind != "paragraph" or node.children or node.heading or len(node.text) > LONGEST_LINE:
            break
        found.append(node)
    return found
