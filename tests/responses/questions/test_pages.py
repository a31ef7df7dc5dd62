"""Asking back at the desk: the form says that the clock stands still, and reload and Back lose nothing."""

from datetime import timedelta

from consult import clock
from consult.responses.questions import service as questions
from consult.submissions.inputs import Sender
from consult.submissions.words import ContactKind
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk

MAI = Sender(name="Mai", contact="mai@hoang.vn", contact_kind=ContactKind.MAIL)


def test_the_form_of_the_answer_says_that_its_sender_is_waited_for(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Đoạn đường ấy quá bụi.", sender=MAI)
    questions.ask(desk.session, desk.matter, number, "Đoạn nào?", 10, desk.officer, clock.now())
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/tra-loi/?comment={number}")
    assert "Đoạn nào?" in page.text and "Đang chờ người gửi trả lời" in page.text
    questions.reply(desk.session, desk.matter, number, "Đoạn gần cầu.", None, clock.now() + timedelta(minutes=1))
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/tra-loi/?comment={number}")
    assert "Đoạn gần cầu." in page.text


def test_what_was_typed_outlives_reload_and_back(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Đoạn đường ấy quá bụi.", sender=MAI)
    form = enter("officer").get(f"/xu-ly/{desk.matter.slug}/hoi-lai/{number}/")
    long = "Đoạn nào? " * 300
    wrong = form.submit({"question": long})
    assert wrong.status == 422
    again = wrong.browser.get(wrong.address, status=422)
    assert long.strip() in again.html
    asked = again.submit({"question": "Đoạn nào?"})
    assert asked.status == 200 and asked.browser.get(asked.address).status == 200
    assert "Đoạn nào?" in asked.text
