"""Who may read what: the rules in Python and in SQL say the same, whatever was done to a comment."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.db import new_id
from consult.submissions.comments import visible
from consult.submissions.comments.comment_state import read
from consult.submissions.comments.outcome import READABLE, Outcome, Visibility
from consult.submissions.disclosure import Event, shows_by_itself
from consult.submissions.models import Comment
from consult.submissions.receiving.service import receive
from consult.submissions.words import CommentActKind
from tests.submissions.comments.test_outcome import ACTS, SHARED, act_of, amended
from tests.submissions.rows import CODES, MIDWAY, SIGNER, comment, matter, new


def test_python_and_sql_agree(session: Session) -> None:
    """Two comments of one sender and one of another; what is passed on of the first takes the name of the second."""
    consultation = matter(session)
    receive(session, consultation, new(comment("Một"), comment("Hai")), MIDWAY, SIGNER, CODES)
    receive(session, consultation, new(comment("Ba"), word="two"), MIDWAY, SIGNER, CODES)
    own_id = consultation.id

    @settings(SHARED, max_examples=40)
    @given(st.tuples(ACTS, ACTS, ACTS), st.integers(0, 3))
    def agree(drawn: tuple[list[Any], list[Any], list[Any]], changed: int) -> None:
        kept = {one.comment.number: one.comment for one in read(session, own_id, [1, 2, 3])}
        for number, acts in enumerate(drawn, 1):
            session.add_all([act_of(kept[number], *one) for one in acts])
        session.add(amended(kept[1], changed))
        session.flush()
        standings = read(session, own_id, [1, 2, 3])
        hidden = visible.sent_with_passed_on(session, own_id, {one.comment.submission_id for one in standings})
        passed_on = {
            one.comment.submission_id
            for one in standings
            if any(act.kind is CommentActKind.PASSED_ON and act.effective_at is not None for act in one.acts)
        }
        assert hidden == passed_on
        reasons = visible.reasons_of_invalid(session, own_id, [one.comment.id for one in standings])
        rows = {row.number: row for row in session.execute(statement(own_id))}
        for one in standings:
            row = rows[one.comment.number]
            assert bool(row.apart) is visible.is_set_apart(one.outcome, one.visibility)
            assert bool(row.readable) is (one.visibility in READABLE)
            assert (row.beside > 0) is (one.comment.submission_id in hidden)
            assert reasons.get(one.comment.id, "") == visible.why_invalid(one.acts)
        session.rollback()

    agree()


def statement(own_id: Any) -> Any:
    return select(
        Comment.number,
        visible.set_apart_expression().label("apart"),
        visible.readable_expression().label("readable"),
        visible.sent_with_passed_on_expression().label("beside"),
    ).where(Comment.consultation_id == own_id)


def test_why_a_comment_is_invalid_is_the_latest_reason_that_counts() -> None:
    one = Comment(consultation_id=new_id(), id=new_id())
    acts = [
        act_of(one, CommentActKind.INVALID, minute, counts) for minute, counts in ((1, True), (2, True), (3, False))
    ]
    for act, reason in zip(acts, ("off_topic", "sent_twice", "trial"), strict=True):
        act.reason = reason
    assert visible.why_invalid(acts) == "sent_twice" and visible.why_invalid([]) == ""


@given(st.sampled_from(Disclosure), st.sampled_from(Event), st.sampled_from(Visibility), st.sampled_from(Outcome))
def test_nothing_that_was_decided_becomes_public_by_itself(
    disclosure: Disclosure, event: Event, before: Visibility, outcome: Outcome
) -> None:
    assert not shows_by_itself(disclosure, event, before, outcome, heard=False)
    if before not in {Visibility.IN_CHECK, Visibility.PUBLIC} or disclosure is Disclosure.ON_RELEASE:
        assert not shows_by_itself(disclosure, event, before, outcome)


@pytest.mark.parametrize(
    ("disclosure", "event", "before", "outcome", "shows"),
    [
        (Disclosure.AT_ONCE, Event.RECEIVED, Visibility.IN_CHECK, Outcome.AWAITING, True),
        (Disclosure.AT_ONCE, Event.AMENDED, Visibility.PUBLIC, Outcome.AWAITING, True),
        (Disclosure.AT_ONCE, Event.AMENDED, Visibility.IN_CHECK, Outcome.AWAITING, False),
        (Disclosure.AT_ONCE, Event.SPLIT, Visibility.IN_CHECK, Outcome.AWAITING, False),
        (Disclosure.AT_ONCE, Event.TRANSCRIBED, Visibility.IN_CHECK, Outcome.ANSWERED, True),
        (Disclosure.AT_ONCE, Event.ANSWERED, Visibility.IN_CHECK, Outcome.ANSWERED, False),
        (Disclosure.WITH_ANSWERS, Event.RECEIVED, Visibility.IN_CHECK, Outcome.AWAITING, False),
        (Disclosure.WITH_ANSWERS, Event.ANSWERED, Visibility.IN_CHECK, Outcome.ANSWERED, True),
        (Disclosure.WITH_ANSWERS, Event.ANSWERED, Visibility.IN_CHECK, Outcome.WITHDRAWN, False),
        (Disclosure.WITH_ANSWERS, Event.TRANSCRIBED, Visibility.IN_CHECK, Outcome.AWAITING, False),
    ],
)
def test_what_becomes_public_by_itself(
    disclosure: Disclosure, event: Event, before: Visibility, outcome: Outcome, shows: bool
) -> None:
    assert shows_by_itself(disclosure, event, before, outcome) is shows


@given(st.sampled_from(Outcome), st.sampled_from(Visibility))
def test_nobody_outside_can_tell_what_is_set_apart(outcome: Outcome, seen: Visibility) -> None:
    told = (visible.outcome_code(outcome), visible.visibility_code(seen))
    assert told[0] in {"open", "answered", "withdrawn", "invalid", "split"}
    assert told[1] in {"unreleased", "public", "redacted", "withheld"}
    assert visible.outside_outcome(outcome) is (Outcome.AWAITING if told[0] == "open" else outcome)
    assert visible.outside_visibility(seen) is (Visibility.IN_CHECK if told[1] == "unreleased" else seen)
