"""*Không hợp lệ* is undone by two people, and then the comment is owed an answer again."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Refused
from consult.ledger.models import LedgerEntry
from consult.responses.answers import public_sums
from consult.submissions.acts import service as acts
from consult.submissions.comments import comment_state, visible
from consult.submissions.comments.outcome import Outcome, outcome_expression
from consult.submissions.models import Comment
from consult.submissions.words import CommentActKind
from consult.transparency.replay import Log
from tests.builders import NOW
from tests.responses.desk_builder import Desk, make_desk


def _by_two(desk: Desk, number: int, kind: CommentActKind, reason: str = "") -> None:
    act = acts.propose(desk.session, desk.matter, number, kind, reason, desk.officer, NOW)
    acts.confirm(desk.session, desk.matter, act.id, desk.second_officer, NOW)
    desk.session.flush()


def _outcome(desk: Desk, number: int) -> set[str]:
    """By the acts, by SQL, by the sums and by the log: one word when they agree."""
    session, key = desk.session, desk.matter.id
    state = comment_state.read(session, key, [number])[0]
    where = (Comment.consultation_id == key, Comment.number == number)
    stored = session.scalars(select(LedgerEntry.body).where(LedgerEntry.consultation_id == key).order_by("index"))
    log = Log([json.loads(body) for body in stored])
    counted = public_sums.outcome(session, key)
    said = log.outcome()
    assert {name: said[name] for name in counted} == counted
    by_log = "awaiting" if log.comments[number].outcome == "open" else log.comments[number].outcome
    return {state.outcome.value, session.scalars(select(outcome_expression()).where(*where)).one(), by_log}


def test_what_was_invalid_awaits_an_answer_again(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Đề nghị giữ chợ.")
    _by_two(desk, number, CommentActKind.INVALID, "off_topic")
    assert _outcome(desk, number) == {"invalid"}
    _by_two(desk, number, CommentActKind.REINSTATED)
    assert _outcome(desk, number) == {"awaiting"}
    one = comment_state.read(session, desk.matter.id, [number])[0]
    assert visible.why_invalid(one.acts) == ""
    assert visible.reasons_of_invalid(session, desk.matter.id, [one.comment.id]) == {}
    desk.answer(number)
    assert _outcome(desk, number) == {"answered"}


def test_it_may_be_found_invalid_again(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Đề nghị giữ chợ.")
    for kind, reason in ((CommentActKind.INVALID, "off_topic"), (CommentActKind.REINSTATED, "")) * 2:
        _by_two(desk, number, kind, reason)
    _by_two(desk, number, CommentActKind.INVALID, "trial")
    assert _outcome(desk, number) == {"invalid"}
    assert public_sums.outcome(session, desk.matter.id)["invalid"] == {"trial": 1}


def test_one_person_does_not_undo_it_and_only_what_is_invalid_is_undone(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Đề nghị giữ chợ.")
    with pytest.raises(Refused) as refused:
        acts.propose(session, desk.matter, number, CommentActKind.REINSTATED, "", desk.officer, NOW)
    assert refused.value.reason == "not_invalid"
    _by_two(desk, number, CommentActKind.INVALID, "off_topic")
    act = acts.propose(session, desk.matter, number, CommentActKind.REINSTATED, "", desk.officer, NOW)
    with pytest.raises(Refused) as refused:
        acts.confirm(session, desk.matter, act.id, desk.officer, NOW)
    assert refused.value.reason == "second_person_needed"
    assert comment_state.read(session, desk.matter.id, [number])[0].outcome is Outcome.INVALID
