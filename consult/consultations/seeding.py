"""Reference data from the project's own files: holidays, legal profiles, and the bodies a new site needs at least.

Seeding again changes nothing that a person has edited: what is there already is left as it is.
"""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from consult.consultations.models import Holiday, LegalProfile
from consult.db import Lock, new_id, writing
from consult.people.models import Organisation, User
from consult.people.words import Level, OrganisationKind
from consult.text import folded

DATA = Path(__file__).resolve().parent.parent / "data"


def seed_rules(session: Session) -> dict[str, int]:
    """Puts in holidays and legal profiles that are not there yet; returns how many of each were new."""
    with writing(session, Lock.REFERENCE):
        return {"holidays": _seed_holidays(session), "profiles": _seed_profiles(session)}


def seed_bodies(session: Session) -> int:
    """Puts in the three bodies without which no draft can be published; returns how many were new."""
    with writing(session, Lock.PEOPLE):
        known = set(session.scalars(select(Organisation.folded_name)))
        new = [row for row in _read("minimal.json")["organisations"] if folded(row["name"]) not in known]
        session.add_all(_organisation(row) for row in new)
    return len(new)


def system_user(session: Session, now: datetime) -> User:
    """The account in whose name commands act; nobody can sign in with it."""
    given = _read("minimal.json")["system_user"]
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


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content


def _seed_holidays(session: Session) -> int:
    known = set(session.scalars(select(Holiday.day)))
    rows = [row for row in _read("holidays.json")["holidays"] if date.fromisoformat(row["day"]) not in known]
    session.add_all(
        Holiday(day=date.fromisoformat(row["day"]), kind=row["kind"], name=row["name"], source=row["source"])
        for row in rows
    )
    return len(rows)


def _seed_profiles(session: Session) -> int:
    known = {(code, since) for code, since in session.execute(select(LegalProfile.code, LegalProfile.valid_from))}
    rows = [
        row
        for row in _read("legal_profiles.json")["profiles"]
        if (row["code"], date.fromisoformat(row["valid_from"])) not in known
    ]
    session.add_all(_profile(row) for row in rows)
    return len(rows)


def _profile(row: dict[str, Any]) -> LegalProfile:
    """The file gives the last day of validity, the table the first day on which it no longer holds."""
    rules = {name: value for name, value in row.items() if name not in {"code", "name", "valid_from", "valid_to"}}
    last = row["valid_to"]
    return LegalProfile(
        id=new_id(),
        code=row["code"],
        name=row["name"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(last) + timedelta(days=1) if last else None,
        rules=rules,
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
