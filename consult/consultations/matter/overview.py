"""The matters of a person's bodies on one page: stage, what came in, and the next day that counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Holidays, Roll
from consult.consultations.models import Consultation, Counter
from consult.consultations.words import Procedure
from consult.people.words import DESK_ROLES
from consult.policy import Actor, posting_body
from consult.stages import Stage, stage_of

MOST = 200


@dataclass(frozen=True)
class DeskMatter:
    """One line: `next_code` names what happens on the local day `next_day` (`opens`, `closes`, `answers_due`), which
    passed `late` days ago."""

    consultation: Consultation
    stage: Stage
    leads: bool
    answers: bool
    received: int
    next_code: str
    next_day: date | None
    late: int


def desk_bodies(actor: Actor) -> frozenset[UUID]:
    """The bodies for which a person works at the desk."""
    return frozenset(seat.organisation_id for seat in actor.seats if seat.role in DESK_ROLES)


def matters(session: Session, actor: Actor, now: datetime) -> list[DeskMatter]:
    """The newest matters that a person's bodies lead or answer; those in preparation for who leads them only.

    Two statements, however many there are.
    """
    bodies = desk_bodies(actor)
    rows = session.execute(
        select(Consultation, func.coalesce(Counter.value, 0))
        .outerjoin(Counter, and_(Counter.consultation_id == Consultation.id, Counter.name == "comment"))
        .where(
            or_(
                Consultation.lead_id.in_(bodies),
                and_(
                    Consultation.procedure == Procedure.EIA_STATUTORY,
                    Consultation.lead_id == Consultation.answering_id,
                    Consultation.issuing_id.in_(bodies),
                ),
                and_(Consultation.answering_id.in_(bodies), Consultation.published_at.is_not(None)),
            )
        )
        .options(joinedload(Consultation.lead), joinedload(Consultation.answering))
        .order_by(Consultation.created_at.desc(), Consultation.id)
        .limit(MOST)
    ).all()
    table = calendar.holidays(session)
    return [_line(consultation, received, bodies, table, now) for consultation, received in rows]


def answers_due(consultation: Consultation, table: Holidays) -> date | None:
    """The day until which answers should be ready: an internal term of the matter's rules, not one of the law."""
    rules = consultation.profile_rules
    rule = rules["rules"].get("answer_days") if rules else None
    if rule is None or consultation.closes_at is None:
        return None
    end = calendar.last_day_of(consultation.closes_at)
    return calendar.last_day(end, rule["days"], DayUnit(rule["unit"]), table, Roll(rule["roll"]))


def _line(
    consultation: Consultation, received: int, bodies: Sequence[UUID] | frozenset[UUID], table: Holidays, now: datetime
) -> DeskMatter:
    stage = stage_of(consultation, now)
    code, day = _next(consultation, stage, table)
    return DeskMatter(
        consultation=consultation,
        stage=stage,
        leads=posting_body(consultation) in bodies,
        answers=consultation.answering_id in bodies,
        received=received,
        next_code=code,
        next_day=day,
        late=max(0, (clock.local_day(now) - day).days) if day else 0,
    )


def _next(consultation: Consultation, stage: Stage, table: Holidays) -> tuple[str, date | None]:
    if stage in {Stage.DRAFTING, Stage.ANNOUNCED} and consultation.opens_at is not None:
        return "opens", clock.local_day(consultation.opens_at)
    if stage is Stage.OPEN and consultation.closes_at is not None:
        return "closes", calendar.last_day_of(consultation.closes_at)
    if stage is Stage.RESPONDING:
        return "answers_due", answers_due(consultation, table)
    return "", None
