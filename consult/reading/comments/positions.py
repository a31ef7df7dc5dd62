"""Which comments of a matter a reader can narrow the list to, found once for each version of its content.

To walk down all the comments for every question would let anybody who asks keep the database busy. What is kept here
is a bit for each comment and each thing that may be asked of it, so that an answer is a little arithmetic; what is
shown of those found is read anew each time.
"""

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, case, cast, select, type_coerce
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.reading.comments import outcomes as answers
from consult.reading.comments.progress import CommentWay, way_of
from consult.submissions.comments import joiner_counts, visible
from consult.submissions.comments.outcome import outcome_expression
from consult.submissions.models import Comment, Submission

MOST_COMMENTS = 1_000_000
"""The comments of the matters asked for last are kept up to this number: some ten bytes each."""

MOST_PLACES = 200
"""So many places of a matter are kept as bits; the others are put together again."""

Place = tuple[Any, ...]
Facts = tuple[Any, ...]
"""The kind of what was sent, what became of it, whether somebody was given it, how it was answered, its topic."""


@dataclass
class Positions:
    """What is known of the comments of one matter. Bit n of a number stands for comment n."""

    version: int = -1
    highest: int = 0
    bits: dict[str, int] = field(default_factory=dict)
    at: dict[UUID, "array[int]"] = field(default_factory=dict)
    joined: list[int] = field(default_factory=list)
    places: OrderedDict[Place, int] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def meeting(self, wanted: Iterable[str], before: int) -> int:
        """The bits of those that meet everything wanted, below the number `before` unless that is 0."""
        end = min(before or self.highest + 1, self.highest + 1)
        # No comment has the number 0.
        found = (1 << end) - 1 & ~1
        for one in wanted:
            found &= self.bits.get(one, 0)
        return found

    def on(self, place: Place, ids: Callable[[], Iterable[UUID]]) -> int:
        """The bits of those on any of the provisions, pages or revisions that `ids` gives, together called `place`."""
        if place not in self.places:
            bits = bytearray((self.highest >> 3) + 1)
            for one in ids():
                for number in self.at.get(one, ()):
                    bits[number >> 3] |= 1 << (number & 7)
            self.places[place] = int.from_bytes(bits, "little")
            if len(self.places) > MOST_PLACES:
                self.places.popitem(last=False)
        return self.places[place]

    def most_joined(self, bits: int, most: int) -> list[int]:
        """The numbers of those among `bits` that anybody joined, at most so many, the most joined first."""
        chosen = bits.to_bytes((max(bits.bit_length(), self.highest + 1) >> 3) + 1, "little")
        return [number for number in self.joined if chosen[number >> 3] >> (number & 7) & 1][:most]


class CachedPositions:
    """The positions of the matters that were asked for last, shared by the threads of a process: one of them looks, the
    others wait for it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.kept: OrderedDict[UUID, Positions] = OrderedDict()

    @contextmanager
    def of(self, session: Session, consultation: Consultation, least: int = 0) -> Iterator[Positions]:
        """Those of a matter as it is, for the block alone, with the comments up to the number `least` at least: what
        came since is looked at by itself, everything only when something was changed."""
        one = self._of(consultation.id)
        with one.lock:
            if one.version != consultation.content_version:
                one.version, one.highest = consultation.content_version, 0
                one.bits, one.at = {}, {}
                one.joined = _joined(session, consultation.id)
                _read(session, consultation.id, one)
            elif one.highest < least:
                _read(session, consultation.id, one)
            yield one

    def _of(self, consultation_id: UUID) -> Positions:
        with self.lock:
            one = self.kept.setdefault(consultation_id, Positions())
            self.kept.move_to_end(consultation_id)
            while len(self.kept) > 1 and sum(kept.highest for kept in self.kept.values()) > MOST_COMMENTS:
                self.kept.popitem(last=False)
            return one


def _read(session: Session, consultation_id: UUID, one: Positions) -> None:
    """Adds the comments behind the highest that is known. Of all the facts that comments have together there are few:
    what a reader asks for by them is put together once for each."""
    rows = session.execute(_facts(consultation_id, one.highest)).all()
    if not rows:
        return
    with_facts: defaultdict[Facts, list[int]] = defaultdict(list)
    at: defaultdict[Any, array[int]] = defaultdict(lambda: array("I"))
    for number, provision, page, revision, *facts in rows:
        with_facts[tuple(facts)].append(number)
        for place in (provision, page, revision):
            if place is not None:
                at[place].append(number)
    for place, numbers in at.items():
        one.at.setdefault(UUID(place), array("I")).extend(numbers)
    for name, bits in _bits_by_name(with_facts, one.highest + 1, rows[-1].number).items():
        one.bits[name] = one.bits.get(name, 0) | bits
    one.highest = rows[-1].number
    one.places.clear()


def _bits_by_name(with_facts: Mapping[Facts, Iterable[int]], first: int, last: int) -> dict[str, int]:
    """The bits of the comments from the number `first` to `last` that are found by a name."""
    begin = first >> 3 << 3
    added: dict[str, int] = {}
    for facts, numbers in with_facts.items():
        where = bytearray(((last - begin) >> 3) + 1)
        for number in numbers:
            where[(number - begin) >> 3] |= 1 << ((number - begin) & 7)
        bits = int.from_bytes(where, "little") << begin
        for name in _names(*facts):
            added[name] = added.get(name, 0) | bits
    return added


def _facts(consultation_id: UUID, after: int) -> Select[Any]:
    """What `_read` reads of each comment, as the database has it: made into our own words and ids one by one, a hundred
    thousand would take longer than being found."""
    columns: list[Any] = [
        *(cast(place, String) for place in (Comment.provision_id, Comment.page_id, Comment.revision_id)),
        type_coerce(Submission.kind, String),
        outcome_expression(),
        answers.assigned_expression(),
        type_coerce(answers.latest_disposition(), String),
        case((Comment.topic.is_not(None) & visible.readable_expression(), type_coerce(Comment.topic, String))),
    ]
    return (
        select(Comment.number, *columns)
        .join(Comment.submission)
        .where(Comment.consultation_id == consultation_id, Comment.number > after)
        .order_by(Comment.number)
    )


def _names(kind: str, outcome: str, assigned: bool, disposition: str | None, topic: str | None) -> list[str]:
    """What a reader can ask for and finds comments with these facts by."""
    way = way_of(outcome, assigned)
    found = [f"result:{way}", f"source:{kind}"]
    if way is CommentWay.ANSWERED and disposition is not None:
        found.append(f"result:{disposition}")
    if topic is not None:
        found.append(f"topic:{topic}")
    return found


def highest(bits: int, most: int) -> list[int]:
    """The numbers that `bits` stand for, at most so many, the highest first."""
    written = f"{bits:b}"
    found: list[int] = []
    at = written.find("1")
    while at >= 0 and len(found) < most:
        found.append(len(written) - 1 - at)
        at = written.find("1", at + 1)
    return found


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


kept_positions = CachedPositions()
