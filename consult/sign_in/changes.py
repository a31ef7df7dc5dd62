"""What was changed about how a person signs in: kept, shown to its owner and to administrators, and told by mail."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import new_id
from consult.outbox.service import emit
from consult.sign_in.models import AccountChange

SHOWN = 20


class Change(StrEnum):
    """The kinds of changes."""

    PASSWORD_SET = "password_set"
    PASSWORD_CHANGED = "password_changed"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_CHANGED = "second_factor_changed"
    SECOND_FACTOR_DROPPED = "second_factor_dropped"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PROVIDER_BOUND = "provider_bound"
    PROVIDER_UNBOUND = "provider_unbound"
    NEW_DEVICE = "new_device"


ENDS_OTHERS = frozenset(Change) - {Change.RECOVERY_CODES_MADE, Change.RECOVERY_CODE_USED, Change.NEW_DEVICE}
"""The changes that sign every other device out, when the owner makes them."""


def note(session: Session, user_id: UUID, what: Change, by_id: UUID | None, now: datetime, detail: str = "") -> None:
    """Adds to the transaction under way that `by_id` (None: a command) changed this (`detail`: which one); the outbox
    event `account_changed` has the owner told."""
    change = AccountChange(id=new_id(), user_id=user_id, at=now, what=what.value, by_id=by_id, detail=detail)
    session.add(change)
    emit(session, "account_changed", now, change_id=str(change.id))


def latest(session: Session, user_id: UUID) -> Sequence[AccountChange]:
    """What was changed for a person, the newest first."""
    return session.scalars(
        select(AccountChange)
        .where(AccountChange.user_id == user_id)
        .order_by(AccountChange.at.desc(), AccountChange.id.desc())
        .limit(SHOWN)
    ).all()
