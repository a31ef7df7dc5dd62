"""`flask --app consult keys …`: what each key is for and how much hangs on it; changing one; the first ones."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from consult import clock
from consult.errors import NotFound
from consult.keys import ring, service
from consult.keys.models import KnownKey
from consult.keys.ring import BadKey, Key, KeyRing, Purpose
from consult.ledger import keys as ledger_keys
from consult.ledger.checkpoint import BadCheckpoint, verifier_key, verify_checkpoint
from consult.ledger.models import LedgerCheckpoint, LedgerEntry
from consult.people.models import User
from consult.sign_in.second_factor import Vault, taken_over
from consult.submissions.models import Joiner, Submission
from consult.web import context

PURPOSE = click.Choice([purpose.value for purpose in Purpose])
MADE = {
    Purpose.LEDGER: (LedgerCheckpoint.at,),
    Purpose.RECEIPTS: (Submission.recorded_at, Joiner.at),
}
"""When the things were made that hang on the key in use at that time."""

THINGS = {Purpose.LEDGER: "checkpoints", Purpose.RECEIPTS: "receipts", Purpose.SECOND_FACTOR: "second factors"}
START_ANEW = "Start the site and the worker anew: until then they use the keys before."


@click.group("keys", cls=AppGroup, invoke_without_command=True)
@click.pass_context
@with_appcontext
def group(called: click.Context) -> None:
    """Lists the site's keys, or changes one."""
    if called.invoked_subcommand is None:
        session, keys = context.session(), _ring()
        for purpose in Purpose:
            for place, key in enumerate(keys.of(purpose)):
                click.echo(_line(session, keys, key, newest=place == 0))
        _require_none_missing(service.missing(session, keys))


@group.command("rotate")
@click.argument("purpose", type=PURPOSE)
def rotate(purpose: str) -> None:
    """Makes a new key for PURPOSE; what was made with the earlier ones stays good."""
    made = service.rotate(context.session(), _folder(), Purpose(purpose), clock.now())
    click.echo(f"{made.fingerprint[: service.SHORT]} is the new key for {purpose}. {START_ANEW}")


@group.command("give-up")
@click.argument("purpose", type=PURPOSE)
@click.argument("fingerprint")
def give_up(purpose: str, fingerprint: str) -> None:
    """Says that a missing key will not come back: what was made with it is lost for good."""
    try:
        service.give_up(context.session(), Purpose(purpose), fingerprint, _ring(), clock.now())
    except NotFound as unknown:
        raise click.ClickException(f"No missing key for {purpose} is called {fingerprint}.") from unknown
    click.echo(f"{fingerprint} is given up; the site no longer waits for it.")


def make_first() -> None:
    """Makes the keys that are not there yet and writes down which ones this database is used with.

    A site that is older than its key ring goes on with what it was made with. Raises click.ClickException when keys
    that the database was made with are missing: new ones in their place would hide that.
    """
    session, folder, keys = context.session(), _folder(), _ring()
    _require_none_missing([one for one in service.missing(session, keys) if one.fingerprint])
    known = set(session.scalars(select(KnownKey.purpose)))
    if Purpose.LEDGER.value not in known:
        _require_signing_key(session, keys)
    old = {purpose: taken(session) for purpose, taken in _TAKEN_OVER.items() if purpose.value not in known}
    for key in service.make_first(folder, clock.now(), old):
        how = "is taken over from CONSULT_SECRET_KEY" if key.secret in old.get(key.purpose, ()) else "is made"
        click.echo(f"The first key for {key.purpose} {how}; the backup keeps it.")
    service.note(session, ring.load(folder))


def _receipt_keys(session: Session) -> list[bytes]:
    """By what codes were made when everything hung on the session secret; nothing where none was given out."""
    given_out = any(session.scalar(select(table.id).limit(1)) for table in (Submission, Joiner))
    return [secret.encode() for secret in context.secrets().oldest_first] if given_out else []


def _second_factor_keys(session: Session) -> list[bytes]:
    """By what second factors were sealed at that time; nothing where there are none. Raises click.ClickException."""
    sealed = session.scalars(select(User.totp_secret).where(User.totp_secret.is_not(None))).all()
    keys = [taken_over(secret) for secret in context.secrets().oldest_first] if sealed else []
    vault = Vault(keys)
    if sealed and all(vault.key_of(one or "") is None for one in sealed):
        raise click.ClickException(
            "This database was made with another CONSULT_SECRET_KEY, on which its second factors and look-up codes "
            "hang: name it in CONSULT_SECRET_KEY_OLD and run db upgrade again (or, if it is lost for good, keys "
            "rotate second-factor first)."
        )
    return keys


_TAKEN_OVER = {Purpose.RECEIPTS: _receipt_keys, Purpose.SECOND_FACTOR: _second_factor_keys}


def _require_signing_key(session: Session, keys: KeyRing) -> None:
    """Raises click.ClickException when the public log was signed by none of these keys."""
    note = session.scalar(select(LedgerCheckpoint.note).order_by(LedgerCheckpoint.at.desc()).limit(1))
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
        raise click.ClickException(
            f"The public log of this database was signed with a key that is not in {_folder()}: put it back from the "
            "backup (or, if it is lost for good, keys rotate ledger first)."
        ) from foreign


def _require_none_missing(missing: Sequence[service.MissingKey]) -> None:
    if missing:
        raise click.ClickException(service.told(missing))


def _line(session: Session, keys: KeyRing, key: Key, newest: bool) -> str:
    since = "the beginning" if key.since.year == service.BEGINNING.year else key.since.isoformat(" ", "minutes")
    used = _used(session, keys, key)
    name = f"{key.purpose:15}{key.fingerprint[: service.SHORT]}"
    return f"{name}  since {since}, {used} {THINGS[key.purpose]}{', in use' * newest}"


def _used(session: Session, keys: KeyRing, key: Key) -> int:
    """How many things hang on a key."""
    if key.purpose is Purpose.SECOND_FACTOR:
        vault = Vault([key.secret])
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


def _ring() -> KeyRing:
    """The keys as they lie in the folder now."""
    try:
        return ring.load(_folder())
    except BadKey as bad:
        raise click.ClickException(str(bad)) from bad
