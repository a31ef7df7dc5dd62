"""Making the keys a site needs, changing them, and telling which ones are missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.errors import NotFound
from consult.keys import ring
from consult.keys.models import KnownKey
from consult.keys.ring import Key, KeyRing, Purpose

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""From when a key is used that is as old as the site, or older than anybody knows."""

SHORT = 8
"""So many signs of a fingerprint name a key among the few that a site has."""


@dataclass(frozen=True)
class MissingKey:
    """A key that this process does not have: one the database was made with, or, without a fingerprint, any at all."""

    purpose: Purpose
    fingerprint: str = ""


def missing(session: Session, keys: KeyRing) -> tuple[MissingKey, ...]:
    """Every key that the site needs and `keys` does not hold, except those given up: while there is one, some of what
    people hold (look-up codes, second factors, signatures) does not work. Reads a handful of rows."""
    held = {(key.purpose.value, key.fingerprint) for key in keys.keys}
    known = session.scalars(
        select(KnownKey).where(KnownKey.given_up_at.is_(None)).order_by(KnownKey.since, KnownKey.fingerprint)
    ).all()
    gone = [
        MissingKey(Purpose(row.purpose), row.fingerprint) for row in known if (row.purpose, row.fingerprint) not in held
    ]
    none_at_all = [MissingKey(purpose) for purpose in Purpose if not keys.of(purpose)]
    told = {one.purpose for one in gone}
    return (*gone, *(one for one in none_at_all if one.purpose not in told))


def make_first(folder: Path, now: datetime, taken_over: Mapping[Purpose, Sequence[bytes]] | None = None) -> list[Key]:
    """Makes a key for each purpose that has none, and returns them.

    `taken_over` has the keys that a site was made with before it had a key ring, by purpose and the oldest first: each
    that is not in the folder is added, since the first time may have been cut off between two of them.
    """
    present = ring.load(folder)
    made = []
    for purpose in Purpose:
        held = present.of(purpose)
        old = (taken_over or {}).get(purpose, ())
        lacking = [secret for secret in dict.fromkeys(old) if secret not in {key.secret for key in held}]
        made += [
            # As many seconds as there are keys: no other bears that name, and the order is kept.
            ring.add(folder, purpose, BEGINNING + timedelta(seconds=place), secret)
            for place, secret in enumerate(lacking, len(held))
        ]
        if not old and not held:
            made.append(ring.add(folder, purpose, now))
    return made


def note(session: Session, keys: KeyRing) -> None:
    """Writes down the fingerprints of `keys`, so that a database that meets other keys is noticed."""
    known = {(row.purpose, row.fingerprint): row for row in session.scalars(select(KnownKey))}
    with writing(session, Lock.REFERENCE):
        for key in keys.keys:
            row = known.get((key.purpose.value, key.fingerprint))
            if row is None:
                session.add(KnownKey(purpose=key.purpose.value, fingerprint=key.fingerprint, since=key.since))
            elif row.given_up_at is not None:
                session.get_one(KnownKey, (row.purpose, row.fingerprint)).given_up_at = None


def rotate(session: Session, folder: Path, purpose: Purpose, now: datetime) -> Key:
    """A new key for `purpose`, used from now on once every process has been started anew; the old ones stay good.

    Raises FileExistsError for a second one in the same second.
    """
    made = ring.add(folder, purpose, now)
    note(session, ring.load(folder))
    return made


def give_up(session: Session, purpose: Purpose, fingerprint: str, keys: KeyRing, now: datetime) -> None:
    """Says that a missing key will not come back; what was made with it stays lost. Raises NotFound when no missing
    key has a fingerprint that begins like this."""
    gone = [one for one in missing(session, keys) if one.purpose is purpose]
    named = [one for one in gone if one.fingerprint.startswith(fingerprint)]
    if len(fingerprint) < SHORT or len(named) != 1:
        raise NotFound
    with writing(session, Lock.REFERENCE):
        session.get_one(KnownKey, (purpose.value, named[0].fingerprint)).given_up_at = now
