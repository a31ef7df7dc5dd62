"""What came of one opinion, for who has the look-up code of its tear-off or slip."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.answers.service import Told, of_opinion, told
from consult.collections.models import CollectedOpinion
from consult.collections.recording.slips import SHORT_KEY
from consult.collections.words import WayIn
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


def beside(session: Session, found: Told) -> list[Told]:
    """What else stood on the same printed sheet, with what came of it: its tear-off has one code for all of it."""
    gathering = found.opinion.gathering
    if gathering.way_in is not WayIn.SCAN:
        return []
    every = told(session, gathering.branch.collection, gathering.branch)
    return [one for one in every if one.opinion.gathering_id == gathering.id and one.opinion.id != found.opinion.id]
