"""Doubts met while a tree grows, and how they are told once the paths are known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from consult.outline.tree import Node, OutlineWarning

_MESSAGES = {
    "sequence_gap": "numbers are missing before this one",
    "sequence_start": "the numbering does not begin at the beginning",
    "out_of_order": "the number goes back",
    "mixed_labels": "letters and numbers are mixed",
    "unusual_label": "a letter that is not used for points",
    "capital_label": "a point with a capital letter among those with small ones",
    "text_after_point": "stands after a point, and may belong to it as well as to what holds that",
    "alternative_end": "taken to stand after the alternatives; it may belong to the last of them",
    "alternative_goes_on": "taken for a part of the last alternative; it may stand after the alternatives",
    "looks_like_alternative": "looks like an alternative, taken for text",
    "unnumbered_heading": "a heading without a number; what it holds was found by the numbers below it",
    "article_without_dot": "taken for an article although no dot follows its number",
    "unusual_number": "numbered in signs that are not usual, from here on",
    "text_after_signatures": "an article after the signatures",
    "looks_like_article": "looks like an article, taken for text",
    "looks_like_heading": "looks like a heading, taken for text",
    "looks_like_roman": "looks like a Roman number, taken for text",
    "looks_like_clause": "looks like a clause, taken for text",
    "looks_like_point": "looks like a point, taken for text",
    "looks_like_decimal": "looks like a decimal number, taken for text",
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
    "listed_contents": "from here on taken for a table of contents, up to where its first entry comes again",
    "contents_without_end": "a table of contents whose end was not found; its entries may stand among the provisions",
    "second_body": "a text annexed to the first begins here",
    "appendix_out_of_order": "an appendix whose number does not follow; kept inside the one before",
    "no_structure": "no numbering was recognised; every paragraph stands for itself",
    "no_title": "no title was found",
}
_MANY = 20
_OFTEN = frozenset(
    {"sentence_continued", "numbered_twice", "article_without_dot", "formula", "symbol", "text_box", "comments"}
    | {"legacy_font", "unusual_number", "number_not_stored", "tracked_changes", "field", "unknown_numbering"}
)


@dataclass(slots=True)
class PendingDoubt:
    """A doubt about a node whose path is not known yet; `node` None is the document itself. `words` are the first of
    the line concerned; `message` is what a reader of files says itself."""

    code: str
    node: Node | None
    words: str = ""
    message: str = ""


def as_warnings(doubted: list[PendingDoubt], first: str) -> list[OutlineWarning]:
    """Doubts as warnings, once the nodes have their paths; some met very often are told once, with their number. What
    is doubtful of the document as a whole stands at its `first` provision."""
    counts = Counter(doubt.code for doubt in doubted)
    told: set[str] = set()
    warnings: list[OutlineWarning] = []
    for doubt in doubted:
        message = doubt.message or _MESSAGES[doubt.code]
        if counts[doubt.code] > _MANY and doubt.code in _OFTEN:
            if doubt.code in told:
                continue
            told.add(doubt.code)
            message = f"{message} ({counts[doubt.code]} times, here first)"
        path = (doubt.node.path if doubt.node is not None else "") or first
        warnings.append(OutlineWarning(doubt.code, path, f"{message}: {doubt.words}" if doubt.words else message))
    return warnings
