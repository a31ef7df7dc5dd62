"""Sign-ins on devices: begun, found by the token of the cookie, listed and revoked."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from consult.db import Lock, new_id, writing
from consult.errors import NotFound, Refused
from consult.people.models import User
from consult.sign_in import changes, devices, known_devices
from consult.sign_in.changes import Change
from consult.sign_in.known_devices import Entry
from consult.sign_in.models import Passkey, SignInSession
from consult.sign_in.words import Way
from consult.text import one_line

LASTS = timedelta(hours=12)
RECENT = timedelta(minutes=15)
"""So long after signing in nobody is asked for their second factor again."""
LONGEST_DEVICE = 200
LATEST = 10


def fingerprint(user: User) -> str:
    """A short text that changes with the password, the second factor and the closing of the account: what was proven
    before such a change proves nothing after it."""
    known = f"{user.id}|{user.mail}|{user.password_hash}|{user.disabled_at}|{user.totp_secret}"
    return hashlib.sha256(known.encode()).hexdigest()[:24]


def begin(
    session: Session, user_id: UUID, device: str, now: datetime, proven: str | None = None, entry: Entry | None = None
) -> str:
    """Signs a person in on a device and returns the token of its cookie (256 bits); only its hash is kept. From a
    browser that they never signed in from, they are told by mail (`account_changed`).

    `entry` says by what they showed who they are, `proven` is the fingerprint of the account then. Raises
    Refused("sign_in_changed") when it is another by now: a sign-in under way does not outlive a change of the password.
    """
    token, agent, entry = secrets.token_urlsafe(32), one_line(device)[:LONGEST_DEVICE], entry or Entry()
    with writing(session, Lock.PEOPLE):
        if proven is not None and proven != fingerprint(session.get_one(User, user_id)):
            raise Refused("sign_in_changed")
        if known_devices.is_new(session, user_id, entry.device_mark, agent):
            changes.note(
                session, user_id, Change.NEW_DEVICE, user_id, now, ", ".join(filter(None, devices.named(agent)))
            )
        session.add(
            SignInSession(
                id=new_id(),
                user_id=user_id,
                token_hash=hash_of(token),
                began_at=now,
                expires_at=now + LASTS,
                device=agent,
                way=entry.way or "",
                through=entry.through,
                device_mark=entry.device_mark,
            )
        )
    return token


class SignedIn(NamedTuple):
    """A sign-in that lasts, with its person's account."""

    sign_in_id: UUID
    began_at: datetime
    id: UUID
    name: str
    disabled_at: datetime | None
    has_second_factor: bool


_BY_TOKEN = (
    select(
        SignInSession.id,
        SignInSession.began_at,
        User.id,
        User.name,
        User.disabled_at,
        or_(
            User.totp_secret.is_not(None),
            SignInSession.way == Way.PROVIDER_OF_BOTH.value,
            select(Passkey.id).where(Passkey.user_id == SignInSession.user_id).exists(),
        ),
    )
    .join(SignInSession.user)
    .where(
        SignInSession.token_hash == bindparam("token_hash"),
        SignInSession.revoked_at.is_(None),
        SignInSession.expires_at > bindparam("now"),
        User.disabled_at.is_(None),
    )
)
"""Asked with every request of somebody who is signed in: plain columns cost half of what whole objects do."""


def is_recent(session: Session, sign_in_id: UUID, now: datetime) -> bool:
    """Whether a sign-in began a moment ago: with the second factor, where the account had one."""
    began_at = session.scalar(select(SignInSession.began_at).where(SignInSession.id == sign_in_id))
    return began_at is not None and timedelta(0) <= now - began_at < RECENT


def hash_of(token: str) -> str:
    """What is kept of a token: its SHA-256, in hex."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def find(session: Session, token: str, now: datetime) -> SignedIn | None:
    """The sign-in behind a token while it lasts and its person's account is open, with that person."""
    row = session.execute(_BY_TOKEN, {"token_hash": hash_of(token), "now": now}).one_or_none()
    return SignedIn(*row) if row else None


def person_of(session: Session, token_hash: str) -> User | None:
    """Whose sign-in it was, ended or not, by the hash of its token."""
    return session.scalar(select(User).join(SignInSession.user).where(SignInSession.token_hash == token_hash))


def provider_of(session: Session, sign_in_id: UUID) -> str:
    """Through which provider a sign-in began; empty for none."""
    ways = (Way.PROVIDER.value, Way.PROVIDER_OF_BOTH.value)
    found = select(SignInSession.through).where(SignInSession.id == sign_in_id, SignInSession.way.in_(ways))
    return session.scalar(found) or ""


def latest(session: Session, user_id: UUID, now: datetime) -> Sequence[SignInSession]:
    """All sign-ins of a person that last, and the last ones that have ended, the newest first."""
    ended = session.scalars(
        select(SignInSession)
        .where(
            SignInSession.user_id == user_id,
            or_(SignInSession.revoked_at.is_not(None), SignInSession.expires_at <= now),
        )
        .order_by(SignInSession.began_at.desc(), SignInSession.id)
        .limit(LATEST)
    )
    return sorted((*lasting(session, user_id, now), *ended), key=lambda one: one.began_at, reverse=True)


def used_lately(kept: SignedIn, used: float, now: datetime, idle: timedelta) -> bool:
    """Whether a sign-in was used within `idle`: `used` is the last time that its own cookie tells (seconds of the
    epoch). A clock that was put back makes nobody idle."""
    return now.timestamp() - max(used, kept.began_at.timestamp()) <= idle.total_seconds()


def lasting(session: Session, user_id: UUID, now: datetime) -> Sequence[SignInSession]:
    """The sign-ins of a person that last at `now`, the newest first."""
    return session.scalars(
        select(SignInSession)
        .where(SignInSession.user_id == user_id, SignInSession.revoked_at.is_(None), SignInSession.expires_at > now)
        .order_by(SignInSession.began_at.desc(), SignInSession.id)
    ).all()


def revoke(session: Session, user_id: UUID, sign_in_id: UUID, now: datetime) -> None:
    """Ends one sign-in of a person. Raises NotFound when it is not theirs; ending it twice changes nothing."""
    with writing(session, Lock.PEOPLE):
        kept = session.get(SignInSession, sign_in_id)
        if kept is None or kept.user_id != user_id:
            raise NotFound
        kept.revoked_at = kept.revoked_at or now


def revoke_all(session: Session, user_id: UUID, now: datetime, but: UUID | None = None) -> int:
    """Ends every sign-in of a person, `but` one when given; returns how many were ended."""
    with writing(session, Lock.PEOPLE):
        ended = [kept for kept in lasting(session, user_id, now) if kept.id != but]
        for kept in ended:
            kept.revoked_at = now
    return len(ended)
