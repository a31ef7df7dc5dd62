"""What the sign-in forms bring, read and bounded; where one may be led afterwards; the half-way token."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from consult.errors import Invalid
from consult.people.models import User
from consult.sign_in.sessions import fingerprint
from consult.web import context

LONGEST_MAIL, LONGEST_ADDRESS = 254, 2000
HALF_WAY = timedelta(minutes=5)


def credentials() -> tuple[str, str]:
    """Mail and password as typed. Raises Invalid when one is missing."""
    mail, password = request.form.get("mail", "").strip()[:LONGEST_MAIL], request.form.get("password", "")
    errors = {name: "required" for name, value in (("mail", mail), ("password", password)) if not value}
    if errors:
        raise Invalid(errors)
    return mail, password


def local_address(given: str) -> str:
    """`given` when it is an address on this site, otherwise nothing: nobody is led elsewhere after signing in."""
    bad = len(given) > LONGEST_ADDRESS or "\\" in given or any(ord(letter) < 33 for letter in given)
    if bad or not given.startswith("/") or given.startswith("//"):
        return ""
    parts = urlsplit(given)
    return "" if parts.scheme or parts.netloc else given


def half_way(user: User, now: datetime) -> str:
    """A token for who gave the right password and still owes the second factor."""
    return _serializer().dumps([user.id.hex, fingerprint(user), int(now.timestamp())])


def half_way_user(session: Session, token: str, now: datetime) -> User | None:
    """The person of a half-way token, for some minutes and while the password stays the same."""
    try:
        user_id, state, issued = _serializer().loads(token)
        user = session.get(User, UUID(user_id))
        fresh = now.timestamp() - issued <= HALF_WAY.total_seconds()
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None
    right = user is not None and fresh and user.disabled_at is None and fingerprint(user) == state
    return user if right else None


def _serializer() -> URLSafeSerializer:
    return context.secrets().serializer("half-way")
