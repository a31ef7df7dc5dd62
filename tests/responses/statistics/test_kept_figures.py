"""What is counted again only where something it is counted from came: as what is counted anew, whatever happened."""

from collections import Counter

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.answer_terms import term_of
from consult.consultations.matter.queries import by_slug
from consult.consultations.models import Consultation
from consult.db import Database
from consult.responses.answers import public_sums
from consult.responses.statistics.answer_times import CachedTimes, times_of
from consult.responses.statistics.cached_counts import CachedCounts
from consult.responses.statistics.participation import participation
from consult.submissions.comments.outcome import visibility_expression
from consult.submissions.models import Comment
from consult.submissions.words import CommentActKind
from tests.builders import NOW
from tests.responses.desk_builder import comment, make_desk
from tests.responses.statistics.comments_by_chance import by_chance
from tests.statements import statements_of

STEPS = 60
TODAY = clock.local_day(NOW)


def agree(session: Session, matter: Consultation, counts: CachedCounts, times: CachedTimes, happened: str = "") -> None:
    """What is kept is what would be counted now; and who may read what is what each comment says of itself."""
    assert counts.participation(session, matter, TODAY) == participation(session, matter.id, TODAY), happened
    found = times_of(session, matter, term_of(session, matter), TODAY)
    assert times.one(session, matter, TODAY) == found, happened
    _outcome, told = counts.sums(session, matter)
    seen = select(visibility_expression(), func.count()).where(Comment.consultation_id == matter.id)
    one_by_one = Counter({name: count for name, count in session.execute(seen.group_by(visibility_expression()))})
    withheld = sum(told["withheld"].values())
    assert {**told, "withheld": withheld} == {**told, **{name: one_by_one[name] for name in told if name in one_by_one},
                                              "withheld": one_by_one["withheld"]}, happened  # fmt: skip
    assert told["total"] == one_by_one.total()
    assert public_sums.told(session, matter.id)[1] == told


@pytest.mark.parametrize("seed", (1, 2))
def test_whatever_happens_figures_are_those_of_now(database: Database, seed: int) -> None:
    counts, times, done = CachedCounts(many=0), CachedTimes(many=0), set()
    with by_chance(database, seed) as chance:
        slug = chance.writers[0].matter.slug
        for _ in range(STEPS):
            done.add(name := chance.step())
            with database.session(of_one_moment=True) as page:
                agree(page, by_slug(page, slug), counts, times, name)
    assert {"answer", "withdraw", "invalid", "split"} & done and len(done) > len({"", "receive", "release"})


def test_what_nothing_changed_is_not_counted_again(session: Session) -> None:
    desk, counts, times = make_desk(session), CachedCounts(many=0), CachedTimes(many=0)
    first, second, third = desk.receive(*(comment() for _ in range(3)))
    desk.release(first)
    agree(session, desk.matter, counts, times)
    desk.answer(first)
    # From the second count on it is known what was counted from.
    agree(session, desk.matter, counts, times)
    for act in (lambda: desk.release(second), lambda: desk.by_two(second, CommentActKind.WITHHELD, "insult")):
        act()
        with statements_of(session) as said:
            counts.participation(session, desk.matter, TODAY)
            times.one(session, desk.matter, TODAY)
        dear = ("min(comment_act.effective_at)", "response_version.disposition", "comment.received_at")
        assert not [one for one in said if any(words in one for words in dear)]
        agree(session, desk.matter, counts, times)
    desk.answer(third)
    with statements_of(session) as said:
        counts.participation(session, desk.matter, TODAY)
        times.one(session, desk.matter, TODAY)
    assert any("min(comment_act.effective_at)" in one for one in said)
    assert any("response_version.disposition" in one for one in said)
    agree(session, desk.matter, counts, times)


def test_what_was_taken_for_invalid_and_is_answered_after_all_counts(session: Session) -> None:
    desk = make_desk(session)
    [number] = desk.receive(comment())
    desk.by_two(number, CommentActKind.INVALID, "advertising")
    desk.by_two(number, CommentActKind.REINSTATED)
    desk.answer(number)
    assert times_of(session, desk.matter, term_of(session, desk.matter), TODAY).answered == 1
    assert sum(participation(session, desk.matter.id, TODAY).dispositions.values()) == 1
