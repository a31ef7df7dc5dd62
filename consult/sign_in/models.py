"""Sessions of signed-in people: rows, so that each can be revoked; and what was changed about how they sign in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, new_id
from consult.people.models import User


class SignInSession(Base):
    """One sign-in on one device. The cookie carries a random token; only its SHA-256 is kept here."""

    __tablename__ = "sign_in_session"
    __table_args__ = (Index(None, "user_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    began_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="")

    user: Mapped[User] = relationship()

    def in_force(self, now: datetime) -> bool:
        """Whether the session still signs its person in at the instant `now`."""
        return self.revoked_at is None and now < self.expires_at


class AccountChange(Base):
    """Somebody set or changed a password or a second factor; what it is now is not kept here."""

    __tablename__ = "account_change"
    __table_args__ = (Index(None, "user_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    at: Mapped[datetime]
    what: Mapped[str]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    user: Mapped[User] = relationship(foreign_keys=[user_id])
