"""Which browsers somebody signed in from before: each keeps a random word, and the database its hash with each
sign-in. What a browser says of itself decides only where no sign-in of before has such a word."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.sign_in.models import SignInSession
from consult.sign_in.words import Way


@dataclass(frozen=True)
class Entry:
    """How a sign-in began: by what, through which passkey or provider, and the hash of the word its browser keeps."""

    way: Way | None = None
    through: str = ""
    device_mark: str = ""


def is_new(session: Session, user_id: UUID, mark: str, agent: str) -> bool:
    """Whether somebody who signed in before never did so from this browser. The very first sign-in is no news."""
    own = select(SignInSession.id).where(SignInSession.user_id == user_id).limit(1)
    if not mark or session.scalar(own) is None:
        return False
    if session.scalar(own.where(SignInSession.device_mark == mark)) is not None:
        return False
    told = session.scalar(own.where(SignInSession.device_mark != "")) is not None
    return told or session.scalar(own.where(SignInSession.device == agent)) is None
