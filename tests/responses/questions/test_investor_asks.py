"""An investor asks the sender of a comment through the site, and learns by it neither who that is nor whether there is
a way to reach them; the reply is read by the posting body first."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import NotFound, Refused
from consult.outbox.models import OutboxMessage
from consult.policy import Actor
from consult.responses.questions import service as questions
from consult.sign_in.actors import actor_of
from consult.submissions.acts import service as acts
from tests.pages import Page
from tests.responses.investor_scene import Project, make_project


@pytest.fixture
def project(app: Flask, app_session: Session) -> Project:
    """With everybody, on the real clock."""
    return make_project(app, app_session)


def asked(project: Project, number: int, who: str = "investor officer") -> Page:
    """Asks through the form."""
    form = project.enter(who).get(f"{project.base}hoi-lai/{number}/")
    return form.submit({"Câu hỏi": "Ở chỗ nào?"}, button="Hỏi người gửi")


def test_whether_somebody_can_be_reached_is_told_by_nothing(project: Project) -> None:
    """Of one who left a number and of one who left nothing: the same pages but for the words and the numbers."""
    (nobody,) = project.desk.receive("Đề nghị lùi trạm trộn ra xa trường.")
    pages = [asked(project, number).text for number in (project.plain, nobody)]
    plain = [page.replace(f"/{number}/", "/n/").replace(f"số {number}", "số n") for page, number in
             zip(pages, (project.plain, nobody), strict=True)]  # fmt: skip
    said = [page[page.rindex("Hỏi lại người gửi") :].replace(", xã Kín Đáo", "") for page in plain]
    assert said[0] == said[1] and "Ở chỗ nào?" in said[0]
    posting = project.enter("officer").get(f"{project.base}hoi-lai/{project.desk.receive('Khác.')[0]}/")
    assert "không để lại địa chỉ" in posting.text


def test_the_reply_is_handed_on_by_the_posting_body(project: Project, app_session: Session) -> None:
    matter, number = project.desk.matter, project.plain
    asked(project, number)
    project.enter("investor officer").get(f"{project.base}hoi-lai/{number}/")
    officer = project.enter("officer")
    officer.get(f"{project.base}hoi-lai/{number}/").submit(
        {"Người gửi trả lời": "Tôi là Kín, cạnh cầu."}, button="Lưu lời trả lời"
    )
    own = f"{project.base}y-kien/{number}/"
    waiting = project.enter("investor officer").get(own).text
    assert "đọc lời trả lời trước" in waiting and "Tôi là Kín" not in waiting
    form = officer.get(f"{project.base}hoi-lai/{number}/")
    assert form.submit({"Lời trả lời chuyển cho chủ dự án": " "}, button="Chuyển cho chủ dự án").status == 422
    done = form.submit({"Lời trả lời chuyển cho chủ dự án": "Tôi là […], cạnh cầu."}, button="Chuyển cho chủ dự án")
    assert "Đã chuyển lời trả lời" in done.text
    read = project.enter("investor leader").get(own).text
    assert "Tôi là […], cạnh cầu." in read and "Tôi là Kín" not in read
    app_session.rollback()
    with pytest.raises(Refused) as refused:
        questions.share_reply(app_session, matter, number, "Lại.", project.desk.officer, clock.now())
    assert refused.value.reason == "reply_shared_already"
    assert app_session.query(OutboxMessage).filter_by(event="reply_shared").count() == 2


def test_an_investor_neither_takes_a_reply_down_nor_hands_one_on(project: Project) -> None:
    browser = project.enter("investor leader")
    csrf = browser.get(project.base).find("//input[@name='csrf_token']/@value")[0]
    for name in ("tra-loi", "chuyen"):
        sent = {"csrf_token": csrf, "reply": "…", "shared": "…"}
        browser.post(f"{project.base}hoi-lai/{project.redacted}/{name}/", sent, status=404)


def test_what_the_posting_body_asks_is_not_read_by_the_investor(project: Project) -> None:
    asked(project, project.plain, "officer")
    page = project.enter("investor officer").get(f"{project.base}y-kien/{project.plain}/").text
    assert "Ở chỗ nào?" not in page and "Cơ quan đăng tải hỏi ngày" in page


def test_nothing_is_asked_of_what_is_set_apart(project: Project, app_session: Session) -> None:
    desk = project.desk
    (number,) = desk.receive("Tôi tố cáo.")
    acts.quarantine(app_session, desk.matter, number, "tố cáo", desk.officer, clock.now())
    project.enter("investor officer").get(f"{project.base}hoi-lai/{number}/", status=404)
    with pytest.raises(NotFound):
        questions.ask(app_session, desk.matter, number, "Ai?", 10, _investor(project), clock.now())


def _investor(project: Project) -> Actor:
    return actor_of(project.desk.session, project.investor["officer"], clock.now())
