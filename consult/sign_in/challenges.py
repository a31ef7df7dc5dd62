"""Random words that are answered once: those of passkeys and of providers. Which were, all machines of a site know."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from consult.errors import Refused
from consult.sign_in.models import SpentChallenge
from consult.sign_in.sessions import hash_of

LASTS = timedelta(minutes=10)


def word() -> str:
    """A new one (256 bits, base64url without its end, as WebAuthn writes bytes)."""
    return secrets.token_urlsafe(32)


def is_fresh(issued: float, now: datetime) -> bool:
    """Whether a word of `issued` (seconds of the epoch) may still be answered at `now`."""
    return 0 <= now.timestamp() - issued + 1 <= LASTS.total_seconds()


def spend(session: Session, answered: str, now: datetime) -> None:
    """Notes inside a transaction that keeps people to itself that this word was answered. Raises
    Refused("challenge_over") when it was before."""
    session.execute(delete(SpentChallenge).where(SpentChallenge.expires_at <= now))
    if session.get(SpentChallenge, hash_of(answered)) is not None:
        raise Refused("challenge_over")
    session.add(SpentChallenge(word_hash=hash_of(answered), expires_at=now + 2 * LASTS))
    session.flush()
