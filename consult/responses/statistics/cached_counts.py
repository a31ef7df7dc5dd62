"""What everybody asks of a matter, counted once for each version of its content: with a hundred thousand comments it
takes the database half a second, and anybody may ask as often as they like."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation, Counter
from consult.responses.answers import public_sums
from consult.responses.models import ResponseTarget
from consult.responses.statistics import stances
from consult.responses.statistics.letters import Letters, letters_of
from consult.responses.statistics.participation import Participation, participation
from consult.responses.statistics.stance_counts import StanceCounts
from consult.responses.statistics.stances import MatterStances

MOST_MATTERS = 2_000
MANY = 2_500
"""Fewer comments are counted again sooner than it is found out whether they have to be."""

Sums = tuple[dict[str, Any], dict[str, Any]]


@dataclass
class _Counted:
    """What was counted of one matter, with the version of its content that it is true of."""

    lock: Lock = field(default_factory=Lock)
    sums: tuple[int, Sums] | None = None
    participation: tuple[tuple[int, date], Participation] | None = None
    answered: tuple[int, int] | None = None
    stances: tuple[int, MatterStances] | None = None
    stance_counts: StanceCounts = field(default_factory=StanceCounts)
    letters: tuple[int, Letters] | None = None


class CachedCounts:
    """The counts of the matters that were asked for last, shared by the threads of a process: one of them counts, the
    others wait for it.

    What is received without being public yet changes no version: it is told by the counter of the comments.
    """

    def __init__(self, many: int = MANY) -> None:
        self.many = many
        self.lock = Lock()
        self.counted: OrderedDict[UUID, _Counted] = OrderedDict()

    def sums(self, session: Session, consultation: Consultation) -> Sums:
        """Both public sums as of now, in one statement."""
        one = self._of(consultation.id)
        with one.lock:
            if one.sums is None or one.sums[0] != consultation.content_version:
                one.sums = consultation.content_version, public_sums.told(session, consultation.id)
                return one.sums[1]
            outcome, visibility = one.sums[1]
        came = max(0, received(session, consultation.id) - outcome["received"])
        return _more(outcome, came, "received", "awaiting"), _more(visibility, came, "total", "in_check")

    def participation(self, session: Session, consultation: Consultation, day: date) -> Participation:
        """Who took part as told on a local day, in one statement, or in those of `participation`. Who joined a comment
        counts from the next change on."""
        one = self._of(consultation.id)
        with one.lock:
            kept = one.participation
            same = kept is not None and kept[0] == (consultation.content_version, day)
            if kept is None or not same or kept[1].comments != received(session, consultation.id):
                before = kept[1] if kept is not None and kept[1].comments >= self.many else None
                told = participation(session, consultation.id, day, before)
                kept = one.participation = (consultation.content_version, day), told
            return kept[1]

    def stances(self, session: Session, consultation: Consultation) -> MatterStances:
        """What people and bodies think of each clause, as far as it is public: that changes with the version alone."""
        one = self._of(consultation.id)
        with one.lock:
            if one.stances is None or one.stances[0] != consultation.content_version:
                counted = one.stance_counts.now(session, consultation.id)
                one.stances = consultation.content_version, stances.told(session, consultation.id, counted)
            return one.stances[1]

    def letters(self, session: Session, consultation: Consultation) -> Letters:
        """The public letters of bodies, which change with the version alone; of all there are, those of that time."""
        one = self._of(consultation.id)
        with one.lock:
            if one.letters is None or one.letters[0] != consultation.content_version:
                one.letters = consultation.content_version, letters_of(session, consultation.id)
            return one.letters[1]

    def answered(self, session: Session, versions: Mapping[UUID, int]) -> dict[UUID, int]:
        """How many comments of each matter have a published answer, in one statement for those whose version, as given,
        was not counted before. A matter in which none has is not told of."""
        kept = {matter_id: self._of(matter_id).answered for matter_id in versions}
        new = [matter_id for matter_id, one in kept.items() if one is None or one[0] != versions[matter_id]]
        counted = _answered(session, new) if new else {}
        for matter_id in new:
            self._of(matter_id).answered = versions[matter_id], counted.get(matter_id, 0)
        return counted | {key: one[1] for key, one in kept.items() if one is not None and key not in new}

    def _of(self, consultation_id: UUID) -> _Counted:
        with self.lock:
            one = self.counted.setdefault(consultation_id, _Counted())
            self.counted.move_to_end(consultation_id)
            while len(self.counted) > MOST_MATTERS:
                self.counted.popitem(last=False)
            return one


def received(session: Session, consultation_id: UUID) -> int:
    """How many comments a matter has, as their numbers count: in one statement."""
    counter = select(Counter.value).where(Counter.consultation_id == consultation_id, Counter.name == "comment")
    return session.scalar(counter) or 0


def _answered(session: Session, ids: Sequence[UUID]) -> dict[UUID, int]:
    rows = session.execute(
        select(ResponseTarget.consultation_id, func.count(ResponseTarget.comment_id.distinct()))
        .join(ResponseTarget.publications)
        .where(ResponseTarget.consultation_id.in_(ids))
        .group_by(ResponseTarget.consultation_id)
    )
    return {matter_id: count for matter_id, count in rows}


def _more(terms: dict[str, Any], came: int, *names: str) -> dict[str, Any]:
    return {**terms, **{name: terms[name] + came for name in names}}


kept_counts = CachedCounts()
