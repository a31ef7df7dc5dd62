"""What a sender does after an answer was written: changed texts are answered anew, withdrawn ones not at all."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.errors import Refused
from consult.responses.answers import answer_state
from consult.responses.answers.publication import publish_answers
from consult.responses.words import AnswerState
from consult.stages import Stage
from consult.submissions.acts.moving import move
from consult.submissions.inputs import AnchorInput, CommentInput
from consult.submissions.sender.amendment import amend, withdraw
from tests.builders import NOW
from tests.responses.answers.test_public_sums import submission_of
from tests.responses.desk_builder import make_desk

LATER = NOW + timedelta(minutes=1)


def test_a_changed_comment_is_answered_anew(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    (number,) = desk.receive("Một.")
    response = desk.draft(number)
    desk.approve(response)
    amend(session, desk.matter, submission_of(desk, number), number, CommentInput("Nói lại."), LATER, LATER)
    with pytest.raises(Refused, match="comment_changed_since"):
        desk.approve(response)
    with pytest.raises(Refused) as refused:
        publish_answers(session, desk.matter, [response.id], desk.publisher, LATER)
    assert (refused.value.reason, refused.value.details) == ("comment_changed_since", {"numbers": str(number)})


def test_a_withdrawn_comment_is_not_answered(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    first, second = desk.receive("Một.", "Hai.")
    response = desk.draft(first, second)
    desk.approve(response)
    withdraw(session, desk.matter, submission_of(desk, second), [second], LATER, LATER)
    with pytest.raises(Refused, match="target_ended"):
        publish_answers(session, desk.matter, [response.id], desk.publisher, LATER)
    desk.draft(first, response_id=response.id)
    desk.approve(response)
    publish_answers(session, desk.matter, [response.id], desk.publisher, LATER)
    assert answer_state.one(session, desk.matter.id, response.id).numbers == [first]


def test_a_published_answer_can_be_corrected_after_a_withdrawal(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    first, second = desk.receive("Một.", "Hai.")
    response = desk.answer(first, second)
    withdraw(session, desk.matter, submission_of(desk, second), [second], LATER, LATER)
    desk.draft(first, second, response_id=response.id, text="Đính chính.")
    desk.approve(response)
    publish_answers(session, desk.matter, [response.id], desk.publisher, LATER)
    assert answer_state.one(session, desk.matter.id, response.id).state is AnswerState.PUBLISHED


def test_an_answer_to_a_moved_comment_is_read_again_and_saved(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    (number,) = desk.receive("Một.")
    response = desk.draft(number)
    desk.approve(response)
    move(session, desk.matter, [number], AnchorInput(path="d3"), "Ý kiến nói về Điều 3.", desk.officer, LATER)
    with pytest.raises(Refused, match="comment_moved_since"):
        publish_answers(session, desk.matter, [response.id], desk.publisher, LATER)
    desk.now = LATER + timedelta(minutes=1)
    desk.draft(number, response_id=response.id)
    desk.approve(response)
    publish_answers(session, desk.matter, [response.id], desk.publisher, desk.now)
    with pytest.raises(Refused, match="answered_not_moved"):
        move(session, desk.matter, [number], AnchorInput(path="d2"), "Ý kiến nói về Điều 2.", desk.officer, desk.now)
