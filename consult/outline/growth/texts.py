"""Where plain text goes: to the unit it follows, as its text or as a paragraph below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consult.outline.grammar.grammars import CALLS_FOR_MORE, DASH_RANK
from consult.outline.grammar.labels import distance
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import Unit, is_capital_letter
from consult.outline.grammar.stack import Stack
from consult.outline.tree import Node

_HOLDS_NO_TEXT = frozenset({"", "body", "quoted"})
_SENTENCE_ENDS = re.compile(r"[.;:!?…”\"»/*)_\-–]\s*$")
_STOPS = re.compile(r"[.;:,!?…”\"»/]\s*$")
_NAMES_HOLDER = re.compile(r"\b(khoản|điểm) này\b")
_LONGEST_SENTENCE = 8000  # characters
_LONGEST_TITLE = 150
_BROKEN_LINE = 60


def hang_notes(node: Node, *lines: Line) -> None:
    """Put the notes that `lines` refer to below the node that the lines became."""
    node.children.extend(Node("footnote", text=note.strip()) for line in lines for note in line.footnotes)


class Texts:
    """Places the plain text of a tree that grows, and remembers what was placed last."""

    def __init__(self, stack: Stack, lines: Sequence[Line]) -> None:
        self.stack = stack
        self._lines = lines
        self._next_units = _next_units(lines)
        self._holding: set[int] = set()
        self.last_node: Node | None = None
        self._last_field = ""
        self._note: Node | None = None
        self._interrupted = False

    def placed(self, node: Node, field: str, line: Line) -> None:
        """Remember the node that a line became, and hang the line's notes below it."""
        self.last_node, self._last_field, self._note, self._interrupted = node, field, None, False
        hang_notes(node, line)

    def forget(self) -> None:
        """Something else came in between: nothing is continued, nothing was announced."""
        self.last_node, self._last_field, self._note = None, "", None

    def before(self) -> str:
        """The sentence that stands before, empty after a heading."""
        return self.announcement() if self._last_field == "text" else ""

    def announcement(self) -> str:
        """What was placed last, heading or text: it may announce a quotation."""
        return getattr(self.last_node, self._last_field) if self.last_node and self._last_field else ""

    def has_units(self) -> bool:
        """Whether the scope has any unit yet."""
        return bool(self.stack.scope.last)

    def add_child(self, node: Node) -> None:
        """Put a table or a quotation where the text has come to."""
        self.stack.close(DASH_RANK)
        self.stack.top.node.children.append(node)
        self.last_node, self._last_field, self._note = node, "", None

    def add_beside(self, node: Node) -> None:
        """Put a picture where the text has come to; a sentence that is cut by it goes on."""
        self.stack.close(DASH_RANK)
        self.stack.top.node.children.append(node)

    def add(self, index: int) -> str:
        """Place a line of plain text; returns the code of a doubt: that it was joined to a sentence that had been cut,
        or that it may belong to the point above it as well as to what holds that."""
        line = self._lines[index]
        if self._goes_on(line):
            setattr(self.last_node, self._last_field, f"{self.announcement()} {line.text}")
            assert self.last_node is not None
            hang_notes(self.last_node, line)
            return "sentence_continued"
        doubt = self._close_for_text(index)
        node = self.stack.top.node
        if node.kind in _HOLDS_NO_TEXT or node.text or node.children or self.stack.top.closed:
            child = Node("paragraph", text=line.text)
            node.children.append(child)
            self._holding.add(id(node))
            self.placed(child, "text", line)
        else:
            node.text = line.text
            self.placed(node, "text", line)
        return doubt

    def aside(self, line: Line, note: Unit | None) -> None:
        """Place what belongs to a page: a running header as a paragraph, a note as a footnote that may go on."""
        parent = self.stack.top.node
        self._interrupted = True
        if line.origin == "header":
            self._note = None
            parent.children.append(Node("paragraph", marker=line.auto, marker_auto=bool(line.auto), text=line.text))
        elif note is None and self._note is not None and not line.auto:
            self._note.text = f"{self._note.text} {line.text}".strip()
        else:
            marker, text = (note.marker, line.text[note.end :]) if note and not line.auto else (line.auto, line.text)
            self._note = Node("footnote", marker=marker, text=text)
            parent.children.append(self._note)

    def _goes_on(self, line: Line) -> bool:
        if not line.text or line.unit is not None or self._interrupted:
            return False
        before = self.announcement()
        open_sentence = 0 < len(before) < _LONGEST_SENTENCE and not _SENTENCE_ENDS.search(before[-60:])
        return (line.text[0].islower() or self._is_called_for(before, line)) and open_sentence and not before.isupper()

    def _is_called_for(self, before: str, line: Line) -> bool:
        """Whether a long line of the text, no blank of a form, broke off where a name had to follow: "… theo quy định
        của", then "Bộ Tài chính." follows."""
        if len(before) < _BROKEN_LINE or line.is_styled or self.stack.in_annex():
            return False
        return CALLS_FOR_MORE.search(before[-60:]) is not None

    def _close_for_text(self, index: int) -> str:
        """Text after a list belongs to what holds the list; after the last point to the clause, unless it names the
        point, or the points before have texts of their own too. Returns the code of a doubt."""
        self.stack.close(DASH_RANK)
        top = self.stack.top
        point = top.node
        if point.kind != "point" or point.text.endswith(":") or self._point_follows(index, point.label):
            return ""
        if self.last_node is not None and self.last_node is not point and self._last_is_below(point):
            return ""
        siblings = [node for node in self.stack.parent_for(top.rank).node.children[:-1] if node.kind == "point"]
        named = _NAMES_HOLDER.search(self._lines[index].text)
        alike = any(id(node) in self._holding for node in siblings) if siblings else _is_title(point.text)
        if named[1] == "điểm" if named else alike or (point.children and _is_title(point.text)):
            return ""
        self.stack.close(top.rank)
        return "text_after_point" if alike or _is_title(point.text) else ""

    def _last_is_below(self, node: Node) -> bool:
        return any(child is self.last_node for child in node.children) and node.text.endswith(":")

    def _point_follows(self, index: int, label: str) -> bool:
        following = self._next_units[index + 1]
        unit = self._lines[following].unit if following < len(self._lines) else None
        if unit is None or not (unit.kind == "point" or is_capital_letter(unit)):
            return False
        steps = distance(label, unit.label, "point")
        return steps is not None and 1 <= steps <= 3


def _is_title(text: str) -> bool:
    """Whether the words of a point are a title: short, and without a stop."""
    return 0 < len(text) <= _LONGEST_TITLE and not _STOPS.search(text)


def _next_units(lines: Sequence[Line]) -> list[int]:
    """For each line, the first one from there on that announces more than a dash; one more stands for the end."""
    found = [len(lines)] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        unit = lines[index].unit
        found[index] = found[index + 1] if unit is None or unit.kind == "paragraph" else index
    return found
