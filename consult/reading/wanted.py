"""What a reader narrows the public list of comments by, as conditions of a statement on Comment.

With very many comments a list must neither read nor count all of them. What is common (what waits, what was answered)
is met soon by going down the numbers; what is rare (withdrawn, a critique, a clause) is looked up from its own side.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from consult.consultations import heirs
from consult.consultations.documents import Document, Page, Provision, Revision
from consult.reading import answers
from consult.reading.ways_told import CommentWay
from consult.responses.state_of_answers import answered_expression, outcome_column
from consult.responses.words import Disposition
from consult.submissions import joined
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment, CommentAct, Submission
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

    @property
    def rare(self) -> bool:
        """Whether so few can be meant that they are looked up from their own side, and then put in order."""
        of_a_page = self.anchor is not None and self.anchor.page is not None
        return of_a_page or self.result in _RARE_ENDS or self.source not in {None, SubmissionKind.COMMENT}


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
    return found


def chosen(consultation_id: UUID, wanted: Wanted, page: int, size: int) -> tuple[Any, Select[int]]:
    """How many comments are wanted, as a column, and the numbers of those on page `page` (from 1).

    All of them are counted by the highest number, which is that of the comment received last. With something wanted
    at most one more than MOST_COUNTED are looked for, once, to be counted and turned over alike.
    """
    if wanted.everything:
        highest = select(func.max(Comment.number)).where(Comment.consultation_id == consultation_id)
        total = func.coalesce(highest.scalar_subquery(), 0)
        top = total - (page - 1) * size
        numbers = select(Comment.number).where(
            Comment.consultation_id == consultation_id, Comment.number <= top, Comment.number > top - size
        )
        return total, numbers
    found = select(Comment.number).where(*conditions(consultation_id, wanted))
    first: list[Any] = []
    if wanted.most_joined:
        joiners = joined.all_counts(consultation_id).subquery()
        found = found.join(joiners, joiners.c.comment_id == Comment.id).add_columns(joiners.c.joiners)
        first = [joiners.c.joiners.desc()]
    # By a sum it cannot go: the few there are get sorted, instead of met on a walk down all the numbers.
    newest = Comment.number + 0 if wanted.rare else Comment.number
    some = found.order_by(*first, newest.desc()).limit(MOST_COUNTED + 1).cte("some")
    order = [some.c.joiners.desc()] if wanted.most_joined else []
    here = select(some.c.number).order_by(*order, some.c.number.desc()).limit(size).offset((page - 1) * size)
    return select(func.count()).select_from(some).scalar_subquery(), here


def _from(consultation_id: UUID, kind: SubmissionKind) -> ColumnElement[bool]:
    own = select(Submission.id).where(Submission.consultation_id == consultation_id, Submission.kind == kind)
    if kind is not SubmissionKind.COMMENT:
        return Comment.submission_id.in_(own)
    # Nearly everything comes from citizens: each is asked, instead of listing them all.
    return own.where(Submission.id == Comment.submission_id).correlate(Comment).exists()


def _result(consultation_id: UUID, result: str) -> ColumnElement[bool]:
    """Comments with this CommentWay or Disposition; two ways of waiting are told apart by who has them.

    What became of a comment takes six look-ups to say. So it is asked last, of those whom one look-up, asked first,
    leaves: a list in which nothing is found asks every comment of the matter.
    """
    if result in set(Disposition):
        return (answers.latest_disposition() == result) & (outcome_column() == Outcome.ANSWERED.value)
    if result in {CommentWay.RECEIVED, CommentWay.IN_HAND}:
        assigned = answers.assigned_expression()
        unanswered = ~answered_expression() | _with_act(consultation_id, CommentActKind.PASSED_ON)
        waits = outcome_column().in_([Outcome.AWAITING.value, Outcome.PASSED_ON.value])
        return (assigned if result == CommentWay.IN_HAND else ~assigned) & unanswered & waits
    rare = _RARE_ENDS.get(CommentWay(result))
    may_be = answered_expression() if rare is None else _with_act(consultation_id, rare)
    return may_be & (outcome_column() == result)


def _with_act(consultation_id: UUID, kind: CommentActKind) -> ColumnElement[bool]:
    """Comments on which there is an act of a rare kind, looked up from its own side."""
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
