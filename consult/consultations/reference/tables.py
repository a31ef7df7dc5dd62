"""The tables of holidays and legal profiles as reference data, which a release gives and a province may change."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Holiday, LegalProfile
from consult.data.reference_rows import Content, read
from consult.db import new_id

APART = frozenset({"code", "name", "valid_from", "valid_to"})


class Holidays:
    """Days off and swapped Saturdays, by their day."""

    name = "holiday"

    def released(self) -> Mapping[str, Content]:
        """The rows of `consult/data/holidays.json`."""
        return {
            row["day"]: {name: row[name] for name in ("kind", "name", "source")}
            for row in read("holidays.json")["holidays"]
        }

    def present(self, session: Session) -> Mapping[str, Content]:
        """The rows of the database."""
        return {
            row.day.isoformat(): {"kind": row.kind, "name": row.name, "source": row.source}
            for row in session.scalars(select(Holiday).order_by(Holiday.day))
        }

    def put(self, session: Session, rows: Mapping[str, Content]) -> None:
        """Adds days, or changes them."""
        known = {row.day: row for row in session.scalars(select(Holiday))}
        for key, content in rows.items():
            day = date.fromisoformat(key)
            row = known.get(day) or Holiday(day=day)
            row.kind, row.name, row.source = content["kind"], content["name"], content["source"]
            session.add(row)


class Profiles:
    """Legal profiles, by code and first day; with the last day on which they hold, as people and the file say it."""

    name = "legal_profile"

    def released(self) -> Mapping[str, Content]:
        """The rows of `consult/data/legal_profiles.json`."""
        return {
            f"{row['code']} {row['valid_from']}": {
                "name": row["name"],
                "valid_to": row["valid_to"],
                "rules": {name: value for name, value in row.items() if name not in APART},
            }
            for row in read("legal_profiles.json")["profiles"]
        }

    def present(self, session: Session) -> Mapping[str, Content]:
        """The rows of the database."""
        return {
            f"{row.code} {row.valid_from.isoformat()}": {
                "name": row.name,
                "valid_to": last_day(row.valid_to),
                "rules": row.rules,
            }
            for row in session.scalars(select(LegalProfile).order_by(LegalProfile.code, LegalProfile.valid_from))
        }

    def put(self, session: Session, rows: Mapping[str, Content]) -> None:
        """Adds profiles, or changes them. What was published under one has a copy of its own and stays as it is."""
        known = {(row.code, row.valid_from): row for row in session.scalars(select(LegalProfile))}
        for key, content in rows.items():
            code, since = key.split()
            first = date.fromisoformat(since)
            row = known.get((code, first)) or LegalProfile(id=new_id(), code=code, valid_from=first)
            row.name, row.rules, row.valid_to = content["name"], content["rules"], end_after(content["valid_to"])
            session.add(row)


def last_day(end: date | None) -> str | None:
    """The last day of validity from the first day without it, which is what tables hold."""
    return (end - timedelta(days=1)).isoformat() if end else None


def end_after(last: str | None) -> date | None:
    """The first day without validity from the last day with it, which is what files say."""
    return date.fromisoformat(last) + timedelta(days=1) if last else None
