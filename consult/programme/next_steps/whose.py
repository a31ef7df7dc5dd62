"""For whom something waits, and one row of what does, as parts of the statement that finds all of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, Select, String, cast, literal, null, or_, select

from consult.policy import Actor
from consult.programme import heads
from consult.programme.head_models import FurtherParty, Programme
from consult.programme.next_steps.words import NextStep


@dataclass(frozen=True)
class Whose:
    """A person with the bodies for which they work, those for which they sign, and those for which they may also make
    public what they wrote themselves."""

    person: UUID | None
    bodies: frozenset[UUID]
    signing: frozenset[UUID]
    alone: frozenset[UUID]

    def others_wrote(self, wrote: Any, alone: ColumnElement[bool]) -> ColumnElement[bool]:
        """Whether somebody else wrote it, or this person needs nobody else there."""
        return or_(wrote != self.person, alone)


def whose(actor: Actor) -> Whose:
    """Who looks."""
    bodies = heads.bodies_of(actor)
    signing = frozenset(body for body in bodies if heads.signs(actor, body))
    return Whose(actor.user_id, bodies, signing, frozenset(body for body in signing if actor.sends_own(body)))


def parties(bodies: Collection[UUID], public: bool = True) -> Select[UUID]:
    """The matters of the programmes of which one of these bodies is a party; those that are not public with `public`
    False."""
    joined = select(FurtherParty.consultation_id).where(FurtherParty.body_id.in_(bodies))
    own = or_(
        Programme.first_party_id.in_(bodies), Programme.second_party_id.in_(bodies),
        Programme.consultation_id.in_(joined),
    )  # fmt: skip
    stands = Programme.public_at.is_not(None) if public else Programme.public_at.is_(None)
    return select(Programme.consultation_id).where(own, stands)


def row(kind: NextStep, entity: Any, number: Any, name: Any = "", due: Any = None, *where: Any) -> Select[Any]:
    """What waits of `entity` as a row of the union: its id, kind, matter, number, name, and the last day until which it
    is expected, where there is one."""
    told = cast(literal(name), String) if isinstance(name, str) else cast(name, String)
    day = cast(null(), Date) if due is None else due
    return select(
        entity.id.label("id"),
        literal(kind.value).label("kind"), entity.consultation_id.label("matter_id"),
        cast(number, Integer).label("number"), told.label("name"), day.label("due_on"),
    ).where(*where)  # fmt: skip
