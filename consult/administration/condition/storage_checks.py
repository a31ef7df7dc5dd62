"""Whether what the site is given is kept: its database, its files, its keys, and the backup of all three."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from consult import schema, sqlite
from consult.administration import backups
from consult.administration.backups import last_sending
from consult.administration.condition.findings import Finding, State, attention, broken, unknown, well
from consult.db import Database
from consult.files.damaged import DamageRecord
from consult.files.places.bucket import BucketPlace
from consult.files.places.folder import FolderPlace
from consult.files.places.opening import Where, place_at
from consult.files.places.trial import trial
from consult.files.s3.failures import StoreAway
from consult.keys.ring import KeyRing
from consult.keys.service import SHORT, missing
from consult.ledger.checkpoint import current_key
from consult.ledger.service import Signer
from consult.web.health import commits as reaches_the_disk
from consult.web.health import schema_of, writable

OLD = timedelta(hours=36)
"""The age of the newest backup from which on a night was missed."""


def database(opened: Database) -> Finding:
    """Whether the database answers."""
    # A site that lost its disk would look like a new one.
    if sqlite.is_missing(opened.engine.url):
        return broken("database", "missing")
    if isinstance(opened.lock, sqlite.WriteLock) and (successor := opened.lock.closed_for()):
        return broken("database", "moved", place=successor)
    return broken("database", "away") if schema_of(opened.engine) is None else well("database")


def schema_known(opened: Database) -> Finding:
    """Whether the tables are those of this version of the program, or have more than it knows."""
    found = schema_of(opened.engine)
    if found == schema.newest():
        return well("schema")
    if not found:
        return broken("schema", "none")
    return _AHEAD.get(schema.state(opened.engine)) or broken("schema", "other")


_AHEAD = {
    schema.State.EXPANDED: Finding("schema", State.WELL, "expanded"),
    schema.State.NEW: broken("schema", "newer"),
}


def commits(opened: Database) -> Finding:
    """Whether what is written to the database reaches the disk."""
    return well("commit") if reaches_the_disk(opened.engine) else broken("commit", "refused")


def files(where: Where) -> Finding:
    """Whether what people attach can be put on the disk, or on the store of files."""
    place = place_at(where)
    if isinstance(place, BucketPlace):
        return _elsewhere(place)
    assert isinstance(place, FolderPlace)
    return well("files") if writable(place.folder) else broken("files", "closed")


def _elsewhere(place: BucketPlace) -> Finding:
    """Nothing is said of it but where it is and by which word the server names what is wrong."""
    told = {"server": str(place.client.address.endpoint), "bucket": place.client.address.bucket}
    why, known = trial(place)
    if why is not None:
        return broken("files", why.why.value, detail=why.detail or "-", **told)
    return Finding("files", State.WELL, "elsewhere", told) if known else attention("files", "no_conditions", **told)


def signing_key(signer: Signer, _session: Session, now: datetime) -> Finding:
    """Whether there is a key to sign the log with: without one no comment is received."""
    if not signer.keys:
        return broken("signing_key", "missing")
    try:
        current_key(signer.keys, now)
    except LookupError:
        return broken("signing_key", "not_yet")
    return well("signing_key", count=len(signer.keys))


def keys(ring: KeyRing, session: Session, _now: datetime) -> Finding:
    """Whether this process has every key that something people hold was made with."""
    gone = missing(session, ring)
    if not gone:
        return well("keys", count=len(ring.keys))
    names = ", ".join(f"{one.purpose.value} {one.fingerprint[:SHORT]}".strip() for one in gone)
    return broken("keys", "missing", names=names)


def backup(instance: Path, _session: Session, now: datetime) -> Finding:
    """How old the newest whole backup is, and whether the last attempt failed."""
    known = backups.state(instance)
    if known.failing:
        return broken("backup", "failed", sentence=known.sentence)
    if known.succeeded_at is None:
        return attention("backup", "none")
    hours = round((now - known.succeeded_at).total_seconds() / 3600)
    if now - known.succeeded_at > OLD:
        return broken("backup", "old", hours=hours)
    return well("backup", hours=hours, folder=known.folder)


def second_place(instance: Path, store: str, _session: Session, now: datetime) -> Finding:
    """Whether the newest backup lies in the second place, where one is set."""
    if not store:
        return Finding("second_place", State.WELL, "none_set")
    sending = last_sending.last(instance)
    if sending is None:
        return attention("second_place", "never")
    hours = round((now - sending.at).total_seconds() / 3600)
    if now - sending.at > OLD:
        return broken("second_place", "old", hours=hours, name=sending.name)
    return well("second_place", hours=hours, name=sending.name)


def kept_files(damages: DamageRecord) -> Finding:
    """Whether a file that was to be given out was found changed or gone."""
    try:
        found = damages.found()
    except StoreAway:
        return unknown("kept_files", "hidden")
    if not found:
        return well("kept_files")
    return broken("kept_files", "damaged", count=len(found), names=", ".join(name[:12] for name in found[:3]))
