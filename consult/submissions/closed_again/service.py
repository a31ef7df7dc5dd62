"""After a restore: what was taken back since the backup is taken back again, as it was the first time.

Whatever has its entry in the log waits until the log takes one (a new epoch); until then the site is closed to all but
those who work there (`wiring/closings.py`). A text that was redacted is withheld, by those who redacted it and for
their reason, since the words shown instead are lost; what was set apart is set apart at once, which has no entry.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.ledger.closing_list import Closing, ClosingList
from consult.ledger.guard import NotSigning
from consult.people.models import User
from consult.submissions.closed_again import lost, noting
from consult.submissions.closed_again.lost import LostClosings
from consult.submissions.closed_again.withholding import withhold
from consult.submissions.closed_again.words import ClosingKind
from consult.submissions.comments import comment_state
from consult.submissions.comments.act_recording import add_act, tell
from consult.submissions.comments.act_rules import withdrawable
from consult.submissions.receiving.kept_back import Decision
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind

BOTH = 2
"""Who proposed that a text is kept back, and who confirmed it."""


@dataclass(frozen=True)
class ClosedAgain:
    """How much was closed again, and how much of what is not may be read by anybody."""

    closed: int = 0
    shown: int = 0

    def __add__(self, other: "ClosedAgain") -> "ClosedAgain":
        return ClosedAgain(self.closed + other.closed, self.shown + other.shown)


def close_again(session: Session, consultation_id: UUID, listed: ClosingList, now: datetime) -> ClosedAgain:
    """Closes of a matter whatever the list outside the database has as closed and the database does not know; commits.
    Where the log takes nothing, it waits, and so does what was decided by people whom this database does not know."""
    lines = [one for one in listed.all() if one.consultation_id == consultation_id]
    consultation = session.get(Consultation, consultation_id)
    if consultation is None or not lost.find(session, consultation_id, lines):
        session.rollback()
        return ClosedAgain()
    with writing(session, consultation_id):
        closed = _set_apart(session, consultation, lost.find(session, consultation_id, lines), now)
    with suppress(NotSigning), writing(session, consultation_id):
        numbers = _close(session, consultation, lost.find(session, consultation_id, lines), now)
        # Before it is committed: an act that is in the list and not in the database only brings us here again.
        listed.note(noting.lines_of(comment_state.read(session, consultation_id, numbers) if numbers else ()))
        closed += len(numbers)
    left = lost.find(session, consultation_id, lines)
    session.rollback()
    return ClosedAgain(closed, left.shown)


def _set_apart(session: Session, consultation: Consultation, found: LostClosings, now: datetime) -> int:
    """What was in quarantine or passed on, and is in check: it leaves no entry in the log."""
    apart = [(one, line) for one, line in found.texts if line.kind == ClosingKind.SET_APART]
    for one, line in apart:
        act = add_act(session, one, CommentActKind.QUARANTINED, None, now)
        act.by_id = next(iter(_known(session, line.by)), None)
    if apart:
        tell(session, consultation, [one.comment.number for one, _line in apart], "closed_again", now)
    return len(apart)


def _close(session: Session, consultation: Consultation, found: LostClosings, now: datetime) -> list[int]:
    """What has its entry in the log: gives the numbers of the comments. Raises NotSigning."""
    amendment.hide_names(session, consultation, found.names, now)
    gone = [one for one, line in found.texts if line.kind == ClosingKind.WITHDRAWN and withdrawable(one.outcome)]
    gone += [one for one in found.left if one not in gone and withdrawable(one.outcome)]
    amendment.take_back(session, consultation, gone, now)
    session.flush()
    numbers = [one.comment.number for one in gone]
    kept = {one.comment.number: line for one, line in found.texts if line.kind == ClosingKind.KEPT_BACK}
    # Parts have higher numbers: what they withhold of a whole needs no second entry.
    for number in sorted(kept, reverse=True):
        numbers += _withheld(session, consultation, number, kept[number], now)
    return sorted({*numbers, *(comment.number for sent in found.names for comment in sent.comments)})


def _withheld(session: Session, consultation: Consultation, number: int, line: Closing, now: datetime) -> list[int]:
    by, [one] = _known(session, line.by), comment_state.read(session, consultation.id, [number])
    if len(by) != BOTH or not lost.lacks(one, line):
        return []
    numbers = withhold(session, consultation, one, Decision(by[0], by[1], line.reason), now)
    tell(session, consultation, numbers, "closed_again", now)
    return numbers


def _known(session: Session, people: Sequence[UUID]) -> list[UUID]:
    return [one for one in people if session.get(User, one) is not None]
