"""The comments as a body that is asked for its word reads them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.desk.listing import investor_view, list_rows
from consult.responses.desk.listing.list_rows import CaseLine


def lines_for_asked(
    session: Session, consultation: Consultation, numbers: Sequence[int], today: date
) -> list[CaseLine]:
    """These comments: nothing tells who sent them, and what was blacked out or is
    withheld for what it says of somebody is not read there either."""
    found = list_rows.lines(session, consultation, numbers, None, today, answers=False)
    words = investor_view.words(session, consultation.id, {one.id: one.visibility for one in found})
    return [replace(one, **investor_view.UNNAMED, **words.get(one.id, {})) for one in found]
