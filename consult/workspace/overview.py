"""What an organisation finds in its workspace: the matters it is asked about, its drafts, and what it has sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.invitation_models import Invitation, OfficialLetter
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.outbox.models import OutboxMessage
from consult.outbox.undelivered import of_people
from consult.people.models import Membership, Organisation, User
from consult.people.units import units_of
from consult.people.words import ORGANISATION_ROLES
from consult.policy import Actor
from consult.relationships import along
from consult.stages import Stage, stage_of
from consult.submissions.models import Submission
from consult.workspace.cosigning import cosigners
from consult.workspace.models import DraftWriter, OrganisationDraft
from consult.workspace.reviewing import review

MOST_MATTERS = 200


@dataclass(frozen=True)
class InvitedMatter:
    """A matter that the organisation was asked about by letter. `sent` are the letters it sent or signed with others;
    `days_after` is how many local days the day that the letter names has passed without any, 0 while it has not: that
    day is suggested, and while the matter is open a later letter is taken as any other."""

    consultation: Consultation
    stage: Stage
    invitation: Invitation
    sent: int
    days_after: int

    @property
    def reply_end(self) -> datetime | None:
        """The exclusive end of the day to reply by; None when the letter names no day."""
        day = self.invitation.reply_by
        return clock.start_of_day(day + timedelta(days=1)) if day else None


@dataclass(frozen=True)
class Prepared:
    """A draft with its matter, the names of everyone who wrote in it, and whether the one who looks did, or was asked
    to look at it."""

    draft: OrganisationDraft
    consultation: Consultation
    writers: tuple[str, ...]
    own: bool
    to_review: bool


def not_arrived(session: Session, organisation_id: UUID, now: datetime) -> list[OutboxMessage]:
    """The mails on matters to the people who write and sign for an organisation, and to its units, that did not arrive;
    what these people get of other work of theirs as well."""
    held = session.scalars(
        select(Membership).where(Membership.organisation_id == organisation_id, Membership.role.in_(ORGANISATION_ROLES))
    )
    people = {one.user_id for one in held if one.in_force(now)}
    own = {one.id for one in units_of(session, organisation_id, clock.local_day(now))}
    return [message for message in of_people(session, people, own) if message.consultation_id is not None]


def organisations_of(session: Session, actor: Actor, now: datetime) -> list[Organisation]:
    """The organisations for which `actor` prepares or sends, by name; those that others took over from say nothing
    new, though what they began is still their heirs'."""
    ids = {seat.organisation_id for seat in actor.seats if seat.role in ORGANISATION_ROLES}
    lasting = or_(Organisation.valid_to.is_(None), Organisation.valid_to > clock.local_day(now))
    return list(
        session.scalars(
            select(Organisation).where(Organisation.id.in_(ids), lasting).order_by(Organisation.name, Organisation.id)
        )
    )


def asked(session: Session, organisation_id: UUID, now: datetime, before: Collection[UUID] = ()) -> list[InvitedMatter]:
    """The matters this organisation was asked about that are not over, the first day to reply by first; with those
    that the bodies `before` were asked about, from which it took over."""
    own = {organisation_id, *before}
    rows = session.execute(
        _running()
        .add_columns(Invitation, _sent_by(own))
        .join(
            Invitation,
            and_(Invitation.consultation_id == Consultation.id, Invitation.organisation_id.in_(own)),
        )
        .options(joinedload(Invitation.letter))
        .order_by(Invitation.reply_by.is_(None), Invitation.reply_by, Consultation.published_at, Consultation.id)
    ).unique()
    return [
        InvitedMatter(
            matter, stage_of(matter, now), invitation, sent, 0 if sent else _days_after(invitation.reply_by, now)
        )
        for matter, invitation, sent in rows
    ]


def others_open(
    session: Session, organisation_id: UUID, now: datetime, before: Collection[UUID] = ()
) -> list[tuple[Consultation, Stage]]:
    """Matters announced or open that neither the organisation nor those `before` were asked about by letter, the next
    to end first."""
    letters = select(Invitation.consultation_id).where(Invitation.organisation_id.in_({organisation_id, *before}))
    matters = session.scalars(
        _running()
        .where(Consultation.id.not_in(letters), or_(Consultation.closes_at.is_(None), Consultation.closes_at > now))
        .order_by(Consultation.closes_at, Consultation.id)
        .limit(MOST_MATTERS)
    ).unique()
    return [(matter, stage_of(matter, now)) for matter in matters]


def drafts(
    session: Session, organisation_id: UUID, actor: Actor, consultation_id: UUID | None = None,
    before: Collection[UUID] = (),
) -> list[Prepared]:  # fmt: skip
    """The drafts of an organisation, and of those `before` from which it took over, that are neither sent nor put away
    (of one matter), the latest changed first."""
    statement = (
        select(OrganisationDraft, Consultation)
        .join(Consultation, Consultation.id == OrganisationDraft.consultation_id)
        .where(
            OrganisationDraft.organisation_id.in_({organisation_id, *before}),
            OrganisationDraft.submission_id.is_(None),
            OrganisationDraft.discarded_at.is_(None),
        )
        .order_by(OrganisationDraft.updated_at.desc(), OrganisationDraft.id)
    )
    if consultation_id is not None:
        statement = statement.where(OrganisationDraft.consultation_id == consultation_id)
    rows = session.execute(statement).all()
    found = [draft for draft, _matter in rows]
    writers, asked_to_look = _writers(session, found), review.waiting_among(session, found, actor)
    return [
        Prepared(
            draft=draft,
            consultation=matter,
            writers=tuple(user.name for user in writers.get(draft.id, ())),
            own=any(user.id == actor.user_id for user in writers.get(draft.id, ())),
            to_review=draft.id in asked_to_look,
        )
        for draft, matter in rows
    ]


def invitation_of(
    session: Session, consultation: Consultation, organisation_id: UUID, before: Collection[UUID] = ()
) -> Invitation | None:
    """The letter by which the organisation, or else one of those `before`, was asked about a matter; None for none."""
    own = (Invitation.consultation_id == consultation.id, Invitation.organisation_id.in_({organisation_id, *before}))
    return session.scalar(
        select(Invitation).where(*own).order_by(Invitation.organisation_id != organisation_id, Invitation.id).limit(1)
    )


def letter_of(session: Session, consultation: Consultation, letter_id: UUID, actor: Actor) -> OfficialLetter:
    """A letter by which one of the actor's organisations was asked about a matter that is published, once its file is
    there. Raises NotFound."""
    mine = {seat.organisation_id for seat in actor.seats if seat.role in ORGANISATION_ROLES}
    found = session.scalar(
        select(OfficialLetter)
        .join(Invitation, along(Invitation.letter))
        .where(
            Invitation.consultation_id == consultation.id,
            Invitation.organisation_id.in_(mine),
            OfficialLetter.id == letter_id,
            OfficialLetter.file_hash != "",
        )
        .limit(1)
    )
    if found is None or consultation.published_at is None:
        raise NotFound
    return found


def organisation_of(session: Session, draft: OrganisationDraft) -> Organisation:
    """The organisation a draft is of."""
    return session.get_one(Organisation, draft.organisation_id)


def writers_of(session: Session, draft: OrganisationDraft) -> list[str]:
    """The names of everyone who wrote in a draft, the first first."""
    return [user.name for user in _writers(session, [draft]).get(draft.id, [])]


def _writers(session: Session, wanted: Sequence[OrganisationDraft]) -> dict[UUID, list[User]]:
    rows = session.execute(
        select(DraftWriter.draft_id, User)
        .join(User, User.id == DraftWriter.user_id)
        .where(
            DraftWriter.consultation_id.in_({draft.consultation_id for draft in wanted}),
            DraftWriter.draft_id.in_([draft.id for draft in wanted]),
        )
        .order_by(DraftWriter.at, User.name, User.id)
    )
    found: dict[UUID, list[User]] = {}
    for draft_id, user in rows:
        found.setdefault(draft_id, []).append(user)
    return found


def _running() -> Any:
    return (
        select(Consultation)
        .where(
            Consultation.published_at.is_not(None),
            Consultation.withdrawn_at.is_(None),
            Consultation.concluded_at.is_(None),
        )
        .options(joinedload(Consultation.lead))
    )


def _sent_by(bodies: Collection[UUID]) -> Any:
    return (
        select(func.count(Submission.id))
        .where(
            Submission.consultation_id == Consultation.id,
            or_(Submission.organisation_id.in_(bodies), Submission.id.in_(cosigners.sent_with(*bodies))),
        )
        .correlate(Consultation)
        .scalar_subquery()
    )


def _days_after(reply_by: date | None, now: datetime) -> int:
    return max(0, (clock.local_day(now) - reply_by).days) if reply_by else 0
