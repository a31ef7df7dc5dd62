"""What of the comments may be read by whoever takes part in an ĐTM consultation without judging what was said.

The appraising body reads every word as it was sent, also what is not public, with the reason: it has to see that
nothing of substance was left out. Who said it is no part of appraising: a body is named, a person only where their name
is public. What is in quarantine or was passed on stays closed to it: it may be a denunciation, which the law keeps to
those who deal with it (Luật Tố cáo 2018). An investor reads what it reads at its desk.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.desk.listing import list_rows
from consult.responses.desk.listing.list_rows import CaseLine
from consult.submissions.comments import visible
from consult.submissions.comments.listing import Filter, public_comments
from consult.submissions.models import Comment


class Taker(StrEnum):
    """For whom something is put together: the posting and the appraising body, the investor who answers, or anybody."""

    APPRAISING = "appraising"
    INVESTOR = "investor"
    PUBLIC = "public"


def lines(
    session: Session, consultation: Consultation, numbers: Sequence[int], today: date, taker: Taker
) -> list[CaseLine]:
    """These comments, by number, as `taker` may read them, who works for one of the bodies."""
    appraising = taker is Taker.APPRAISING
    found = list_rows.lines(session, consultation, numbers, None, today, set_apart=False, senders=appraising)
    if not appraising or not found:
        return found
    wanted = Filter(numbers=tuple(numbers))
    public = {one.number: one.sender for one in public_comments(session, consultation, wanted, limit=None)}
    protected = _protected(session, consultation.id, numbers)
    return [_without_names(one, public[one.number], one.number in protected) for one in found]


def _without_names(line: CaseLine, public_name: str, protected: bool) -> CaseLine:
    """A line that names a body, and a person only as the public reads it."""
    if line.closed:
        return line
    sender = line.sender if line.by_body and not protected else public_name
    # An answer that is not published is the investor's own affair.
    return replace(line, sender=sender, nameless=not sender, answer=None)


def _protected(session: Session, consultation_id: UUID, numbers: Sequence[int]) -> set[int]:
    """Those of these comments that were sent together with one that was passed on."""
    own = (Comment.consultation_id == consultation_id, Comment.number.in_(numbers))
    rows = session.execute(select(Comment.number, Comment.submission_id).where(*own))
    sent = {row.number: row.submission_id for row in rows}
    apart = visible.sent_with_passed_on(session, consultation_id, set(sent.values()))
    return {number for number, submission_id in sent.items() if submission_id in apart}
