"""What a body remarks on the answer to its letter: written by one person, signed by another as its letters are, and
then public beside the answer, in the log, and told to the desk."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.ledger.commitment import remark_hash
from consult.outbox.service import emit
from consult.people.words import Role
from consult.policy import Actor
from consult.responses.answers.published import PublishedAnswer, published_answers
from consult.responses.remarks.models import AnswerRemark
from consult.submissions.comments import comment_state
from consult.submissions.comments.outcome import READABLE
from consult.submissions.models import Comment, Submission
from consult.text import blank, stored

LONGEST = 3_000


def remarked(session: Session, consultation_id: UUID, comment_ids: Iterable[UUID]) -> dict[UUID, AnswerRemark]:
    """What anybody may read of remarks on the answers to these comments, by comment; one statement."""
    signed = (AnswerRemark.consultation_id == consultation_id, AnswerRemark.signed_at.is_not(None))
    found = session.scalars(select(AnswerRemark).where(*signed, AnswerRemark.comment_id.in_(list(comment_ids))))
    return {one.comment_id: one for one in found}


def answered_comment(
    session: Session, consultation: Consultation, letter: Submission, number: int
) -> tuple[Comment, PublishedAnswer]:
    """A comment of a letter, with the answer that anybody may read. Raises NotFound; Refused `nothing_to_remark` while
    there is none."""
    mine = (Comment.consultation_id == consultation.id, Comment.submission_id == letter.id)
    comment = session.scalar(select(Comment).where(*mine, Comment.number == number))
    if comment is None:
        raise NotFound
    answer = published_answers(session, consultation, [comment.id]).get(comment.id)
    (state,) = comment_state.read(session, consultation.id, [number])
    if answer is None or answer.text is None or state.visibility not in READABLE or state.author_left:
        raise Refused("nothing_to_remark")
    return comment, answer


def remark_on(session: Session, comment: Comment) -> AnswerRemark | None:
    """What is written on the answer to a comment, signed or not."""
    return session.get(AnswerRemark, (comment.consultation_id, comment.id))


def write(
    session: Session,
    consultation: Consultation,
    letter: Submission,
    number: int,
    text: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Keeps the wording of somebody of the body that sent the letter, in place of the one before as long as nobody
    has signed.

    Raises NotFound; Invalid({"remark": code}); Refused `nothing_to_remark`, `remark_signed`.
    """
    said, by_id = stored(text), person(actor)
    if blank(said) or len(said) > LONGEST:
        raise Invalid({"remark": "required" if blank(said) else "too_long"})
    with writing(session, consultation.id):
        comment, _answer = answered_comment(session, consultation, letter, number)
        found = remark_on(session, comment)
        if found is not None and found.signed_at is not None:
            raise Refused("remark_signed")
        if found is None:
            found = AnswerRemark(consultation_id=consultation.id, comment_id=comment.id, written_by_ids=[])
            session.add(found)
        found.text, found.written_at = said, now
        found.written_by_ids = [*dict.fromkeys([*found.written_by_ids, str(by_id)])]


def why_not_sign(submission: Submission, remark: AnswerRemark, actor: Actor) -> str:
    """Why this person may not sign, by the rule of letters; empty when they may."""
    body = submission.organisation_id
    if body is None or not actor.holds(Role.SENDER, organisation=body):
        return "not_sender"
    return "own_draft" if str(person(actor)) in remark.written_by_ids and not actor.sends_own(body) else ""


def sign(
    session: Session, consultation: Consultation, letter: Submission, number: int, actor: Actor, now: datetime
) -> None:
    """Makes it public as it stands, and tells the desk (`remarked`).

    Raises NotFound; Refused `nothing_to_remark`, `remark_signed`, `not_sender`, `own_draft`.
    """
    with writing(session, consultation.id):
        comment, answer = answered_comment(session, consultation, letter, number)
        found = remark_on(session, comment)
        if found is None:
            raise NotFound
        if found.signed_at is not None:
            raise Refused("remark_signed")
        if why := why_not_sign(letter, found, actor):
            raise Refused(why)
        found.signed_by_id, found.signed_at = person(actor), now
        found.response, found.version = answer.number, answer.version
        hashed = remark_hash(number, answer.number, answer.version, found.text)
        ledger.append(
            session, consultation.id, [comment_entries.remarked(number, answer.number, answer.version, hashed)], now
        )
        emit(session, "remarked", now, consultation.id, submission=str(letter.id), number=number)
        consultation.touch()
