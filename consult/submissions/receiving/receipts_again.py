"""The codes that were handed over for the ticket of a form, for who comes back to that form."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.policy_facts import PolicyFacts
from consult.submissions.inputs import Codes
from consult.submissions.models import Submission
from consult.submissions.receiving import lookup_codes


@dataclass(frozen=True)
class GivenCodes:
    """Both codes, and when what they are for was received."""

    code: str
    secret: str
    received_at: datetime


def of_key(session: Session, matter: PolicyFacts, key: str, codes: Codes) -> GivenCodes | None:
    """What was handed over under the idempotency key of a form; None when nothing was received with it, or when its
    codes do not hold any more."""
    found = session.execute(
        select(Submission.code_hash, Submission.received_at).where(
            Submission.consultation_id == matter.id, Submission.idempotency_hash == lookup_codes.key_hash(key)
        )
    ).first()
    if found is None:
        return None
    try:
        code, secret = lookup_codes.made_before(matter.short_key, matter.id, key, found.code_hash, codes)
    except LookupError:
        return None
    return GivenCodes(code, secret, found.received_at)
