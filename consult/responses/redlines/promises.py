"""Comments that were answered with the promise of a change, each with the words that it proposed."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Revision
from consult.consultations.models import Consultation
from consult.relationships import along
from consult.responses.answers import answer_state
from consult.responses.answers.answer_state import Answer
from consult.responses.changes.followed import PROMISING
from consult.responses.models import ResponseTarget, ResponseVersion
from consult.responses.words import AnswerState
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.places import is_worded_here
from consult.submissions.comments.standing import outcome_is
from consult.submissions.comments.visible import set_apart_expression
from consult.submissions.models import Comment, CommentVersion

ENDED = (Outcome.WITHDRAWN, Outcome.INVALID, Outcome.SPLIT)


@dataclass(frozen=True)
class Promise:
    """A comment on the place `path` of a draft (`revision` of the document `document`; None for none), what it proposed
    as it was sent, and the version of the answer that holds: the latest where a leader approved it, or else the public
    one, None while there is neither. Not `worded_here` is a wording that was proposed for the clause from which the
    comment was moved to this place."""

    comment_id: UUID
    number: int
    document: int | None
    revision: int | None
    revision_id: UUID | None
    provision_id: UUID | None
    path: str
    proposed: str
    version: ResponseVersion | None
    worded_here: bool = True


def promises(session: Session, consultation: Consultation) -> list[Promise]:
    """All of them, by the comments' numbers; seven statements."""
    answers = _answers(session, consultation)
    latest = (
        select(func.max(CommentVersion.version)).where(along(Comment.versions)).correlate(Comment).scalar_subquery()
    )
    rows = session.execute(
        select(
            Comment.id, Comment.number, Document.number.label("document"), Revision.number.label("revision"),
            Comment.revision_id, Comment.provision_id, Comment.path, CommentVersion.proposed,
            ResponseTarget.response_id, Comment.moved_from,
        )
        .join(ResponseTarget, along(ResponseTarget.comment))
        .join(Comment.versions)
        .outerjoin(Comment.document)
        .outerjoin(Comment.revision)
        .where(
            Comment.consultation_id == consultation.id,
            ResponseTarget.response_id.in_(_promising(consultation)),
            CommentVersion.version == latest,
            ~outcome_is(*ENDED),
            ~set_apart_expression(),
        )
        .order_by(Comment.number)
    )  # fmt: skip
    return [Promise(*row[:8], _holding(answers[row[8]]), is_worded_here(row[9])) for row in rows if row[8] in answers]


def _answers(session: Session, consultation: Consultation) -> Mapping[UUID, Answer]:
    """The answers that promise a change in the version that holds, or in the only one there is."""
    ids = list(session.scalars(_promising(consultation).distinct()))
    found = answer_state.read(session, consultation.id, ids) if ids else []
    return {one.response.id: one for one in found if (_holding(one) or one.latest).disposition in PROMISING}


def _promising(consultation: Consultation) -> Select[UUID]:
    return select(ResponseVersion.response_id).where(
        ResponseVersion.consultation_id == consultation.id, ResponseVersion.disposition.in_(PROMISING)
    )


def _holding(answer: Answer) -> ResponseVersion | None:
    if answer.state in (AnswerState.APPROVED, AnswerState.PUBLISHED):
        return answer.latest
    return answer.published
