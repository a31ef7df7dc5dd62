"""The tree grows line by line: units open where their grammar ranks them, everything else is their text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consult.outline.blocks import Picture
from consult.outline.grammar.grammars import Grammar, of_quotation
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import note_at, unit_at
from consult.outline.grammar.stack import Stack
from consult.outline.growth.annexes import Annexes
from consult.outline.growth.cells import picture_node, table_node
from consult.outline.growth.doubts import PendingDoubt
from consult.outline.growth.ending import ends_text, is_country_heading
from consult.outline.growth.quotes import find_end, find_unmarked_end, is_announced, opens_quotation, unquoted
from consult.outline.growth.texts import Texts, hang_notes
from consult.outline.growth.units import Units
from consult.outline.tree import Node

_DEEPEST_QUOTATION = 3
_SHORT_SEARCH = 50  # lines


class Growth:
    """Grows the tree of one document, or of one quotation, below `root`."""

    def __init__(
        self, root: Node, grammar: Grammar, lines: Sequence[Line], doubted: list[PendingDoubt], depth: int = 0
    ) -> None:
        self._lines = lines
        self._depth = depth
        self._unclosed = False
        self._stack = Stack(root, grammar)
        self._doubted = doubted
        self._texts = Texts(self._stack, lines)
        self._units = Units(lines, self._stack, self._texts, doubted)
        self._annexes = Annexes(lines) if root.kind == "" else None

    def run(self) -> None:
        """Place every line."""
        index = 0
        if self._lines:
            self._pictures(self._lines[0].before)
        while index < len(self._lines):
            end = self._take(index)
            self._begun_on(self._lines[index].page)
            for line in self._lines[index:end]:
                self._beside(line)
            index = end

    def _begun_on(self, page: int) -> None:
        """Tell the page to what has begun with a line."""
        for node in (self._texts.last_node, *self._stack.nodes) if page else ():
            if node is not None and not node.page:
                node.page = page

    def _beside(self, line: Line) -> None:
        """Place what hangs on a line once that has its place; the lines of a quotation have done so before."""
        node = self._texts.last_node or self._stack.top.node
        self._doubted += [PendingDoubt(doubt.code, node, message=doubt.message) for doubt in line.doubts]
        line.doubts.clear()
        self._pictures(line.after)

    def _pictures(self, pictures: list[Picture]) -> None:
        """Place pictures where the text has come to."""
        for picture in pictures:
            self._texts.add_beside(picture_node(picture))
        pictures.clear()

    def _take(self, index: int) -> int:
        """Place the line at `index` and what belongs with it; returns the index of the first line left."""
        line = self._lines[index]
        if not (line.text or line.auto or line.footnotes or line.table):
            return index + 1  # Of a document without words.
        if line.origin in ("header", "footnote"):
            self._texts.aside(line, note_at(line.text) if line.origin == "footnote" else None)
            return index + 1
        taken = self._annex(index) or self._quotation(index)
        if taken:
            return taken
        self._signatures(index)
        if line.table is not None:
            self._texts.add_child(table_node(line.table))
            return index + 1
        return self._units.place(index) or self._units.text(index)

    def _annex(self, index: int) -> int:
        if self._annexes is None or self._lines[index].table is not None:
            return 0
        opened = self._annexes.open_at(index, self._stack, self._texts)
        if opened is None:
            return 0
        self._texts.forget()
        hang_notes(opened.node, *self._lines[index : opened.end])
        for code in opened.doubts:
            self._units.doubt(code, opened.node, self._lines[index])
        return opened.end

    def _signatures(self, index: int) -> None:
        """Close the text where its signatures begin."""
        scope = self._stack.scope
        if scope.closed or scope.node.kind not in ("", "body") or not self._texts.has_units():
            return
        another = self._annexes is not None and self._annexes.begins_soon(index)
        if ends_text(self._lines, index) or (another and is_country_heading(self._lines[index])):
            self._stack.close_to_scope()
            scope.closed = True
            self._texts.forget()

    def _quotation(self, index: int) -> int:
        line = self._lines[index]
        before = self._texts.announcement()
        if self._depth >= _DEEPEST_QUOTATION:
            return 0
        if opens_quotation(line, before):
            return self._marked_quotation(index)
        unit = line.unit
        if unit is not None and unit.kind == "article" and is_announced(unit.label, before):
            return self._unmarked_quotation(index)
        return 0

    def _marked_quotation(self, index: int) -> int:
        line = self._lines[index]
        # Once a quotation was found to have no end at all, later ones are not searched to the end of the file again.
        limit = _SHORT_SEARCH if self._unclosed else len(self._lines)
        found = find_end(self._lines[: index + limit], index, self._open_labels())
        self._unclosed = self._unclosed or (not found.closed and found.end == index)
        mark, rest = unquoted(line.text)
        first = replace(line, text=rest, unit=unit_at(rest), split_from="", auto="", auto_unit=False)
        node = self._quote([first, *self._lines[index + 1 : found.end + 1]], f"{line.auto} {mark}".strip())
        self._units.doubt(line.split_from, node, line)
        if not found.closed:
            self._units.doubt("unclosed_quotation", node, line)
        return found.end + 1

    def _unmarked_quotation(self, index: int) -> int:
        end = find_unmarked_end(self._lines, index, self._open_labels())
        node = self._quote(list(self._lines[index : end + 1]), "")
        self._units.doubt("quotation_without_marks", node, self._lines[index])
        return end + 1

    def _quote(self, lines: list[Line], mark: str) -> Node:
        node = Node("quoted", marker=mark)
        self._texts.add_child(node)
        Growth(node, of_quotation(lines), lines, self._doubted, self._depth + 1).run()
        self._texts.forget()
        return node

    def _open_labels(self) -> dict[str, str]:
        """The labels of the last article ("0" before the first), and of the clause and the point that are open."""
        found = {kind: self._stack.find(kind) for kind in ("clause", "point")}
        labels = {kind: level.node.label for kind, level in found.items() if level is not None}
        article = self._stack.scope.last.get("article")
        if article is None and self._depth == 0 and self._stack.grammar.name == "articles":
            article = "0"
        return labels if article is None else {**labels, "article": article}
