"""Where comments stood before they were moved: the one place that reads it, for everybody who tells of it.

Where a comment stands now is in its own columns, by which all lists, sums and tables go. Those who hold it against what
was sent (the log, its sender, the API) ask here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Revision
from consult.consultations.revisions.lineages import drafts_expression
from consult.submissions.models import Comment, CommentAct, Submission
from consult.submissions.place_models import CommentPlace
from consult.submissions.words import Channel, CommentActKind, CritiquePart, MovedFrom

BY_THEMSELVES = frozenset({Channel.WEB, Channel.API, Channel.RECEIPT})
"""Ways on which a sender chooses the place; on all others it is typed in at the desk."""


@dataclass(frozen=True)
class PlaceStep:
    """One place of a comment, as `anchors.label_of` says it in words: `version` 1 is the one it was received with, as
    somebody had `chosen` it (a code: its sender, who typed paper, who split a comment); each later one was given by a
    person of the desk (`by_id`) at an instant, with a reason."""

    version: int
    document: int
    document_title: str
    revision: int
    drafts: int
    path: str
    page: int | None
    chosen: str = ""
    at: datetime | None = None
    by_id: UUID | None = None
    reason: str = ""

    @property
    def critique_part(self) -> CritiquePart | None:
        """None: a part of a critique that is about no clause is not moved."""
        return None

    @property
    def where(self) -> tuple[int, int, str, int | None]:
        """What makes two of them the same place."""
        return self.document, self.revision, self.path, self.page


Steps = tuple[PlaceStep, ...]


def steps_of(session: Session, consultation_id: UUID, moved: Collection[UUID]) -> dict[UUID, Steps]:
    """The places of these comments in their order, by the id of the comment; nothing of one that was never moved. One
    statement, and none for nobody."""
    found: dict[UUID, list[PlaceStep]] = {}
    for row in session.execute(_places(consultation_id, moved)) if moved else ():
        found.setdefault(row.comment_id, []).append(_step(row))
    return {comment_id: tuple(steps) for comment_id, steps in found.items()}


def is_worded_here(moved_from: MovedFrom | str | None) -> bool:
    """Whether the wording that a comment proposes is one for the clause at which it stands. Where the comment was moved
    away from a clause it starts from the words of that: it is left as text, and laid against no clause."""
    return moved_from != MovedFrom.CLAUSE


def ever_moved(acts: Iterable[CommentAct]) -> set[UUID]:
    """The comments that any of these acts moved, also those that stand again where they were received."""
    return {act.comment_id for act in acts if act.kind == CommentActKind.MOVED}


def _places(consultation_id: UUID, moved: Collection[UUID]) -> Select[Any]:
    return (
        select(
            CommentPlace.comment_id, CommentPlace.version, CommentPlace.path,
            Document.number.label("document"), Document.title, Revision.number.label("revision"),
            Page.number.label("page"), drafts_expression().label("drafts"),
            CommentAct.effective_at, CommentAct.by_id, CommentAct.reason, Comment.split_from_id, Submission.channel,
        )
        .join(CommentPlace.comment)
        .join(Comment.submission)
        .outerjoin(CommentPlace.document)
        .outerjoin(CommentPlace.revision)
        .outerjoin(CommentPlace.page)
        .outerjoin(CommentPlace.act)
        .where(CommentPlace.consultation_id == consultation_id, CommentPlace.comment_id.in_(moved))
        .order_by(CommentPlace.comment_id, CommentPlace.version)
    )  # fmt: skip


def _step(row: Row[Any]) -> PlaceStep:
    return PlaceStep(
        version=row.version,
        document=row.document or 0,
        document_title=row.title or "",
        revision=row.revision or 0,
        drafts=row.drafts or 0,
        path=row.path,
        page=row.page,
        chosen=_chosen(row) if row.version == 1 else "",
        at=row.effective_at,
        by_id=row.by_id,
        reason=row.reason or "",
    )


def _chosen(row: Row[Any]) -> str:
    if row.split_from_id is not None:
        return "split"
    return "sender" if row.channel in BY_THEMSELVES else "typed"
