"""The words that a comment is about, as they stood in the revision it was made on."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.documents import Page, Provision
from consult.submissions.models import Comment

MOST_LINES = 60
LONGEST = 6_000


def words_of(session: Session, consultation_id: UUID, number: int) -> str:
    """The provision (with what stands below it) or page that the comment `number` is about, in one statement; empty
    for a whole document or matter. Long texts are cut, with an ellipsis: the draft itself is a link away."""
    # "_" in a path would match any letter in LIKE, so the beginnings are compared instead.
    below = func.substr(Provision.path, 1, func.length(Comment.path) + 1) == Comment.path + "."
    rows = session.execute(
        select(Provision.marker, Provision.heading, Provision.text, Page.text.label("page"))
        .select_from(Comment)
        .join(
            Provision,
            (Provision.consultation_id == Comment.consultation_id)
            & (Provision.revision_id == Comment.revision_id)
            & (Comment.path != "")
            & or_(Provision.path == Comment.path, below),
            isouter=True,
        )
        .outerjoin(Page, (Page.consultation_id == Comment.consultation_id) & (Page.id == Comment.page_id))
        .where(Comment.consultation_id == consultation_id, Comment.number == number)
        .order_by(Provision.position)
        .limit(MOST_LINES)
    ).all()
    lines = (line for row in rows for line in _lines(row))
    text = "\n".join(line for line in lines if line)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def _lines(row: Any) -> tuple[str, ...]:
    """A page, or a provision with its words under its name."""
    if row.page:
        return (row.page,)
    name = " ".join(part for part in (row.marker, row.heading) if part)
    return (name, row.text or "") if row.heading else (f"{name} {row.text or ''}".strip(),)
