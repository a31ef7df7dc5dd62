"""The words that comments are about, as they stood in the revisions they were made on."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Page, Provision
from consult.relationships import along
from consult.submissions.comments.places import is_worded_here
from consult.submissions.models import Comment

MOST_LINES = 60
LONGEST = 6_000


@dataclass(frozen=True)
class Quoted:
    """A provision with what stands below it, or a page: `text` as it is read (what is long is cut, with an ellipsis:
    the draft itself is a link away), and `clause`, line by line, as a proposed wording starts from it; that is empty
    for what is cut, for a page and for what holds a table, and where the wording was proposed for another clause."""

    text: str
    clause: str


NOTHING = Quoted("", "")


def words_of(session: Session, consultation_id: UUID, numbers: Collection[int]) -> dict[int, Quoted]:
    """The words that the comments with these numbers are about, in one statement; nothing for those about a whole
    document or matter."""
    if not numbers:
        return {}
    # "_" in a path would match any letter in LIKE, so the beginnings are compared instead.
    below = func.substr(Provision.path, 1, func.length(Comment.path) + 1) == Comment.path + "."
    rows = session.execute(
        select(
            Comment.number, Comment.moved_from, Provision.kind, Provision.marker, Provision.heading, Provision.text,
            Page.text.label("page"),
        )
        .select_from(Comment)
        .outerjoin(
            Provision,
            along(Comment.provisions) & (Comment.path != "") & or_(Provision.path == Comment.path, below),
        )
        .outerjoin(Comment.page)
        .where(Comment.consultation_id == consultation_id, Comment.number.in_(numbers))
        .order_by(Comment.number, Provision.position)
    )  # fmt: skip
    return {number: _quoted(list(same)) for number, same in groupby(rows, key=lambda row: row.number)}


def _quoted(rows: Sequence[Any]) -> Quoted:
    lines = (line for row in rows[:MOST_LINES] for line in _lines(row))
    text = "\n".join(line for line in lines if line)
    whole = len(rows) <= MOST_LINES and len(text) <= LONGEST and all(row.kind not in {None, "table"} for row in rows)
    whole = whole and is_worded_here(rows[0].moved_from)
    clause = "\n".join(" ".join(part for part in (row.marker, row.heading, row.text) if part) for row in rows)
    return Quoted(text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…", clause if whole else "")


def _lines(row: Any) -> Iterator[str]:
    """A page, or a provision with its words under its name."""
    if row.page:
        yield row.page
        return
    name = " ".join(part for part in (row.marker, row.heading) if part)
    if row.heading:
        yield from (name, row.text or "")
    else:
        yield f"{name} {row.text or ''}".strip()
