"""Signing in: the password, the second factor, and changing either."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import Lock, writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import User
from consult.policy import Actor
from consult.sign_in import changes, factors, passwords, second_factor, sessions
from consult.sign_in.changes import Change
from consult.sign_in.second_factor import SecretBox
from consult.text import blank, one_line


@dataclass(frozen=True)
class Proof:
    """What shows that a change is made by the account's owner, and not by who sat down at their computer: the present
    password, and where there is a second factor a code of it, or that they signed in with it a moment ago
    (`recent`)."""

    password: str
    code: str = ""
    recent: bool = False


def mail_key(mail: str) -> str:
    """A mail address as accounts are found by it: one line, NFC, small letters."""
    return one_line(mail).casefold()


def by_mail(session: Session, mail: str) -> User | None:
    """The person with this mail; None when it has no account."""
    return session.scalar(select(User).where(User.mail == mail_key(mail)))


def by_password(session: Session, mail: str, password: str) -> User | None:
    """The person with this mail and password while the account is open; a password kept in another spelling is kept
    anew. Takes as long for accounts that do not exist; call it outside any transaction, since scrypt is slow."""
    user = by_mail(session, mail)
    kept = user.password_hash if user else None
    spelling = passwords.spelling_of(kept, password)
    if spelling is None or user is None or user.disabled_at is not None:
        return None
    if spelling != passwords.as_kept(password):
        _keep_anew(session, user.id, kept, password)
    return user


def names_of(user: User) -> list[str]:
    """What others know of a person and try first as a password: mail, name, and the organisations they work for."""
    return [user.mail, user.name, *(held.organisation.name for held in user.memberships)]


def use_code(
    session: Session, user_id: UUID, code: str, vault: SecretBox, now: datetime, proven: str | None = None
) -> str:
    """Spends a code of the second factor, and returns the account's fingerprint after it: a secret that was sealed with
    an earlier key is sealed anew. `proven` is the fingerprint when the password was shown.

    Raises Invalid({"totp": "wrong_code"}) when it is wrong or used already, Refused("sign_in_changed").
    """
    with writing(session, Lock.PEOPLE):
        user = _present(session, user_id)
        if proven is not None and proven != sessions.fingerprint(user):
            raise Refused("sign_in_changed")
        _spend(user, code, vault, now, "totp")
    return sessions.fingerprint(user)


def enrol(
    session: Session,
    user_id: UUID,
    proof: Proof,
    sealed: str,
    code: str,
    keep: UUID | None,
    vault: SecretBox,
    now: datetime,
) -> None:
    """Turns the second factor on, or changes it, once a code shows that the telephone has the secret; ends every other
    sign-in (all but `keep`).

    Raises Invalid({"present": "wrong_password"}), Invalid({"present_code": "wrong_code"}) for who has a telephone
    already and shows no code of it, as `show_second` for who has keys alone, Invalid({"totp": "wrong_code"}) for a
    wrong code of the new one.
    """
    proven = proven_password(session, user_id, proof.password)
    secret = vault.open(user_id, sealed)
    step = second_factor.step_of(secret, code, now, None) if secret else None
    if secret is None or step is None:
        raise Invalid({"totp": "wrong_code"})
    with writing(session, Lock.PEOPLE):
        user = still(session, user_id, proven)
        had = user.totp_secret is not None
        if had:
            _spend(user, proof.code, vault, now, "present_code")
        else:
            show_second(session, user, proof, vault, now)
        user.totp_secret = vault.seal(user_id, secret)
        user.totp_last_step = step
        sessions.revoke_all(session, user_id, now, but=keep)
        what = Change.SECOND_FACTOR_CHANGED if had else Change.SECOND_FACTOR_SET
        changes.note(session, user_id, what, user_id, now)


def change_password(
    session: Session,
    user_id: UUID,
    present: str,
    new: str,
    again: str,
    keep: UUID,
    now: datetime,
    known: Collection[str] = (),
) -> None:
    """Changes the password of who knows the present one, and ends every other sign-in (all but `keep`).

    Raises Invalid({"present": "wrong_password"}) or what `passwords.check_new` raises, which hears
    the names of the person and those `known` of the site.
    """
    proven = proven_password(session, user_id, present)
    passwords.check_new(new, again, *names_of(_present(session, user_id)), *known)
    hashed = passwords.hash_of(new)
    with writing(session, Lock.PEOPLE):
        still(session, user_id, proven).password_hash = hashed
        sessions.revoke_all(session, user_id, now, but=keep)
        changes.note(session, user_id, Change.PASSWORD_CHANGED, user_id, now)


def seats_allowed(actor: Actor, has_second_factor: bool, required: bool) -> Actor:
    """`actor`, without any seat while the site asks for a second factor that is not set up yet: every role speaks or
    acts in the name of an organisation."""
    return actor if has_second_factor or not required else Actor(actor.user_id, actor.name)


def proven_password(session: Session, user_id: UUID, password: str) -> str | None:
    """The kept hash of the password that was shown. Slow: before any lock. Raises
    Invalid({"present": "wrong_password"})."""
    kept = _present(session, user_id).password_hash
    if not passwords.matches(kept, password):
        raise Invalid({"present": "wrong_password"})
    return kept


def prove(session: Session, user_id: UUID, proof: Proof, vault: SecretBox, now: datetime) -> None:
    """Has the owner of an account show who they are, for what is done in steps. Raises Invalid({"present":
    "wrong_password"}) and as `show_second`."""
    proven = proven_password(session, user_id, proof.password)
    with writing(session, Lock.PEOPLE):
        show_second(session, still(session, user_id, proven), proof, vault, now)


def show_second(session: Session, user: User, proof: Proof, vault: SecretBox, now: datetime) -> None:
    """Inside a transaction, before a way in is added or taken away: who has a second factor has shown it a moment ago,
    or shows a code of their telephone now. Raises Invalid({"present_code": "wrong_code"}); "second_factor_needed" for
    who shows none, "second_factor_again" for who has keys alone, which are shown at the door."""
    if proof.recent or not factors.has_second(session, user):
        return
    if user.totp_secret is None:
        raise Invalid({"present_code": "second_factor_again"})
    if blank(proof.code):
        # The form may have been opened while the sign-in was recent, without a field for it.
        raise Invalid({"present_code": "second_factor_needed"})
    _spend(user, proof.code, vault, now, "present_code")


def _keep_anew(session: Session, user_id: UUID, proven: str | None, password: str) -> None:
    """Keeps a password as new ones are kept, unless it was changed meanwhile."""
    hashed = passwords.hash_of(password)
    with writing(session, Lock.PEOPLE):
        user = _present(session, user_id)
        if user.password_hash == proven:
            user.password_hash = hashed


def still(session: Session, user_id: UUID, proven: str | None) -> User:
    """The person, whose password is still the one that was shown. Raises Invalid({"present": "wrong_password"})."""
    user = _present(session, user_id)
    if user.password_hash != proven:
        raise Invalid({"present": "wrong_password"})
    return user


def _spend(user: User, code: str, vault: SecretBox, now: datetime, field: str) -> None:
    if blank(code):
        raise Invalid({field: "required"})
    secret = vault.open(user.id, user.totp_secret or "")
    step = second_factor.step_of(secret, code, now, user.totp_last_step) if secret else None
    if step is None:
        raise Invalid({field: "wrong_code"})
    user.totp_last_step = step
    if secret and vault.key_of(user.totp_secret or ""):
        # Sealed with an earlier key: the next one who steals that finds nothing to open.
        user.totp_secret = vault.seal(user.id, secret)


def _present(session: Session, user_id: UUID) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFound
    return user
