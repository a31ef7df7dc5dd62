"""Finding programmes, who works for a party, and what both parties agree to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.models import Consultation
from consult.errors import NotFound, Refused
from consult.people.heirs import with_successors
from consult.people.models import Membership, User
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, Role
from consult.policy import Actor
from consult.programme.head_models import AgreedByBoth, Programme

MOST_PARENTS = 50
WORKS = ORGANISATION_ROLES | DESK_ROLES
SIGNS = (Role.SENDER, Role.LEADER, Role.PUBLISHER)
"""Who may say for a body that something is public: who signs its letters, or approves and publishes at its desk."""
_FOUND = select(Programme).options(joinedload(Programme.first_party), joinedload(Programme.second_party))


def found(session: Session, slug: str) -> Programme:
    """The programme at this address, public or not. Raises NotFound."""
    one = session.scalar(_FOUND.join(Programme.matter).where(Consultation.slug == slug))
    if one is None:
        raise NotFound
    return one


def public(session: Session, slug: str) -> Programme:
    """The same where both parties agreed. Raises NotFound."""
    one = found(session, slug)
    if one.public_at is None:
        raise NotFound
    return one


def all_public(session: Session, limit: int, offset: int = 0) -> Sequence[Programme]:
    """The public programmes, those that lasted longest into our days first."""
    ordered = _FOUND.where(Programme.public_at.is_not(None)).order_by(
        Programme.valid_to.desc(), Programme.public_at, Programme.consultation_id
    )
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def bodies_of(actor: Actor) -> frozenset[UUID]:
    """The bodies for which a person works, in whatever role of a workspace or a desk."""
    return frozenset(seat.organisation_id for seat in actor.seats if seat.role in WORKS)


def of_bodies(session: Session, bodies: frozenset[UUID], limit: int = 100) -> Sequence[Programme]:
    """The programmes of which one of these bodies is a party, public or not, the newest first."""
    own = Programme.first_party_id.in_(bodies) | Programme.second_party_id.in_(bodies)
    return session.scalars(_FOUND.where(own).order_by(Programme.recorded_at.desc()).limit(limit)).all()


def require_party(programme: Programme, actor: Actor) -> UUID:
    """The party for which somebody works, that of the Front first; for others there is no such page (NotFound)."""
    own = bodies_of(actor)
    side = next((body for body in programme.parties if body in own), None)
    if side is None:
        raise NotFound
    return side


def is_worked_for(body: UUID, session: Session | None, now: datetime) -> bool:
    """Whether anybody works for a body, or for one that took over from it, at an instant, in whatever role of a
    workspace or a desk."""
    assert session is not None
    held = Membership.until.is_(None) | (Membership.until > now)
    own = (
        Membership.organisation_id.in_(with_successors(session, body)),
        Membership.role.in_(WORKS),
        held,
        User.disabled_at.is_(None),
    )
    found = select(Membership.id).join(Membership.user).where(*own).limit(1)
    return session.scalar(found) is not None


def signs(actor: Actor, body: UUID) -> bool:
    """Whether somebody may make something public for a body."""
    return actor.holds(*SIGNS, organisation=body)


def person(actor: Actor) -> UUID:
    """The id of who acts; raises Refused for somebody who is not signed in."""
    if actor.user_id is None:
        raise Refused("sign_in_needed")
    return actor.user_id


def require_other_eyes(actor: Actor, wrote: UUID, body: UUID) -> None:
    """Raises Refused: `not_sender` for who may not make public for the body, `own_words` for who wrote it, unless the
    body is so small that its writer sends."""
    if not signs(actor, body):
        raise Refused("not_sender")
    if wrote == person(actor) and not actor.sends_own(body):
        raise Refused("own_words")


def agree(programme: Programme, thing: AgreedByBoth, actor: Actor, now: datetime) -> bool:
    """One party agrees, by a person who signs for it; True when both have by now, and it is public. Raises NotFound for
    no party, Refused: `not_sender`, `already_agreed`, `same_person` (who agreed for the other party)."""
    require_party(programme, actor)
    sides = [name for name, body in zip(("first", "second"), programme.parties, strict=True) if signs(actor, body)]
    if not sides:
        raise Refused("not_sender")
    left = [name for name in sides if getattr(thing, f"{name}_agreed_at") is None]
    if not left:
        raise Refused("already_agreed")
    if person(actor) in (thing.first_agreed_by_id, thing.second_agreed_by_id):
        raise Refused("same_person")
    setattr(thing, f"{left[0]}_agreed_at", now)
    setattr(thing, f"{left[0]}_agreed_by_id", person(actor))
    if thing.first_agreed_at is None or thing.second_agreed_at is None:
        return False
    thing.public_at = now
    return True


def disagree(thing: AgreedByBoth) -> None:
    """What is changed before it is public has to be agreed to anew."""
    thing.first_agreed_at = thing.first_agreed_by_id = None
    thing.second_agreed_at = thing.second_agreed_by_id = None
