"""Public acts on a matter: publish, extend, withdraw, submit. Each leaves its entry in the ledger."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Revision
from consult.consultations.matter import calendar, profiles
from consult.consultations.matter.preconditions import person, still_drafting, written
from consult.consultations.models import Consultation, Period, PeriodExtension
from consult.consultations.preparation import ledger_facts, publication_digest, readiness
from consult.consultations.preparation.service import periods_of
from consult.consultations.words import Audience
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.outbox import service as outbox
from consult.policy import Action, Actor, require
from consult.text import blank

REASON_LIMIT = 2_000


def publish(
    session: Session, consultation: Consultation, actor: Actor, now: datetime, shown: str | None = None
) -> None:
    """Makes a matter public with its documents, periods and a copy of its rules, provided that it still is what was
    `shown` (the digest of a preview; None from a command, which shows nothing).

    It opens at once when its first day is today, otherwise at the beginning of that day. Raises Invalid({step: code})
    with everything that is missing, Refused("already_published" | "changed_since_shown") and the policy's reason.
    """
    by_id = person(actor)
    with writing(session, consultation.id):
        still_drafting(consultation, now)
        require(actor, Action.PUBLISH_MATTER, consultation, now)
        errors = readiness.problems(session, consultation, now)
        if errors:
            raise Invalid(errors)
        if shown is not None:
            publication_digest.unchanged(shown, publication_digest.of_matter(session, consultation))
        consultation.profile_rules = profiles.snapshot(consultation.profile)
        consultation.published_at, consultation.published_by_id = now, by_id
        session.execute(update(Revision).where(Revision.consultation_id == consultation.id).values(published_at=now))
        periods = periods_of(session, consultation.id)
        for period in periods:
            period.opens_at = max(period.opens_at, now)
        ledger.append(session, consultation.id, [ledger_facts.published_act(session, consultation, periods)], now)
        outbox.emit(session, "matter_published", now, consultation.id, dedupe_key=f"published:{consultation.id}")
        _remind_of_end(session, consultation.id, periods, now)
        consultation.touch()
        written(session, consultation)


def extend(
    session: Session,
    consultation: Consultation,
    period_id: UUID,
    new_last_day: date,
    reason: str,
    actor: Actor,
    now: datetime,
    shown: str | None = None,
) -> PeriodExtension:
    """Lets a period end later than now, for a public reason; never earlier, for somebody may count on the day told.

    `shown` is the end that who does it saw, in ISO's writing. Raises Invalid({"last_day" | "reason": code}),
    Refused("changed_since_shown" | the policy's reason), NotFound.
    """
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.EXTEND_MATTER, consultation, now)
        period = _period(session, consultation.id, period_id)
        closes_at = calendar.end_of(new_last_day)
        if shown is not None and period.closes_at is not None:
            publication_digest.unchanged(shown, period.closes_at.isoformat())
        _check_extension(period, closes_at, reason, now)
        extension = put_end(session, consultation, period, closes_at, reason, by_id, now)
        consultation.touch()
        written(session, consultation)
    return extension


def put_end(
    session: Session, consultation: Consultation, period: Period, closes_at: datetime, reason: str, by_id: UUID,
    now: datetime, outage: dict[str, Any] | None = None,
) -> PeriodExtension:  # fmt: skip
    """Gives a period that ends a later end, in the transaction under way: row, entry, event, and the seal that is due
    anew. Asks nothing: who calls has asked."""
    assert period.closes_at is not None
    extension = PeriodExtension(
        id=new_id(),
        consultation_id=consultation.id,
        period_id=period.id,
        previous_closes_at=period.closes_at,
        closes_at=closes_at,
        reason=reason,
        at=now,
        by_id=by_id,
        outage=outage,
    )
    session.add(extension)
    period.closes_at = closes_at
    if period.audience is Audience.PUBLIC:
        # What comes in from now on needs a seal of its own when the new end is over.
        consultation.sealed_at = None
    ledger.append(session, consultation.id, [entries.extended(period.audience, closes_at, reason)], now)
    outbox.emit(session, "matter_changed", now, consultation.id, change="extended", extension=str(extension.id))
    _remind_of_end(session, consultation.id, [period], now)
    return extension


def withdraw(session: Session, consultation: Consultation, reason: str, actor: Actor, now: datetime) -> None:
    """Stops a matter for a public reason; everything sent stays. Raises Invalid({"reason": code}), and
    Refused with the policy's reason."""
    check_reason(reason)
    with writing(session, consultation.id):
        require(actor, Action.WITHDRAW_MATTER, consultation, now)
        consultation.withdrawn_at, consultation.withdrawn_reason = now, reason
        ledger.append(session, consultation.id, [entries.withdrawn_matter(reason)], now)
        outbox.emit(session, "matter_changed", now, consultation.id, change="withdrawn_matter")
        consultation.touch()
        written(session, consultation)


def record_submission(session: Session, consultation: Consultation, day: date, actor: Actor, now: datetime) -> None:
    """Records the day the matter went to the issuing authority: until then a critique is taken.

    Raises Invalid({"submitted_on": code}) for a day to come or before publication, Refused with the policy's reason.
    """
    with writing(session, consultation.id):
        require(actor, Action.SUBMIT_MATTER, consultation, now)
        if day > clock.local_day(now):
            raise Invalid({"submitted_on": "day_to_come"})
        if consultation.published_at is not None and day < clock.local_day(consultation.published_at):
            raise Invalid({"submitted_on": "before_publication"})
        consultation.submitted_on = day
        outbox.emit(session, "matter_changed", now, consultation.id, change="submitted")
        consultation.touch()
        written(session, consultation)


def check_extension(
    session: Session, consultation: Consultation, period_id: UUID, new_last_day: date, reason: str, now: datetime
) -> Period:
    """The period that would end later on that day, for that reason. Raises Invalid as `extend`, and NotFound."""
    period = _period(session, consultation.id, period_id)
    _check_extension(period, calendar.end_of(new_last_day), reason, now)
    return period


def ends_on(session: Session, consultation: Consultation, period_id: UUID, last_day: date) -> bool:
    """Whether the period ends with that day already. Raises NotFound."""
    return _period(session, consultation.id, period_id).closes_at == calendar.end_of(last_day)


def check_reason(reason: str) -> None:
    """Raises Invalid for a reason that the public can not read."""
    errors = _of_reason(reason)
    if errors:
        raise Invalid(errors)


def extensions_of(session: Session, consultation_id: UUID) -> list[PeriodExtension]:
    """The extensions of a matter's periods, oldest first."""
    return list(
        session.scalars(
            select(PeriodExtension)
            .where(PeriodExtension.consultation_id == consultation_id)
            .order_by(PeriodExtension.at, PeriodExtension.id)
        )
    )


def _period(session: Session, consultation_id: UUID, period_id: UUID) -> Period:
    found = session.get(Period, (consultation_id, period_id))
    if found is None:
        raise NotFound
    return found


def _of_reason(reason: str) -> dict[str, str]:
    if blank(reason):
        return {"reason": "required"}
    return {"reason": "too_long"} if len(reason) > REASON_LIMIT else {}


def _check_extension(period: Period, closes_at: datetime, reason: str, now: datetime) -> None:
    """Raises Invalid."""
    errors = _of_reason(reason)
    if period.closes_at is None:
        raise Invalid({"last_day": "no_closing_day"})
    if closes_at <= period.closes_at:
        errors["last_day"] = "not_later_than_now"
    elif closes_at <= now:
        errors["last_day"] = "day_in_the_past"
    if errors:
        raise Invalid(errors)


def _remind_of_end(session: Session, consultation_id: UUID, periods: list[Period], now: datetime) -> None:
    """Leaves the message that has the log sealed when the public period is over, and nothing is on its way any more."""
    for period in periods:
        if period.audience is Audience.PUBLIC and period.closes_at is not None:
            key = f"closed:{consultation_id}:{period.closes_at.isoformat()}"
            sealed_from = period.closes_at + clock.STILL_ON_THE_WAY
            outbox.emit(session, "matter_closed_period", now, consultation_id, dedupe_key=key, run_at=sealed_from)
