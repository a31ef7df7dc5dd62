"""The comments of a matter as the public reads them: a page of the list, and one comment with its way."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.documents import Document, Page, Revision
from consult.consultations.models import Consultation
from consult.reading import answers
from consult.responses.published import PublishedAnswer, published_answers
from consult.responses.state_of_answers import outcome_column
from consult.responses.words import Disposition
from consult.submissions import listing
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment, Submission
from consult.submissions.showing import PublicComment
from consult.submissions.state import READABLE, Outcome
from consult.submissions.words import SubmissionKind

PAGE_SIZE = 20


class CommentWay(StrEnum):
    """How far a comment has come, as the public is told: what was passed on looks like what still waits."""

    RECEIVED = "received"
    IN_HAND = "in_hand"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    INVALID = "invalid"
    SPLIT = "split"


RESULTS = ("received", "in_hand", "answered", *(one.value for one in Disposition), "withdrawn", "invalid", "split")
"""What the list can be narrowed to: ways, and dispositions of published answers."""


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; empty fields do not count. `result` is a CommentWay or a Disposition."""

    anchor: AnchorInput | None = None
    result: str = ""
    source: SubmissionKind | None = None


@dataclass(frozen=True)
class Listed:
    """A comment in the list, with its answer when one is public."""

    comment: PublicComment
    way: CommentWay
    answer: PublishedAnswer | None

    @property
    def readable(self) -> bool:
        """Whether its text is public."""
        return self.comment.visibility in READABLE


def page_of(session: Session, consultation: Consultation, wanted: Wanted, number: int) -> tuple[list[Listed], int]:
    """Page `number` (from 1) of the comments that are wanted, newest first, and how many there are on all pages.

    Seven statements, however many comments there are. What became of a comment is asked for this page alone.
    """
    total = session.scalar(_matching(select(func.count(Comment.id)), consultation.id, wanted)) or 0
    columns = select(Comment.number, outcome_column(), answers.assigned_expression())
    statement = (
        _matching(columns, consultation.id, wanted)
        .order_by(Comment.number.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    ways = {row[0]: way_of(row[1], row[2]) for row in session.execute(statement)}
    if not ways:
        return [], total
    found = listing.public_comments(session, consultation, listing.Filter(numbers=tuple(ways)))
    said = published_answers(session, consultation, [comment.id for comment in found])
    items = [Listed(comment, ways[comment.number], said.get(comment.id)) for comment in reversed(found)]
    return items, total


def way_of(outcome: str, assigned: bool) -> CommentWay:
    """How far a comment has come, from what became of it and whether somebody was given it."""
    if outcome in {Outcome.AWAITING, Outcome.PASSED_ON}:
        return CommentWay.IN_HAND if assigned else CommentWay.RECEIVED
    return CommentWay(outcome)


def _matching(columns: Select[*tuple[Any, ...]], consultation_id: UUID, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    statement = (
        columns.select_from(Comment)
        .join(
            Submission,
            (Submission.consultation_id == Comment.consultation_id) & (Submission.id == Comment.submission_id),
        )
        .where(Comment.consultation_id == consultation_id)
    )
    if wanted.source is not None:
        statement = statement.where(Submission.kind == wanted.source)
    if wanted.result:
        statement = statement.where(_result(wanted.result))
    return statement if wanted.anchor is None else _at(statement, wanted.anchor)


def _result(result: str) -> ColumnElement[bool]:
    """Comments with this CommentWay or Disposition; two ways of waiting are told apart by who has them."""
    if result in set(Disposition):
        return (outcome_column() == Outcome.ANSWERED.value) & (answers.latest_disposition() == result)
    waits = outcome_column().in_([Outcome.AWAITING.value, Outcome.PASSED_ON.value])
    if result == CommentWay.RECEIVED:
        return waits & ~answers.assigned_expression()
    if result == CommentWay.IN_HAND:
        return waits & answers.assigned_expression()
    return outcome_column() == result


def _at(statement: Select[*tuple[Any, ...]], anchor: AnchorInput) -> Select[*tuple[Any, ...]]:
    """Comments on a place and what is below it; without a revision, on all revisions of the document."""
    statement = statement.join(
        Document, (Document.consultation_id == Comment.consultation_id) & (Document.id == Comment.document_id)
    ).where(Document.number == anchor.document)
    if anchor.revision is not None:
        statement = statement.join(
            Revision, (Revision.consultation_id == Comment.consultation_id) & (Revision.id == Comment.revision_id)
        ).where(Revision.number == anchor.revision)
    if anchor.page is not None:
        statement = statement.join(
            Page, (Page.consultation_id == Comment.consultation_id) & (Page.id == Comment.page_id)
        ).where(Page.number == anchor.page)
    if anchor.path:
        below = Comment.path.startswith(f"{anchor.path}.", autoescape=True)
        statement = statement.where(or_(Comment.path == anchor.path, below))
    return statement
