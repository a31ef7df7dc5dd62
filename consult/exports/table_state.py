"""What a table depends on, as a short text: files made of the same state say the same."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation, Counter
from consult.responses.models import ResponseVersion
from consult.stages import stage_of
from consult.submissions.models import CommentVersion

MOST_COMMENTS = 300
MOST_LETTERS = 1_000_000
"""What a table may hold that is made while somebody waits: about a quarter of a second of the processor."""
WEIGHTS = {"\n": 50, "\t": 10}
"""So many letters more each of these weighs: in a Word file a line is a paragraph of its own, and a tab an element."""

_ROOM = Path(__file__).resolve().parent
_SPOKEN = _ROOM.parent / "translations" / "vi"


@dataclass(frozen=True)
class TableState:
    """A matter's table at one moment: its `name` is another whenever the table may be. As on pages that are kept, who
    joined a comment counts from the next change on."""

    consultation_id: UUID
    received: int
    name: str


def state_of(session: Session, consultation: Consultation, now: datetime, notice: str = "") -> TableState:
    """The state of a published matter at the instant `now`, in one short statement. Bodies whose silence is consent are
    named by the day. `notice` marks made-up data."""
    received = session.scalar(
        select(Counter.value).where(Counter.consultation_id == consultation.id, Counter.name == "comment")
    )
    day = clock.local_day(now).isoformat()
    stage = stage_of(consultation, now).value
    name = f"{consultation.content_version}-{received or 0}-{stage}-{day}-{edition()}{'-demo' if notice else ''}"
    return TableState(consultation.id, received or 0, name)


def small(session: Session, state: TableState) -> bool:
    """Whether the table may be made while somebody waits. Letters, with what lines and tabs weigh, are counted only of
    few comments, and no further than the bound."""
    if state.received > MOST_COMMENTS:
        return False
    left = MOST_LETTERS
    for letters in session.scalars(_letters(state.consultation_id)).yield_per(20):
        left -= letters
        if left < 0:
            return False
    return True


def _letters(consultation_id: UUID) -> Any:
    """What each version of each comment weighs, and of each answer."""
    said, answer = CommentVersion, ResponseVersion
    of_comment = _weight(said.text) + _weight(said.proposed) + _weight(said.reason)
    of_answer = _weight(answer.text) + _weight(answer.change)
    return union_all(
        select(of_comment).where(said.consultation_id == consultation_id),
        select(of_answer).where(answer.consultation_id == consultation_id),
    )


def _weight(text: Any) -> Any:
    length = func.length(text)
    return length + sum(each * (length - func.length(func.replace(text, sign, ""))) for sign, each in WEIGHTS.items())


@cache
def edition() -> str:
    """Changes whenever this room or what it says is another: what an older release made is not what a newer would."""
    told = hashlib.sha256()
    for path in sorted([*_ROOM.rglob("*.py"), *_SPOKEN.glob("*.po")]):
        told.update(path.read_bytes())
    return told.hexdigest()[:12]
