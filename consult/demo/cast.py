"""Who appears in the demonstration: areas, organisations with their units, and people with their roles."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.reference import seeding
from consult.data.synonyms import seed_synonyms
from consult.db import Lock, new_id, writing
from consult.demo import content
from consult.people import reach
from consult.people.models import Area, Membership, Organisation, OrganisationSuccession, Unit, User
from consult.people.seeding import seed_areas
from consult.people.words import Level, OrganisationKind, Role, Standing
from consult.policy import Actor
from consult.sign_in.actors import actor_of
from consult.text import folded


@dataclass
class Cast:
    """Everybody by the keys of the content."""

    areas: dict[tuple[str, str], UUID] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def unit_of(self, organisation: str) -> UUID | None:
        """The focal unit of an organisation, the first when none is marked."""
        own = [row for row in content.bodies()["units"] if row["organisation"] == organisation]
        own.sort(key=lambda row: not row["focal"])
        return self.units[own[0]["key"]].id if own else None


def gather(session: Session, now: datetime, since: datetime) -> Cast:
    """Puts in areas, calendar, profiles, organisations and people; roles are held from `since`."""
    seeding.seed_rules(session)
    seed_areas(session)
    seed_synonyms(session)
    cast = Cast()
    with writing(session, Lock.PEOPLE):
        for area_id, code, valid_from in session.execute(select(Area.id, Area.code, Area.valid_from)):
            cast.areas[code, valid_from.isoformat()] = area_id
        _organisations(session, cast)
        _units(session, cast)
        # Accounts made one after another keep the order of the content wherever people are listed.
        users = [
            _user(session, cast, row, since + timedelta(seconds=place))
            for place, row in enumerate(content.bodies()["users"])
        ]
    for row, user in zip(content.bodies()["users"], users, strict=True):
        cast.actors[row["key"]] = actor_of(session, user, now)
    return cast


def _organisations(session: Session, cast: Cast) -> None:
    rows = content.bodies()["organisations"]
    for row in rows:
        made = Organisation(
            id=new_id(),
            name=row["name"],
            short_name=row["short_name"] or "",
            kind=OrganisationKind(row["kind"]),
            level=Level(row["level"]),
            standing=Standing(row["standing"]) if row.get("standing") else None,
            area_id=cast.areas.get(tuple(row["area"])) if row["area"] else None,
            place=row["place"] or "",
            **{name: row.get(name, "") for name in reach.FIELDS},
            valid_from=_day(row["valid_from"]),
            valid_to=_after(row["valid_to"]),
            folded_name=folded(row["name"]),
        )
        session.add(made)
        cast.organisations[row["key"]] = made
    session.flush()
    for row in rows:
        if row["successor"]:
            before, after = cast.organisations[row["key"]], cast.organisations[row["successor"]]
            session.add(
                OrganisationSuccession(
                    predecessor_id=before.id, successor_id=after.id, on=after.valid_from or date.min, source=""
                )
            )


def _units(session: Session, cast: Cast) -> None:
    for row in content.bodies()["units"]:
        unit = Unit(
            id=new_id(),
            organisation_id=cast.organisations[row["organisation"]].id,
            name=row["name"],
            mailbox=row["mailbox"] or "",
        )
        session.add(unit)
        cast.units[row["key"]] = unit
    session.flush()


def _user(session: Session, cast: Cast, row: dict[str, Any], since: datetime) -> User:
    user = User(id=new_id(), mail=row["mail"], name=row["name"], office=row["office"] or "", created_at=since)
    session.add(user)
    session.flush()
    for seat in row["memberships"]:
        for role in seat["roles"]:
            session.add(
                Membership(
                    id=new_id(),
                    user_id=user.id,
                    organisation_id=cast.organisations[seat["organisation"]].id,
                    unit_id=cast.units[seat["unit"]].id if seat["unit"] else None,
                    role=Role(role),
                    since=since,
                )
            )
    session.flush()
    return user


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _after(text: str | None) -> date | None:
    """The files give the last day, the tables the first day after it."""
    return date.fromisoformat(text) + timedelta(days=1) if text else None
