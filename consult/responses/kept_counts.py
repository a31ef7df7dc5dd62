"""What everybody asks of a matter, counted once for each version of its content: with a hundred thousand comments it
takes the database half a second, and anybody may ask as often as they like."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation, Counter
from consult.responses import sums
from consult.responses.participation import Participation, participation

MOST_MATTERS = 500

Sums = tuple[dict[str, Any], dict[str, Any]]


@dataclass
class _Counted:
    """What was counted of one matter, with the version of its content that it is true of."""

    lock: Lock = field(default_factory=Lock)
    sums: tuple[int, Sums] | None = None
    participation: tuple[int, Participation] | None = None


class KeptCounts:
    """The counts of the matters that were asked for last, shared by the threads of a process: one of them counts, the
    others wait for it.

    What is received without being public yet changes no version: it is told by the counter of the comments.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.counted: OrderedDict[UUID, _Counted] = OrderedDict()

    def sums(self, session: Session, consultation: Consultation) -> Sums:
        """Both public sums as of now, in one statement."""
        one = self._of(consultation.id)
        with one.lock:
            if one.sums is None or one.sums[0] != consultation.content_version:
                one.sums = consultation.content_version, sums.both(session, consultation.id)
                return one.sums[1]
            outcome, visibility = one.sums[1]
        came = max(0, _received(session, consultation.id) - outcome["received"])
        return _more(outcome, came, "received", "awaiting"), _more(visibility, came, "total", "in_check")

    def participation(self, session: Session, consultation: Consultation) -> Participation:
        """Who took part, in one statement, or in those of `participation`. Who joined a comment counts from the next
        change on."""
        one = self._of(consultation.id)
        with one.lock:
            kept = one.participation
            same = kept is not None and kept[0] == consultation.content_version
            if kept is None or not same or kept[1].comments != _received(session, consultation.id):
                kept = one.participation = consultation.content_version, participation(session, consultation.id)
            return kept[1]

    def _of(self, consultation_id: UUID) -> _Counted:
        with self.lock:
            one = self.counted.setdefault(consultation_id, _Counted())
            self.counted.move_to_end(consultation_id)
            while len(self.counted) > MOST_MATTERS:
                self.counted.popitem(last=False)
            return one


def _received(session: Session, consultation_id: UUID) -> int:
    counter = select(Counter.value).where(Counter.consultation_id == consultation_id, Counter.name == "comment")
    return session.scalar(counter) or 0


def _more(terms: dict[str, Any], came: int, *names: str) -> dict[str, Any]:
    return {**terms, **{name: terms[name] + came for name in names}}


kept_counts = KeptCounts()
