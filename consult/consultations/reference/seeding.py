"""Reference data from the project's own files: holidays, legal profiles, and the bodies a new site needs at least.

Seeding again changes nothing: what is there already is left as it is. What a later release says of it is taken by
`seed-reference` (`consult/administration/reference/release.py`).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from consult.consultations.reference.tables import Holidays, Profiles
from consult.data import reference_rows
from consult.data.reference_rows import Change
from consult.db import Lock, new_id, writing
from consult.people.models import Organisation, User
from consult.people.words import Level, OrganisationKind
from consult.text import folded


def seed_rules(session: Session) -> dict[str, int]:
    """Puts in holidays and legal profiles that are not there yet; returns how many of each were new."""
    with writing(session, Lock.REFERENCE):
        made = {"holidays": reference_rows.take(session, Holidays(), {Change.ADDED})}
        made["profiles"] = reference_rows.take(session, Profiles(), {Change.ADDED})
    return {name: sum(one.change is Change.ADDED for one in found) for name, found in made.items()}


def seed_bodies(session: Session) -> int:
    """Puts in the three bodies without which no draft can be published; returns how many were new."""
    with writing(session, Lock.PEOPLE):
        known = set(session.scalars(select(Organisation.folded_name)))
        new = [row for row in reference_rows.read("minimal.json")["organisations"] if folded(row["name"]) not in known]
        session.add_all(_organisation(row) for row in new)
    return len(new)


def system_user(session: Session, now: datetime) -> User:
    """The account in whose name commands act; nobody can sign in with it."""
    given = reference_rows.read("minimal.json")["system_user"]
    with writing(session, Lock.PEOPLE):
        user = session.scalar(select(User).where(User.mail == given["mail"]))
        if user is None:
            user = User(id=new_id(), mail=given["mail"], name=given["name"], created_at=now, disabled_at=now)
            session.add(user)
    return user


def first_of_kind(session: Session, kind: OrganisationKind, day: date) -> Organisation | None:
    """The province's organisation of a kind that came first of those that exist on the local `day`: what commands take
    when none is named."""
    wanted = _existing(day).where(Organisation.kind == kind, Organisation.level == Level.PROVINCE)
    return session.scalar(wanted.order_by(Organisation.id))


def named(session: Session, name: str, day: date) -> Organisation | None:
    """The organisation that bears this name on the local `day`, accents and case apart."""
    return session.scalar(_existing(day).where(Organisation.folded_name == folded(name)))


def _existing(day: date) -> Select[Organisation]:
    return select(Organisation).where(
        or_(Organisation.valid_from.is_(None), Organisation.valid_from <= day),
        or_(Organisation.valid_to.is_(None), Organisation.valid_to > day),
    )


def _organisation(row: dict[str, Any]) -> Organisation:
    return Organisation(
        id=new_id(),
        name=row["name"],
        short_name=row["short_name"],
        kind=OrganisationKind(row["kind"]),
        level=Level(row["level"]),
        place=row["place"],
        folded_name=folded(row["name"]),
    )
