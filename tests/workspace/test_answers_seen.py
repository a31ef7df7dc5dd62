"""The home of a body tells which answers came, and whether somebody of it has looked."""

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import OrganisationKind, Role
from consult.responses.answers.publication import publish_answers
from consult.submissions.inputs import Letter, Sender
from consult.submissions.words import SubmissionKind
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk


def publish_at(session: Session, desk: Desk, number: int) -> None:
    """An answer that comes out now, after somebody looked."""
    response = desk.draft(number)
    desk.approve(response)
    publish_answers(session, desk.matter, [response.id], desk.publisher, clock.now())


def test_answers_are_new_until_somebody_has_looked(app: Flask, app_session: Session) -> None:
    union = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội Nông dân")
    mai, en = (make_user(app_session, union, [Role.DRAFTER], name) for name in ("Lò Thị Mai", "Hoàng Văn Én"))
    desk = make_desk(app_session, now=clock.now(), opened_before=70)
    letter = Letter("1/CV", clock.local_day(clock.now()), "Lò Văn Ký", "Chủ tịch", "TM.")
    said = {"kind": SubmissionKind.FORMAL, "sender": Sender(organisation_id=union.id), "letter": letter}
    numbers = desk.receive("Bảy.", "Tám.", **said)
    desk.release(*numbers)
    browser, other = Browser(app), Browser(app)
    sign_in(browser, mai)
    sign_in(other, en)
    assert "Có trả lời mới" not in browser.get("/to-chuc/").text
    desk.answer(numbers[0])
    home = browser.get("/to-chuc/")
    assert f"Trả lời chưa xem: {numbers[0]}" in home.text
    page = home.click("Văn bản góp ý số 1/CV: ")
    stale = other.get(page.address)
    assert "Đánh dấu tổ chức đã xem" not in page.submit(button="Đánh dấu tổ chức đã xem").text
    assert "Lò Thị Mai đã xem trả lời lúc" in other.get("/to-chuc/").text
    publish_at(app_session, desk, numbers[1])
    assert stale.submit(button="Đánh dấu tổ chức đã xem").status == 409, "one came that this page did not show"
    assert f"Trả lời chưa xem: {numbers[1]}" in other.get("/to-chuc/").text
