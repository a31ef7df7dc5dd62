"""What came of a concluded matter, in the numbers that lead to exactly what they count."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import successors
from consult.consultations.revisions.changes import changes
from consult.reading.comments.positions import kept_positions
from consult.responses.changes import pairs
from consult.responses.changes.followed import FollowedPoint
from consult.responses.changes.unapplied import unseen
from consult.responses.words import Disposition
from consult.submissions.comments import listing
from consult.submissions.comments.public_view import PublicComment

MOST_MATTERS = 500


@dataclass(frozen=True)
class Pair:
    """What somebody said, and the clause that changed."""

    comment: PublicComment
    point: FollowedPoint


@dataclass(frozen=True)
class Results:
    """So many comments were `received`; how many were answered with each disposition (only those that are); so many
    places of the draft `changed` up to the revision `newest`, and so many comments were promised what is not to be seen
    in it; the `pairs` that were chosen."""

    received: int
    by_disposition: dict[Disposition, int]
    newest: int
    changed: int
    unseen: int
    pairs: Sequence[Pair]


class CachedResults:
    """The results of the concluded matters that were asked for last, counted once for each version of their content."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.counted: OrderedDict[UUID, tuple[int, Results]] = OrderedDict()

    def of(self, session: Session, consultation: Consultation) -> Results:
        """What came of a matter; statements grow with its revisions alone."""
        with self.lock:
            kept = self.counted.get(consultation.id)
        if kept is None or kept[0] != consultation.content_version:
            kept = consultation.content_version, results_of(session, consultation)
            with self.lock:
                self.counted[consultation.id] = kept
                while len(self.counted) > MOST_MATTERS:
                    self.counted.popitem(last=False)
        return kept[1]


def results_of(session: Session, consultation: Consultation) -> Results:
    """The same, counted now."""
    with kept_positions.of(session, consultation) as kept:
        received = kept.highest
        counted = {one: kept.meeting([f"result:{one.value}"], 0).bit_count() for one in Disposition}
    newest = queries.newest_draft(session, consultation.id)
    line = successors.line_to(session, newest) if newest is not None else []
    return Results(
        received=received,
        by_disposition={one: count for one, count in counted.items() if count},
        newest=newest.number if newest is not None else 0,
        changed=sum(1 for _ in changes(session, line).told) if len(line) > 1 else 0,
        unseen=len(unseen(session, consultation, line)) if line else 0,
        pairs=_pairs(session, consultation),
    )


def _pairs(session: Session, consultation: Consultation) -> list[Pair]:
    points = pairs.chosen(session, consultation)
    wanted = listing.Filter(numbers=tuple(one.number for one in points))
    found = listing.public_comments(session, consultation, wanted, limit=None) if points else []
    comments = {one.number: one for one in found}
    return [Pair(comments[one.number], one) for one in points]


kept_results = CachedResults()
