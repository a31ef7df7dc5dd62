"""Who somebody is to a provider: bound once, by themselves while signed in here; found again when they come back.

Nobody else binds an account, and no mail address does: whoever could, could sign in as somebody else.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import Lock, new_id, writing
from consult.errors import NotFound, Refused
from consult.people.models import User
from consult.sign_in import challenges, changes, service, sessions
from consult.sign_in.changes import Change
from consult.sign_in.models import ProviderLink
from consult.sign_in.providers.settings import Provider
from consult.sign_in.second_factor import SecretBox
from consult.sign_in.service import Proof


def of_person(session: Session, user_id: UUID) -> Sequence[ProviderLink]:
    """To which providers somebody is bound."""
    kept = select(ProviderLink).where(ProviderLink.user_id == user_id).order_by(ProviderLink.bound_at, ProviderLink.id)
    return session.scalars(kept).all()


def come_back(session: Session, state: str, now: datetime) -> None:
    """Notes that a way to a provider and back has ended, however it ends. Raises Refused("challenge_over") for one that
    ended before."""
    with writing(session, Lock.PEOPLE):
        challenges.spend(session, state, now)


def bind(session: Session, user_id: UUID, provider: Provider, subject: str, keep: UUID, now: datetime) -> None:
    """Binds an account to whom the provider knows by `subject`, and ends every other sign-in (all but `keep`); its
    owner is told by mail.

    Raises Refused("subject_bound") when that is somebody else here, Refused("provider_bound_already") when the account
    is bound to another one there.
    """
    with writing(session, Lock.PEOPLE):
        held = _by_subject(session, provider, subject)
        if held is not None and held.user_id != user_id:
            raise Refused("subject_bound")
        if any(one.issuer == provider.issuer for one in of_person(session, user_id)):
            raise Refused("provider_bound_already")
        session.add(
            ProviderLink(
                id=new_id(),
                user_id=user_id,
                provider=provider.key,
                issuer=provider.issuer,
                subject=subject,
                bound_at=now,
            )
        )
        sessions.revoke_all(session, user_id, now, but=keep)
        changes.note(session, user_id, Change.PROVIDER_BOUND, user_id, now, provider.name("vi"))


def use(session: Session, provider: Provider, subject: str, now: datetime) -> User:
    """Whose account is bound to that. Raises Refused("provider_unknown") for nobody's, or one that is closed."""
    with writing(session, Lock.PEOPLE):
        held = _by_subject(session, provider, subject)
        if held is None or held.user.disabled_at is not None:
            raise Refused("provider_unknown")
        held.last_used_at = now
    return held.user


def unbind(
    session: Session, user_id: UUID, link_id: UUID, proof: Proof, keep: UUID, known: Mapping[str, Provider],
    vault: SecretBox, now: datetime,
) -> None:  # fmt: skip
    """Ends it, for who shows who they are, and every other sign-in (all but `keep`); its owner is told by mail, by the
    name that the provider has among those that are `known`. Raises Invalid({"present": "wrong_password"}) and
    as `service.show_second`, NotFound."""
    proven = service.proven_password(session, user_id, proof.password)
    with writing(session, Lock.PEOPLE):
        service.show_second(session, service.still(session, user_id, proven), proof, vault, now)
        held = session.get(ProviderLink, link_id)
        if held is None or held.user_id != user_id:
            raise NotFound
        called = known[held.provider].name("vi") if held.provider in known else held.provider
        changes.note(session, user_id, Change.PROVIDER_UNBOUND, user_id, now, called)
        session.delete(held)
        sessions.revoke_all(session, user_id, now, but=keep)


def _by_subject(session: Session, provider: Provider, subject: str) -> ProviderLink | None:
    return session.scalar(
        select(ProviderLink).where(ProviderLink.issuer == provider.issuer, ProviderLink.subject == subject)
    )
