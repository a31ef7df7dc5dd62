"""Asking other bodies for their word on comments, and keeping it.

Nothing of it is public, neither that somebody was asked nor what they said: an answer that rests on it quotes it, which
is for the office to decide. So nothing stands in the log. The clock of the answer goes on meanwhile.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused, listed
from consult.files.signed_files import KeptFile
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.responses.coordination.bodies import Body
from consult.responses.coordination.models import CoordinationRequest, CoordinationTarget
from consult.submissions.comments import comment_state
from consult.submissions.comments.visible import is_set_apart
from consult.text import blank, one_line, stored

MOST_BODIES = 20
MOST_COMMENTS = 500
QUESTION_LIMIT = 5_000
REPLY_LIMIT = 20_000
LINE_LIMIT = 300
BEFORE = timedelta(days=2)
"""So long before its day who was asked is reminded."""
AT = time(7, 30)


@dataclass(frozen=True)
class Question:
    """What is asked, until when, and the number of the letter by which those are asked who do not sign in here."""

    text: str
    due_on: date | None
    letter_number: str = ""


def ask(
    session: Session, consultation: Consultation, numbers: Iterable[int], bodies: Sequence[Body], question: Question,
    actor: Actor, now: datetime,
) -> list[CoordinationRequest]:  # fmt: skip
    """Asks each of these bodies about these comments; tells the ring (`word_asked`), and reminds before and after the
    day (`word_due`). Raises NotFound; Invalid({"body" | "question" | "due_on" | "letter_number": code}); Refused: the
    policy's reason, `word_set_apart` for comments that are set apart."""
    by_id, said = person(actor), _checked(bodies, question, clock.local_day(now))
    wanted = sorted(set(numbers))[: MOST_COMMENTS + 1]
    if len(wanted) > MOST_COMMENTS:
        raise Refused("too_many_rows_chosen", most=MOST_COMMENTS)
    with writing(session, consultation.id):
        require(actor, Action.DRAFT_ANSWER, consultation, now)
        found = comment_state.read(session, consultation.id, wanted)
        if apart := [one.comment.number for one in found if is_set_apart(one.outcome, one.visibility)]:
            raise Refused("word_set_apart", numbers=listed(apart))
        return [_asked(session, consultation, body, found, said, by_id, now) for body in dict.fromkeys(bodies)]


def reply(
    session: Session, consultation: Consultation, request_id: UUID, text: str, file: KeptFile | None, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Keeps the word of a body that was asked, by one of its people; tells the ring (`word_replied`). Raises NotFound
    for whom it was not asked; Invalid({"reply": code}); Refused: `word_replied`, `word_withdrawn`."""
    by_id = person(actor)
    with writing(session, consultation.id):
        request = find(session, consultation, request_id)
        if not asked_of(request, actor):
            raise NotFound
        _reply(session, request, text, "", file, by_id, now)


def record_reply(
    session: Session, consultation: Consultation, request_id: UUID, text: str, letter: str, file: KeptFile | None,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """Takes down the word that came by letter or by word of mouth; `letter` is the number and day of the paper. Raises
    as `reply`; Refused: the policy's reason."""
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.DRAFT_ANSWER, consultation, now)
        request = find(session, consultation, request_id)
        request.by_desk = True
        _reply(session, request, text, letter, file, by_id, now)


def withdraw(session: Session, consultation: Consultation, request_id: UUID, actor: Actor, now: datetime) -> None:
    """Asks no more. Raises NotFound; Refused: the policy's reason, `word_replied`, `word_withdrawn`."""
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.DRAFT_ANSWER, consultation, now)
        request = find(session, consultation, request_id)
        _still_open(request)
        request.withdrawn_at, request.withdrawn_by_id = now, by_id


def find(session: Session, consultation: Consultation, request_id: UUID) -> CoordinationRequest:
    """What was asked of one body. Raises NotFound."""
    found = session.get(CoordinationRequest, (consultation.id, request_id))
    if found is None:
        raise NotFound
    return found


def asked_of(request: CoordinationRequest, actor: Actor) -> bool:
    """Whether somebody works for whom it was asked: in the unit, where a unit was."""
    return request.organisation_id is not None and any(
        seat.organisation_id == request.organisation_id and request.unit_id in (None, seat.unit_id)
        for seat in actor.seats
    )


def _checked(bodies: Sequence[Body], question: Question, today: date) -> Question:
    said = Question(stored(question.text).strip(), question.due_on, one_line(question.letter_number))
    errors = {}
    if not bodies or len(bodies) > MOST_BODIES:
        errors["body"] = "required" if not bodies else "too_many_bodies"
    if any(len(body.name) > LINE_LIMIT for body in bodies):
        errors["body"] = "too_long"
    if blank(said.text) or len(said.text) > QUESTION_LIMIT:
        errors["question"] = "required" if blank(said.text) else "too_long"
    if said.due_on is None or said.due_on < today:
        errors["due_on"] = "required" if said.due_on is None else "in_the_past"
    if blank(said.letter_number) and not all(body.signs_in for body in bodies):
        errors["letter_number"] = "asked_by_letter"
    if len(said.letter_number) > LINE_LIMIT:
        errors["letter_number"] = "too_long"
    if errors:
        raise Invalid(errors)
    return said


def _asked(
    session: Session, consultation: Consultation, body: Body, found: Sequence[comment_state.CommentState],
    said: Question, by_id: UUID, now: datetime,
) -> CoordinationRequest:  # fmt: skip
    assert said.due_on is not None
    request = CoordinationRequest(
        consultation_id=consultation.id, id=new_id(), organisation_id=body.organisation_id, unit_id=body.unit_id,
        body_name=body.name, question=said.text, due_on=said.due_on, letter_number=said.letter_number, asked_at=now,
        asked_by_id=by_id, reply="", reply_letter="", file_hash="", file_name="", file_type="", by_desk=False,
    )  # fmt: skip
    session.add(request)
    session.add_all(
        CoordinationTarget(consultation_id=consultation.id, request_id=request.id, comment_id=one.comment.id)
        for one in found
    )
    emit(session, "word_asked", now, consultation.id, request=str(request.id))
    for day in (said.due_on - BEFORE, said.due_on + timedelta(days=1)):
        at = datetime.combine(day, AT, clock.LOCAL_ZONE).astimezone(UTC)
        if at > now:
            emit(session, "word_due", now, consultation.id, run_at=at, request=str(request.id))
    return request


def _reply(
    session: Session, request: CoordinationRequest, text: str, letter: str, file: KeptFile | None, by_id: UUID,
    now: datetime,
) -> None:  # fmt: skip
    words, paper = stored(text).strip(), one_line(letter)
    _still_open(request)
    if (blank(words) and file is None) or len(words) > REPLY_LIMIT:
        raise Invalid({"reply": "too_long" if len(words) > REPLY_LIMIT else "required"})
    if len(paper) > LINE_LIMIT:
        raise Invalid({"reply_letter": "too_long"})
    request.reply, request.reply_letter = words, paper
    request.replied_at, request.replied_by_id = now, by_id
    if file is not None:
        request.file_hash, request.file_name, request.file_type = file.hash, file.name, file.media_type
    emit(session, "word_replied", now, request.consultation_id, request=str(request.id))


def _still_open(request: CoordinationRequest) -> None:
    if request.replied_at is not None:
        raise Refused("word_replied")
    if request.withdrawn_at is not None:
        raise Refused("word_withdrawn")
