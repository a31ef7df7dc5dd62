"""The matters of a person's bodies on one page: stage, what came in, and the next day that counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.answer_terms import AnswerTerm, terms_of
from consult.consultations.matter.queries import ASKED_ABOUT
from consult.consultations.models import Consultation, Counter
from consult.consultations.words import Procedure
from consult.people.words import DESK_ROLES
from consult.policy import Actor, appraises, posting_body
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
    appraises: bool
    received: int
    next_code: str
    next_day: date | None
    late: int


def desk_bodies(actor: Actor) -> frozenset[UUID]:
    """The bodies for which a person works at the desk."""
    return frozenset(seat.organisation_id for seat in actor.seats if seat.role in DESK_ROLES)


def matters(session: Session, actor: Actor, now: datetime) -> list[DeskMatter]:
    """The newest matters that a person's bodies lead, answer or, of an ĐTM report, appraise;
    those in preparation for who leads them only.

    Three statements, however many there are.
    """
    bodies = desk_bodies(actor)
    rows = session.execute(
        select(Consultation, func.coalesce(Counter.value, 0))
        .outerjoin(Counter, and_(Counter.consultation_id == Consultation.id, Counter.name == "comment"))
        .where(
            ASKED_ABOUT,
            or_(
                Consultation.lead_id.in_(bodies),
                and_(
                    Consultation.procedure == Procedure.EIA_STATUTORY,
                    Consultation.issuing_id.in_(bodies),
                    or_(Consultation.lead_id == Consultation.answering_id, Consultation.published_at.is_not(None)),
                ),
                and_(Consultation.answering_id.in_(bodies), Consultation.published_at.is_not(None)),
            ),
        )
        .options(joinedload(Consultation.lead), joinedload(Consultation.answering))
        .order_by(Consultation.created_at.desc(), Consultation.id)
        .limit(MOST)
    ).all()
    terms = terms_of(session, [consultation for consultation, _received in rows])
    return [_line(one, received, actor, bodies, terms.get(one.id), now) for one, received in rows]


def _line(
    consultation: Consultation,
    received: int,
    actor: Actor,
    bodies: Sequence[UUID] | frozenset[UUID],
    term: AnswerTerm | None,
    now: datetime,
) -> DeskMatter:
    stage = stage_of(consultation, now)
    code, day = _next(consultation, stage, term)
    return DeskMatter(
        consultation=consultation,
        stage=stage,
        leads=posting_body(consultation) in bodies,
        answers=consultation.answering_id in bodies,
        appraises=appraises(actor, consultation, *DESK_ROLES),
        received=received,
        next_code=code,
        next_day=day,
        late=max(0, (clock.local_day(now) - day).days) if day else 0,
    )


def _next(consultation: Consultation, stage: Stage, term: AnswerTerm | None) -> tuple[str, date | None]:
    if stage in {Stage.DRAFTING, Stage.ANNOUNCED} and consultation.opens_at is not None:
        return "opens", clock.local_day(consultation.opens_at)
    if stage is Stage.OPEN and consultation.kind.standing:
        return "", None
    if stage is Stage.OPEN and consultation.closes_at is not None:
        return "closes", calendar.last_day_of(consultation.closes_at)
    if stage is Stage.RESPONDING:
        return "answers_due", term.public_day if term is not None else None
    return "", None
