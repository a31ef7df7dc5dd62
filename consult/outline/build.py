"""From what was read to what it means: a `Source` into an `Outline`."""

from __future__ import annotations

from consult.outline.addresses import assign_paths
from consult.outline.blocks import Source
from consult.outline.grammar.grammars import Grammar, detect
from consult.outline.grammar.line import Line
from consult.outline.grammar.lines import lines_of
from consult.outline.growth.doubts import PendingDoubt, as_warnings
from consult.outline.growth.ending import annexed_starts
from consult.outline.growth.growing import Growth
from consult.outline.growth.titles import title_of
from consult.outline.tree import Node, Outline, OutlineWarning


def outline_of(source: Source) -> Outline:
    """The outline of a document, with a warning for every doubt of the reader and of the grammar."""
    warnings = [OutlineWarning(doubt.code, doubt.path, doubt.message, doubt.page) for doubt in source.doubts]
    if source.pages and not source.blocks:
        return Outline("", "pages", [], warnings)
    lines = lines_of(source.blocks)
    root = Node("")
    doubted: list[PendingDoubt] = []
    grammar, structured = _main_grammar(lines)
    Growth(root, grammar, lines, doubted).run()
    title = title_of(lines)
    if lines and not structured:
        doubted.append(PendingDoubt("no_structure", None))
    if lines and not title:
        doubted.append(PendingDoubt("no_title", None))
    repeated = assign_paths(root.children)
    first = root.children[0].path if root.children else ""
    return Outline(title, grammar.name, root.children, [*warnings, *as_warnings(doubted, first), *repeated])


def _main_grammar(lines: list[Line]) -> tuple[Grammar, bool]:
    """The grammar of the first body: judged by what stands before the first annex, if that says anything."""
    annexes = [index for index, line in enumerate(lines) if line.unit is not None and _is_annex_heading(line)]
    annexes.extend(index for index in annexed_starts(lines) if index > 5)
    first = min((index for index in annexes if index > 5), default=len(lines))
    grammar, structured = detect(lines[:first])
    return (grammar, structured) if structured else detect(lines)


def _is_annex_heading(line: Line) -> bool:
    return line.unit is not None and line.unit.kind in ("appendix", "form") and line.is_styled
