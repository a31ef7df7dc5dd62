"""What a release says of law, days off, areas and words that mean the same, brought to a site that runs; the
province's own rows stay its own."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.consultations.matter import calendar_changes
from consult.consultations.reference.tables import Holidays, Profiles
from consult.data import reference_rows
from consult.data.reference_rows import TAKEN, Difference, Reference
from consult.data.synonyms import Synonyms
from consult.db import Lock, writing
from consult.people.seeding import Areas, Successions
from consult.policy import ANYBODY

TABLES: tuple[Reference, ...] = (Holidays(), Profiles(), Areas(), Successions(), Synonyms())
SUBJECT = "seed-reference"


def differences(session: Session) -> list[Difference]:
    """Every row on which database and release do not agree; changes nothing."""
    return [one for table in TABLES for one in reference_rows.differences(session, table)]


def take(session: Session, now: datetime) -> list[Difference]:
    """Takes over what is new and what changed, notes it among the administrators' acts, and returns the differences
    there were."""
    with writing(session, Lock.REFERENCE):
        calendar = calendar_changes.present(session)
        found = [one for table in TABLES for one in reference_rows.take(session, table)]
        taken = [one for one in found if one.change in TAKEN]
        calendar_changes.note(session, calendar, None, now)
        if taken:
            rows = [f"{one.change} {one.table} {one.key}" for one in taken]
            audit_log.note(session, "reference_taken", SUBJECT, ANYBODY, now, rows=rows)
    return found


def told(one: Difference) -> Iterator[tuple[str, Any, Any]]:
    """The values that differ: where in the row, here, and in the release."""
    yield from _told("", one.present, one.released)


def _told(place: str, here: Any, there: Any) -> Iterator[tuple[str, Any, Any]]:
    if here == there:
        return
    if isinstance(here, dict) and isinstance(there, dict):
        for name in [*here, *(name for name in there if name not in here)]:
            yield from _told(f"{place}.{name}" if place else name, here.get(name), there.get(name))
    elif isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        for number, (mine, theirs) in enumerate(zip(here, there, strict=True), 1):
            yield from _told(f"{place}.{number}", mine, theirs)
    else:
        yield place, here, there
