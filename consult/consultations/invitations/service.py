"""The bodies asked in writing: who, by which letter, until when, and whether it says that silence is agreement."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.invitation_models import Delivery, Invitation
from consult.consultations.invitations import letters, reminders, rules
from consult.consultations.matter import calendar
from consult.consultations.matter.preconditions import person, still_drafting, written
from consult.consultations.models import Consultation, Period
from consult.consultations.words import Audience, SentBy
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.outbox import service as outbox
from consult.people.models import Organisation
from consult.policy import Action, Actor, require


@dataclass(frozen=True)
class NewInvitation:
    """One body asked: its letter's number and day as entered, and on which way it went; `reply_by` is reckoned from the
    rules when not given."""

    organisation_id: UUID
    letter_number: str = ""
    letter_on: date | None = None
    reply_by: date | None = None
    silence_is_consent: bool = False
    how: SentBy | None = None


def invite(session: Session, consultation: Consultation, new: NewInvitation, actor: Actor, now: datetime) -> Invitation:
    """Records that a body was asked, or corrects what was recorded of it: one row for each body, of which the ring is
    told once (`body_asked`; with `matter_published` while the matter is prepared).

    Raises Invalid (unknown body, reply before the letter, silence that may not count) and Refused by the policy.
    """
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.INVITE_BODIES, consultation, now)
        body = session.get(Organisation, new.organisation_id)
        _check(consultation, new, body)
        found = invitation_of(session, consultation.id, new.organisation_id)
        invitation = found or Invitation(
            id=new_id(), consultation_id=consultation.id, organisation_id=new.organisation_id
        )
        letter = letters.find_or_add(session, consultation, new.letter_number, new.letter_on, by_id, now)
        invitation.letter_id = letter.id if letter else None
        invitation.how = new.how
        invitation.reply_by = new.reply_by or reckoned(session, consultation, new.letter_on)
        invitation.silence_is_consent = new.silence_is_consent
        invitation.recorded_at, invitation.recorded_by_id = now, by_id
        session.add(invitation)
        reminders.schedule(session, consultation, invitation.reply_by, now)
        if consultation.published_at is not None:
            consultation.touch()
            if found is None:
                told(session, consultation, [new.organisation_id], now)
        written(session, consultation)
        session.expire(invitation)
    return invitation


def told(session: Session, consultation: Consultation, asked: list[UUID], now: datetime) -> None:
    """Has these bodies told by mail that they are asked."""
    outbox.emit(session, "body_asked", now, consultation.id, organisations=[str(one) for one in asked])


def uninvite(session: Session, consultation: Consultation, organisation_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes a body off the list, as long as the matter is not published and nothing of a delivery was recorded:
    afterwards a letter sent stays recorded."""
    with writing(session, consultation.id):
        still_drafting(consultation, now)
        require(actor, Action.INVITE_BODIES, consultation, now)
        found = invitation_of(session, consultation.id, organisation_id)
        if found is None:
            return
        own = (Delivery.consultation_id == consultation.id, Delivery.invitation_id == found.id)
        if session.scalar(select(Delivery.id).where(*own).limit(1)) is not None:
            raise Refused("delivery_recorded")
        session.execute(
            delete(Invitation).where(Invitation.consultation_id == consultation.id, Invitation.id == found.id)
        )
        written(session, consultation)


def invitations_of(session: Session, consultation_id: UUID) -> list[Invitation]:
    """The bodies asked, with their organisations and letters, by name, in one statement."""
    return list(
        session.scalars(
            select(Invitation)
            .join(Invitation.organisation)
            .where(Invitation.consultation_id == consultation_id)
            .options(joinedload(Invitation.organisation), joinedload(Invitation.letter))
            .order_by(Organisation.folded_name, Organisation.id)
        )
    )


def invitation_of(session: Session, consultation_id: UUID, organisation_id: UUID) -> Invitation | None:
    """How one body was asked; None when it was not."""
    return session.scalar(
        select(Invitation).where(
            Invitation.consultation_id == consultation_id, Invitation.organisation_id == organisation_id
        )
    )


def asked_body(session: Session, consultation_id: UUID, organisation_id: UUID) -> Invitation:
    """How one body was asked. Raises NotFound when it was not."""
    found = invitation_of(session, consultation_id, organisation_id)
    if found is None:
        raise NotFound
    return found


def reckoned(session: Session, consultation: Consultation, letter_on: date | None) -> date | None:
    """The day to reply by when none is named: by the rules from the day of the letter, otherwise the last day of the
    period of those asked."""
    if letter_on is not None:
        return rules.reply_by(consultation, letter_on, calendar.holidays(session))
    ends = select(Period.closes_at).where(
        Period.consultation_id == consultation.id, Period.audience == Audience.INVITED, Period.closes_at.is_not(None)
    )
    end = session.scalar(ends)
    return calendar.last_day_of(end) if end is not None else None


def _check(consultation: Consultation, new: NewInvitation, body: Organisation | None) -> None:
    if body is None:
        raise Invalid({"organisation": "unknown_organisation"})
    errors: dict[str, str] = {}
    if len(new.letter_number) > letters.LETTER_LIMIT:
        errors["letter_number"] = "too_long"
    if new.reply_by and new.letter_on and new.reply_by < new.letter_on:
        errors["reply_by"] = "before_letter"
    if new.silence_is_consent and not rules.silence_may_count(consultation, body):
        errors["silence_is_consent"] = "silence_may_not_count"
    if errors:
        raise Invalid(errors)
