"""Whether a case is really solved: who reported is asked some weeks after it ended, and a "no" opens it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import Select, exists, select, update
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.programme import promises
from consult.programme.promise_models import Promise, PromiseAct
from consult.programme.sightings.models import CaseSighting, SightingCase, SolvedWord
from consult.programme.words import Ending, PromiseActKind, PromiseKind
from consult.relationships import along
from consult.responses.data_requests import blanking
from consult.submissions.comments.outcome import Outcome, author_left_expression
from consult.submissions.comments.standing import outcome_is
from consult.submissions.comments.visible import set_apart_expression
from consult.submissions.models import Comment, Submission
from consult.submissions.words import ContactKind
from consult.text import one_line

AT_ONCE = 50
LONGEST_LINE = 300
MADE_UP_FOR = timedelta(days=60)
"""For how long after its day somebody is still asked by a worker that stood still."""
AGAIN = timedelta(days=15)
"""Within so many days a case is due that was opened again, the province's rule; whoever owes it may ask for more."""


@dataclass(frozen=True)
class SolvedQuestions:
    """So many `weeks` after a case ended, as the province has it, everybody who reported it and left a mail is asked; 0
    asks nobody."""

    weeks: int

    def ask(self, session: Session, now: datetime) -> None:
        """Asks about every case whose day has come: a chore of the worker."""
        if not self.weeks:
            return
        last = clock.local_day(now) - timedelta(weeks=self.weeks)
        asked = exists().where(along(SightingCase.words), SolvedWord.ended_on == Promise.ended_on)
        ended = (Promise.kind == PromiseKind.CASE, Promise.ending == Ending.DONE, Promise.ended_on <= last)
        # The day that a body says may lie long before; what counts is when it became public.
        lately = PromiseAct.released_at > clock.start_of_day(last - MADE_UP_FOR)
        told = exists().where(along(Promise.acts), PromiseAct.kind == PromiseActKind.DONE, lately)
        wanted = select(SightingCase.consultation_id, SightingCase.id).join(SightingCase.promise)
        reported = _reporters().where(along(SightingCase.sightings)).exists()
        due = wanted.where(*ended, told, ~asked, reported)
        for key in session.execute(due.order_by(Promise.ended_on, Promise.id).limit(AT_ONCE)).all():
            _ask_of(session, session.get_one(SightingCase, tuple(key)), now)


def say(session: Session, word: SolvedWord, solved: bool, line: str, now: datetime) -> bool:
    """What somebody says who was asked; whether it opened the case again, which the log tells without saying who.

    Raises Invalid({"line": "too_long"}), Refused("said_already"), NotFound for what is asked no more (`is_asked`).
    """
    said = one_line(line)
    if len(said) > LONGEST_LINE:
        raise Invalid({"line": "too_long"})
    with writing(session, word.consultation_id):
        session.refresh(word)
        if word.said_at is not None:
            raise Refused("said_already")
        if not is_asked(session, word):
            raise NotFound
        word.said_at, word.solved, word.line = now, solved, said
        promise = session.get_one(Promise, (word.consultation_id, word.case_id))
        session.refresh(promise)
        if solved or promise.ended_on != word.ended_on:
            return False
        _reopen(session, promise, word, now)
    return True


def is_asked(session: Session, word: SolvedWord) -> bool:
    """Whether somebody may still say it: not once their sighting was taken out of the case, taken back, set apart,
    invalid or erased. What was said stays to be read by them."""
    own = (CaseSighting.consultation_id == word.consultation_id, CaseSighting.case_id == word.case_id)
    return session.scalar(_reporters().where(*own, Submission.id == word.submission_id)) is not None


def after_erased(session: Session, messages: Sequence[OutboxMessage], _now: datetime) -> None:
    """After data_erased: what its sender said of a case goes with their words. The same again changes nothing."""
    for message in messages:
        if message.consultation_id is None:
            continue
        own = (Comment.consultation_id == message.consultation_id, Comment.number.in_(message.payload["comments"]))
        words = (
            SolvedWord.consultation_id == message.consultation_id,
            SolvedWord.submission_id.in_(select(Comment.submission_id).where(*own)),
        )
        with writing(session, message.consultation_id):
            blanking.overwrite(session)
            session.execute(update(SolvedWord).where(*words).values(line=""))


def reopened(case: SightingCase) -> list[SolvedWord]:
    """The words by which it was opened again, the first first."""
    return [one for one in case.words if one.due_on is not None]


def _ask_of(session: Session, case: SightingCase, now: datetime) -> None:
    with writing(session, case.consultation_id):
        session.refresh(case)
        ended_on = case.promise.ended_on
        if ended_on is None:
            return
        own = (CaseSighting.consultation_id == case.consultation_id, CaseSighting.case_id == case.id)
        for submission_id in session.scalars(_reporters().where(*own)).all():
            word = SolvedWord(
                id=new_id(), consultation_id=case.consultation_id, case_id=case.id, submission_id=submission_id,
                ended_on=ended_on, asked_at=now, line="",
            )  # fmt: skip
            session.add(word)
            emit(session, "solved_asked", now, case.consultation_id, word=str(word.id), submission=str(submission_id))


@cache
def _reporters() -> Select[UUID]:
    """The submissions that tell of cases and whose senders can be asked; not of what was taken back, is invalid, or
    goes another lawful way: where nothing else is left, the case is told to nobody (`standing.py`)."""
    can_be_asked = (Submission.contact_kind == ContactKind.MAIL, Submission.contact != "")
    stands = (~outcome_is(Outcome.WITHDRAWN, Outcome.INVALID), ~author_left_expression(), ~set_apart_expression())
    found = select(Submission.id).distinct().select_from(CaseSighting).join(CaseSighting.comment)
    return found.join(Comment.submission).where(*can_be_asked, *stands)


def _reopen(session: Session, promise: Promise, word: SolvedWord, now: datetime) -> None:
    word.due_on = due = clock.local_day(now) + AGAIN
    promises.reopen(promise, due)
    entry = entries.case_reopened(promise.number, word.ended_on, due)
    ledger.append(session, promise.consultation_id, [entry], now)
    for body in dict.fromkeys((promise.by_id, promise.keeper_id)):
        promises.have_told(session, promise.consultation_id, "reopened", body, [promise.number], now)
    session.get_one(Consultation, promise.consultation_id).touch()


def word_of(session: Session, consultation_id: UUID, word_id: UUID) -> SolvedWord | None:
    """The question of this id; None where there is none."""
    return session.get(SolvedWord, (consultation_id, word_id))
