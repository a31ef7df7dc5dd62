"""The bodies that were asked in writing: when, until when, and which of them answered with a letter that is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation, Invitation
from consult.consultations.preparation.invitations import invitations_of
from consult.people.models import OrganisationSuccession
from consult.responses.statistics.letters import LetterLine, Letters


@dataclass(frozen=True)
class AskedBody:
    """A body that was asked, and the public letters it sent, or whoever took over from it. `late` is by how many days
    the first of them came after the day to reply by; without one, how many days that day has passed."""

    invitation: Invitation
    letters: list[LetterLine]
    late: int


def asked_bodies(session: Session, consultation: Consultation, letters: Letters, now: datetime) -> list[AskedBody]:
    """The bodies asked, by name, in two statements."""
    invitations = invitations_of(session, consultation.id)
    heirs = _heirs(session, [one.organisation_id for one in invitations])
    return [_asked(one, letters.by(heirs[one.organisation_id]), now) for one in invitations]


def others(letters: Letters, bodies: Iterable[AskedBody]) -> list[LetterLine]:
    """The public letters of those who were not asked."""
    listed = {line for body in bodies for line in body.letters}
    return [line for line in letters.public if line not in listed]


def _asked(invitation: Invitation, sent: list[LetterLine], now: datetime) -> AskedBody:
    came = min((line.received_on for line in sent), default=clock.local_day(now))
    return AskedBody(invitation, sent, _days_after(invitation.reply_by, came))


def _days_after(reply_by: date | None, day: date) -> int:
    return max(0, (day - reply_by).days) if reply_by else 0


def _heirs(session: Session, ids: list[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Each body with those that took over from it, through any number of changes."""
    step = OrganisationSuccession
    later: dict[UUID, set[UUID]] = {}
    for old, new in session.execute(select(step.predecessor_id, step.successor_id)):
        later.setdefault(old, set()).add(new)
    return {one: frozenset(_following(one, later)) for one in ids}


def _following(one: UUID, later: dict[UUID, set[UUID]]) -> set[UUID]:
    found, waiting = {one}, [one]
    while waiting:
        new = later.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
