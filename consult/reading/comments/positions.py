"""Which comments of a matter a reader can narrow the list to, kept while what they are found from is the same.

To walk down all the comments for every question would let anybody who asks keep the database busy. What is kept here
is a bit for each comment and each thing that may be asked of it, so that an answer is a little arithmetic; what is
shown of those found is read anew each time. Each thing is found when somebody first asks for it, and again after a
change of the matter where anything came that it is found from.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.reading.comments import position_bits
from consult.reading.comments.position_bits import ASSIGNED, Bits
from consult.reading.comments.progress import CommentWay
from consult.responses.models import Assignment
from consult.responses.statistics.dispositions import public_answers
from consult.responses.words import Disposition
from consult.submissions.comments import joiner_counts
from consult.submissions.comments.act_counts import ending_acts
from consult.submissions.comments.outcome import Outcome
from consult.submissions.comments.visible import outside_outcome
from consult.submissions.models import Comment
from consult.submissions.words import SubmissionKind

MOST_COMMENTS = 1_000_000
"""The comments of the matters asked for last are kept up to this number: some three bytes each."""

MOST_PLACES = 200
"""So many places of a matter are kept as bits; the others are put together again."""

BLOCK = 4_000
"""So many neighbouring numbers are looked at together for what may be read."""

Place = tuple[Any, ...]
Find = Callable[[Session, UUID], Bits]


@dataclass(frozen=True)
class Found:
    """What was found: `true_of` which version and how many comments, and `from_` what."""

    true_of: tuple[int, int]
    from_: Hashable
    bits: Bits


@dataclass
class Kept:
    """What is known of the comments of one matter, as of a version of its content and its highest number."""

    true_of: tuple[int, int] = (-1, 0)
    found: dict[Find, Found] = field(default_factory=dict)
    joined: list[int] | None = None
    places: OrderedDict[Place, int] = field(default_factory=OrderedDict)
    topics: dict[int, Bits] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


@dataclass(frozen=True)
class Positions:
    """The comments of one matter as a reader looks for them. Bit n of a number stands for comment n."""

    session: Session
    consultation_id: UUID
    kept: Kept

    @property
    def highest(self) -> int:
        """The highest number that is looked at."""
        return self.kept.true_of[1]

    def meeting(self, wanted: Iterable[str], before: int) -> int:
        """The bits of those that meet everything wanted, below the number `before` unless that is 0."""
        end = min(before or self.highest + 1, self.highest + 1)
        # No comment has the number 0.
        found = (1 << end) - 1 & ~1
        for one in wanted:
            what, _, word = one.partition(":")
            found &= self._by[what](self, word)
        return found

    def on(self, place: Place, where: Callable[[], ColumnElement[bool]]) -> int:
        """The bits of those that meet the condition which `where` gives, called `place`."""
        places = self.kept.places
        if place not in places:
            places[place] = position_bits.placed(self.session, self.consultation_id, where())
            if len(places) > MOST_PLACES:
                places.popitem(last=False)
        return places[place]

    def about(self, topic: str, bits: int, most: int) -> int:
        """The bits of those among `bits` that are found by a topic: of the `most` highest at least. Who may read what
        changes with every release, so that no more of them are looked at than are shown."""
        found = 0
        for block in range(bits.bit_length() // BLOCK, -1, -1):
            if found.bit_count() < most and bits >> block * BLOCK & (1 << BLOCK) - 1:
                if block not in self.kept.topics:
                    within = block * BLOCK, (block + 1) * BLOCK
                    self.kept.topics[block] = position_bits.topics(self.session, self.consultation_id, *within)
                found |= bits & self.kept.topics[block].get(topic, 0)
        return found

    def most_joined(self, bits: int, most: int) -> list[int]:
        """The numbers of those among `bits` that anybody joined, at most so many, the most joined first."""
        if self.kept.joined is None:
            self.kept.joined = _joined(self.session, self.consultation_id)
        # Of those that came, and were joined, since the highest number was read, no bit is known yet.
        known = max(bits.bit_length(), self.highest + 1)
        chosen = bits.to_bytes((known >> 3) + 1, "little")
        joined = (number for number in self.kept.joined if number < known and chosen[number >> 3] >> (number & 7) & 1)
        return list(islice(joined, most))

    def _by_result(self, word: str) -> int:
        ended = self._found(position_bits.ended)
        if word in set(Disposition):
            return ended.get(CommentWay.ANSWERED, 0) & self._found(position_bits.disposed).get(word, 0)
        if word not in {CommentWay.RECEIVED, CommentWay.IN_HAND}:
            return ended.get(word, 0)
        over = sum(bits for became, bits in ended.items() if outside_outcome(became) is not Outcome.AWAITING)
        assigned = self._found(position_bits.assigned).get(ASSIGNED, 0)
        return ~over & (assigned if word == CommentWay.IN_HAND else ~assigned)

    def _by_source(self, word: str) -> int:
        letters = self._found(position_bits.letters)
        return ~sum(letters.values()) if word == SubmissionKind.COMMENT else letters.get(word, 0)

    _by = {"result": _by_result, "source": _by_source}

    def _found(self, find: Find) -> Bits:
        kept = self.kept.found.get(find)
        if kept is None or kept.true_of != self.kept.true_of:
            # What it is found from is read first: what comes meanwhile is found the next time, and never missed.
            from_ = FOUND_FROM[find](self.session, self.consultation_id) if find in FOUND_FROM else self.kept.true_of
            same = kept is not None and kept.from_ == from_
            bits = kept.bits if kept is not None and same else find(self.session, self.consultation_id)
            kept = self.kept.found[find] = Found(self.kept.true_of, from_, bits)
        return kept.bits


class CachedPositions:
    """The positions of the matters that were asked for last, shared by the threads of a process: one of them looks, the
    others wait for it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.kept: OrderedDict[UUID, Kept] = OrderedDict()

    @contextmanager
    def of(self, session: Session, consultation: Consultation, least: int = 0) -> Iterator[Positions]:
        """Those of a matter as it is, for the block alone, with the comments up to the number `least` at least."""
        one = self._of(consultation.id)
        with one.lock:
            version, highest = one.true_of
            if version != consultation.content_version:
                highest = session.scalar(select(highest_number(consultation.id))) or 0
                one.joined = None
            true_of = consultation.content_version, max(highest, least)
            if true_of != one.true_of:
                one.true_of = true_of
                one.places.clear()
                one.topics.clear()
            yield Positions(session, consultation.id, one)

    def _of(self, consultation_id: UUID) -> Kept:
        with self.lock:
            one = self.kept.setdefault(consultation_id, Kept())
            self.kept.move_to_end(consultation_id)
            while len(self.kept) > 1 and sum(kept.true_of[1] for kept in self.kept.values()) > MOST_COMMENTS:
                self.kept.popitem(last=False)
            return one


def highest(bits: int, most: int) -> list[int]:
    """The numbers that `bits` stand for, at most so many, the highest first."""
    written = f"{bits:b}"
    found: list[int] = []
    at = written.find("1")
    while at >= 0 and len(found) < most:
        found.append(len(written) - 1 - at)
        at = written.find("1", at + 1)
    return found


def highest_number(consultation_id: Any) -> Any:
    """The number of the comment received last, 0 when there is none, as a part of a statement; `consultation_id` may
    be a parameter of it."""
    last = select(func.max(Comment.number)).where(Comment.consultation_id == consultation_id)
    return func.coalesce(last.scalar_subquery(), 0)


def _assignments(session: Session, consultation_id: UUID) -> int:
    """How many there are: none is ever taken away."""
    return session.scalar(select(func.count()).where(Assignment.consultation_id == consultation_id)) or 0


def _joined(session: Session, consultation_id: UUID) -> list[int]:
    """The numbers of the comments that anybody joined, the most joined first."""
    counted = joiner_counts.all_counts(consultation_id).subquery()
    found = session.scalars(
        select(Comment.number)
        .join(counted, counted.c.comment_id == Comment.id)
        .where(Comment.consultation_id == consultation_id)
        .order_by(counted.c.joiners.desc(), Comment.number.desc())
    )
    return list(found)


FOUND_FROM: Mapping[Find, Callable[[Session, UUID], Hashable]] = {
    position_bits.ended: ending_acts,
    position_bits.assigned: _assignments,
    position_bits.disposed: public_answers,
}
"""What tells whether anything came that these are found from, which an index counts; the others are found again."""

kept_positions = CachedPositions()
