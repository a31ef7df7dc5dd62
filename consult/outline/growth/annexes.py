"""What stands after the main text: annexed regulations, appendices and forms. In each, numbering starts again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from consult.outline.grammar.grammars import detect, has_structure
from consult.outline.grammar.labels import distance, roman_value
from consult.outline.grammar.line import Line
from consult.outline.grammar.markers import is_citation
from consult.outline.grammar.stack import Level, Stack, scope_rank
from consult.outline.growth.ending import annexed_starts
from consult.outline.growth.headings import heading_lines
from consult.outline.growth.texts import Texts
from consult.outline.growth.verdicts import is_mid_sentence
from consult.outline.tree import Node

_NESTED_RANK = 3
_LIST_GAP = 4
_LETTERHEAD = 12  # lines
_SMALL_APPENDIX = 5


@dataclass(slots=True)
class OpenedAnnex:
    """An annex that was opened: its node, the index of the first line left, and codes of doubts."""

    node: Node
    end: int
    doubts: list[str] = field(default_factory=list)


class Annexes:
    """Knows where annexes begin in `lines`."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._regulations = annexed_starts(lines)
        self._starts = [
            index
            for index, line in enumerate(lines)
            if line.unit is not None and line.unit.kind in ("appendix", "form")
        ]
        self._all_starts = sorted([*self._starts, *self._regulations])
        self._texts = sorted(self._regulations)
        self._bodies = 1
        self._listed = _listed(lines, self._starts)

    def open_at(self, index: int, stack: Stack, texts: Texts) -> OpenedAnnex | None:
        """Open the annex that begins at `index`; None when none does."""
        if index in self._regulations and self._may_be_regulation(stack, texts):
            return self._regulation(index, stack)
        unit = self._lines[index].unit
        if unit is None or unit.kind not in ("appendix", "form") or index in self._listed:
            return None
        if not self._is_heading(index, stack, texts):
            return None
        rank, doubts = self._rank(index, stack)
        return self._open(index, rank, stack, doubts)

    def begins_soon(self, index: int) -> bool:
        """Whether a text of its own begins in the lines below `index`."""
        place = bisect_left(self._texts, index)
        return place < len(self._texts) and self._texts[place] - index <= _LETTERHEAD

    def _may_be_regulation(self, stack: Stack, texts: Texts) -> bool:
        if stack.find("form") is not None:
            return False
        appendix = stack.find("appendix")
        if appendix is not None:
            return len(appendix.node.children) > _SMALL_APPENDIX and bool(stack.root.last)
        return texts.has_units()

    def _regulation(self, index: int, stack: Stack) -> OpenedAnnex | None:
        end = self._regulations[index]
        region = self._lines[end : self._next_start(end, self._all_starts)]
        heading = "\n".join(line.text for line in self._lines[index:end])
        if not has_structure(region):
            if not stack.scope.closed:
                return None
            node = Node("appendix", heading=heading)
            stack.open(scope_rank("appendix"), node, detect(region)[0])
            return OpenedAnnex(node, end)
        grammar, _ = detect(region)
        self._bodies += 1
        node = Node("body", label=str(self._bodies), heading=heading, grammar=grammar.name)
        stack.open(scope_rank("body"), node, grammar)
        return OpenedAnnex(node, end, ["second_body"])

    def _next_start(self, index: int, starts: list[int]) -> int:
        place = bisect_right(starts, index)
        return starts[place] if place < len(starts) else len(self._lines)

    def _is_heading(self, index: int, stack: Stack, texts: Texts) -> bool:
        line = self._lines[index]
        rest = line.rest.split("\n")[0]
        if is_citation(rest) or "ban hành kèm theo" in rest[:60]:
            return False
        if _next_is_lower(self._lines, index) and not line.is_styled:
            return False
        if line.unit is not None and not line.unit.label and rest and not _may_be_unnumbered(stack):
            return False
        alone = not rest or line.is_styled or rest[0] == "("
        if _is_table_name(line) and not stack.in_annex() and not stack.scope.closed:
            return False
        if not stack.in_annex() and not stack.scope.closed:
            # Inside the main text only what stands alone as a heading begins an annex.
            return alone and texts.has_units() and not is_mid_sentence(texts.before(), line)
        return alone or rest[0].isupper()

    def _rank(self, index: int, stack: Stack) -> tuple[int, list[str]]:
        unit = self._lines[index].unit
        assert unit is not None
        if unit.kind == "form":
            return scope_rank("form"), []
        outer = stack.find("appendix")
        if outer is None and stack.find("form") is None:
            return scope_rank("appendix"), []
        holder = stack.find("body") or stack.root
        last = holder.last.get("appendix", "")
        if last and _numbering(last) == _numbering(unit.label):
            steps = distance(last, unit.label, "appendix")
            if steps is not None and 0 < steps <= 3 and _numbering(last) != "":
                return scope_rank("appendix"), ["sequence_gap"] if steps > 1 else []
            return _NESTED_RANK, ["appendix_out_of_order"] if self._lines[index].is_styled else []
        form = stack.find("form")
        counts_on = bool(_value(last)) and _value(unit.label) == _value(last) + 1
        if counts_on and (form is None or "appendix" not in form.last):
            return scope_rank("appendix"), ["mixed_labels"]
        if not last and outer is not None and not unit.label and self._lines[index].is_styled:
            return scope_rank("appendix"), []
        return _NESTED_RANK + min(unit.label.count("."), 3), []

    def _open(self, index: int, rank: int, stack: Stack, doubts: list[str]) -> OpenedAnnex:
        line = self._lines[index]
        unit = line.unit
        assert unit is not None
        end = heading_lines(self._lines, index)
        parts = [line.rest, *(more.text for more in self._lines[index + 1 : end])]
        region = self._lines[end : self._next_start(end - 1, self._starts)]
        # A remark in parentheses below the title ("(Kèm theo Nghị định …)") is text, even after a soft break only.
        heading, remark, more = "\n".join(part for part in parts if part).partition("\n(")
        node = Node(unit.kind, unit.label, unit.marker, heading, remark.strip() + more, marker_auto=line.auto_unit)
        level: Level = stack.open(rank, node, detect(region)[0])
        level.last.clear()
        return OpenedAnnex(node, end, doubts)


def _may_be_unnumbered(stack: Stack) -> bool:
    """Whether "PHỤ LỤC BÁO CÁO" may be an annex of this text: not inside a numbered one, whose own annexes it names."""
    appendix = stack.find("appendix")
    return stack.find("form") is None and (appendix is None or not appendix.node.label)


def _numbering(label: str) -> str:
    """How a label counts: Roman, Arabic, letters, or not at all."""
    if not label:
        return ""
    if label[0].isdigit():
        return "nested" if "." in label else "arabic"
    return "roman" if roman_value(label.rstrip("abcdđ")) and len(label) + (label in "IVX") > 1 else "letter"


def _is_table_name(line: Line) -> bool:
    """Whether "Biểu 1" may as well be the name of a table: only among annexes it is a form."""
    return line.text[:4].upper() == "BIỂU" and "MẪU" not in line.text[:9].upper()


def _value(label: str) -> int:
    """What a Roman or Arabic number is worth, whatever letter follows it; 0 for any other label."""
    plain = label.lower().rstrip("abcdđ")
    return int(plain) if plain.isdecimal() else roman_value(plain) or 0


def _next_is_lower(lines: Sequence[Line], index: int) -> bool:
    return index + 1 < len(lines) and lines[index + 1].goes_on and not lines[index].rest


def _listed(lines: Sequence[Line], starts: list[int]) -> set[int]:
    """Lines of a list of annexes or forms, which are not the annexes themselves: they come again further down.

    A run of such lines close to each other is a list when the next annex after the run has the label of its first.
    """
    listed: set[int] = set()
    position = 0
    while position < len(starts):
        run = _run(lines, starts, position)
        position += len(run)
        if len(run) > 1 and position < len(starts) and _name(lines[starts[position]]) == _name(lines[run[0]]):
            listed.update(run)
    return listed


def _run(lines: Sequence[Line], starts: list[int], position: int) -> list[int]:
    run = [starts[position]]
    labels = {_name(lines[starts[position]])}
    for start in starts[position + 1 :]:
        name = _name(lines[start])
        if start - run[-1] > _LIST_GAP or name in labels or name[0] != _name(lines[run[0]])[0]:
            break
        run.append(start)
        labels.add(_name(lines[start]))
    return run


def _name(line: Line) -> tuple[str, str]:
    assert line.unit is not None
    return line.unit.kind, line.unit.label
