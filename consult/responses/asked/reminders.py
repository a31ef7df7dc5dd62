"""Reminding those who were asked and have not replied: by the site on a morning before the day, by an officer whenever
they find it right; nobody twice on one day, and nobody who has replied."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitation_models import Delivery
from consult.consultations.invitations import deliveries
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.consultations.words import DeliveryKind
from consult.db import writing
from consult.errors import Invalid
from consult.outbox import service as outbox
from consult.outbox.models import OutboxMessage
from consult.policy import Action, Actor, require
from consult.responses.asked.replies import AskedBody, asked_bodies
from consult.stages import Stage, stage_of

RUNNING = frozenset({Stage.ANNOUNCED, Stage.OPEN, Stage.RESPONDING})


@dataclass(frozen=True)
class Reminded:
    """How many were reminded, and of the others chosen how many have replied and how many were reminded today."""

    now: int
    replied: int
    today: int


def remind(
    session: Session, consultation: Consultation, organisation_ids: Collection[UUID], actor: Actor, now: datetime
) -> Reminded:
    """Reminds those of these bodies that have not replied. Raises Invalid({"bodies": "nothing_chosen"}), and Refused by
    the policy."""
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.INVITE_BODIES, consultation, now)
        chosen = [
            one
            for one in asked_bodies(session, consultation, now)
            if one.invitation.organisation_id in organisation_ids
        ]
        if not chosen:
            raise Invalid({"bodies": "nothing_chosen"})
        return _reminded(session, consultation, chosen, now, by_id)


def after_replies_due(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """replies_due: reminds those who were asked to reply by that day and have not, as long as it has not passed."""
    for message in messages:
        day = date.fromisoformat(message.payload["day"])
        consultation = session.get(Consultation, message.consultation_id)
        if consultation is None or stage_of(consultation, now) not in RUNNING or clock.local_day(now) > day:
            continue
        with writing(session, consultation.id):
            due = [one for one in asked_bodies(session, consultation, now) if one.invitation.reply_by == day]
            _reminded(session, consultation, due, now)


def last_reminder(rows: Sequence[Delivery]) -> Delivery | None:
    """The newest reminder among what is known of an invitation."""
    return next((one for one in reversed(rows) if one.kind is DeliveryKind.REMINDED), None)


def _reminded(
    session: Session, consultation: Consultation, chosen: Sequence[AskedBody], now: datetime, by_id: UUID | None = None
) -> Reminded:
    silent = [one for one in chosen if not one.sent]
    fresh = [one for one in silent if not _reminded_today(one, now)]
    for one in fresh:
        deliveries.added(session, one.invitation, DeliveryKind.REMINDED, now, now, by_id)
    if fresh:
        bodies = [str(one.invitation.organisation_id) for one in fresh]
        outbox.emit(session, "bodies_reminded", now, consultation.id, organisations=bodies, reminder=True)
        session.flush()
    return Reminded(len(fresh), len(chosen) - len(silent), len(silent) - len(fresh))


def _reminded_today(body: AskedBody, now: datetime) -> bool:
    last = last_reminder(body.deliveries)
    return last is not None and last.on == clock.local_day(now)
