"""Preparing a matter before anybody sees it: create, edit the facts, set the days. Each verb is one transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar, facts, periods
from consult.consultations.matter.inputs import NewConsultation
from consult.consultations.matter.preconditions import person, still_drafting, written
from consult.consultations.models import Consultation, Period
from consult.consultations.words import Audience
from consult.db import Lock, new_id, writing
from consult.errors import Invalid
from consult.policy import Action, Actor, require

REASON_LIMIT = 2_000
EDITABLE = (
    "title", "summary", "field", "kind", "procedure", "disclosure", "lead_id", "answering_id", "issuing_id",
    "area_id", "project", "sent_to_front_on", "planned_submission_on", "joining",
    "plain_words",
)  # fmt: skip


def create(session: Session, new: NewConsultation, actor: Actor, now: datetime) -> Consultation:
    """A new matter in preparation, with a short key and an address of its own, for a body of the actor.

    Raises Invalid; Refused and NotFound by the policy.
    """
    by_id = person(actor)
    with writing(session, Lock.MATTERS):
        require(actor, Action.PREPARE_MATTER, None, now)
        facts.check(session, new)
        profile = facts.profile_for(session, new, clock.local_day(now))
        key = facts.free_key(session)
        consultation = Consultation(
            id=new_id(),
            slug=facts.free_slug(session, new, key),
            short_key=key,
            profile_id=profile.id,
            created_at=now,
            created_by_id=by_id,
            **{name: getattr(new, name) for name in EDITABLE},
        )
        session.add(consultation)
        session.flush()
        require(actor, Action.EDIT_MATTER, consultation, now)
    return consultation


def edit(session: Session, consultation: Consultation, new: NewConsultation, actor: Actor, now: datetime) -> None:
    """Changes the facts of a matter in preparation; its address stays unless another is asked for.

    Raises Invalid, and Refused("already_published") afterwards.
    """
    with writing(session, Lock.MATTERS), writing(session, consultation.id):
        still_drafting(consultation, now)
        require(actor, Action.EDIT_MATTER, consultation, now)
        facts.check(session, new)
        profile = facts.profile_for(session, new, clock.local_day(now))
        if new.slug and new.slug != consultation.slug:
            consultation.slug = facts.free_slug(session, new, consultation.short_key, consultation.id)
        for name in EDITABLE:
            setattr(consultation, name, getattr(new, name))
        if profile.id != consultation.profile_id:
            consultation.profile_id = profile.id
            _forget_periods(session, consultation)
        require(actor, Action.EDIT_MATTER, consultation, now)
        written(session, consultation)


def schedule(
    session: Session,
    consultation: Consultation,
    first_day: date,
    last_days: dict[Audience, date],
    actor: Actor,
    now: datetime,
    reasons: Mapping[Audience, str] = MappingProxyType({}),
) -> list[str]:
    """Sets the periods: those the rules give for `first_day`, ended on `last_days` where a person chose another day,
    for one of the `reasons` where that cuts a rule of law short and the profile says that it may be.

    Returns warning codes (`shorter_than_usual`). Raises Invalid({"first_day" | "last_day_<audience>" |
    "reason_<audience>": code}): in the past, before the opening, shorter than the law allows, or a reason too long.
    """
    with writing(session, consultation.id):
        still_drafting(consultation, now)
        require(actor, Action.EDIT_MATTER, consultation, now)
        if first_day < clock.local_day(now):
            raise Invalid({"first_day": "day_in_the_past"})
        chosen, warnings = _chosen(session, consultation, first_day, last_days, reasons)
        _forget_periods(session, consultation)
        session.add_all(_row(consultation.id, period) for period in chosen)
        written(session, consultation)
    return warnings


def periods_of(session: Session, consultation_id: UUID) -> list[Period]:
    """The periods of a matter, in the order public, invited, critique."""
    rows = session.scalars(select(Period).where(Period.consultation_id == consultation_id))
    order = list(Audience)
    return sorted(rows, key=lambda period: order.index(period.audience))


def _chosen(
    session: Session,
    consultation: Consultation,
    first_day: date,
    last_days: dict[Audience, date],
    reasons: Mapping[Audience, str],
) -> tuple[list[periods.ComputedPeriod], list[str]]:
    rules = consultation.profile.rules
    given = periods.computed(rules, consultation.procedure, first_day, calendar.holidays(session))
    chosen, errors, warnings = [], {}, []
    for period in given:
        day = last_days.get(period.audience, period.last_day)
        reason = reasons.get(period.audience, "").strip()
        short = periods.too_short(period, day, reason)
        if len(reason) > REASON_LIMIT:
            errors[f"reason_{period.audience}"] = "too_long"
        if day < first_day:
            errors[f"last_day_{period.audience}"] = "before_first_day"
        elif short == "shorter_than_law":
            errors[f"last_day_{period.audience}"] = "shorter_than_law"
        elif short is not None and short not in warnings:
            warnings.append(short)
        chosen.append(period.ending(day, reason))
    if errors:
        raise Invalid(errors)
    return chosen, warnings


def _forget_periods(session: Session, consultation: Consultation) -> None:
    session.execute(delete(Period).where(Period.consultation_id == consultation.id))


def _row(consultation_id: UUID, period: periods.ComputedPeriod) -> Period:
    return Period(
        id=new_id(),
        consultation_id=consultation_id,
        audience=period.audience,
        opens_at=period.opens_at,
        closes_at=period.closes_at,
        rule=period.rule,
    )
