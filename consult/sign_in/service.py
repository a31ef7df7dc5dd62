"""Signing in: the password, the second factor, and changing either."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import writing
from consult.errors import Invalid, NotFound
from consult.people.models import User
from consult.people.words import DESK_ROLES, Role
from consult.policy import Actor
from consult.sign_in import passwords, second_factor, sessions
from consult.sign_in.second_factor import Vault
from consult.text import one_line

NEED_SECOND_FACTOR = DESK_ROLES | {Role.ADMINISTRATOR}
"""Roles whose seats wait for a second factor where the site asks for one."""


def mail_key(mail: str) -> str:
    """A mail address as accounts are found by it: one line, NFC, small letters."""
    return one_line(mail).casefold()


def by_password(session: Session, mail: str, password: str) -> User | None:
    """The person with this mail and password while the account is open. Takes as long for accounts that do not
    exist; call it outside any transaction, since scrypt is slow."""
    user = session.scalar(select(User).where(User.mail == mail_key(mail)))
    right = passwords.matches(user.password_hash if user else None, password)
    return user if right and user is not None and user.disabled_at is None else None


def fingerprint(user: User) -> str:
    """A short text that changes when password or mail do: what was handed out before them becomes void."""
    return hashlib.sha256(f"{user.id}|{user.mail}|{user.password_hash}|{user.disabled_at}".encode()).hexdigest()[:24]


def use_code(session: Session, user_id: UUID, code: str, vault: Vault, now: datetime) -> None:
    """Spends a code of the second factor. Raises Invalid({"totp": "wrong_code"}) when it is wrong or used already."""
    with writing(session):
        user = _present(session, user_id)
        secret = vault.open(user.id, user.totp_secret or "")
        step = second_factor.step_of(secret, code, now, user.totp_last_step) if secret else None
        if step is None:
            raise Invalid({"totp": "wrong_code"})
        user.totp_last_step = step


def enrol(session: Session, user_id: UUID, sealed: str, code: str, vault: Vault, now: datetime) -> None:
    """Turns the second factor on once a code shows that the telephone has the secret.

    Raises Invalid({"totp": "wrong_code"}).
    """
    secret = vault.open(user_id, sealed)
    step = second_factor.step_of(secret, code, now, None) if secret else None
    if secret is None or step is None:
        raise Invalid({"totp": "wrong_code"})
    with writing(session):
        user = _present(session, user_id)
        user.totp_secret = vault.seal(user_id, secret)
        user.totp_last_step = step


def change_password(
    session: Session, user_id: UUID, present: str, new: str, again: str, keep: UUID, now: datetime
) -> None:
    """Changes the password of who knows the present one, and ends every other sign-in (all but `keep`).

    Raises Invalid({"present": "wrong_password"}) or what `passwords.check_new` raises.
    """
    user = _present(session, user_id)
    if not passwords.matches(user.password_hash, present):
        raise Invalid({"present": "wrong_password"})
    passwords.check_new(new, again, user.mail, user.name)
    hashed = passwords.hash_of(new)
    with writing(session):
        _present(session, user_id).password_hash = hashed
        sessions.revoke_all(session, user_id, now, but=keep)


def seats_allowed(actor: Actor, has_second_factor: bool, required: bool) -> Actor:
    """`actor`, without desk and administrator seats while the site asks for a second factor that is not set up yet."""
    if has_second_factor or not required:
        return actor
    kept = tuple(seat for seat in actor.seats if seat.role not in NEED_SECOND_FACTOR)
    return Actor(actor.user_id, actor.name, kept)


def _present(session: Session, user_id: UUID) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFound
    return user
