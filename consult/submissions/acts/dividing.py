"""Dividing critiques received before their contents and recommendations were comments: each becomes one, with an entry
of its own behind those of then."""

from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import writing
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.submissions.comments import comment_state
from consult.submissions.comments.act_recording import tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import READABLE, Outcome
from consult.submissions.disclosure import Event, shows_by_itself
from consult.submissions.models import Comment, Critique, Submission
from consult.submissions.receiving import commitments as committed
from consult.submissions.receiving import submission_rows
from consult.submissions.receiving.admission import received_act
from consult.submissions.receiving.critique_parts import answerable_parts
from consult.submissions.receiving.insertion import insert_rows
from consult.submissions.receiving.rows import CommentRow
from consult.submissions.sender import own_submission


def divide_all(session: Session, now: datetime) -> None:
    """Chore of the worker: divides every critique that is not yet. What was concluded or withdrawn with a critique in
    it stays as it was."""
    going_on = or_(Consultation.concluded_at.is_(None), Submission.recorded_at > Consultation.concluded_at)
    waiting = session.scalars(
        select(Critique)
        .join(Consultation, Consultation.id == Critique.consultation_id)
        .join(Critique.submission)
        .where(Critique.divided_at.is_(None), Consultation.withdrawn_at.is_(None), going_on)
        .order_by(Critique.consultation_id, Submission.number)
    ).all()
    for consultation_id, critiques in groupby(waiting, key=attrgetter("consultation_id")):
        with writing(session, consultation_id):
            consultation = session.get_one(Consultation, consultation_id)
            for critique in critiques:
                session.refresh(critique)
                if critique.divided_at is None:
                    _divide(session, consultation, critique, now)


def _divide(session: Session, consultation: Consultation, critique: Critique, now: datetime) -> None:
    submission = session.get_one(Submission, (critique.consultation_id, critique.submission_id))
    own = Comment.consultation_id == submission.consultation_id, Comment.submission_id == submission.id
    numbers = session.scalars(select(Comment.number).where(*own)).all()
    points = comment_state.read(session, consultation.id, numbers)
    critique.divided_at = now
    erased = None in (submission.identity_salt, submission.contact_salt, submission.attachments_salt)
    if erased or all(one.outcome is Outcome.WITHDRAWN for one in points):
        return
    made = _receive(session, consultation, submission, critique, points, now)
    if made:
        tell(session, consultation, made, "divided", now, was_shown=False)


def _receive(
    session: Session,
    consultation: Consultation,
    submission: Submission,
    critique: Critique,
    points: list[CommentState],
    now: datetime,
) -> list[int]:
    """The rows of what is owed an answer, and their `received` entries; gives their numbers."""
    parts = answerable_parts(critique, len(points))
    first = next_number(session, consultation.id, "comment", len(parts)) if parts else 0
    last = max(one.comment.position for one in points)
    shared = own_submission.shared_commitments(session, submission)
    acts, made = [], list[CommentRow]()
    for offset, typed in enumerate(parts):
        comment = submission_rows.comment_row(submission, last + 1 + offset, None, critique_part=typed.critique_part)
        comment.number = first + offset
        version = submission_rows.version_row(comment, 1, typed, now)
        insert_rows(session, [comment, version])
        commitments = {**shared, "text": committed.text_commitment(comment, version)}
        acts.append(received_act(submission, comment, None, commitments))
        made.append(comment)
    if _was_public(consultation, points):
        acts += [comment_entries.released(comment.number) for comment in made]
        insert_rows(session, [submission_rows.released(comment, now) for comment in made])
    ledger.append(session, consultation.id, acts, now)
    return [comment.number for comment in made]


def _was_public(consultation: Consultation, points: list[CommentState]) -> bool:
    """Whether its contents could be read before, which was so beside any of its comments that could."""
    shown = any(one.visibility in READABLE for one in points)
    return shown or shows_by_itself(consultation.disclosure, Event.RECEIVED)
