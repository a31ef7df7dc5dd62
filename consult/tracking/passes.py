"""What opens one's own submission once more within the hour, without the secret number being typed or kept: it stands
in the address that typing it leads to, and in the forms of that page."""

from datetime import datetime, timedelta

from itsdangerous import BadSignature

from consult.web import context

LIFE = timedelta(hours=1)
PURPOSE = "own submission"


def issue(code: str, now: datetime) -> str:
    """A pass for the submission with this look-up code (digits)."""
    signed = context.secrets().signer(PURPOSE).sign(f"{code}.{int(now.timestamp())}").decode()
    return signed.removeprefix(f"{code}.")


def opens(given: str, code: str, now: datetime) -> bool:
    """Whether this is a pass for that look-up code, and still good."""
    try:
        named, written = context.secrets().signer(PURPOSE).unsign(f"{code}.{given}").decode().rsplit(".", 1)
        age = now.timestamp() - int(written)
    except (BadSignature, ValueError):
        return False
    return named == code and 0 <= age < LIFE.total_seconds()
