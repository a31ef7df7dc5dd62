"""Which bodies and communes can be chosen in the forms of programmes, tasks and rounds."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.people.models import Area, Organisation
from consult.people.words import Level, OrganisationKind

MOST = 1_000
Choices = list[tuple[str, str]]
FRONTS = frozenset({OrganisationKind.FRONT_COMMITTEE})
OWES = frozenset(OrganisationKind) - {OrganisationKind.RELIGIOUS, OrganisationKind.COMMUNITY}
"""Who may owe something: bodies that can be asked to carry out a task or a recommendation, and enterprises."""
JOINS = frozenset(OrganisationKind) - {OrganisationKind.COMMUNITY}
"""Who may be a party beside that of the Front and that of the state: religious and member organisations too."""
_LEVELS = list(Level)


def of_kinds(
    session: Session, kinds: Collection[OrganisationKind], day: date, own: Collection[UUID] = (), ended: bool = False,
    also: Collection[UUID] = (),
) -> Choices:  # fmt: skip
    """The bodies of these kinds, and those of `also`, that are there on a local day, by level and name; with those of
    `own` in front. With `ended` those too that are no more: a programme of a district is written down later."""
    wanted = select(Organisation).where(Organisation.kind.in_(kinds) | Organisation.id.in_(also))
    if not ended:
        wanted = wanted.where(
            Organisation.valid_from.is_(None) | (Organisation.valid_from <= day),
            Organisation.valid_to.is_(None) | (Organisation.valid_to > day),
        )
    found = session.scalars(wanted.order_by(Organisation.folded_name, Organisation.id).limit(MOST)).all()
    ordered = sorted(found, key=lambda one: (one.id not in own, _LEVELS.index(one.level)))
    return [(str(one.id), one.name) for one in ordered]


def owing(session: Session, parties: Collection[UUID], day: date) -> Choices:
    """Who may owe a task or a decision of a programme: any of its parties, of whatever kind, before all others."""
    return of_kinds(session, OWES, day, parties, also=parties)


def communes(session: Session, day: date, asked_id: UUID | None = None) -> Choices:
    """The communes of a local day by name; and the one that a list is narrowed by, which an address that was saved
    before a merger may name."""
    there = (Area.level == Level.COMMUNE) & (Area.valid_from <= day) & (Area.valid_to.is_(None) | (Area.valid_to > day))
    wanted = select(Area).where(there if asked_id is None else there | (Area.id == asked_id))
    return [(str(one.id), one.name) for one in session.scalars(wanted.order_by(Area.folded_name, Area.id).limit(MOST))]


def recorded(session: Session, begun: Mapping[str, Any], *offered: Choices) -> dict[str, str]:
    """The names of the bodies and areas that a form begins with and none of these choices offer any more, by id: a body
    that ended, a commune that was merged. No statement where there are none."""
    held = [one for value in begun.values() for one in (value if isinstance(value, list) else [value])]
    listed = {code for choices in offered for code, _name in choices}
    wanted = {key for one in held if one not in listed and (key := _key(one)) is not None}
    found: dict[str, str] = {}
    for table in (Organisation, Area) if wanted else ():
        named = select(table.id, table.name).where(table.id.in_(wanted))
        found |= {str(key): name for key, name in session.execute(named)}
    return found


def _key(held: Any) -> UUID | None:
    try:
        return UUID(held) if isinstance(held, str) else None
    except ValueError:
        return None
