"""From what was read to what it means: a `Source` into an `Outline`."""

from __future__ import annotations

from collections import Counter

from consult.outline.addresses import assign_paths
from consult.outline.blocks import Source
from consult.outline.ending import annexed_starts
from consult.outline.grammars import Grammar, detect
from consult.outline.growth import Doubted, Growth
from consult.outline.lines import Line, lines_of
from consult.outline.titles import title_of
from consult.outline.tree import Node, Outline, OutlineWarning

_MESSAGES = {
    "sequence_gap": "numbers are missing before this one",
    "sequence_start": "the numbering does not begin at the beginning",
    "out_of_order": "the number goes back",
    "mixed_labels": "letters and numbers are mixed",
    "unusual_label": "a letter that is not used for points",
    "article_without_dot": "taken for an article although no dot follows its number",
    "text_after_signatures": "an article after the signatures",
    "looks_like_article": "looks like an article, taken for text",
    "looks_like_heading": "looks like a heading, taken for text",
    "looks_like_roman": "looks like a Roman number, taken for text",
    "looks_like_clause": "looks like a clause, taken for text",
    "looks_like_point": "looks like a point, taken for text",
    "looks_like_part": "looks like a part, taken for text",
    "looks_like_chapter": "looks like a chapter, taken for text",
    "looks_like_section": "looks like a section, taken for text",
    "looks_like_subsection": "looks like a subsection, taken for text",
    "glued_units": "two units stood on one line and were split",
    "quote_inside_line": "a quoted provision began inside a line, which was split",
    "unclosed_quotation": "the closing quotation mark was not found",
    "quotation_without_marks": "taken for a quoted article although there are no quotation marks",
    "sentence_continued": "joined to the sentence before it, which had been cut",
    "numbered_twice": "carries two numbers; the second is taken for the author's",
    "second_body": "a text annexed to the first begins here",
    "appendix_out_of_order": "an appendix whose number does not follow; kept inside the one before",
    "no_structure": "no numbering was recognised; every paragraph stands for itself",
    "no_title": "no title was found",
}
_MANY = 20


def outline_of(source: Source) -> Outline:
    """The outline of a document, with a warning for every doubt of the reader and of the grammar."""
    warnings = [OutlineWarning(doubt.code, doubt.path, doubt.message) for doubt in source.doubts]
    if source.pages and not source.blocks:
        return Outline("", "pages", [], warnings)
    lines = lines_of(source.blocks)
    root = Node("")
    doubted: list[Doubted] = []
    grammar, structured = _main_grammar(lines)
    Growth(root, grammar, lines, doubted).run()
    title = title_of(lines)
    if lines and not structured:
        doubted.append(Doubted("no_structure", None, ""))
    if lines and not title:
        doubted.append(Doubted("no_title", None, ""))
    repeated = assign_paths(root.children)
    outline = Outline(title, grammar.name, root.children, [*warnings, *_warnings(doubted), *repeated])
    return outline


def _main_grammar(lines: list[Line]) -> tuple[Grammar, bool]:
    """The grammar of the first body: judged by what stands before the first annex, if that says anything."""
    annexes = [index for index, line in enumerate(lines) if line.unit is not None and _is_annex_heading(line)]
    annexes.extend(index for index in annexed_starts(lines) if index > 5)
    first = min((index for index in annexes if index > 5), default=len(lines))
    grammar, structured = detect(lines[:first])
    return (grammar, structured) if structured else detect(lines)


def _is_annex_heading(line: Line) -> bool:
    return line.unit is not None and line.unit.kind in ("appendix", "form") and line.is_styled


def _warnings(doubted: list[Doubted]) -> list[OutlineWarning]:
    """Doubts as warnings; a doubt met very often is told once, with its number."""
    counts = Counter(doubt.code for doubt in doubted)
    told: set[str] = set()
    warnings: list[OutlineWarning] = []
    for doubt in doubted:
        message = _MESSAGES[doubt.code]
        if counts[doubt.code] > _MANY and doubt.code in ("sentence_continued", "numbered_twice"):
            if doubt.code in told:
                continue
            told.add(doubt.code)
            message = f"{message} ({counts[doubt.code]} times, here first)"
        path = doubt.node.path if doubt.node is not None else ""
        warnings.append(OutlineWarning(doubt.code, path, f"{message}: {doubt.message}" if doubt.message else message))
    return warnings
