"""Links by which a person sets the first password, or a new one: signed, for one use, for some days.

Nothing is stored of a link: it names the account, the state of its password and which invitation it is, so that it is
void once a password is set, a newer link is made, or the account is closed.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from itsdangerous import BadSignature
from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.errors import Refused
from consult.people.models import User
from consult.session_secret import Secrets
from consult.sign_in import changes, passwords, service, sessions
from consult.sign_in.changes import Change

PURPOSE = "invitation"
LASTS = timedelta(days=7)


def token_of(user: User, secrets: Secrets, now: datetime) -> str:
    """The token of a link for `user`, good for a week from `now` and until a password is set."""
    return secrets.serializer(PURPOSE).dumps([user.id.hex, _state(user), int(now.timestamp())])


def read(session: Session, token: str, secrets: Secrets, now: datetime) -> User:
    """The person whom a token invites. Raises Refused("invitation_over") when it is used, too old or not ours."""
    try:
        user_id, state, issued = secrets.serializer(PURPOSE).loads(token)
        user = session.get(User, UUID(user_id))
        old = now.timestamp() - issued > LASTS.total_seconds()
    except (BadSignature, ValueError, TypeError, AttributeError) as bad:
        raise Refused("invitation_over") from bad
    if user is None or old or user.disabled_at is not None or _state(user) != state:
        raise Refused("invitation_over")
    return user


def make_void(user: User) -> None:
    """Makes every link made so far for `user` void, inside a transaction."""
    user.invitation += 1


def accept(
    session: Session,
    token: str,
    password: str,
    again: str,
    secrets: Secrets,
    now: datetime,
    known: Collection[str] = (),
) -> User:
    """Sets the password of the person whom a token invites, and ends all sign-ins made with an earlier one.

    Raises Refused("invitation_over"), or Invalid for a password that cannot be taken (`known`: names of the site).
    """
    user = read(session, token, secrets, now)
    passwords.check_new(password, again, *service.names_of(user), *known)
    hashed = passwords.hash_of(password)
    with writing(session, Lock.PEOPLE):
        user = read(session, token, secrets, now)
        user.password_hash = hashed
        sessions.revoke_all(session, user.id, now)
        changes.note(session, user.id, Change.PASSWORD_SET, user.id, now)
    return user


def _state(user: User) -> str:
    known = f"{user.id}|{user.mail}|{user.password_hash}|{user.disabled_at}|{user.invitation}"
    return hashlib.sha256(known.encode()).hexdigest()[:24]
