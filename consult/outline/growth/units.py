"""Placing what announces itself as a unit: headings, articles, numbers, points, dashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consult.outline.grammar.grammars import DASH_RANK
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import Unit, is_citation, unit_but_alternative
from consult.outline.grammar.stack import Stack
from consult.outline.growth import letters, unnumbered, verdicts
from consult.outline.growth.alternatives import Alternatives
from consult.outline.growth.bracketed import clause_in_brackets
from consult.outline.growth.decimals import clause_with_note, decimal_verdict, is_top_decimal, number_rank
from consult.outline.growth.doubts import PendingDoubt
from consult.outline.growth.headings import heading_lines, is_article_heading, is_short_heading
from consult.outline.growth.texts import Texts, hang_notes
from consult.outline.tree import Node

_HEADINGS = frozenset({"part", "chapter", "section", "subsection"})
_NUMBERED = frozenset({"roman", "decimal", "clause", "point"})


class Units:
    """Opens units on the stack. Every method returns the index of the first line left, 0 when nothing was placed."""

    def __init__(self, lines: Sequence[Line], stack: Stack, texts: Texts, doubted: list[PendingDoubt]) -> None:
        self._lines = lines
        self._stack = stack
        self._texts = texts
        self._doubted = doubted
        self._alternatives = Alternatives(lines)

    def place(self, index: int) -> int:
        """Place the unit that the line at `index` announces, if it is one."""
        unit = self._lines[index].unit
        if unit is None:
            return self._unnumbered(index)
        if unit.kind == "paragraph":
            clause = clause_in_brackets(unit, self._stack)
            if clause is None:
                return self._dash(index, unit)
            unit = self._lines[index].unit = clause
        if unit.kind == "alternative":
            return self._alternative(index)
        if not self._stack.scope.closed and (taken := self._capital(index)):
            return taken
        if unit.kind == "article":
            return self._article(index)
        if self._stack.scope.closed:
            return 0
        if unit.kind in _HEADINGS:
            return self._heading(index, unit)
        return self._numbered(index, unit) if unit.kind in _NUMBERED and unit.style != "outer" else 0

    def text(self, index: int) -> int:
        """Place the line at `index` as plain text."""
        line = self._lines[index]
        if line.auto:
            # A number or bullet that Word supplied is printed, so it stays even where it begins no unit.
            node = Node("paragraph", marker=line.auto, marker_auto=True, text=line.text)
            self._stack.open(DASH_RANK, node)
            self._texts.placed(node, "text", line)
        else:
            for code in (self._alternatives.text_goes_on(index, self._stack), self._texts.add(index)):
                self.doubt(code, self._texts.last_node, line)
        if line.listed:
            for code in line.notes:
                self.doubt(code, self._texts.last_node, line)
            self._texts.forget()
        return index + 1

    def doubt(self, code: str, node: Node | None, line: Line) -> None:
        """Note a doubt about `node`; an empty code is none."""
        if code:
            self._doubted.append(PendingDoubt(code, node, line.text[:80] or line.auto))

    def _heading(self, index: int, unit: Unit) -> int:
        line = self._lines[index]
        accepted, doubt = verdicts.heading_verdict(line, self._texts.before(), self._stack)
        if not accepted:
            return self._refused(index, doubt)
        end = heading_lines(self._lines, index)
        rank = self._stack.grammar.rank(unit.kind) or 0
        self._open(rank, index, doubt, heading=self._joined(index, end), end=end)
        return end

    def _alternative(self, index: int) -> int:
        """An alternative, with the text after its number; one without another beside it is no unit for that."""
        line = self._lines[index]
        node = None if self._stack.scope.closed else self._alternatives.open_at(index, self._stack)
        if node is None:
            line.unit = unit_but_alternative(line.text) if not line.auto else None
            taken = self.place(index) or self.text(index)
            self.doubt("looks_like_alternative", self._texts.last_node, line)
            return taken
        if line.is_styled and line.rest and is_article_heading(line):
            node.heading = line.rest
        else:
            node.text = line.rest
        self._texts.placed(node, "text" if node.text else "heading", line)
        for code in (line.split_from, *line.notes):
            self.doubt(code, node, line)
        return index + 1

    def _capital(self, index: int) -> int:
        """A capital letter below a number."""
        found = letters.capital(self._lines, index, self._stack)
        if found is None:
            return 0
        line = self._lines[index]
        line.unit = found.unit
        heading = line.rest if found.unit.kind == "part" and is_short_heading(line, "roman") else ""
        self._open(found.rank, index, found.doubt, heading=heading, text="" if heading else line.rest)
        if found.unit.style or found.unit.kind == "part":
            letters.remember(self._stack.parent_for(found.rank), found.unit)
        return index + 1

    def _article(self, index: int) -> int:
        line, scope = self._lines[index], self._stack.scope
        assert line.unit is not None
        rank = self._stack.grammar.rank("article")
        if rank is None:
            named = self._stack.grammar.name == "roman" and line.unit.dotted and line.rest[:1].isupper()
            return self._refused(index, "looks_like_article") if named and not is_citation(line.rest) else 0
        accepted, doubt = verdicts.article_verdict(self._lines, index, scope, self._texts.before())
        if accepted and scope.closed:
            accepted, doubt = doubt == "", "text_after_signatures"
        if not accepted:
            return self._refused(index, doubt)
        if not line.unit.dotted and doubt != "article_without_dot":
            line.notes.append("article_without_dot")
        end = index + 1
        if is_article_heading(line):
            end = end if line.rest else heading_lines(self._lines, index)
            heading, _, text = (
                self._joined(index, end).partition("\n") if line.rest else (self._joined(index, end), "", "")
            )
            self._open(rank, index, doubt, heading=heading, text=text, end=end)
        else:
            self._open(rank, index, doubt, text=line.rest)
        scope.excerpt = scope.excerpt or doubt == "sequence_start"
        scope.articles_styled = scope.articles_styled or line.bold or line.heading_level is not None
        return end

    def _numbered(self, index: int, unit: Unit) -> int:
        line, stack = self._lines[index], self._stack
        unit = line.unit = clause_with_note(line, stack) or unit
        if unit.kind == "clause" and stack.grammar.name == "decimal" and is_top_decimal(self._lines, index, stack):
            unit = line.unit = replace(unit, kind="decimal")
        accepted, doubt = self._verdict(index, unit)
        rank = number_rank(unit, stack)
        if not accepted or rank is None:
            return self._refused(index, doubt)
        if is_short_heading(line, stack.grammar.name):
            self._open(rank, index, doubt, heading=line.rest)
        else:
            self._open(rank, index, doubt, text=line.rest)
        return index + 1

    def _verdict(self, index: int, unit: Unit) -> verdicts.Verdict:
        line = self._lines[index]
        if unit.kind == "decimal":
            return decimal_verdict(line, self._stack)
        if unit.kind == "roman":
            return verdicts.roman_verdict(line, self._stack)
        if unit.kind == "clause":
            return verdicts.clause_verdict(line, self._stack, self._texts.before())
        return verdicts.point_verdict(line, self._stack, self._lines, index)

    def _dash(self, index: int, unit: Unit) -> int:
        line = self._lines[index]
        node = Node("paragraph", marker=unit.marker, marker_auto=line.auto_unit, text=line.rest)
        self._stack.open(DASH_RANK + (unit.style == "+"), node)
        self._texts.placed(node, "text", line)
        return index + 1

    def _unnumbered(self, index: int) -> int:
        """A heading without a number ("KẾT LUẬN"), which holds what follows."""
        found = unnumbered.heading(self._lines, index, self._stack)
        if found is None:
            return 0
        node = Node("paragraph", heading=self._joined(index, found.end))
        self._stack.open(found.rank, node)
        self._texts.placed(node, "heading", self._lines[index])
        hang_notes(node, *self._lines[index + 1 : found.end])
        self.doubt(found.doubt, node, self._lines[index])
        return found.end

    def _refused(self, index: int, doubt: str) -> int:
        """No unit after all: a paragraph with its marker where it has one like a list, else plain text."""
        line = self._lines[index]
        unit = line.unit
        assert unit is not None
        in_a_list = unit.kind in ("clause", "point", "roman") or (unit.kind == "part" and len(unit.marker) <= 3)
        listed = in_a_list and bool(line.rest)
        listed = listed and (not line.rest[0].islower() or unit.marker.endswith(")"))
        taken = self._dash(index, replace(unit, style="")) if listed else self.text(index)
        self.doubt(doubt, self._texts.last_node, line)
        return taken

    def _open(self, rank: int, index: int, doubt: str, heading: str = "", text: str = "", end: int = 0) -> None:
        """Open the unit that begins at `index`; `end` is given when more lines belong to its heading."""
        line = self._lines[index]
        unit = line.unit
        assert unit is not None
        node = Node(unit.kind, unit.label, unit.marker, heading, text, marker_auto=line.auto_unit)
        self.doubt(self._alternatives.ended_by(unit, rank, self._stack), node, line)
        self._stack.open(rank, node)
        self._texts.placed(node, "text" if text else "heading", line)
        hang_notes(node, *self._lines[index + 1 : end])
        for code in (doubt, line.split_from, *line.notes):
            self.doubt(code, node, line)

    def _joined(self, index: int, end: int) -> str:
        """The words of a heading that runs from the line at `index` to before `end`."""
        parts = [self._lines[index].rest, *(line.text for line in self._lines[index + 1 : end])]
        return "\n".join(part for part in parts if part)
