"""Mails that lead to what they are about, for a sender who asked for that. The link opens nothing: it asks for the
secret number. No mail holds a code; what stands in the link is the look-up code under the site's key for receipts, so
that it outlives every session secret, and ends when that code ends."""

import base64
import hmac
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy.orm import Session

from consult.db import writing
from consult.submissions.inputs import Codes
from consult.submissions.models import Submission


def ask(session: Session, submission: Submission, digits: str, keys: Codes, now: datetime) -> None:
    """From `now` on the mails about a submission lead to it. Its look-up code is `digits`."""
    link = sealed(digits, keys, now)
    with writing(session, submission.consultation_id):
        session.get_one(Submission, (submission.consultation_id, submission.id)).mail_code = link


def sealed(digits: str, keys: Codes, now: datetime) -> str:
    """What such a link ends in, for a look-up code."""
    return _sealer(keys).encrypt_at_time(digits.encode(), int(now.timestamp())).decode().rstrip("=")


def code_in(link: str, keys: Codes) -> str | None:
    """The look-up code (digits) that the end of such a link stands for; None for what is none of ours."""
    try:
        return _sealer(keys).decrypt((link + "=" * (-len(link) % 4)).encode()).decode()
    except (InvalidToken, UnicodeError, ValueError):
        return None


def _sealer(keys: Codes) -> MultiFernet:
    made = (hmac.digest(key, b"consult\x00link in a mail", "sha256") for key in keys.keys or (keys.newest,))
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in made])
