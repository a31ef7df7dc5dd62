"""What an account has beside its password: the telephone, passkeys, recovery codes, providers it is bound to."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from consult.people.models import User
from consult.sign_in.models import Passkey, ProviderLink, RecoveryCode


@dataclass(frozen=True)
class Factors:
    """Whether a telephone is set up, and how many there are of the rest. Recovery codes stand in for a factor and are
    none by themselves."""

    telephone: bool
    passkeys: int
    codes_left: int
    links: int

    @property
    def second(self) -> bool:
        """Whether a password alone does not sign in."""
        return self.telephone or self.passkeys > 0

    @property
    def any(self) -> bool:
        """Whether there is anything that an administrator could drop."""
        return self.second or self.codes_left > 0 or self.links > 0


def of(session: Session, user: User) -> Factors:
    """All that `user` has."""
    unused = _count(session, RecoveryCode, user.id, RecoveryCode.used_at.is_(None))
    passkeys, links = _count(session, Passkey, user.id), _count(session, ProviderLink, user.id)
    return Factors(user.totp_secret is not None, passkeys, unused, links)


def has_second(session: Session, user: User) -> bool:
    """Whether a password alone does not sign `user` in."""
    return user.totp_secret is not None or _count(session, Passkey, user.id) > 0


def drop_all(session: Session, user: User) -> None:
    """Forgets all of them, inside a transaction: what was on a lost telephone is nobody's any more."""
    user.totp_secret = user.totp_last_step = None
    for table in (Passkey, RecoveryCode, ProviderLink):
        session.execute(delete(table).where(table.user_id == user.id))


def _count(session: Session, table: type[Passkey | RecoveryCode | ProviderLink], user_id: UUID, *more: object) -> int:
    counted = select(func.count()).select_from(table).where(table.user_id == user_id, *more)  # type: ignore[arg-type]
    return session.scalars(counted).one()
