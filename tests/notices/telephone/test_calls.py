"""The call list: whom to call, what to say, what came of it; kept until somebody was told."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.condition.findings import State
from consult.consultations.matter import policy_facts
from consult.consultations.preparation import publication
from consult.errors import Invalid, NotFound, Refused
from consult.notices.telephone import call_list, condition
from consult.people.models import Correction
from consult.responses.models import AnswerHandedOver
from consult.stages import Stage
from consult.submissions.inputs import Sender
from consult.submissions.joining.service import NewJoining, join, leave
from consult.submissions.sender import calls
from consult.submissions.sender.models import Call
from consult.submissions.words import CallOutcome, ContactKind
from consult.tracking.lookup import find_joiner
from tests.application import sign_in
from tests.builders import NOW
from tests.pages import Browser
from tests.responses.desk_builder import CODES, SIGNER, Desk, make_desk

News = Callable[..., list[EmailMessage]]
NUMBER = "0912 345 678"
HOA = Sender("Nông Thị Hoa", contact_kind=ContactKind.TELEPHONE, contact=NUMBER)


def promised(desk: Desk) -> list[Call]:
    """The calls that wait."""
    desk.session.rollback()
    return list(calls.waiting(desk.session, desk.matter.id))


def test_who_left_a_number_is_called_for_what_was_decided_alone(desk: Desk, news: News) -> None:
    one, two = desk.receive("Một.", "Hai.", sender=HOA)
    news()
    assert promised(desk) == []
    desk.answer(one, two)
    news()
    [call] = promised(desk)
    assert (call.notice, call.facts["comments"], call.submission is not None) == ("answered", [one, two], True)
    publication.withdraw(desk.session, desk.matter, "Soạn lại.", desk.publisher, NOW)
    news()
    assert [call.notice for call in promised(desk)] == ["answered", "matter_withdrawn"]


def test_everything_for_one_person_is_one_call(app: Flask, desk: Desk, news: News) -> None:
    desk.answer(*desk.receive("Một.", "Hai.", sender=HOA))
    desk.answer(*desk.receive("Ba.", sender=Sender("Lý", contact_kind=ContactKind.TELEPHONE, contact="0987654321")))
    publication.withdraw(desk.session, desk.matter, "Soạn lại.", desk.publisher, NOW)
    news()
    first, second = call_list.persons(desk.session, desk.matter, app.extensions["consult.notice_writer"])
    assert [first.number, second.number] == [NUMBER, "0987654321"]
    assert [one.sentence.partition(":")[0] for one in first.says] == [
        "Ý kiến số 1, 2 của ông/bà đã được trả lời", "Đợt lấy ý kiến đã dừng"
    ]  # fmt: skip
    ids = [one.call.id for one in first.says]
    call_list.record(desk.session, desk.matter, ids, CallOutcome.NOT_REACHED, "máy bận", desk.officer, NOW)
    order = call_list.persons(desk.session, desk.matter, app.extensions["consult.notice_writer"])
    assert [one.number for one in order] == ["0987654321", NUMBER]
    [tried] = order[1].tries
    assert (tried.by.name, tried.note, tried.outcome) == ("Trần Văn Bình", "máy bận", CallOutcome.NOT_REACHED)
    assert call_list.record(desk.session, desk.matter, ids, CallOutcome.REACHED, "", desk.second_officer, NOW) == 2
    assert call_list.record(desk.session, desk.matter, ids, CallOutcome.NOT_REACHED, "", desk.officer, NOW) == 0
    assert {call.facts["submission"] for call in promised(desk)}.isdisjoint({str(first.key)})


def test_who_was_told_by_telephone_has_the_answer(desk: Desk, news: News) -> None:
    desk.answer(*desk.receive("Một.", sender=HOA))
    news()
    [call] = promised(desk)
    call_list.record(desk.session, desk.matter, [call.id], CallOutcome.REACHED, "", desk.officer, NOW)
    [handed] = desk.session.scalars(select(AnswerHandedOver)).all()
    assert handed.way.value == "telephone"


def test_who_joined_is_called_until_they_take_it_back(app_session: Session, news: News) -> None:
    desk = make_desk(app_session, Stage.OPEN)
    [number] = desk.receive("Một.")
    desk.release(number)
    given = NewJoining("k" * 32, NOW, "0987 654 321")
    receipt = join(
        desk.session, policy_facts.by_slug(desk.session, desk.matter.slug), number, given, NOW, SIGNER, CODES
    )
    desk.answer(number)
    news()
    [call] = promised(desk)
    assert call.notice == "joined_answered" and call.joiner is not None
    leave(desk.session, find_joiner(desk.session, receipt.code, CODES), NOW, NOW)
    assert promised(desk) == []


def test_only_those_who_judge_see_and_record(desk: Desk, news: News) -> None:
    desk.answer(*desk.receive("Một.", sender=HOA))
    news()
    [call] = promised(desk)
    elsewhere = make_desk(desk.session)
    with pytest.raises((Refused, NotFound)):
        calls.record(desk.session, desk.matter, [call.id], CallOutcome.REACHED, "", elsewhere.officer, NOW)
    assert (
        calls.record(elsewhere.session, elsewhere.matter, [call.id], CallOutcome.REACHED, "", elsewhere.officer, NOW)
        == []
    )
    with pytest.raises(Invalid, match="too_long"):
        calls.record(desk.session, desk.matter, [call.id], CallOutcome.REACHED, "x" * 2001, desk.officer, NOW)
    assert len(promised(desk)) == 1


def test_an_erased_number_is_called_no_more(desk: Desk, news: News) -> None:
    desk.answer(*desk.receive("Một.", sender=HOA))
    news()
    [call] = promised(desk)
    call.submission.contact = ""
    desk.session.commit()
    assert promised(desk) == [] and calls.count(desk.session, desk.matter.id) == 0


def test_the_condition_tells_of_calls_that_wait_for_long(desk: Desk, news: News) -> None:
    assert condition.waiting(desk.session, NOW).state is State.WELL
    desk.answer(*desk.receive("Một.", sender=HOA))
    news()
    desk.session.rollback()
    assert condition.waiting(desk.session, NOW).details == {"count": 1}
    late = condition.waiting(desk.session, NOW + timedelta(days=6))
    assert (late.state, late.code) == (State.ATTENTION, "condition.calls.late")


@pytest.fixture
def shown(app_session: Session, news: News) -> Desk:
    """A desk as pages see it now, with somebody to call."""
    desk = make_desk(app_session, now=clock.now(), opened_before=70)
    desk.answer(*desk.receive("Một.", sender=HOA))
    news(clock.now())
    app_session.rollback()
    return desk


def test_the_desk_calls_corrects_and_is_done(shown: Desk, browser: Browser) -> None:
    sign_in(browser, shown.people["officer"])
    page = browser.get(f"/xu-ly/{shown.matter.slug}/y-kien/1/")
    assert "Cần gọi điện báo người gửi" in page.text
    page = page.click("Danh sách gọi điện")
    assert NUMBER in page.text and "Ý kiến số 1 của ông/bà đã được trả lời." in page.text
    assert "Gọi điện 1" in page.text
    page = page.submit({"Ghi chú": "thuê bao"}, button="Sai số")
    assert page.opened and "sai số. thuê bao" in page.text
    page = page.click("Sửa số").submit({"Số điện thoại": "không biết", "Căn cứ sửa": "x"}, button="Sửa số")
    assert page.status == 422 and page.errors()
    page = page.submit({"Số điện thoại": "0999 888 777", "Căn cứ sửa": "hỏi trưởng thôn"}, button="Sửa số")
    assert page.opened and "0999 888 777" in page.text and NUMBER not in page.text
    shown.session.rollback()
    [made] = shown.session.scalars(select(Correction)).all()
    assert (made.old, made.new, made.reason) == (NUMBER, "0999 888 777", "hỏi trưởng thôn")
    stale = page
    page = page.submit(button="Đã báo")
    assert page.opened and "Không có ai cần gọi." in page.text and "Đã ghi: đã báo." in page.text
    page = stale.submit(button="Không gặp, gọi lại sau")
    assert "Người khác đã báo trước" in page.text
    assert "Cần gọi điện" not in browser.get(f"/xu-ly/{shown.matter.slug}/y-kien/1/").text


def test_without_messages_nothing_is_sent_again(shown: Desk, browser: Browser) -> None:
    sign_in(browser, shown.people["officer"])
    page = browser.get(f"/xu-ly/{shown.matter.slug}/goi-dien/")
    assert "Gửi lại tin nhắn" not in page.text


def test_a_leader_of_another_body_sees_no_number(shown: Desk, browser: Browser) -> None:
    elsewhere = make_desk(shown.session)
    sign_in(browser, elsewhere.people["leader"])
    assert NUMBER not in browser.get(f"/xu-ly/{shown.matter.slug}/goi-dien/", status=None).html
