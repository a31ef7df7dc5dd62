"""The rows of open data in words: a name for every column and every code said as the site says it. The same for CSV,
XLSX and JSON; what a program counts by stays in the files with codes (table_csv, table_json)."""

from collections.abc import Iterator

from consult import clock
from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead, TableLine
from consult.exports.plain.table_csv import WAY, way
from consult.submissions.words import SubmissionKind

COLUMNS = (
    "slug", "title", "number", "submission_kind", "channel", "received_on", "document_title", "revision", "place",
    "path", "page", "organisation", "letter_number", "letter_on", "sender", "area", "joiners", "visibility",
    "visibility_reason", "stance", "quote", "text", "proposed", "reason", "outcome", "outcome_reason", "disposition",
    "answer", "change", "answered_on", "second_word", "second_word_on", "second_word_text", *WAY,
    "sent_place", "moved_on", "moved_why", "counted_at", "notice",
)  # fmt: skip

SAID = {
    "submission_kind": "submission_kind", "channel": "channel", "stance": "stance", "disposition": "disposition",
    "visibility": "data_visibility", "visibility_reason": "withheld_reason", "outcome": "data_outcome",
    "outcome_reason": "invalid_reason", "second_word": "verdict",
}  # fmt: skip
"""The columns that hold codes, and how what they say is looked up."""

OWN_NAMES = {"submission_kind": "kind"}


def headings(say: Say) -> list[str]:
    """What the columns are called."""
    return [say(f"data_column.{name}") for name in COLUMNS]


def values(head: TableHead, line: TableLine, say: Say) -> Iterator[str | int]:
    """A line as its cells, in the order of the columns; numbers are numbers."""
    above = {"slug": head.slug, "title": head.title, "notice": head.notice}
    above["counted_at"] = head.counted_at.astimezone(clock.LOCAL_ZONE).isoformat(timespec="minutes")
    above.update((name, str(said or "")) for name, said in zip(WAY, way(line), strict=True))
    for name in COLUMNS:
        value = above[name] if name in above else getattr(line, OWN_NAMES.get(name, name))
        if name in SAID and value:
            # A choice is called as whoever made it was asked.
            own = "citizen_" if name == "stance" and line.kind == SubmissionKind.COMMENT else ""
            value = say(f"{own}{SAID[name]}.{value}")
        if value is None or (name == "revision" and not value):
            value = ""
        yield value if isinstance(value, int) else str(value)
