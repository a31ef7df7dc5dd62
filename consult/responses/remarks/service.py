"""The second word of a body on the answers to its letter: whether they satisfy it, and why not. Written by one person,
signed by another as its letters are, and then public beside the answer, in the log, and told to the desk, which owes a
final answer to what did not satisfy."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import NotFound, Refused
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.people.words import Role
from consult.policy import Actor
from consult.responses.answers.published import published_answers
from consult.responses.remarks import keeping
from consult.responses.remarks.keeping import AnsweredPoint
from consult.responses.remarks.said import Said, checked
from consult.responses.second_words.models import AnswerRemark
from consult.responses.second_words.terms import SecondWordTerms
from consult.submissions.comments import comment_state
from consult.submissions.comments.outcome import READABLE
from consult.submissions.models import Comment, Submission


def answered_points(
    session: Session, consultation: Consultation, letter: Submission, terms: SecondWordTerms
) -> list[AnsweredPoint]:
    """The comments of a letter of which something can be or was said, in their order; the same statements however many
    there are. A letter that somebody took their name from has none."""
    mine = (Comment.consultation_id == consultation.id, Comment.submission_id == letter.id)
    comments = session.scalars(select(Comment).where(*mine).order_by(Comment.position, Comment.number)).all()
    states = {one.comment.id: one for one in comment_state.read(session, consultation.id, [c.number for c in comments])}
    readable = [one for one in comments if states[one.id].visibility in READABLE and not states[one.id].author_left]
    answers = published_answers(session, consultation, [one.id for one in readable])
    written = _written(session, consultation.id, [one.id for one in readable])
    days: dict[datetime, date] = {}
    return [
        AnsweredPoint(one, answer, written.get(one.id), _until(session, terms, answer.at, days))
        for one in readable
        if (answer := answers.get(one.id)) is not None and answer.text is not None
    ]


def answered_point(
    session: Session, consultation: Consultation, letter: Submission, number: int, terms: SecondWordTerms
) -> AnsweredPoint:
    """One of them. Raises NotFound; Refused `nothing_to_remark` while there is no answer that anybody may read."""
    mine = (Comment.consultation_id == consultation.id, Comment.submission_id == letter.id)
    if session.scalar(select(Comment.id).where(*mine, Comment.number == number)) is None:
        raise NotFound
    found = answered_points(session, consultation, letter, terms)
    point = next((one for one in found if one.comment.number == number), None)
    if point is None:
        raise Refused("nothing_to_remark")
    return point


def write(
    session: Session,
    consultation: Consultation,
    letter: Submission,
    number: int,
    verdict: str,
    text: str,
    terms: SecondWordTerms,
    actor: Actor,
    now: datetime,
) -> None:
    """Keeps what somebody of the body that sent the letter writes of one answer, in place of what stood there, as long
    as nobody has signed.

    Raises NotFound; Invalid({"verdict" | "remark": code}); Refused `nothing_to_remark`, `remark_signed`,
    `second_word_late` (the term is over, which is the province's rule).
    """
    said = checked(verdict, text)
    with writing(session, consultation.id):
        point = answered_point(session, consultation, letter, number, terms)
        keeping.refuse_closed(point, now)
        keeping.keep(session, point, said, False, person(actor), now)


def write_all(
    session: Session,
    consultation: Consultation,
    letter: Submission,
    by_point: Mapping[int, Said],
    whole: Said | None,
    terms: SecondWordTerms,
    actor: Actor,
    now: datetime,
) -> list[int]:
    """Keeps what is written of several answers, and what is said of the letter as a whole, which holds for each answer
    of which nothing is said apart; gives the numbers. What was written before of others as part of a whole goes.

    Raises Refused `nothing_chosen`, `remark_signed` and `second_word_late` where one of `by_point` is closed.
    """
    by_id = person(actor)
    with writing(session, consultation.id):
        points = answered_points(session, consultation, letter, terms)
        for one in points:
            if one.comment.number in by_point:
                keeping.refuse_closed(one, now)
        chosen = [(one, by_point.get(one.comment.number) or whole) for one in points if one.open(now)]
        if not any(said for _point, said in chosen):
            raise Refused("nothing_chosen")
        for point, said in chosen:
            if said is not None:
                keeping.keep(session, point, said, point.comment.number not in by_point, by_id, now)
            elif point.remark is not None and point.remark.on_whole:
                session.delete(point.remark)
        return [point.comment.number for point, said in chosen if said is not None]


def why_not_sign(submission: Submission, remarks: Sequence[AnswerRemark], actor: Actor) -> str:
    """Why this person may not sign, by the rule of letters; empty when they may."""
    body = submission.organisation_id
    if body is None or not actor.holds(Role.SENDER, organisation=body):
        return "not_sender"
    wrote = any(str(person(actor)) in one.written_by_ids for one in remarks)
    return "own_draft" if wrote and not actor.sends_own(body) else ""


def sign(
    session: Session,
    consultation: Consultation,
    letter: Submission,
    numbers: Sequence[int],
    terms: SecondWordTerms,
    actor: Actor,
    now: datetime,
) -> None:
    """Makes what is written of these answers public as it stands, all or nothing, and tells the desk (`remarked`),
    which owes a final answer to what does not satisfy within its term.

    Raises NotFound (nothing is written of one); Refused `nothing_chosen`, `nothing_to_remark`, `remark_signed`,
    `second_word_late`, `not_sender`, `own_draft`.
    """
    if not numbers:
        raise Refused("nothing_chosen")
    with writing(session, consultation.id):
        points = {one.comment.number: one for one in answered_points(session, consultation, letter, terms)}
        if missing := [number for number in numbers if number not in points]:
            answered_point(session, consultation, letter, missing[0], terms)
        chosen = [points[number] for number in sorted(set(numbers))]
        for one in chosen:
            keeping.refuse_unsignable(one, now)
        if why := why_not_sign(letter, [one.remark for one in chosen if one.remark], actor):
            raise Refused(why)
        entries = [keeping.fix(one.remark, one, terms.answer_by(session, now), person(actor), now) for one in chosen]
        ledger.append(session, consultation.id, entries, now)
        told = [one.comment.number for one in chosen]
        emit(session, "remarked", now, consultation.id, submission=str(letter.id), numbers=told)
        consultation.touch()


def _written(session: Session, consultation_id: UUID, comment_ids: Sequence[UUID]) -> dict[UUID, AnswerRemark]:
    mine = (AnswerRemark.consultation_id == consultation_id, AnswerRemark.comment_id.in_(comment_ids))
    return {one.comment_id: one for one in session.scalars(select(AnswerRemark).where(*mine))}


def _until(session: Session, terms: SecondWordTerms, at: datetime, days: dict[datetime, date]) -> date:
    """The same day is worked out once: most answers of a letter are published together."""
    if at not in days:
        days[at] = terms.say_until(session, at)
    return days[at]
