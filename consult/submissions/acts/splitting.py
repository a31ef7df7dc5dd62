"""Splitting: a comment that holds several becomes comments of their own, each answered by itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.policy import Action, Actor, require
from consult.submissions.comments import act_rules, comment_state, following
from consult.submissions.comments.act_recording import add_act, tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.inputs import CommentInput
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving import commitments as committed
from consult.submissions.receiving import normalization, submission_rows, validation
from consult.submissions.receiving.admission import received_act
from consult.submissions.receiving.anchor_resolution import Place, resolve
from consult.submissions.receiving.insertion import insert_rows
from consult.submissions.receiving.rows import CommentRow
from consult.submissions.sender import own_submission
from consult.submissions.words import CommentActKind

LEAST, MOST = 2, 50


def split(
    session: Session,
    consultation: Consultation,
    number: int,
    into: Sequence[CommentInput],
    actor: Actor,
    now: datetime,
) -> list[Comment]:
    """Splits the comment `number` into comments of the same submission, received on the same day; gives the new ones.
    Who may read the whole may read the parts: what was decided of it holds for each of them (`following.of_part`).

    Raises NotFound; Invalid ({"comments": …}, {"comments.0.text": …}); Refused: the policy's reason, and those of
    `possible`.
    """
    parts, places = _checked(session, consultation, into)
    with writing(session, consultation.id):
        require(actor, Action.TRIAGE, consultation, now)
        one = comment_state.read(session, consultation.id, [number])[0]
        act_rules.refuse_unless(act_rules.BY_ONE, CommentActKind.SPLIT, [one], consultation)
        numbers = _receive_parts(session, consultation, one, parts, places, now)
        add_act(session, one, CommentActKind.SPLIT, actor, now, details={"into": numbers})
        ledger.append(session, consultation.id, [comment_entries.split(number, numbers)], now)
        tell(session, consultation, [number, *numbers], "split", now)
        of_parts = Comment.consultation_id == consultation.id, Comment.number.in_(numbers)
        return list(session.scalars(select(Comment).where(*of_parts).order_by(Comment.number)))


def _checked(
    session: Session, consultation: Consultation, into: Sequence[CommentInput]
) -> tuple[list[CommentInput], list[Place | None]]:
    if not LEAST <= len(into) <= MOST:
        raise Invalid({"comments": "too_few" if len(into) < LEAST else "too_many"})
    parts = [normalization.cleaned_comment(part) for part in into]
    errors: dict[str, str] = {}
    for position, part in enumerate(parts):
        errors.update(validation.of_comment(part, f"comments.{position}."))
    places, lost = resolve(session, consultation.id, [part.anchor for part in parts])
    errors.update({f"comments.{position}.anchor": code for position, code in lost.items()})
    if errors:
        raise Invalid(errors)
    return parts, places


def _receive_parts(
    session: Session,
    consultation: Consultation,
    one: CommentState,
    parts: Sequence[CommentInput],
    places: Sequence[Place | None],
    now: datetime,
) -> list[int]:
    """The rows of the parts and their `received` entries, each naming the whole it was part of; gives their numbers."""
    whole = one.comment
    submission = session.get_one(Submission, (whole.consultation_id, whole.submission_id))
    last = session.scalar(
        select(func.max(Comment.position)).where(
            Comment.consultation_id == whole.consultation_id, Comment.submission_id == submission.id
        )
    )
    shared = own_submission.shared_commitments(session, submission)
    first = next_number(session, consultation.id, "comment", len(parts))
    made: list[CommentRow] = []
    acts, decided = [], []
    for offset, (typed, place) in enumerate(zip(parts, places, strict=True)):
        comment = submission_rows.comment_row(
            submission, (last or 0) + 1 + offset, place, typed.topic or whole.topic, whole.critique_part
        )
        comment.number, comment.split_from_id, comment.received_at = first + offset, whole.id, whole.received_at
        version = submission_rows.version_row(comment, 1, typed, now)
        followed = following.of_part(session, consultation, one, comment, typed, now)
        insert_rows(session, [comment, version, *followed.rows])
        decided.extend(followed.logged)
        commitments = {**shared, "text": committed.text_commitment(comment, version)}
        acts.append(received_act(submission, comment, place, commitments, part_of=whole.number))
        made.append(comment)
    ledger.append(session, consultation.id, [*acts, *decided], now)
    return [comment.number for comment in made]
