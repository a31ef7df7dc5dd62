"""Passkeys of an account: added, used beside a password or alone, and removed."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import User
from consult.sign_in import challenges, changes, factors, service, sessions
from consult.sign_in.changes import Change
from consult.sign_in.models import Passkey, RecoveryCode
from consult.sign_in.passkeys import ceremonies
from consult.sign_in.passkeys.ceremonies import Known
from consult.sign_in.passkeys.relying_party import RelyingParty
from consult.sign_in.second_factor import SecretBox
from consult.sign_in.service import Proof
from consult.text import one_line

LONGEST_NAME = 60
MOST = 20


@dataclass(frozen=True)
class Answer:
    """What a browser answered, and the word that it was given for it."""

    said: str
    word: str


@dataclass(frozen=True)
class Used:
    """Who showed a key: their account, its fingerprint then, and how the key is called."""

    user: User
    proven: str
    name: str


def of_person(session: Session, user_id: UUID) -> Sequence[Passkey]:
    """Somebody's keys, the oldest first."""
    kept = select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.made_at, Passkey.id)
    return session.scalars(kept).all()


def check_name(session: Session, user_id: UUID, name: str) -> str:
    """How a new key will be called. Raises Invalid for a name that cannot be taken, or that another key of theirs has,
    and Refused("too_many_passkeys")."""
    called, kept = one_line(name), of_person(session, user_id)
    if not called or len(called) > LONGEST_NAME:
        raise Invalid({"name": "too_long" if called else "required"})
    if any(one.name.casefold() == called.casefold() for one in kept):
        raise Invalid({"name": "passkey_name_taken"})
    if len(kept) >= MOST:
        raise Refused("too_many_passkeys")
    return called


def add(
    session: Session, user_id: UUID, name: str, answer: Answer, party: RelyingParty, keep: UUID, proven: str,
    now: datetime,
) -> Passkey:  # fmt: skip
    """Keeps a key that a device made, and ends every other sign-in (all but `keep`); its owner is told by mail.
    `proven` is the account's fingerprint when they showed their password.

    Raises Invalid({"passkey": "passkey_failed"}) for a wrong answer, Refused("challenge_over") for one that came
    before, Refused("passkey_known") for a key that somebody has already, Refused("sign_in_changed"), and as
    `check_name`.
    """
    made = ceremonies.made(party, answer.said, answer.word)
    with writing(session, Lock.PEOPLE):
        if proven != sessions.fingerprint(session.get_one(User, user_id)):
            raise Refused("sign_in_changed")
        called = check_name(session, user_id, name)
        challenges.spend(session, answer.word, now)
        if session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id)) is not None:
            raise Refused("passkey_known")
        kept = Passkey(
            id=new_id(), user_id=user_id, name=called, made_at=now, credential_id=made.credential_id,
            public_key=made.public_key, sign_count=made.sign_count,
        )  # fmt: skip
        session.add(kept)
        sessions.revoke_all(session, user_id, now, but=keep)
        changes.note(session, user_id, Change.PASSKEY_ADDED, user_id, now, called)
    return kept


def use(session: Session, answer: Answer, party: RelyingParty, now: datetime, user: User | None = None) -> Used:
    """Whose key was shown: one of `user`, who gave their password before; without one, of whoever it is, and then they
    must have shown the device that it is them.

    Raises Invalid({"passkey": "passkey_failed"}), Refused("challenge_over").
    """
    credential_id, owner = ceremonies.credential_of(answer.said)
    with writing(session, Lock.PEOPLE):
        kept = session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))
        if kept is None or kept.user.disabled_at is not None or not _is_of(kept, owner, user):
            raise Invalid({"passkey": "passkey_failed"})
        known = Known(kept.public_key, kept.sign_count)
        counted = ceremonies.shown(party, answer.said, answer.word, known, alone=user is None)
        challenges.spend(session, answer.word, now)
        kept.sign_count, kept.last_used_at = counted, now
    return Used(kept.user, sessions.fingerprint(kept.user), kept.name)


def remove(
    session: Session, user_id: UUID, passkey_id: UUID, proof: Proof, required: bool, keep: UUID, vault: SecretBox,
    now: datetime,
) -> None:  # fmt: skip
    """Forgets a key of who shows who they are, and ends every other sign-in (all but `keep`); recovery codes go with
    the last factor.

    Raises Invalid({"present": "wrong_password"}) and as `service.show_second`, NotFound, Refused("last_factor") where a
    second factor is `required` of whoever holds a role, and this is the last.
    """
    proven = service.proven_password(session, user_id, proof.password)
    with writing(session, Lock.PEOPLE):
        user, kept = service.still(session, user_id, proven), session.get(Passkey, passkey_id)
        if kept is None or kept.user_id != user_id:
            raise NotFound
        _leave_one(session, user, required, now)
        service.show_second(session, user, proof, vault, now)
        changes.note(session, user_id, Change.PASSKEY_REMOVED, user_id, now, kept.name)
        session.delete(kept)
        sessions.revoke_all(session, user_id, now, but=keep)


def _leave_one(session: Session, user: User, required: bool, now: datetime) -> None:
    own = factors.of(session, user)
    if own.telephone or own.passkeys > 1:
        return
    if required and any(held.in_force(now) for held in user.memberships):
        raise Refused("last_factor")
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def _is_of(kept: Passkey, owner: str, user: User | None) -> bool:
    """Whether a key belongs to whom the answer names, and to who gave their password."""
    handle = base64.urlsafe_b64encode(kept.user_id.bytes).rstrip(b"=").decode()
    return owner.rstrip("=") in ("", handle) and (user is None or kept.user_id == user.id)
