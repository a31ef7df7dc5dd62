"""Answers taken in: checked against the questions, and each of them once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Actor
from consult.programme import heads
from consult.programme.surveys import planning
from consult.programme.surveys.entering import where
from consult.programme.surveys.entering.paper import Paper, Said, number_of, read, read_papers
from consult.programme.surveys.models import Survey, SurveyAnswer
from consult.programme.surveys.words import Way
from consult.text import one_line

MOST_ANSWERS = 50_000
"""On paper, and as many online, of one survey: what is more is no survey by drawn sample, and the whole is read when it
is frozen. Who fills it online takes nothing from those who were drawn."""


def answer_openly(
    session: Session, one: Survey, area_id: UUID | None, typed: Mapping[str, str], key: str, now: datetime
) -> bool:
    """An answer of anybody online; False when the same form came before. Raises Invalid by the names of the questions
    and `commune`, Refused: `survey_closed`, `survey_full`."""
    said, errors = read(planning.questions_asked(one), typed, whole=True)
    if area_id not in {each.area_id for each in one.areas}:
        errors["commune"] = "required" if area_id is None else "not_a_choice"
    if not said and not errors:
        errors[planning.questions_asked(one)[0].name] = "required"
    if errors:
        raise Invalid(errors)
    assert area_id is not None
    with writing(session, one.consultation_id):
        session.refresh(one)
        if known(session, one, [key]):
            return False
        if not planning.takes_answers(one, clock.local_day(now)):
            raise Refused("survey_closed")
        require_room(session, one, 1, (Way.OPEN,))
        session.add(row_of(one, area_id, Way.OPEN, "", key, said, now, None))
    return True


def enter(
    session: Session, one: Survey, area_id: UUID, way: Way, papers: Sequence[Paper], actor: Actor, now: datetime
) -> int:
    """Papers of a commune, typed by somebody who enters for it; gives how many. A number stands for one paper of the
    commune. Raises NotFound, Refused: `survey_closed`, `survey_full`; and Invalid by place, `<index>.<name>`, with
    `sheet` for the number: `required`, `too_long`, `same_sheet`, `sheet_known`; `papers`: `required` for none."""
    where.require_enters(session, one, area_id, actor)
    rows, errors = read_papers(planning.questions_asked(one), papers)
    with writing(session, one.consultation_id):
        session.refresh(one)
        require_begun(one, clock.local_day(now))
        keys = {index: key_of(area_id, sheet) for index, (sheet, _said) in rows.items()}
        there = known(session, one, list(keys.values()))
        errors |= {f"{index}.sheet": "sheet_known" for index, key in keys.items() if key in there}
        if not papers:
            errors["papers"] = "required"
        if errors:
            raise Invalid(errors)
        require_room(session, one, len(rows), (Way.DRAWN, Way.MEETING))
        by_id = heads.person(actor)
        for index, (sheet, said) in rows.items():
            session.add(row_of(one, area_id, way, sheet, keys[index], said, now, by_id))
    return len(rows)


def take_out(session: Session, one: Survey, answer_id: UUID, actor: Actor) -> None:
    """Takes out a paper that was typed wrongly, to be typed again, until the answers are frozen. Raises NotFound,
    Refused("survey_closed")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        found = session.get(SurveyAnswer, (one.consultation_id, answer_id))
        if found is None or found.survey_id != one.id or found.way is Way.OPEN:
            raise NotFound
        where.require_enters(session, one, found.area_id, actor)
        require_enterable(one)
        session.delete(found)


def entered(session: Session, one: Survey, area_id: UUID, limit: int) -> Sequence[SurveyAnswer]:
    """The papers of a commune that were typed last."""
    own = (SurveyAnswer.consultation_id == one.consultation_id, SurveyAnswer.survey_id == one.id)
    wanted = select(SurveyAnswer).where(*own, SurveyAnswer.area_id == area_id, SurveyAnswer.way != Way.OPEN)
    return session.scalars(wanted.order_by(SurveyAnswer.id.desc()).limit(limit)).all()


def numbered(
    session: Session, one: Survey, area_id: UUID, sheet: str, villages: Sequence[int] = ()
) -> Sequence[SurveyAnswer]:
    """The papers of a commune with this number, however it is written: its own, and one of each of these villages, by
    their numbers."""
    own = (SurveyAnswer.consultation_id == one.consultation_id, SurveyAnswer.survey_id == one.id)
    keys = [key_of(area_id, sheet), *(key_of(area_id, sheet, village) for village in villages)]
    return session.scalars(select(SurveyAnswer).where(*own, SurveyAnswer.key.in_(keys)).order_by(SurveyAnswer.id)).all()


def key_of(area_id: UUID, sheet: str, village: int | None = None) -> str:
    """By what a paper is known: its number, within the commune, or within a village of it that enters by its own
    link."""
    return f"{area_id}{'' if village is None else f'/{village}'}:{number_of(one_line(sheet))}"


def counts(session: Session, one: Survey) -> dict[tuple[UUID, Way], int]:
    """How many answers came by commune and way."""
    own = (SurveyAnswer.consultation_id == one.consultation_id, SurveyAnswer.survey_id == one.id)
    counted = select(SurveyAnswer.area_id, SurveyAnswer.way, func.count()).where(*own)
    rows = session.execute(counted.group_by(SurveyAnswer.area_id, SurveyAnswer.way)).all()
    return {(area_id, way): count for area_id, way, count in rows}


def require_enterable(one: Survey) -> None:
    """Raises Refused("survey_closed") before it is open and once its answers are frozen: papers that were filled in
    before the last day may be typed after it."""
    if one.opened_at is None or one.frozen_at is not None:
        raise Refused("survey_closed")


def require_begun(one: Survey, today: date) -> None:
    """The same before the first local day on which answers are taken, too."""
    require_enterable(one)
    if today < one.starts_on:
        raise Refused("survey_closed")


def known(session: Session, one: Survey, keys: Sequence[str]) -> set[str]:
    """Which of these keys stand for an answer that is there."""
    own = (SurveyAnswer.consultation_id == one.consultation_id, SurveyAnswer.survey_id == one.id)
    found: set[str] = set()
    for begin in range(0, len(keys), 500):
        some = keys[begin : begin + 500]
        found |= set(session.scalars(select(SurveyAnswer.key).where(*own, SurveyAnswer.key.in_(some))))
    return found


def require_room(session: Session, one: Survey, more: int, ways: Sequence[Way]) -> None:
    """Raises Refused("survey_full") where so many more of these ways are too many."""
    own = (
        SurveyAnswer.consultation_id == one.consultation_id, SurveyAnswer.survey_id == one.id,
        SurveyAnswer.way.in_(ways),
    )  # fmt: skip
    if (session.scalar(select(func.count()).select_from(SurveyAnswer).where(*own)) or 0) + more > MOST_ANSWERS:
        raise Refused("survey_full")


def row_of(
    one: Survey, area_id: UUID, way: Way, sheet: str, key: str, said: Said, now: datetime, by_id: UUID | None
) -> SurveyAnswer:
    """An answer as it is kept."""
    return SurveyAnswer(
        id=new_id(), consultation_id=one.consultation_id, survey_id=one.id, area_id=area_id, way=way, sheet=sheet,
        key=key, said=said, received_at=now, entered_by_id=by_id,
    )  # fmt: skip
