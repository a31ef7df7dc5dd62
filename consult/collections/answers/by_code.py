"""What came of one opinion, for who has the look-up code of its tear-off or slip."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.answers.service import Told, of_opinion
from consult.collections.models import CollectedOpinion
from consult.collections.recording.slips import SHORT_KEY
from consult.errors import NotFound
from consult.submissions.inputs import Codes
from consult.submissions.receiving import lookup_codes


def may_be(code: str) -> bool:
    """Whether a code looks like one of a collection: matters have other keys."""
    digits = lookup_codes.typed(code)
    return digits.startswith(SHORT_KEY) and lookup_codes.well_formed(digits)


def find(session: Session, code: str, keys: Codes) -> Told | None:
    """The opinion with this look-up code and what came of it; None of one that was withdrawn. Raises NotFound."""
    if not may_be(code):
        raise NotFound
    hashes = lookup_codes.code_hashes(lookup_codes.typed(code), keys)
    found = session.scalar(select(CollectedOpinion).where(CollectedOpinion.code_hash.in_(hashes)).limit(1))
    if found is None:
        raise NotFound
    return of_opinion(session, found) if found.withdrawn_at is None else None
