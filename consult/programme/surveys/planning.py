"""A survey: written down by a party of a programme, its questions kept version by version, found again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult import size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Actor
from consult.programme import heads
from consult.programme.head_models import Programme
from consult.programme.surveys.models import QuestionSet, Survey
from consult.programme.surveys.questions.checking import problems_of
from consult.programme.surveys.questions.question import Question, questions_of, written
from consult.text import one_line

SMALLEST, LARGEST = 5, 1_000
"""Between which the least number of answers lies that is told of a group."""
USUAL_LEAST = 30
LONGEST = 366
"""Days in which answers are taken."""
MOST_VERSIONS = 100
_WHOLE = (joinedload(Survey.body), selectinload(Survey.question_sets), selectinload(Survey.areas))


@dataclass(frozen=True)
class NewSurvey:
    """A survey as typed; days are local."""

    title: str
    year: int | None
    starts_on: date | None
    ends_on: date | None
    least: int | None = USUAL_LEAST


def begin(session: Session, programme: Programme, new: NewSurvey, actor: Actor, now: datetime) -> Survey:
    """A survey that nobody outside sees yet, by somebody who works for a party, for which it is made. Raises Invalid,
    NotFound, Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        body_id = heads.require_party(programme, actor)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        _check(new)
        made = Survey(
            id=new_id(), consultation_id=programme.consultation_id, body_id=body_id, table_hash="",
            number=next_number(session, programme.consultation_id, "survey"),
        )  # fmt: skip
        _fill(made, new, actor, now)
        session.add(made)
    return made


def change(session: Session, one: Survey, new: NewSurvey, actor: Actor, now: datetime) -> None:
    """Corrects it before it is open. Raises Invalid, NotFound, Refused("survey_open")."""
    with writing(session, one.consultation_id):
        require_unopened(session, one, actor)
        _check(new)
        _fill(one, new, actor, now)


def ask(
    session: Session, one: Survey, questions: Sequence[Question], origin: str, actor: Actor, now: datetime
) -> QuestionSet:
    """Keeps another version of what is asked. Raises NotFound, Refused: `survey_open`, `too_many_question_sets`, and
    `questions_wrong` for a set with problems, which is told to who sent it before."""
    with writing(session, one.consultation_id):
        require_unopened(session, one, actor)
        if problems_of(questions):
            raise Refused("questions_wrong")
        if len(one.question_sets) >= MOST_VERSIONS:
            raise Refused("too_many_question_sets")
        made = QuestionSet(
            id=new_id(), consultation_id=one.consultation_id, survey_id=one.id, version=len(one.question_sets) + 1,
            questions=written(questions), origin=one_line(origin)[: size_limits.SHORT], recorded_at=now,
            recorded_by_id=heads.person(actor),
        )  # fmt: skip
        session.add(made)
    session.refresh(one)
    return made


def questions_asked(one: Survey, version: int | None = None) -> tuple[Question, ...]:
    """What is asked now, or in an earlier `version`; nothing before anything is. Raises NotFound."""
    if version is None:
        return questions_of(one.question_sets[-1].questions) if one.question_sets else ()
    found = next((each for each in one.question_sets if each.version == version), None)
    if found is None:
        raise NotFound
    return questions_of(found.questions)


def survey_of(session: Session, programme: Programme, number: int) -> Survey:
    """The survey of this number, with its questions and communes. Raises NotFound."""
    named = (Survey.consultation_id == programme.consultation_id, Survey.number == number)
    found = session.scalar(select(Survey).where(*named).options(*_WHOLE))
    if found is None:
        raise NotFound
    return found


def own_survey(session: Session, slug: str, number: int, actor: Actor) -> Survey:
    """The same for who works for a party of its programme. Raises NotFound."""
    programme = heads.found(session, slug)
    heads.require_party(programme, actor)
    return survey_of(session, programme, number)


def public_survey(session: Session, slug: str, number: int) -> Survey:
    """The same for anybody once it is open. Raises NotFound."""
    found = survey_of(session, heads.public(session, slug), number)
    if found.opened_at is None:
        raise NotFound
    return found


def surveys_of(session: Session, programme: Programme) -> Sequence[Survey]:
    """All surveys under a programme, the newest first."""
    own = select(Survey).where(Survey.consultation_id == programme.consultation_id)
    return session.scalars(own.order_by(Survey.year.desc(), Survey.number.desc())).all()


def all_public(session: Session, limit: int, offset: int = 0) -> Sequence[Survey]:
    """Every survey that is or was open to anybody, the newest first."""
    wanted = select(Survey).where(Survey.opened_at.is_not(None)).options(joinedload(Survey.programme))
    return session.scalars(wanted.order_by(Survey.opened_at.desc(), Survey.id).limit(limit).offset(offset)).all()


def takes_answers(one: Survey, today: date) -> bool:
    """Whether anybody may answer on a local day."""
    return one.opened_at is not None and one.frozen_at is None and one.starts_on <= today <= one.ends_on


def require_unopened(session: Session, one: Survey, actor: Actor) -> None:
    """Raises NotFound for who works for no party, Refused("survey_open") once it is open. Reads it anew."""
    session.refresh(one)
    heads.require_party(one.programme, actor)
    if one.opened_at is not None:
        raise Refused("survey_open")


def _fill(one: Survey, new: NewSurvey, actor: Actor, now: datetime) -> None:
    assert new.year and new.starts_on and new.ends_on and new.least
    one.title, one.year, one.least = one_line(new.title), new.year, new.least
    one.starts_on, one.ends_on = new.starts_on, new.ends_on
    one.recorded_at, one.recorded_by_id = now, heads.person(actor)


def _check(new: NewSurvey) -> None:
    errors = {name: "required" for name in ("year", "starts_on", "ends_on", "least") if getattr(new, name) is None}
    title = one_line(new.title)
    if not title or len(title) > size_limits.SHORT:
        errors["title"] = "too_long" if title else "required"
    if new.year is not None and not 2000 <= new.year <= 2100:
        errors["year"] = "not_a_year"
    if new.least is not None and not SMALLEST <= new.least <= LARGEST:
        errors["least"] = "least_out_of_bounds"
    if new.starts_on is not None and new.ends_on is not None and not 0 <= (new.ends_on - new.starts_on).days < LONGEST:
        errors["ends_on"] = "before_it_began" if new.ends_on < new.starts_on else "too_long_a_time"
    if errors:
        raise Invalid(errors)
