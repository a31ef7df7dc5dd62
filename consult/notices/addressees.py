"""Where mails go: to whoever sent, to the people and mailboxes of an organisation, to the people of a desk."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.models import Consultation
from consult.notices.mail_limits import hash_of
from consult.people.heirs import with_successors
from consult.people.models import Membership, Organisation, Unit, User
from consult.people.units import units_of
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, Role
from consult.policy import Action, decide
from consult.sign_in.actors import actor_of
from consult.submissions.letters import signing_bodies
from consult.submissions.models import Joiner, Submission
from consult.submissions.sender.contacts import contact_of
from consult.submissions.words import ContactKind

REACHED_BY = (ContactKind.MAIL, ContactKind.TELEPHONE)
"""What somebody can leave to be told by."""


@dataclass(frozen=True)
class Addressee:
    """One mailbox or telephone that is told: the `payload` names by id whose it is, and `contact` where it was when it
    was asked."""

    payload: tuple[tuple[str, str], ...]
    contact: str
    language: str = "vi"
    by: ContactKind = ContactKind.MAIL

    @property
    def mailbox(self) -> str:
        """The mailbox as it is counted: who is reached under two names is told once."""
        return hash_of(self.contact)


def of_submission(session: Session, submission: Submission, now: datetime) -> list[Addressee]:
    """Who sent it: the contact they left, and for a letter the people and mailboxes of its organisation and of those
    that signed it too."""
    bodies = signing_bodies(submission.organisation_id, submission.cosigned)
    found = [to for body in bodies for to in of_organisation(session, body, now)]
    for kind in REACHED_BY:
        if contact := contact_of(session, submission, kind):
            found.insert(0, Addressee((), contact, submission.language, kind))
    return once(found)


def of_joiner(joiner: Joiner) -> list[Addressee]:
    """Who joined a comment, as long as they have not taken that back."""
    if joiner.contact_kind not in REACHED_BY or not joiner.contact or joiner.withdrawn_at is not None:
        return []
    return [Addressee((("joiner", str(joiner.id)),), joiner.contact, joiner.language, joiner.contact_kind)]


def of_organisation(
    session: Session, organisation_id: UUID, now: datetime, roles: Collection[Role] = ORGANISATION_ROLES
) -> list[Addressee]:
    """The people who write and sign for an organisation, or for what it has become, and the mailboxes of their units;
    of all its units where none of its people is in one."""
    today = clock.local_day(now)
    heirs = with_successors(session, organisation_id, today)
    held = _held(session, heirs, roles, now)
    own = {one.unit for one in held if one.unit is not None}
    units = own or {unit for heir in sorted(heirs) for unit in units_of(session, heir, today)}
    open_units = [unit for unit in units if unit.mailbox and (unit.valid_to is None or today < unit.valid_to)]
    mailboxes = [
        Addressee((("unit_id", str(unit.id)),), unit.mailbox) for unit in sorted(open_units, key=lambda unit: unit.id)
    ]
    return once([*map(of_person, _people(held)), *mailboxes])


def of_desk(session: Session, consultation: Consultation, role: Role, action: Action, now: datetime) -> list[Addressee]:
    """The people of the bodies of a matter who hold `role` there and may do `action` on it now."""
    bodies = {consultation.lead_id, consultation.answering_id}
    heirs = set().union(*(with_successors(session, body, clock.local_day(now)) for body in bodies))
    people = _people(_held(session, heirs, {role}, now))
    may = [one for one in people if decide(actor_of(session, one, now), action, consultation, now) is None]
    return once(map(of_person, may))


def of_person(user: User) -> Addressee:
    """Somebody who signs in."""
    return Addressee((("user_id", str(user.id)),), user.mail)


def of_hands(session: Session, unit_id: UUID | None, user_id: UUID | None, now: datetime) -> list[Addressee]:
    """Who is given something: the person; otherwise the mailbox of the unit, or its people of the desk where it has
    none."""
    user = session.get(User, user_id) if user_id else None
    if user is not None:
        return [of_person(user)] if user.disabled_at is None else []
    unit = session.get(Unit, unit_id) if unit_id else None
    if unit is None:
        return []
    if unit.mailbox:
        return [Addressee((("unit_id", str(unit.id)),), unit.mailbox)]
    held = _held(session, {unit.organisation_id}, DESK_ROLES, now)
    return once(map(of_person, _people(one for one in held if one.unit_id == unit.id)))


def once(found: Iterable[Addressee]) -> list[Addressee]:
    """The first of each mailbox."""
    return list({one.mailbox: one for one in reversed(list(found))}.values())[::-1]


def _held(session: Session, bodies: Collection[UUID], roles: Collection[Role], now: datetime) -> Sequence[Membership]:
    held = (
        select(Membership)
        .where(Membership.organisation_id.in_(bodies), Membership.role.in_(roles))
        .options(joinedload(Membership.user), joinedload(Membership.unit))
        .order_by(Membership.user_id, Membership.id)
    )
    return [one for one in session.scalars(held) if one.in_force(now) and one.user.disabled_at is None]


def _people(held: Iterable[Membership]) -> list[User]:
    return list({one.user_id: one.user for one in held}.values())


def name_of(session: Session, organisation_id: UUID | None) -> str:
    """What an organisation is called."""
    found = session.get(Organisation, organisation_id) if organisation_id else None
    return found.name if found else ""


def unit_of(session: Session, unit_id: UUID) -> Unit | None:
    """The unit, if it still has a mailbox."""
    found = session.get(Unit, unit_id)
    return found if found is not None and found.mailbox else None
