"""What an organisation has sent, by whatever channel, and what became of each comment in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import filed_drafts
from consult.errors import NotFound
from consult.people.words import ORGANISATION_ROLES
from consult.policy import Actor
from consult.submissions.comments import comment_state, sender_view
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.places import ever_moved, steps_of
from consult.submissions.comments.sender_view import SenderView
from consult.submissions.letters import place_of, signing_bodies
from consult.submissions.models import Comment, CommentVersion, Critique, Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender import own_submission
from consult.submissions.words import CritiquePart, SubmissionKind, Topic
from consult.workspace.answers_seen import Look, looks, new_among
from consult.workspace.cosigning import cosigners

PAGE_SIZE = 20
LETTERS = (SubmissionKind.FORMAL, SubmissionKind.CRITIQUE)


@dataclass(frozen=True)
class SentComment:
    """One comment as the organisation reads it: its own words, whoever else may read them, and what became of it."""

    number: int
    document: int
    document_title: str
    revision: int
    drafts: int
    path: str
    page: int | None
    critique_part: CritiquePart | None
    topic: Topic | None
    received_at: datetime
    version: CommentVersion
    fate: SenderView


@dataclass(frozen=True)
class SentLetter:
    """A letter that was received, with its matter, where it was drawn up, and the state of each of its comments by
    number; which of them were answered since somebody of the body looked, and when that was. Not `own` is a letter of
    another body that the organisation signed together with it: who looked there is no matter of its."""

    submission: Submission
    consultation: Consultation
    letter_place: str
    outcomes: tuple[tuple[int, Outcome], ...]
    unseen: tuple[int, ...]
    look: Look | None
    own: bool


def page_of(
    session: Session, organisation_id: UUID, page: int, before: Collection[UUID] = ()
) -> tuple[list[SentLetter], int]:
    """The `page`th PAGE_SIZE letters of an organisation and of those `before` from which it took over, also those that
    they signed with others, the newest first, and how many pages there are.

    Statements grow with the matters on the page, not with letters or comments.
    """
    bodies = {organisation_id, *before}
    mine = _of(bodies)
    count = session.scalar(select(func.count(Submission.id)).where(*mine)) or 0
    rows = session.execute(
        select(Submission, Consultation)
        .join(Consultation, Consultation.id == Submission.consultation_id)
        .where(*mine)
        .order_by(Submission.recorded_at.desc(), Submission.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return _listed(session, bodies, [(one, matter) for one, matter in rows]), max(1, -(-count // PAGE_SIZE))


def of_matter(
    session: Session, organisation_id: UUID, consultation: Consultation, before: Collection[UUID] = ()
) -> list[SentLetter]:
    """The same of one matter, all of them."""
    bodies = {organisation_id, *before}
    rows = session.scalars(
        select(Submission)
        .where(Submission.consultation_id == consultation.id, *_of(bodies))
        .order_by(Submission.recorded_at.desc(), Submission.id)
    ).all()
    return _listed(session, bodies, [(one, consultation) for one in rows])


def _of(bodies: Collection[UUID]) -> tuple[ColumnElement[bool], ...]:
    """Letters of these organisations, also those that they signed with others, in a statement on Submission."""
    cosigned = Submission.id.in_(cosigners.sent_with(*bodies))
    return or_(Submission.organisation_id.in_(bodies), cosigned), Submission.kind.in_(LETTERS)


def _listed(
    session: Session, bodies: Collection[UUID], rows: Sequence[tuple[Submission, Consultation]]
) -> list[SentLetter]:
    sent = [submission for submission, _matter in rows]
    states, last = _states(session, sent), looks(session, sent)
    return [
        SentLetter(
            submission,
            matter,
            place_of(submission),
            tuple((one.comment.number, one.outcome) for one in states.get(submission.id, ())),
            tuple(new_among(states.get(submission.id, ()), last.get(submission.id))) if own else (),
            last.get(submission.id) if own else None,
            own,
        )
        for submission, matter in rows
        for own in [submission.organisation_id in bodies]
    ]


def unseen_of(session: Session, submission: Submission) -> list[int]:
    """The comments of a letter that were answered since somebody of the body looked."""
    states = _states(session, [submission]).get(submission.id, [])
    return new_among(states, looks(session, [submission]).get(submission.id))


def find(session: Session, consultation: Consultation, number: int, actor: Actor) -> Submission:
    """A letter by the number of its submission; NotFound unless it is of an organisation of the actor's."""
    found = _letter(session, consultation, number)
    if not own(found, actor):
        raise NotFound
    return found


def read(session: Session, consultation: Consultation, number: int, actor: Actor) -> Submission:
    """The same to be read only: also a letter that an organisation of the actor's signed together with its sender."""
    found = _letter(session, consultation, number)
    if not any(_works_for(actor, body) for body in signing_bodies(found.organisation_id, found.cosigned)):
        raise NotFound
    return found


def own(submission: Submission, actor: Actor) -> bool:
    """Whether a letter is of an organisation for which the actor prepares or sends."""
    return submission.organisation_id is not None and _works_for(actor, submission.organisation_id)


def _works_for(actor: Actor, organisation_id: UUID) -> bool:
    return actor.holds(*ORGANISATION_ROLES, organisation=organisation_id)


def _letter(session: Session, consultation: Consultation, number: int) -> Submission:
    found = session.scalar(
        select(Submission).where(
            Submission.consultation_id == consultation.id,
            Submission.number == number,
            Submission.kind.in_(LETTERS),
        )
    )
    if found is None:
        raise NotFound
    return found


def comments_of(session: Session, submission: Submission) -> list[SentComment]:
    """The comments of a letter in the order sent, each with its latest words and what became of it."""
    sent = own_submission.comments_of(session, submission)
    documents, pages = own_submission.places_of(session, sent)
    revisions, filed = own_submission.revisions_of(session, sent), filed_drafts(session, submission.consultation_id)
    standings = {
        one.comment.id: one
        for one in comment_state.read(session, submission.consultation_id, [one.comment.number for one in sent])
    }
    moved = ever_moved(act for state in standings.values() for act in state.acts)
    stood = steps_of(session, submission.consultation_id, moved)
    found = []
    for one in sent:
        document = documents.get(one.comment.document_id)
        page = pages.get(one.comment.page_id)
        found.append(
            SentComment(
                number=one.comment.number,
                document=document.number if document else 0,
                document_title=document.title if document else "",
                revision=revisions.get(one.comment.revision_id, 0),
                drafts=filed[document.number].drafts if document else 0,
                path=one.comment.path,
                page=page.number if page else None,
                critique_part=one.comment.critique_part,
                topic=one.comment.topic,
                received_at=one.comment.received_at,
                version=one.latest,
                fate=sender_view.of(standings[one.comment.id], stood.get(one.comment.id, ())),
            )
        )
    return found


def critique_of(session: Session, submission: Submission) -> Critique | None:
    """What a văn bản phản biện xã hội says beyond its comments; None for a văn bản góp ý."""
    return session.get(Critique, (submission.consultation_id, submission.id))


def scans_of(session: Session, submission: Submission) -> list[Attachment]:
    """The files sent with a letter."""
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.consultation_id == submission.consultation_id, Attachment.submission_id == submission.id)
            .order_by(Attachment.id)
        )
    )


def _states(session: Session, submissions: Sequence[Submission]) -> dict[UUID, list[CommentState]]:
    found: dict[UUID, list[CommentState]] = {}
    for consultation_id in dict.fromkeys(submission.consultation_id for submission in submissions):
        ids = [one.id for one in submissions if one.consultation_id == consultation_id]
        numbers = session.scalars(
            select(Comment.number).where(Comment.consultation_id == consultation_id, Comment.submission_id.in_(ids))
        ).all()
        for one in comment_state.read(session, consultation_id, numbers):
            found.setdefault(one.comment.submission_id, []).append(one)
    return found
