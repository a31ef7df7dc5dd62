"""`flask --app consult keys …`: what each key is for and how much hangs on it; changing one; the first ones."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from consult import clock
from consult.command_line.localized import GroupOr, failed
from consult.command_line.words import say
from consult.errors import NotFound
from consult.keys import ring, service
from consult.keys.models import KnownKey
from consult.keys.ring import Key, KeyRing, Purpose
from consult.ledger import keys as ledger_keys
from consult.ledger.checkpoint import BadCheckpoint, verifier_key, verify_checkpoint
from consult.ledger.models import LedgerCheckpoint, LedgerEntry
from consult.people.models import User
from consult.sign_in.second_factor import SecretBox, taken_over
from consult.submissions.models import Joiner, Submission
from consult.web import context

PURPOSE = click.Choice([purpose.value for purpose in Purpose])
LOST = click.Choice([Purpose.LEDGER.value, Purpose.SECOND_FACTOR.value])
"""What a database is asked for that does not say yet which keys it was made with."""
MADE = {
    Purpose.LEDGER: (LedgerCheckpoint.at,),
    Purpose.RECEIPTS: (Submission.recorded_at, Joiner.at),
}
"""When the things were made that hang on the key in use at that time."""

group = GroupOr("keys", otherwise="list")


@group.command("list", hidden=True)
@with_appcontext
def listed() -> None:
    """Lists the site's keys, with how much hangs on each."""
    session, keys = context.session(), ring.load(_folder())
    for purpose in Purpose:
        for place, key in enumerate(keys.of(purpose)):
            click.echo(_line(session, keys, key, newest=place == 0))
    _require_none_missing(service.missing(session, keys))


@group.command("rotate")
@click.argument("purpose", type=PURPOSE)
@with_appcontext
def rotate(purpose: str) -> None:
    """Makes a new key for PURPOSE; what was made with the earlier ones stays good."""
    made = service.rotate(context.session(), _folder(), Purpose(purpose), clock.now())
    click.echo(say("command.keys_rotate.done", key=made.fingerprint[: service.SHORT], purpose=purpose))


# Bare: a missing key keeps the schema from being upgraded.
@group.command("give-up", bare=True)
@click.argument("purpose", type=PURPOSE)
@click.argument("fingerprint")
@with_appcontext
def give_up(purpose: str, fingerprint: str) -> None:
    """Says that a missing key will not come back: what was made with it is lost for good."""
    try:
        service.give_up(context.session(), Purpose(purpose), fingerprint, ring.load(_folder()), clock.now())
    except NotFound as unknown:
        raise failed("command.keys_give_up.unknown", key=fingerprint, purpose=purpose) from unknown
    click.echo(say("command.keys_give_up.done", key=fingerprint))


def check_first(has_tables: bool, lost: Collection[Purpose] = ()) -> None:
    """Looks whether `make_first` could do its work, while the schema is still an earlier one (or none, unless
    `has_tables`): what is refused here has changed nothing.

    Raises Failed when keys that the database was made with are missing: new ones in their place would hide that.
    What was made before it was written down with which is not asked for when it is said to be `lost`. Raises BadKey,
    and OSError where a key cannot be written.
    """
    keys = ring.load(_folder())
    if has_tables:
        # A session that ends here: a transaction left open would stand in the way of the schema.
        with context.database().session() as session:
            unknown = _unnoted(session, keys) - set(lost)
            if Purpose.LEDGER in unknown:
                _require_signing_key(session, keys)
            if Purpose.SECOND_FACTOR in unknown:
                _require_own_seals(session, keys)
    for purpose in Purpose:
        if not keys.of(purpose):
            ring.check_writable(_folder(), purpose)


def make_first() -> None:
    """Makes the keys that are not there yet and writes down which ones this database is used with. `check_first` comes
    before it. A site that is older than its key ring goes on with what it was made with."""
    session, folder = context.session(), _folder()
    known = _known(session)
    old = {purpose: made_with(session) for purpose, made_with in _TAKEN_OVER.items() if purpose not in known}
    for key in service.make_first(folder, clock.now(), old):
        taken = key.secret in old.get(key.purpose, ())
        code = "command.db_upgrade.key_taken_over" if taken else "command.db_upgrade.key_made"
        click.echo(say(code, purpose=key.purpose))
    service.note(session, ring.load(folder))


def _receipt_keys(session: Session) -> list[bytes]:
    """By what codes were made when everything hung on the session secret; nothing where none was given out."""
    given_out = any(session.scalar(select(table.id).limit(1)) for table in (Submission, Joiner))
    return [secret.encode() for secret in context.secrets().oldest_first] if given_out else []


def _second_factor_keys(session: Session) -> list[bytes]:
    """By what second factors were sealed at that time; nothing where there are none."""
    sealed = session.scalar(select(User.id).where(User.totp_secret.is_not(None)).limit(1))
    return [taken_over(secret) for secret in context.secrets().oldest_first] if sealed else []


_TAKEN_OVER = {Purpose.RECEIPTS: _receipt_keys, Purpose.SECOND_FACTOR: _second_factor_keys}


def _known(session: Session) -> set[Purpose]:
    """Of what purposes it is written down which keys this database is used with."""
    return {Purpose(purpose) for purpose in session.scalars(select(KnownKey.purpose))}


def _unnoted(session: Session, keys: KeyRing) -> set[Purpose]:
    """Of what purposes that is not written down yet: of none in a database that is older than this. Raises Failed."""
    if not inspect(session.connection()).has_table(KnownKey.__tablename__):
        return set(Purpose)
    _require_none_missing([one for one in service.missing(session, keys) if one.fingerprint])
    return set(Purpose) - _known(session)


def _require_own_seals(session: Session, keys: KeyRing) -> None:
    """Raises Failed when none of the second factors opens with these keys or with what a site was made with."""
    sealed = session.scalars(select(User.totp_secret).where(User.totp_secret.is_not(None))).all()
    vault = SecretBox([*(key.secret for key in keys.of(Purpose.SECOND_FACTOR)), *_second_factor_keys(session)])
    if sealed and all(vault.key_of(one or "") is None for one in sealed):
        raise failed("command.db_upgrade.other_secret")


def _require_signing_key(session: Session, keys: KeyRing) -> None:
    """Raises Failed when the public log was signed by none of these keys."""
    note = session.scalar(
        select(LedgerCheckpoint.note).order_by(LedgerCheckpoint.at.desc(), LedgerCheckpoint.size.desc()).limit(1)
    )
    if note is None and session.scalar(select(LedgerEntry.index).limit(1)) is None:
        return
    origin = (note or "").partition("\n")[0]
    own = [verifier_key(origin, key.private_key.public_key()) for key in ledger_keys.of(keys)] if note else []
    try:
        if note:
            verify_checkpoint(note, own, origin)
        elif not keys.of(Purpose.LEDGER):
            raise BadCheckpoint("there is no key")
    except BadCheckpoint as foreign:
        raise failed("command.db_upgrade.strange_signer", place=_folder()) from foreign


def _require_none_missing(missing: Sequence[service.MissingKey]) -> None:
    names = [f"{one.purpose} {one.fingerprint[: service.SHORT] or say('command.keys.none')}" for one in missing]
    if names:
        raise failed("command.keys.missing", names=", ".join(names))


def _line(session: Session, keys: KeyRing, key: Key, newest: bool) -> str:
    name = f"{key.purpose:15}{key.fingerprint[: service.SHORT]}"
    old = key.since.year == service.BEGINNING.year
    since = say("command.keys.always" if old else "command.keys.since", at=key.since.isoformat(" ", "minutes"))
    used = say(f"command.keys.used_by.{key.purpose}", count=_used(session, keys, key))
    return f"{name}  {since}, {used}{say('command.keys.newest') * newest}"


def _used(session: Session, keys: KeyRing, key: Key) -> int:
    """How many things hang on a key."""
    if key.purpose is Purpose.SECOND_FACTOR:
        vault = SecretBox([key.secret])
        sealed = session.scalars(select(User.totp_secret).where(User.totp_secret.is_not(None)))
        return sum(vault.key_of(one or "") is not None for one in sealed)
    later = [other.since for other in keys.of(key.purpose) if other.since > key.since]
    return sum(_between(session, moment, key.since, min(later, default=None)) for moment in MADE[key.purpose])


def _between(session: Session, moment: InstrumentedAttribute[datetime], since: datetime, until: datetime | None) -> int:
    counted = select(func.count()).where(moment >= since)
    return session.scalar(counted if until is None else counted.where(moment < until)) or 0


def _folder() -> Path:
    folder: Path = current_app.config["KEYS_FOLDER"]
    return folder
