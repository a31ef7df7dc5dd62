"""Sessions of signed-in people: rows, so that each can be revoked; what they sign in with beside a password; and what
was changed about it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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
    way: Mapped[str] = mapped_column(default="", server_default="")
    """By what the person showed who they are (`words.Way`); empty where nobody noted it."""
    through: Mapped[str] = mapped_column(default="", server_default="")
    """The name of the passkey or of the provider that it was."""
    device_mark: Mapped[str] = mapped_column(default="", server_default="")
    """What stands for the browser: the hash of a random word that it keeps (`known_devices.py`)."""

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
    detail: Mapped[str] = mapped_column(default="", server_default="")
    """Which one, where there may be several: the name of a passkey or provider, a browser, how many codes are left."""

    user: Mapped[User] = relationship(foreign_keys=[user_id])


class RecoveryCode(Base):
    """One of the codes that stand in for a lost telephone, each once: kept as passwords are, with the salt of its set.
    Those of an earlier set are deleted."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index(None, "user_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    salt: Mapped[str]
    code_hash: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """A key on somebody's telephone, computer or stick (WebAuthn): its public half, and how its owner calls it."""

    __tablename__ = "passkey"
    __table_args__ = (Index(None, "user_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    credential_id: Mapped[str] = mapped_column(unique=True)
    """Base64url, as browsers write it."""
    public_key: Mapped[str]
    """COSE, as base64url."""
    sign_count: Mapped[int]
    name: Mapped[str]
    made_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class ProviderLink(Base):
    """Who somebody is to a provider of identities: bound once by themselves, while signed in here."""

    __tablename__ = "provider_link"
    __table_args__ = (UniqueConstraint("issuer", "subject"), Index(None, "user_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    provider: Mapped[str]
    issuer: Mapped[str]
    subject: Mapped[str]
    bound_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class SpentChallenge(Base):
    """The hash of a random word that was answered once and is answered no more; let go when it is too old anyway."""

    __tablename__ = "spent_challenge"
    __table_args__ = (Index(None, "expires_at"),)

    word_hash: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]
