"""What the reading of a file was in doubt about, for the person who prepares the matter."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from consult.outline import Outline

KNOWN = frozenset(
    {
        "tracked_changes", "unsupported_part", "embedded_object", "external_link", "text_box", "footnote", "field",
        "hidden_text", "symbol", "comments", "formula", "unknown_numbering", "number_not_stored", "page_unreadable",
        "page_without_text",
        "struck_text", "header_text", "picture_not_shown", "metafile_not_shown", "converted", "legacy_font",
        "encoding", "joined_lines", "running_header", "no_text", "repeated_label", "sequence_gap", "sequence_start",
        "out_of_order", "mixed_labels", "unusual_label", "article_without_dot", "unusual_number",
        "text_after_signatures",
        "looks_like_article", "looks_like_heading", "looks_like_roman", "looks_like_clause", "looks_like_point",
        "looks_like_decimal", "looks_like_part", "looks_like_chapter", "looks_like_section", "looks_like_subsection",
        "glued_units", "points_inside_line", "quote_inside_line", "unclosed_quotation", "quotation_without_marks",
        "sentence_continued",
        "numbered_twice", "listed_contents", "contents_without_end", "second_body", "capital_label",
        "text_after_point", "alternative_end", "alternative_goes_on", "looks_like_alternative", "unnumbered_heading",
        "appendix_out_of_order", "no_structure", "no_title", "layout_table", "annex_head_in_table", "articles_in_table",
    }
)  # fmt: skip
"""Codes with a sentence `outline_warning.<code>` in the catalogues; any other is told as `outline_warning.other`."""

MOST = 200


QUOTING = frozenset({"struck_text", "hidden_text", "header_text", "picture_not_shown", "legacy_font"})
"""Codes whose technical English ends in words of the file, within “”: people are shown these."""


def told(warnings: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first warnings as (code with a sentence, path of the provision or page of a PDF, technical English, words of
    the file)."""
    return [
        {
            "code": warning["code"] if warning["code"] in KNOWN else "other",
            "path": warning["path"],
            "page": warning.get("page", 0),
            "message": warning["message"],
            "words": _words(warning),
        }
        for warning in warnings[:MOST]
    ]


def _words(warning: dict[str, Any]) -> str:
    if warning["code"] not in QUOTING or not warning["message"].endswith("”"):
        return ""
    return str(warning["message"].partition("“")[2].removesuffix("”"))


def counts(outline: Outline) -> list[tuple[str, int]]:
    """How many provisions of each kind there are, in the order in which the kinds are first met."""
    return list(Counter(node.kind for node in outline.walk()).items())
