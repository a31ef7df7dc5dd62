"""Recovery codes: ten of them, printed or written down, each stands in once for a telephone or passkey that is lost.

A code has 60 bits and is kept as slowly as a password is: whoever reads the database cannot try them all. All of a set
have one salt, so that what was typed is derived once, however many are left.
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.db import Lock, new_id, writing
from consult.errors import Invalid, Refused
from consult.people.models import User
from consult.sign_in import changes, factors, passwords, service, sessions
from consult.sign_in.changes import Change
from consult.sign_in.models import RecoveryCode
from consult.sign_in.second_factor import SecretBox
from consult.sign_in.service import Proof

HOW_MANY = 10
SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ0123456789"
"""Crockford's base32: no I, L, O, U, which are taken for others on paper."""
READ_AS = str.maketrans("ILO", "110")
GROUP, GROUPS = 4, 3
LONGEST_TYPED = 40


def make(session: Session, user_id: UUID, proof: Proof, vault: SecretBox, now: datetime) -> list[str]:
    """Ten new codes in the place of all earlier ones, for who shows who they are; they are told by mail.

    Raises Invalid({"present": "wrong_password"}) and as `service.show_second`, Refused("no_second_factor") for who has
    none yet: codes stand in for one.
    """
    proven = service.proven_password(session, user_id, proof.password)
    codes, salt = [_new() for _ in range(HOW_MANY)], secrets.token_urlsafe(12)
    hashes = [passwords.code_hash(plain(code), salt) for code in codes]
    with writing(session, Lock.PEOPLE):
        user = service.still(session, user_id, proven)
        if not factors.has_second(session, user):
            raise Refused("no_second_factor")
        service.show_second(session, user, proof, vault, now)
        session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
        session.add_all(
            RecoveryCode(id=new_id(), user_id=user_id, salt=salt, code_hash=one, made_at=now) for one in hashes
        )
        changes.note(session, user_id, Change.RECOVERY_CODES_MADE, user_id, now)
    return codes


def use(session: Session, user_id: UUID, typed: str, now: datetime, proven: str) -> str:
    """Spends a code in the place of the second factor, and returns the fingerprint of the account; its owner is told by
    mail, with how many are left. `proven` is the fingerprint when the password was shown.

    Raises Invalid({"recovery": "wrong_recovery_code"}) when it is wrong or was used, Refused("sign_in_changed").
    """
    salt = session.scalar(select(RecoveryCode.salt).where(RecoveryCode.user_id == user_id).limit(1))
    found = passwords.code_hash(plain(typed[:LONGEST_TYPED]), salt or "nobody")
    with writing(session, Lock.PEOPLE):
        if proven != sessions.fingerprint(session.get_one(User, user_id)):
            raise Refused("sign_in_changed")
        unused = _unused(session, user_id)
        code = next((one for one in unused if hmac.compare_digest(one.code_hash, found)), None)
        if code is None:
            raise Invalid({"recovery": "wrong_recovery_code"})
        code.used_at = now
        changes.note(session, user_id, Change.RECOVERY_CODE_USED, user_id, now, str(len(unused) - 1))
    return proven


def made_at(session: Session, user_id: UUID) -> datetime | None:
    """When somebody's codes were made; None for who has none."""
    return session.scalar(select(RecoveryCode.made_at).where(RecoveryCode.user_id == user_id).limit(1))


def plain(typed: str) -> str:
    """A code as it is kept, however it is typed: capital letters and digits, what looks alike read as one."""
    return "".join(sign for sign in typed.upper().translate(READ_AS) if sign in SIGNS)


def _unused(session: Session, user_id: UUID) -> Sequence[RecoveryCode]:
    kept = select(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return session.scalars(kept.order_by(RecoveryCode.id)).all()


def _new() -> str:
    groups = ("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)
