"""Python and SQL say the same of every comment, whatever was done to it and in whatever order."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.db import new_id
from consult.submissions.comments import visible
from consult.submissions.comments.outcome import (
    Outcome,
    Visibility,
    outcome_expression,
    outcome_of,
    visibility_expression,
    visibility_of,
)
from consult.submissions.comments.standing import outcome_is, visibility_is
from consult.submissions.models import Comment, CommentAct, CommentVersion
from consult.submissions.receiving.service import receive
from consult.submissions.words import CommentActKind
from tests.submissions.rows import CODES, MIDWAY, SIGNER, matter, new

# Some acts count at once, some are only proposed; times are few, so that several fall together.
ACTS = st.lists(st.tuples(st.sampled_from(CommentActKind), st.integers(0, 3), st.booleans()), max_size=5)

SHARED = settings(deadline=None, suppress_health_check=list(HealthCheck))


def act_of(comment: Comment, kind: CommentActKind, minute: int, counts: bool) -> CommentAct:
    at = MIDWAY + timedelta(minutes=minute)
    return CommentAct(
        consultation_id=comment.consultation_id,
        id=new_id(),
        comment_id=comment.id,
        kind=kind,
        at=at,
        effective_at=at if counts else None,
        reason="",
        details={},
    )


def test_python_and_sql_agree(session: Session) -> None:
    consultation = matter(session)
    receive(session, consultation, new(), MIDWAY, SIGNER, CODES)
    comment = session.scalars(select(Comment)).one()
    comment_of_test = comment.consultation_id, comment.id

    @settings(SHARED, max_examples=60)
    @given(ACTS, st.integers(0, 3))
    def agree(drawn: list[tuple[CommentActKind, int, bool]], changed: int) -> None:
        kept = session.get_one(Comment, comment_of_test)
        acts = [act_of(kept, *one) for one in drawn]
        facts = [SimpleNamespace(id=act.id, kind=act.kind, effective_at=act.effective_at) for act in acts]
        session.add_all([*acts, amended(kept, changed)])
        session.flush()
        statement = select(visibility_expression(), outcome_expression()).where(Comment.id == kept.id)
        seen, became = session.execute(statement).one()
        session.rollback()
        changed_at = MIDWAY + timedelta(minutes=changed)
        assert (seen, became) == (visibility_of(facts, changed_at), outcome_of(facts))

    agree()


RELEASED = CommentActKind.RELEASED
OUTCOMES = st.sets(st.sampled_from(Outcome), min_size=1)
VISIBILITIES = st.sets(st.sampled_from(Visibility), min_size=1)


def test_each_standing_is_asked_for_by_itself_with_the_same_answer(session: Session) -> None:
    consultation = matter(session)
    receive(session, consultation, new(), MIDWAY, SIGNER, CODES)
    comment = session.scalars(select(Comment)).one()
    comment_of_test = comment.consultation_id, comment.id

    @settings(SHARED, max_examples=60)
    @given(ACTS, st.integers(0, 3), OUTCOMES, VISIBILITIES)
    @example([(RELEASED, 1, True), (CommentActKind.WITHHELD, 2, True)], 0, {Outcome.AWAITING}, {Visibility.PUBLIC})
    @example([(RELEASED, 1, True), (CommentActKind.REDACTED, 1, True)], 0, {Outcome.AWAITING}, {Visibility.PUBLIC})
    @example([(RELEASED, 1, True), (CommentActKind.WITHDRAWN, 2, True)], 0, {Outcome.AWAITING}, {Visibility.PUBLIC})
    @example([(RELEASED, 1, True)], 2, {Outcome.AWAITING}, {Visibility.PUBLIC, Visibility.IN_CHECK})
    def agree(
        drawn: list[tuple[CommentActKind, int, bool]], changed: int, wanted: set[Outcome], shown: set[Visibility]
    ) -> None:
        kept = session.get_one(Comment, comment_of_test)
        acts = [act_of(kept, *one) for one in drawn]
        facts = [SimpleNamespace(id=act.id, kind=act.kind, effective_at=act.effective_at) for act in acts]
        session.add_all([*acts, amended(kept, changed)])
        session.flush()
        asked = [outcome_is(*wanted), visibility_is(*shown), *(visibility_is(one) for one in Visibility)]
        asked += [visible.waits_for_check_expression(), visible.set_apart_expression()]
        told = session.execute(select(*asked).where(Comment.id == kept.id)).one()
        session.rollback()
        seen, became = visibility_of(facts, MIDWAY + timedelta(minutes=changed)), outcome_of(facts)
        right = [became in wanted, seen in shown, *(one is seen for one in Visibility)]
        right += [visible.waits_for_check(became, seen), visible.is_set_apart(became, seen)]
        assert [bool(one) for one in told] == right

    agree()


def amended(comment: Comment, minute: int) -> CommentVersion:
    return CommentVersion(
        consultation_id=comment.consultation_id,
        id=new_id(),
        comment_id=comment.id,
        version=2,
        at=MIDWAY + timedelta(minutes=minute),
        text="Nói lại",
    )


def acts(*drawn: tuple[CommentActKind, int, bool]) -> list[Any]:
    comment = Comment(consultation_id=new_id(), id=new_id())
    return [act_of(comment, *one) for one in drawn]


def test_a_proposal_counts_only_when_confirmed() -> None:
    assert visibility_of(acts((CommentActKind.WITHHELD, 1, False)), MIDWAY) is Visibility.IN_CHECK
    assert outcome_of(acts((CommentActKind.INVALID, 1, False))) is Outcome.AWAITING


def test_a_changed_text_is_looked_at_anew() -> None:
    before = acts((CommentActKind.RELEASED, 1, True))
    assert visibility_of(before, MIDWAY) is Visibility.PUBLIC
    assert visibility_of(before, MIDWAY + timedelta(minutes=2)) is Visibility.IN_CHECK


def test_withdrawing_is_final() -> None:
    kinds = (CommentActKind.ANSWERED, CommentActKind.WITHDRAWN, CommentActKind.RELEASED)
    drawn = acts(*[(kind, minute, True) for minute, kind in enumerate(kinds)])
    assert visibility_of(drawn, MIDWAY) is Visibility.WITHHELD
    assert outcome_of(drawn) is Outcome.WITHDRAWN


def test_outcomes_count_in_their_order() -> None:
    order = [
        CommentActKind.WITHDRAWN,
        CommentActKind.INVALID,
        CommentActKind.SPLIT,
        CommentActKind.PASSED_ON,
        CommentActKind.ANSWERED,
    ]
    for position, kind in enumerate(order):
        later = acts(*[(other, 1, True) for other in reversed(order[position:])])
        assert outcome_of(later).value == kind.value
    assert outcome_of([]) is Outcome.AWAITING
