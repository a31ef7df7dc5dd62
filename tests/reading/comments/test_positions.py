"""What a reader narrows the list to finds what anybody finds comment by comment, whatever became of them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

import pytest
from sqlalchemy import or_
from sqlalchemy.orm import Session

from consult.reading.comments import positions
from consult.reading.comments.filters import RESULTS
from consult.reading.comments.positions import CachedPositions
from consult.reading.comments.progress import CommentWay, way_of
from consult.submissions.comments.outcome import outcome_of
from consult.submissions.models import Comment
from consult.submissions.words import SubmissionKind
from tests.responses.chance_scene import SEEDS, One, everything, make_chance

NAMES = [*(f"result:{one}" for one in RESULTS), *(f"source:{one}" for one in SubmissionKind)]


def names(one: One) -> Iterable[str]:
    """What this comment is found by."""
    way = way_of(outcome_of(one.acts), one.assigned)
    yield from (f"result:{way}", f"source:{one.sent.kind.value}")
    if way is CommentWay.ANSWERED and one.published:
        yield f"result:{one.published[-1][1].value}"


@pytest.mark.parametrize("seed", SEEDS)
def test_each_is_found_by_what_it_is_and_where_it_stands(session: Session, seed: int) -> None:
    desk = make_chance(session, seed)
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    at: defaultdict[UUID | None, set[int]] = defaultdict(set)
    for one in everything(desk):
        for name in names(one):
            wanted[name].add(one.comment.number)
        for place in {one.comment.provision_id, one.comment.revision_id} - {None}:
            at[place].add(one.comment.number)
    with CachedPositions().of(session, desk.matter) as kept:
        found = {name: set(positions.highest(kept.meeting([name], 0), 1_000)) for name in NAMES}
        assert len(wanted) > 8 and {name: numbers for name, numbers in found.items() if numbers} == wanted
        for place, numbers in at.items():
            where = or_(Comment.provision_id == place, Comment.revision_id == place)
            assert set(positions.highest(kept.on((place,), lambda where=where: where), 1_000)) == numbers
