"""The tree grows line by line: units open where their grammar ranks them, everything else is their text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult.outline import verdicts
from consult.outline.annexes import Annexes
from consult.outline.cells import table_node
from consult.outline.decimals import decimal_verdict, is_top_decimal, unnumbered_rank
from consult.outline.ending import ends_text
from consult.outline.grammars import DASH_RANK, Grammar, of_quotation
from consult.outline.headings import heading_lines, is_article_heading, is_short_heading
from consult.outline.lines import Line
from consult.outline.markers import Unit, note_at, unit_at
from consult.outline.quotes import find_end, find_unmarked_end, is_announced, opens_quotation, unquoted
from consult.outline.stack import Stack
from consult.outline.texts import Texts
from consult.outline.tree import Node


@dataclass(slots=True)
class Doubted:
    """A doubt about a node whose path is not known yet; `node` None is the document itself."""

    code: str
    node: Node | None
    message: str


class Growth:
    """Grows the tree of one document, or of one quotation, below `root`."""

    def __init__(self, root: Node, grammar: Grammar, lines: Sequence[Line], doubted: list[Doubted]) -> None:
        self.lines = lines
        self.stack = Stack(root, grammar)
        self.doubted = doubted
        self.texts = Texts(self.stack)
        self.annexes = Annexes(lines) if root.kind == "" else None

    def run(self) -> None:
        """Place every line."""
        index = 0
        while index < len(self.lines):
            index = self._take(index)

    def _take(self, index: int) -> int:
        """Place the line at `index` and what belongs with it; returns the index of the first line left."""
        line = self.lines[index]
        if line.origin in ("header", "footnote"):
            self._aside(line)
            return index + 1
        taken = self._annex(index) or self._quotation(index)
        if taken:
            return taken
        self._signatures(index)
        if line.table is not None:
            self.texts.add_child(table_node(line.table))
            return index + 1
        taken = self._unit(index) if line.unit is not None else self._unnumbered(index)
        if taken:
            return taken
        self._text(index)
        return index + 1

    def _doubt(self, code: str, node: Node | None, line: Line) -> None:
        if code:
            self.doubted.append(Doubted(code, node, line.text[:80] or line.auto))

    def _unit(self, index: int) -> int:
        unit = self.lines[index].unit
        assert unit is not None
        handler = {
            "part": self._heading,
            "chapter": self._heading,
            "section": self._heading,
            "subsection": self._heading,
            "article": self._article,
            "roman": self._numbered,
            "decimal": self._numbered,
            "clause": self._numbered,
            "point": self._numbered,
            "paragraph": self._dash,
        }.get(unit.kind)
        return handler(index, unit) if handler else 0

    def _heading(self, index: int, unit: Unit) -> int:
        line = self.lines[index]
        if self._is_closed():
            return 0
        accepted, doubt = verdicts.heading_verdict(line, self.texts.before(), self.stack)
        if not accepted:
            return self._refused(index, doubt)
        end = heading_lines(self.lines, index)
        heading = "\n".join(
            [part for part in [line.rest] if part] + [more.text for more in self.lines[index + 1 : end]]
        )
        rank = self.stack.grammar.rank(unit.kind) or 0
        self._open(rank, index, heading=heading, doubt=doubt)
        return end

    def _article(self, index: int, unit: Unit) -> int:
        line, scope = self.lines[index], self.stack.scope
        rank = self.stack.grammar.rank("article")
        if rank is None:
            return 0
        if is_announced(unit.label, self.texts.announcement()):
            return self._unmarked_quotation(index)
        accepted, doubt = verdicts.article_verdict(self.lines, index, scope, self.texts.before())
        if accepted and scope.closed:
            accepted, doubt = doubt == "", "text_after_signatures"
        if not accepted:
            return self._refused(index, doubt)
        if is_article_heading(line):
            end = heading_lines(self.lines, index) if not line.rest else index + 1
            parts = [line.rest, *(more.text for more in self.lines[index + 1 : end])]
            self._open(rank, index, heading="\n".join(part for part in parts if part), doubt=doubt)
        else:
            end = index + 1
            self._open(rank, index, text=line.rest, doubt=doubt)
        scope.articles_styled = scope.articles_styled or line.bold or line.heading_level is not None
        return end

    def _numbered(self, index: int, unit: Unit) -> int:
        line, stack = self.lines[index], self.stack
        if unit.style == "outer" or self._is_closed():
            return 0
        if unit.kind == "clause" and stack.grammar.name == "decimal" and is_top_decimal(self.lines, index, stack):
            unit = line.unit = replace(unit, kind="decimal")
        if unit.kind == "decimal":
            accepted, doubt = decimal_verdict(line, stack)
        elif unit.kind == "roman":
            accepted, doubt = verdicts.roman_verdict(line, stack)
        elif unit.kind == "clause":
            accepted, doubt = verdicts.clause_verdict(line, stack, self.texts.before())
        else:
            accepted, doubt = verdicts.point_verdict(line, stack, self.lines, index)
        rank = stack.grammar.rank(unit.kind, unit.label)
        if not accepted or rank is None:
            return self._refused(index, doubt)
        if is_short_heading(line, stack.grammar.name):
            self._open(rank, index, heading=line.rest, doubt=doubt)
        else:
            self._open(rank, index, text=line.rest, doubt=doubt)
        return index + 1

    def _dash(self, index: int, unit: Unit) -> int:
        line = self.lines[index]
        rank = DASH_RANK + (unit.style == "+")
        node = Node("paragraph", marker=unit.marker, marker_auto=line.auto_unit, text=line.rest)
        self.stack.open(rank, node)
        self.texts.placed(node, "text", line)
        return index + 1

    def _unnumbered(self, index: int) -> int:
        """A heading without a number ("KẾT LUẬN"), which holds what follows in plans and reports."""
        line = self.lines[index]
        rank = unnumbered_rank(line, self.stack)
        if rank is None or self._is_closed():
            return 0
        node = Node("paragraph", heading=line.text)
        self.stack.open(rank, node)
        self.texts.placed(node, "heading", line)
        return index + 1

    def _refused(self, index: int, doubt: str) -> int:
        """A line that is no unit after all: a paragraph with its marker, or plain text; noted when it is doubtful."""
        line = self.lines[index]
        unit = line.unit
        assert unit is not None
        numbered = unit.kind in ("clause", "point", "roman", "part", "decimal") and unit.kind != "decimal"
        if numbered and line.rest and not line.rest[:1].islower():
            taken = self._dash(index, replace(unit, style=""))
        elif line.auto:
            taken = self._dash(index, replace(unit, marker=line.auto, end=0, style=""))
        else:
            self._text(index)
            taken = index + 1
        self._doubt(doubt, self.texts.last_node, line)
        return taken

    def _open(self, rank: int, index: int, heading: str = "", text: str = "", doubt: str = "") -> Node:
        line = self.lines[index]
        unit = line.unit
        assert unit is not None
        node = Node(unit.kind, unit.label, unit.marker, heading, text, marker_auto=line.auto_unit)
        self.stack.open(rank, node)
        self.texts.placed(node, "text" if text else "heading", line)
        for code in (doubt, line.split_from, *line.notes):
            self._doubt(code, node, line)
        return node

    def _text(self, index: int) -> None:
        joined = self.texts.add(self.lines, index)
        if joined:
            self._doubt("sentence_continued", self.texts.last_node, self.lines[index])

    def _aside(self, line: Line) -> None:
        """Page headers, and notes that a text file keeps at the foot of its pages."""
        note = note_at(line.text) if line.origin == "footnote" else None
        self.texts.aside(line, note)

    def _is_closed(self) -> bool:
        return self.stack.scope.closed

    def _signatures(self, index: int) -> None:
        scope = self.stack.scope
        if scope.closed or scope.node.kind not in ("", "body") or not self.texts.has_units():
            return
        if ends_text(self.lines, index):
            self.stack.close_to_scope()
            scope.closed = True
            self.texts.forget()

    def _quotation(self, index: int) -> int:
        line = self.lines[index]
        if not opens_quotation(line, self.texts.announcement()):
            return 0
        clause = self.stack.find("clause")
        found = find_end(self.lines, index, self.stack.scope.last.get("article"), clause and clause.node.label)
        mark, rest = unquoted(line.text)
        first = replace(line, text=rest, unit=unit_at(rest))
        node = self._quoted([first, *self.lines[index + 1 : found.end + 1]], mark)
        self._doubt(line.split_from, node, line)
        if not found.closed:
            self._doubt("unclosed_quotation", node, line)
        return found.end + 1

    def _unmarked_quotation(self, index: int) -> int:
        last = {kind: level.node.label for kind in ("clause", "point") if (level := self.stack.find(kind))}
        end = find_unmarked_end(self.lines, index, self.stack.scope.last.get("article"), last)
        node = self._quoted(list(self.lines[index : end + 1]), "")
        self._doubt("quotation_without_marks", node, self.lines[index])
        return end + 1

    def _quoted(self, lines: list[Line], mark: str) -> Node:
        node = Node("quoted", marker=mark)
        self.texts.add_child(node)
        Growth(node, of_quotation(lines), lines, self.doubted).run()
        self.texts.forget()
        return node

    def _annex(self, index: int) -> int:
        if self.annexes is None or self.lines[index].table is not None:
            return 0
        opened = self.annexes.open_at(index, self.stack, self.texts)
        if opened is None:
            return 0
        for code in opened.doubts:
            self._doubt(code, opened.node, self.lines[index])
        return opened.end
