"""The two trees as flat lists of provisions with numbers for words, ready to be compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from consult.comparison.folding import Word, has_digit, words_of
from consult.outline.grammar.vacated import is_vacant

# These stand around provisions without being part of their addresses.
GROUPS = frozenset({"part", "chapter", "section", "subsection"})
# What bears a heading of its own above what it holds.
HEADINGS = GROUPS | {"roman"}
_HEADED = GROUPS | {"appendix", "form"}
_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,4}[-–—\s]*")
_NOTE_NUMBER = re.compile(r"\d{1,3}")
_LONGEST_HEADER = 120  # characters
_REPEATED = 3
_MOST_OF_VACANT = 8  # words and signs
_ROOT = ""
PICTURE = "▣"
"""How a picture is written among words; what is compared is its content."""


@dataclass(slots=True)
class FlatProvision:
    """One provision. Its own words are those of heading, text and cells; `form` stands for all it holds.

    `aside` names what belongs to the page rather than to the text: "page" (running headers, page numbers), "note".
    `vacant` is a number that is kept while its words were taken out: "Điều 5. (bãi bỏ)".
    """

    index: int
    path: str
    kind: str
    label: str
    parent: int
    words: tuple[int, ...] = ()
    children: list[int] = field(default_factory=list)
    form: int = 0
    size: int = 0
    end: int = 0
    aside: str = ""
    vacant: bool = False


class Vocabulary:
    """Gives the same number to the same thing in both trees."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def number(self, thing: Hashable) -> int:
        """The number of `thing`."""
        return self._numbers.setdefault(thing, len(self._numbers))


class Tree:
    """The provisions of one revision in the order of reading. Item 0 is the document itself and has no path."""

    def __init__(self, nodes: Sequence[dict[str, Any]], vocabulary: Vocabulary) -> None:
        self.items = [FlatProvision(0, _ROOT, _ROOT, _ROOT, -1)]
        self._nodes: list[dict[str, Any]] = [{}]
        self._flatten(nodes)
        self._notes = numbers_of_notes(self._nodes)
        self._mark_asides()
        for item in self.items[1:]:
            words = self.words(item.index)
            item.words = tuple(vocabulary.number(word.key) for word in words)
            item.vacant = not item.children and _is_vacant(words)
        self._sum_up(vocabulary)

    def words(self, index: int) -> list[Word]:
        """The own words of an item, in order."""
        item, node = self.items[index], self._nodes[index]
        # What one kind of file calls the heading of a chapter is its text in another.
        is_title = item.kind in _HEADED
        found = words_of(node["heading"], self._notes, is_title or item.kind in HEADINGS)
        found += words_of(node["text"], self._notes, is_title)
        for row in node.get("rows", ()):
            for cell in row:
                found += words_of(cell["text"], self._notes)
        picture = node.get("picture")
        if picture:
            found.append(Word(f"picture {picture.get('file') or picture['part']}", PICTURE))
        return [word for word in found if not has_digit(word)] if item.aside == "page" else found

    def ancestors(self, index: int) -> Iterator[int]:
        """What holds the item, innermost first, without the document itself."""
        index = self.items[index].parent
        while index > 0:
            yield index
            index = self.items[index].parent

    def flow(self, index: int) -> list[int]:
        """What an item holds in one line: groups stand in it, and what they hold follows them."""
        found: list[int] = []
        waiting = list(reversed(self.items[index].children))
        while waiting:
            child = self.items[waiting.pop()]
            if child.aside:
                continue
            found.append(child.index)
            if child.kind in GROUPS:
                waiting += reversed(child.children)
        return found

    def asides(self, name: str) -> list[int]:
        """All running headers ("page") or notes ("note")."""
        return [item.index for item in self.items if item.aside == name]

    def _flatten(self, nodes: Sequence[dict[str, Any]]) -> None:
        waiting = [(node, 0) for node in reversed(nodes)]
        while waiting:
            node, parent = waiting.pop()
            index = len(self.items)
            self.items.append(FlatProvision(index, node["path"], node["kind"], node["label"], parent))
            self._nodes.append(node)
            self.items[parent].children.append(index)
            inside = [child for row in node.get("rows", ()) for cell in row for child in cell["children"]]
            waiting += [(child, index) for child in reversed([*inside, *node["children"]])]

    def _mark_asides(self) -> None:
        texts = {i: self._nodes[i]["text"].strip() for i in range(1, len(self.items)) if self._is_plain(i)}
        numbers = {i for i, text in texts.items() if _PAGE_NUMBER.fullmatch(text)}
        counts = Counter(text for text in texts.values() if len(text) <= _LONGEST_HEADER)
        for i, text in texts.items():
            near = i - 1 in numbers or i + 1 in numbers
            if i in numbers or (near and counts[text] >= _REPEATED):
                self.items[i].aside = "page" if len(numbers) >= _REPEATED else ""
        for item in self.items:
            if item.kind == "footnote":
                item.aside = "note"

    def _is_plain(self, index: int) -> bool:
        node = self._nodes[index]
        return node["kind"] == "paragraph" and not node["children"] and not node["heading"]

    def _sum_up(self, vocabulary: Vocabulary) -> None:
        """Size and form of every item, from the innermost outwards; asides do not count."""
        for item in reversed(self.items):
            inside = [self.items[child] for child in item.children]
            counted = [child for child in inside if not child.aside]
            item.size = len(item.words) + sum(child.size for child in counted)
            item.form = vocabulary.number((item.words, tuple(child.form for child in counted)))
            item.end = inside[-1].end if inside else item.index + 1


def _is_vacant(words: Sequence[Word]) -> bool:
    if not 0 < len(words) <= _MOST_OF_VACANT:
        return False
    said = " ".join(word.written for word in words if word.written.isalpha())
    return is_vacant(said)


def numbers_of_notes(nodes: Sequence[dict[str, Any]]) -> frozenset[str]:
    """The numbers that the notes of a document bear."""
    notes = [node for node in nodes if node and node["kind"] == "footnote"]
    found = {number[0] for note in notes if (number := _NOTE_NUMBER.search(note["marker"]))}
    return frozenset(found)
