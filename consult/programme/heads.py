"""Finding programmes, who works for a party, and what all parties agree to."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, object_session, selectinload

from consult import clock
from consult.consultations.models import Consultation
from consult.db import new_id
from consult.errors import NotFound, Refused
from consult.people.heirs import with_successors
from consult.people.models import Membership, User
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, Role
from consult.policy import Actor
from consult.programme.head_models import AgreedByAll, Agreement, FurtherParty, Programme

MOST_PARENTS = 50
WORKS = ORGANISATION_ROLES | DESK_ROLES
SIGNS = (Role.SENDER, Role.LEADER, Role.PUBLISHER)
"""Who may say for a body that something is public: who signs its letters, or approves and publishes at its desk."""
_FOUND = select(Programme).options(
    joinedload(Programme.first_party), joinedload(Programme.second_party), selectinload(Programme.further)
)


def found(session: Session, slug: str) -> Programme:
    """The programme at this address, public or not. Raises NotFound."""
    one = session.scalar(_FOUND.join(Programme.matter).where(Consultation.slug == slug))
    if one is None:
        raise NotFound
    return one


def public(session: Session, slug: str) -> Programme:
    """The same where all parties agreed. Raises NotFound."""
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
    joined = select(FurtherParty.consultation_id).where(FurtherParty.body_id.in_(bodies))
    own = Programme.first_party_id.in_(bodies) | Programme.second_party_id.in_(bodies)
    own |= Programme.consultation_id.in_(joined)
    return session.scalars(
        _FOUND.where(own).order_by(Programme.recorded_at.desc(), Programme.consultation_id).limit(limit)
    ).all()


def require_party(programme: Programme, actor: Actor) -> UUID:
    """The party for which somebody works, that of the Front first; for others there is no such page (NotFound)."""
    own = bodies_of(actor)
    side = next((body for body in programme.parties if body in own), None)
    if side is None:
        raise NotFound
    return side


def state_party(programme: Programme, actor: Actor) -> UUID:
    """The party of the state for which somebody works, the second first: what the state alone does, inspecting, is done
    by any party that is of it. Raises NotFound for anybody else."""
    own = bodies_of(actor)
    found = next((body for body in programme.of_the_state if body in own), None)
    if found is None:
        raise NotFound
    return found


def is_worked_for(body: UUID, session: Session | None, now: datetime) -> bool:
    """Whether anybody works for a body, or for one that took over from it, at an instant, in whatever role of a
    workspace or a desk."""
    assert session is not None
    return session.scalar(_seats(session, body, WORKS, now).limit(1)) is not None


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


def agree(programme: Programme, thing: AgreedByAll, actor: Actor, now: datetime) -> bool:
    """One party agrees, by a person who signs for it, of several the one that has nobody else; True when all have by
    now, and it is public. Raises NotFound for no party, Refused: `not_sender`, `already_agreed`, `same_person` (who
    agreed for another party)."""
    # What another party agreed to, or who joined, since these rows were read: the lock is held by now.
    _session_of(thing).expire(thing, ["agreements"])
    _session_of(programme).expire(programme, ["further"])
    require_party(programme, actor)
    sides = [body for body in programme.parties if signs(actor, body)]
    if not sides:
        raise Refused("not_sender")
    left = [body for body in sides if thing.agreed_by(body) is None]
    if not left:
        raise Refused("already_agreed")
    if person(actor) in {one.by_id for one in thing.agreements}:
        raise Refused("same_person")
    _note(programme, thing, _most_needed(_session_of(thing), left, person(actor), now), person(actor), now)
    if any(thing.agreed_by(body) is None for body in programme.parties):
        return False
    thing.public_at = now
    return True


def disagree(thing: AgreedByAll) -> None:
    """What is changed before it is public has to be agreed to anew."""
    session = _session_of(thing)
    session.expire(thing, ["agreements"])
    for one in thing.agreements:
        session.delete(one)
    session.flush()
    session.expire(thing, ["agreements"])


def _most_needed(session: Session, bodies: Sequence[UUID], by: UUID, now: datetime) -> UUID:
    """Of the bodies for which somebody signs the first for which nobody else does: who agreed for one agrees for no
    other, and that one would never agree. The first where all have somebody else."""
    if len(bodies) == 1:
        return bodies[0]
    others = {body: session.scalar(_seats(session, body, SIGNS, now).where(User.id != by).limit(1)) for body in bodies}
    return next((body for body in bodies if others[body] is None), bodies[0])


def _seats(session: Session, body: UUID, roles: Collection[Role], now: datetime) -> Select[UUID]:
    """Who holds one of these roles for a body, or for one that took over from it, at an instant."""
    own = (
        Membership.organisation_id.in_(with_successors(session, body, clock.local_day(now))),
        Membership.role.in_(roles),
        Membership.until.is_(None) | (Membership.until > now),
        User.disabled_at.is_(None),
    )
    return select(Membership.id).join(Membership.user).where(*own)


def _note(programme: Programme, thing: AgreedByAll, body: UUID, by: UUID, now: datetime) -> None:
    session, key = _session_of(thing), thing.id  # type: ignore[attr-defined]
    own = Agreement(
        id=new_id(), consultation_id=programme.consultation_id, thing_id=key, body_id=body, at=now, by_id=by
    )
    session.add(own)
    session.flush()
    session.expire(thing, ["agreements"])


def _session_of(thing: AgreedByAll) -> Session:
    session = object_session(thing)
    assert session is not None
    return session
