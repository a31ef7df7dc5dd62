"""The bodies asked in writing: who, by which letter, until when, and whether silence counts as agreement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import Holidays
from consult.consultations.matter.preconditions import person, still_drafting, written
from consult.consultations.models import Consultation, Invitation
from consult.consultations.preparation import service as preparation
from consult.consultations.words import Audience
from consult.db import new_id, writing
from consult.errors import Invalid
from consult.outbox import service as outbox
from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.policy import Action, Actor, require

LETTER_LIMIT = 100

SILENCE_OF: dict[OrganisationKind, str] = {
    OrganisationKind.DEPARTMENT: "invited_agencies",
    OrganisationKind.PEOPLES_COMMITTEE: "invited_agencies",
    OrganisationKind.PEOPLES_COUNCIL: "invited_agencies",
    OrganisationKind.AGENCY: "invited_agencies",
    OrganisationKind.FRONT_COMMITTEE: "organisations",
    OrganisationKind.SOCIO_POLITICAL: "organisations",
    OrganisationKind.MEMBER: "organisations",
    OrganisationKind.INVESTOR: "organisations",
}
"""Under which name a profile says whether the silence of a kind of body is agreement. Religious organisations and
communities are not in it: their silence never is, whatever a profile says."""


@dataclass(frozen=True)
class NewInvitation:
    """One body asked: its letter's number and day as entered; `reply_by` is reckoned from the rules when not given."""

    organisation_id: UUID
    letter_number: str = ""
    letter_on: date | None = None
    reply_by: date | None = None
    silence_is_consent: bool = False


def rules_of(consultation: Consultation) -> Mapping[str, Any]:
    """The rules copied onto a published matter, those of its profile while it is being prepared."""
    return consultation.profile_rules or consultation.profile.rules


def silence_may_count(rules: Mapping[str, Any], kind: OrganisationKind) -> bool:
    """Whether the rules let the silence of a body of this kind count as agreement."""
    name = SILENCE_OF.get(kind)
    return name is not None and bool(rules["silence_is_consent"].get(name))


def reply_by(rules: Mapping[str, Any], letter_on: date, holidays: Holidays) -> date | None:
    """The day until which a body asked on `letter_on` should reply, by the rules; None when they say nothing."""
    for rule in rules["periods"]:
        if rule["audience"] == Audience.INVITED:
            unit, roll = calendar.DayUnit(rule["unit"]), calendar.Roll(rule["roll"])
            return calendar.last_day(letter_on, rule["days"], unit, holidays, roll)
    return None


def invite(session: Session, consultation: Consultation, new: NewInvitation, actor: Actor, now: datetime) -> Invitation:
    """Records that a body was asked, or corrects what was recorded of it: one row for each body, of which the ring is
    told once (`body_asked`; with `matter_published` while the matter is prepared).

    Raises Invalid (unknown body, reply before the letter, silence that may not count) and Refused by the policy.
    """
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, Action.INVITE_BODIES, consultation, now)
        body = session.get(Organisation, new.organisation_id)
        _check(rules_of(consultation), new, body)
        found = session.scalar(
            select(Invitation).where(
                Invitation.consultation_id == consultation.id, Invitation.organisation_id == new.organisation_id
            )
        )
        invitation = found or Invitation(
            id=new_id(), consultation_id=consultation.id, organisation_id=new.organisation_id
        )
        invitation.letter_number = new.letter_number
        invitation.letter_on = new.letter_on
        invitation.reply_by = new.reply_by or _reckoned(session, consultation, new)
        invitation.silence_is_consent = new.silence_is_consent
        invitation.recorded_at, invitation.recorded_by_id = now, by_id
        session.add(invitation)
        if consultation.published_at is not None:
            consultation.touch()
            if found is None:
                asked = str(new.organisation_id)
                outbox.emit(session, "body_asked", now, consultation.id, organisation=asked)
        written(session, consultation)
    return invitation


def uninvite(session: Session, consultation: Consultation, organisation_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes a body off the list, as long as the matter is not published: afterwards a letter sent stays recorded."""
    with writing(session, consultation.id):
        still_drafting(consultation, now)
        require(actor, Action.INVITE_BODIES, consultation, now)
        session.execute(
            delete(Invitation).where(
                Invitation.consultation_id == consultation.id, Invitation.organisation_id == organisation_id
            )
        )
        written(session, consultation)


def invitations_of(session: Session, consultation_id: UUID) -> list[Invitation]:
    """The bodies asked, with their organisations, by name, in one statement."""
    return list(
        session.scalars(
            select(Invitation)
            .join(Invitation.organisation)
            .where(Invitation.consultation_id == consultation_id)
            .options(joinedload(Invitation.organisation))
            .order_by(Organisation.folded_name)
        )
    )


def _check(rules: Mapping[str, Any], new: NewInvitation, body: Organisation | None) -> None:
    if body is None:
        raise Invalid({"organisation": "unknown_organisation"})
    errors: dict[str, str] = {}
    if len(new.letter_number) > LETTER_LIMIT:
        errors["letter_number"] = "too_long"
    if new.reply_by and new.letter_on and new.reply_by < new.letter_on:
        errors["reply_by"] = "before_letter"
    if new.silence_is_consent and not silence_may_count(rules, body.kind):
        errors["silence_is_consent"] = "silence_may_not_count"
    if errors:
        raise Invalid(errors)


def _reckoned(session: Session, consultation: Consultation, new: NewInvitation) -> date | None:
    if new.letter_on is not None:
        return reply_by(rules_of(consultation), new.letter_on, calendar.holidays(session))
    for period in preparation.periods_of(session, consultation.id):
        if period.audience is Audience.INVITED and period.closes_at is not None:
            return calendar.last_day_of(period.closes_at)
    return None
