"""That an answer was sent to who asked is said only when it was: a mail went out, or it was opened with both codes."""

from typing import Any

import pytest

from consult.exports.cell_texts import told_privately
from consult.exports.lines import TableLine
from consult.responses.answers import handing_over
from consult.responses.answers.publication import publish_answers
from consult.responses.answers.published import published_answers
from consult.responses.models import Response
from consult.responses.words import HandedOver
from consult.submissions.comments.comment_state import read
from consult.submissions.inputs import Sender
from consult.submissions.words import CommentActKind, ContactKind
from tests.builders import NOW
from tests.notices.conftest import News
from tests.responses.desk_builder import Desk

MAI = Sender(contact_kind=ContactKind.MAIL, contact="mai@example.invalid")


def _withheld_and_answered(desk: Desk, **given: Any) -> int:
    (number,) = desk.receive("Lời riêng.", **given)
    desk.by_two(number, CommentActKind.WITHHELD, "personal_data")
    desk.answer(number)
    return number


def _reached(desk: Desk, number: int) -> bool:
    desk.session.rollback()
    [one] = read(desk.session, desk.matter.id, [number])
    return bool(handing_over.handed_over(desk.session, desk.matter, [one.comment.id]))


def test_nobody_is_told_that_it_was_sent_to_who_left_no_address(desk: Desk, news: News) -> None:
    number = _withheld_and_answered(desk)
    assert news() == [] and not _reached(desk, number)
    handing_over.note(desk.session, desk.matter.id, [number], HandedOver.OPENED, NOW)
    assert _reached(desk, number)


def test_a_mail_that_went_out_is_a_fact_and_a_new_wording_is_another(desk: Desk, news: News) -> None:
    number = _withheld_and_answered(desk, sender=MAI)
    assert not _reached(desk, number), "it is only asked for"
    assert news() and _reached(desk, number)
    [one] = read(desk.session, desk.matter.id, [number])
    response = published_answers(desk.session, desk.matter, [one.comment.id])[one.comment.id].response_id
    desk.draft(number, response_id=response, text="Đính chính.")
    desk.approve(desk.session.get_one(Response, (desk.matter.id, response)))
    publish_answers(desk.session, desk.matter, [response], desk.publisher, NOW)
    assert not _reached(desk, number)
    assert news() and _reached(desk, number)


@pytest.mark.parametrize(("reached", "code"), [(True, "exports.told_sender"), (False, "exports.for_sender")])
def test_the_table_says_what_is_true(reached: bool, code: str) -> None:
    assert told_privately(TableLine(1, "", answer=None, handed_over=reached)) == code
