"""What a reader narrows the public list of comments by, as conditions of a statement on Comment.

With very many comments a list must neither read nor count all of them. What is common (what waits, what was answered)
is met soon by going down the numbers; what is rare (withdrawn, a critique, a clause) is looked up from its own side.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, true

from consult.consultations import heirs
from consult.consultations.documents import Document, Page, Provision, Revision
from consult.reading import answers
from consult.reading.ways_told import CommentWay
from consult.responses.state_of_answers import outcome_column
from consult.responses.words import Disposition
from consult.submissions import joined
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment, CommentAct, Joiner, Submission
from consult.submissions.state import READABLE, Outcome, visibility_expression
from consult.submissions.words import CommentActKind, SubmissionKind, Topic

MOST_COUNTED = 1_000
"""So many are counted and turned over page by page; further on, a list begins anew before a number."""

RESULTS = ("received", "in_hand", "answered", *(one.value for one in Disposition), "withdrawn", "invalid", "split")
"""What the list can be narrowed to: ways, and dispositions of published answers."""

_RARE_ENDS = {
    CommentWay.WITHDRAWN: CommentActKind.WITHDRAWN,
    CommentWay.INVALID: CommentActKind.INVALID,
    CommentWay.SPLIT: CommentActKind.SPLIT,
}


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; empty fields do not count. `result` is a CommentWay or a Disposition, `before` a number
    that all have to be below; `most_joined` leaves those that somebody joined, and begins with the most joined."""

    anchor: AnchorInput | None = None
    result: str = ""
    source: SubmissionKind | None = None
    topic: Topic | None = None
    before: int = 0
    most_joined: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing is left out, so that numbers alone say what stands on which page."""
        return self == Wanted()


def conditions(consultation_id: UUID, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What a Comment of the matter has to meet."""
    found = [Comment.consultation_id == consultation_id]
    if wanted.before:
        found.append(Comment.number < wanted.before)
    if wanted.topic is not None:
        # Only what may be read is found by what it says.
        readable = [one.value for one in READABLE]
        found += [Comment.topic == wanted.topic, visibility_expression().in_(readable)]
    if wanted.source is not None:
        found.append(_from(consultation_id, wanted.source))
    if wanted.result:
        found.append(_result(consultation_id, wanted.result))
    if wanted.anchor is not None:
        found.append(_at(consultation_id, wanted.anchor))
    if wanted.most_joined:
        joined = select(Joiner.comment_id).where(
            Joiner.consultation_id == consultation_id, Joiner.withdrawn_at.is_(None)
        )
        found.append(Comment.id.in_(joined))
    return found


def counted(consultation_id: UUID, wanted: Wanted) -> Any:
    """How many there are, as a column: all of them by the highest number, which is that of the comment received last,
    or with something wanted at most one more than MOST_COUNTED."""
    if wanted.everything:
        highest = select(func.max(Comment.number)).where(Comment.consultation_id == consultation_id)
        return func.coalesce(highest.scalar_subquery(), 0)
    some = select(Comment.number).where(*conditions(consultation_id, wanted)).limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def numbers_of_page(consultation_id: UUID, wanted: Wanted, page: int, size: int) -> Select[int]:
    """The numbers of the comments on page `page` (from 1), newest first."""
    found = select(Comment.number).where(*conditions(consultation_id, wanted))
    if wanted.everything:
        top = counted(consultation_id, wanted) - (page - 1) * size
        return found.where(Comment.number <= top, Comment.number > top - size)
    order = [joined.count_expression().desc()] if wanted.most_joined else []
    return found.order_by(*order, Comment.number.desc()).limit(size).offset((page - 1) * size)


def _from(consultation_id: UUID, kind: SubmissionKind) -> ColumnElement[bool]:
    own = select(Submission.id).where(Submission.consultation_id == consultation_id, Submission.kind == kind)
    if kind is not SubmissionKind.COMMENT:
        return Comment.submission_id.in_(own)
    # Nearly everything comes from citizens: each is asked, instead of listing them all.
    return own.where(Submission.id == Comment.submission_id).correlate(Comment).exists()


def _result(consultation_id: UUID, result: str) -> ColumnElement[bool]:
    """Comments with this CommentWay or Disposition; two ways of waiting are told apart by who has them."""
    if result in set(Disposition):
        return (outcome_column() == Outcome.ANSWERED.value) & (answers.latest_disposition() == result)
    waits = outcome_column().in_([Outcome.AWAITING.value, Outcome.PASSED_ON.value])
    if result == CommentWay.RECEIVED:
        return waits & ~answers.assigned_expression()
    if result == CommentWay.IN_HAND:
        return waits & answers.assigned_expression()
    return _ended(consultation_id, CommentWay(result)) & (outcome_column() == result)


def _ended(consultation_id: UUID, way: CommentWay) -> ColumnElement[bool]:
    kind = _RARE_ENDS.get(way)
    if kind is None:
        return true()
    acts = select(CommentAct.comment_id).where(CommentAct.consultation_id == consultation_id, CommentAct.kind == kind)
    return Comment.id.in_(acts)


def _at(consultation_id: UUID, anchor: AnchorInput) -> ColumnElement[bool]:
    """Comments on a place and what is below it, and on what that came from in earlier revisions; without a revision, on
    all revisions of the document."""
    revisions = (
        select(Revision.id)
        .join(Document, (Document.consultation_id == Revision.consultation_id) & (Document.id == Revision.document_id))
        .where(Revision.consultation_id == consultation_id, Document.number == anchor.document)
    )
    if anchor.revision is not None:
        revisions = revisions.where(Revision.number == anchor.revision)
    if anchor.page is not None:
        pages = select(Page.id).where(
            Page.consultation_id == consultation_id, Page.revision_id.in_(revisions), Page.number == anchor.page
        )
        return Comment.page_id.in_(pages)
    if not anchor.path:
        return Comment.revision_id.in_(revisions)
    below = Provision.path.startswith(f"{anchor.path}.", autoescape=True)
    provisions = select(Provision.id).where(
        Provision.consultation_id == consultation_id,
        Provision.revision_id.in_(revisions),
        (Provision.path == anchor.path) | below,
    )
    if anchor.revision == 1:
        return Comment.provision_id.in_(provisions)
    earlier = heirs.forebears_of(consultation_id, provisions)
    return Comment.provision_id.in_(provisions) | Comment.provision_id.in_(earlier)
