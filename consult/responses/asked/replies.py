"""Which of the bodies that were asked have replied, by which letter and when, and how the silence of the others
stands. Whoever took over from a body replies in its stead; a letter is the reply of every body that signed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitation_models import Delivery, Invitation
from consult.consultations.invitations import deliveries, silence
from consult.consultations.invitations.service import invitations_of
from consult.consultations.invitations.silence import Silence
from consult.consultations.matter import calendar
from consult.consultations.models import Consultation
from consult.consultations.words import Procedure
from consult.people.models import Organisation, OrganisationSuccession
from consult.relationships import along
from consult.stages import Stage, stage_of
from consult.submissions.letters import signing_bodies
from consult.submissions.models import Comment, Submission
from consult.submissions.words import SubmissionKind


class Reply(StrEnum):
    """Where a body stands. The day named in a letter is one that is suggested: who is past it is late for that day,
    and for nothing that the law forbids."""

    REPLIED = "replied"
    REPLIED_AFTER = "replied_after"
    SILENT = "silent"
    SILENT_AFTER = "silent_after"


@dataclass(frozen=True)
class SentLetter:
    """A letter that a body sent, public or not, and the number of its first comment; `sent_by` is the body whose letter
    it is where this one signed it too, otherwise ""."""

    kind: SubmissionKind
    letter_number: str
    letter_on: date | None
    received_on: date
    comment: int | None
    sent_by: str


@dataclass(frozen=True)
class AskedBody:
    """A body that was asked, all that it sent, what is known of the delivery, and how its silence stands. `after` is by
    how many days the first letter came after the day to reply by; without one, how many days that day has passed.
    `may_send` says whether the matter takes a letter of anybody today."""

    invitation: Invitation
    sent: tuple[SentLetter, ...]
    deliveries: tuple[Delivery, ...]
    silence: Silence
    after: int
    may_send: bool

    @property
    def received_on(self) -> date | None:
        """The day on which its letter reached it, as far as anything shows that."""
        return silence.received_on(self.invitation, self.deliveries)[0]

    @property
    def reply(self) -> Reply:
        """Where it stands."""
        if self.sent:
            return Reply.REPLIED_AFTER if self.after else Reply.REPLIED
        return Reply.SILENT_AFTER if self.after else Reply.SILENT


def asked_bodies(session: Session, consultation: Consultation, now: datetime) -> list[AskedBody]:
    """The bodies asked, by name, in five statements."""
    invitations = invitations_of(session, consultation.id)
    if not invitations:
        return []
    heirs = heirs_of(session, [one.organisation_id for one in invitations])
    sent, known = _sent(session, consultation.id), deliveries.by_invitation(session, consultation.id)
    days_off, today = calendar.holidays(session), clock.local_day(now)
    may_send = stage_of(consultation, now) is Stage.OPEN
    found = []
    for one in invitations:
        own = tuple(letter for body in heirs[one.organisation_id] for letter in sent.get(body, ()))
        rows = known.get(one.id, [])
        stands = silence.silence_of(consultation, one, rows, bool(own), today, days_off)
        came = min((letter.received_on for letter in own), default=today)
        standing = tuple(silence.standing_rows(rows))
        found.append(AskedBody(one, own, standing, stands, days_after(one.reply_by, came), may_send))
    return found


def agreed_by_silence(session: Session, consultation: Consultation, now: datetime) -> tuple[str, ...]:
    """The names of the bodies whose silence is agreement (Luật Bảo vệ môi trường 2020, Điều 33 khoản 4); one that
    replies later is silent no more. No statement for a matter where there are none."""
    if consultation.procedure is not Procedure.EIA_STATUTORY:
        return ()
    bodies = asked_bodies(session, consultation, now)
    return tuple(one.invitation.organisation.name for one in bodies if one.silence.counts)


def replied(session: Session, invitation: Invitation) -> bool:
    """Whether anything came from the body, or from one that took over from it."""
    bodies = heirs_of(session, [invitation.organisation_id])[invitation.organisation_id]
    rows = session.execute(
        select(Submission.organisation_id, Submission.cosigned).where(
            Submission.consultation_id == invitation.consultation_id, Submission.organisation_id.is_not(None)
        )
    )
    return any(not bodies.isdisjoint(signing_bodies(own, cosigned)) for own, cosigned in rows)


def days_after(reply_by: date | None, day: date) -> int:
    """By how many days `day` is after the one that a letter names; 0 when it is not, or none is named."""
    return max(0, (day - reply_by).days) if reply_by else 0


def heirs_of(session: Session, ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
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


def _sent(session: Session, consultation_id: UUID) -> dict[UUID, list[SentLetter]]:
    """What bodies sent or signed with others, by body, in the order received."""
    first = select(func.min(Comment.number)).where(along(Submission.comments)).correlate(Submission).scalar_subquery()
    rows = session.execute(
        select(
            Submission.organisation_id, Organisation.name, Submission.cosigned, Submission.kind,
            Submission.letter_number, Submission.letter_on, Submission.received_at, first,
        )
        .join(Organisation, Organisation.id == Submission.organisation_id)
        .where(Submission.consultation_id == consultation_id)
        .order_by(Submission.received_at, Submission.number)
    )  # fmt: skip
    found: dict[UUID, list[SentLetter]] = {}
    for own, name, cosigned, kind, number, on, received_at, comment in rows:
        for body in signing_bodies(own, cosigned):
            sent_by = "" if body == own else name
            letter = SentLetter(kind, number, on, clock.local_day(received_at), comment, sent_by)
            found.setdefault(body, []).append(letter)
    return found
