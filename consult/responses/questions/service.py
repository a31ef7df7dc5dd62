"""Asking the sender of a comment something while its answer is prepared, and keeping what they say.

A comment is asked about once: so nobody puts an answer off by asking again and again. The words of both are read by the
sender and the desk alone; that and when it was asked and replied is public, since it moves the day of the answer. A
reply is not checked by anybody, so it is never shown: who wants it read changes the comment, or the answer tells it.

An investor who answers asks like any other body, and learns nothing by it: whether the sender left a way to be reached
is not told, so its question is taken in any case (whoever left none reads it with the secret number), and of the reply
it reads what the posting body, having read it first, hands on.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.ledger.commitment import SALT_BYTES, commit
from consult.outbox.service import emit
from consult.policy import Action, Actor, decide, investor_answers, require
from consult.responses.questions.models import SenderQuestion
from consult.submissions.comments import comment_state
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.visible import is_set_apart
from consult.submissions.models import Comment, Submission
from consult.submissions.sender.contacts import contact_of
from consult.submissions.words import ContactKind
from consult.text import blank, stored

QUESTION_LIMIT = 2_000
REPLY_LIMIT = 5_000
ASKING = Action.ASK_SENDER
TAKING_DOWN = Action.TRIAGE
"""Who may know who said it, and so telephones: never an investor who answers."""


def ask(
    session: Session, consultation: Consultation, number: int, text: str, most_days: int, actor: Actor, now: datetime
) -> SenderQuestion:
    """Asks the sender of a comment, who is waited for `most_days` days at most; tells the ring (`question_asked`).

    Raises NotFound, also for an investor of what is set apart; Invalid({"question": code}); Refused: the policy's
    reason, `question_answered_already` (the comment waits for no answer), `question_asked_already`,
    `question_to_nobody` (no mail address or telephone number was left, or the sender has withdrawn from it).
    """
    by_id, said = person(actor), _said("question", text, QUESTION_LIMIT)
    with writing(session, consultation.id):
        require(actor, ASKING, consultation, now)
        knows = decide(actor, TAKING_DOWN, consultation, now) is None
        one = _comment(session, consultation, number)
        if not knows and is_set_apart(one.outcome, one.visibility):
            raise NotFound
        if question_of(session, one.comment) is not None:
            raise Refused("question_asked_already")
        if why := why_not(session, one, knows):
            raise Refused(why)
        salt, until = secrets.token_bytes(SALT_BYTES), clock.local_day(now) + timedelta(days=most_days)
        question = SenderQuestion(
            consultation_id=consultation.id, comment_id=one.comment.id, text=said, salt=salt, asked_at=now,
            asked_by_id=by_id, waits_until=until, reply="", by_investor=not knows,
        )  # fmt: skip
        session.add(question)
        commitment = commit("question", question_value(question), salt)
        ledger.append(session, consultation.id, [comment_entries.question_asked(number, until, commitment)], now)
        emit(session, "question_asked", now, consultation.id, number=number)
        consultation.touch()
    return question


def reply(
    session: Session, consultation: Consultation, number: int, text: str, actor: Actor | None, now: datetime
) -> None:
    """Keeps what the sender says: by themselves (no `actor`), or taken down by who telephones with them. The clock goes
    on, unless it does so already. Tells the ring (`question_replied`).

    Raises NotFound (nothing was asked); Invalid({"reply": code}); Refused: the policy's reason,
    `question_replied_already`, `question_answered_already`.
    """
    said = _said("reply", text, REPLY_LIMIT)
    with writing(session, consultation.id):
        if actor is not None:
            require(actor, TAKING_DOWN, consultation, now)
        one = _comment(session, consultation, number)
        question = question_of(session, one.comment)
        if question is None:
            raise NotFound
        if question.replied_at is not None:
            raise Refused("question_replied_already")
        if not _waits_for_answer(one) or consultation.withdrawn_at is not None:
            raise Refused("question_answered_already")
        question.reply, question.reply_salt = said, secrets.token_bytes(SALT_BYTES)
        question.replied_at, question.reply_by_id = now, person(actor) if actor else None
        commitment = commit("reply", reply_value(question), question.reply_salt)
        ledger.append(session, consultation.id, [comment_entries.question_replied(number, commitment)], now)
        emit(session, "question_replied", now, consultation.id, number=number, by_desk=actor is not None)
        consultation.touch()


def question_of(session: Session, comment: Comment) -> SenderQuestion | None:
    """What its sender was asked."""
    return question_about(session, comment.consultation_id, comment.id)


def question_about(session: Session, consultation_id: UUID, comment_id: UUID) -> SenderQuestion | None:
    """What the sender of the comment with this id was asked."""
    return session.get(SenderQuestion, (consultation_id, comment_id))


def open_question(session: Session, consultation_id: UUID | None, number: int) -> SenderQuestion | None:
    """What the sender of the comment of this number was asked and has not replied to."""
    mine = (SenderQuestion.consultation_id == consultation_id, SenderQuestion.replied_at.is_(None))
    asked = select(SenderQuestion).join(SenderQuestion.comment)
    return session.scalar(asked.where(*mine, Comment.number == number))


def questions_to(session: Session, submission: Submission) -> dict[int, SenderQuestion]:
    """What a sender was asked, by the number of the comment."""
    asked = select(Comment.number, SenderQuestion).join(SenderQuestion.comment)
    mine = (SenderQuestion.consultation_id == submission.consultation_id, Comment.submission_id == submission.id)
    return {number: question for number, question in session.execute(asked.where(*mine))}


def share_reply(
    session: Session, consultation: Consultation, number: int, text: str, actor: Actor, now: datetime
) -> None:
    """The posting body hands the reply on to the investor who answers, without what tells who replied; once. Tells the
    ring (`reply_shared`).

    Raises NotFound (no investor answers, or nothing was asked); Invalid({"shared": code}); Refused: the policy's
    reason, `reply_not_there_yet`, `reply_shared_already`.
    """
    by_id, said = person(actor), _said("shared", text, REPLY_LIMIT)
    with writing(session, consultation.id):
        require(actor, TAKING_DOWN, consultation, now)
        question = question_of(session, _comment(session, consultation, number).comment)
        if question is None or not investor_answers(consultation):
            raise NotFound
        if question.replied_at is None:
            raise Refused("reply_not_there_yet")
        if question.shared_at is not None:
            raise Refused("reply_shared_already")
        question.shared_reply, question.shared_at, question.shared_by_id = said, now, by_id
        emit(session, "reply_shared", now, consultation.id, number=number)


def why_not(session: Session, one: CommentState, knows: bool = True) -> str:
    """Why nothing can be asked about a comment, as the code of a reason; empty when something can. Whether its sender
    can be reached is asked for those who may know (`knows`)."""
    if not _waits_for_answer(one):
        return "question_answered_already"
    if not knows:
        return "question_to_nobody" if one.author_left else ""
    submission = session.get_one(Submission, (one.comment.consultation_id, one.comment.submission_id))
    reached = any(contact_of(session, submission, kind) for kind in (ContactKind.MAIL, ContactKind.TELEPHONE))
    return "" if reached and not one.author_left else "question_to_nobody"


def question_value(question: SenderQuestion) -> dict[str, str]:
    """The FIELD `question` of the log."""
    return {"question": question.text}


def reply_value(question: SenderQuestion) -> dict[str, str]:
    """The FIELD `reply` of the log."""
    return {"reply": question.reply}


def _waits_for_answer(one: CommentState) -> bool:
    return one.outcome is Outcome.AWAITING


def _comment(session: Session, consultation: Consultation, number: int) -> CommentState:
    return comment_state.read(session, consultation.id, [number])[0]


def _said(field: str, text: str, limit: int) -> str:
    said = stored(text)
    if blank(said) or len(said) > limit:
        raise Invalid({field: "required" if blank(said) else "too_long"})
    return said
