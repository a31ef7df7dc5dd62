"""A spoken comment on the desk and in the workspace of a body asked to listen, in a browser."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Kind, Procedure
from consult.db import new_id
from consult.people.words import Level, OrganisationKind, Role
from consult.stages import Stage
from consult.submissions.inputs import AttachmentInput, Sender
from consult.submissions.models import Comment
from consult.submissions.receiving.models import ListeningRequest
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk

SOUND = b"RIFF" + bytes(range(200))
NAME = "Giàng Thị Kín Tên"
SAID, TRANSLATED = "Peb xav kom muaj tsheb.", "Chúng tôi mong có xe thu gom."


@pytest.fixture
def desk(app: Flask, app_session: Session) -> Desk:
    """A matter that somebody answered with a voice in Hmong."""
    made = make_desk(app_session, Stage.RESPONDING)
    kept = app.extensions["consult.files"].put(SOUND)
    voice = AttachmentInput(kept, "giong-cua-toi.wav", "audio/wav", len(SOUND), "voice", 0, "mong", 125)
    made.receive(comment(""), attachments=(voice,), sender=Sender(NAME))
    return made


def browser_of(app: Flask, desk: Desk, who: str) -> Browser:
    browser = Browser(app)
    sign_in(browser, desk.people[who])
    return browser


def test_one_writes_and_another_checks(app: Flask, desk: Desk) -> None:
    first, second = browser_of(app, desk, "officer"), browser_of(app, desk, "second_officer")
    page = first.get(f"/xu-ly/{desk.matter.slug}/y-kien/1/")
    assert "Ghi âm (tiếng Mông), dài 2:05, chưa chép lời" in page.text
    page = page.click("Nghe, chép lời, kiểm tra")
    assert "tiếng Mông · dài 2:05 ·" in page.text
    wrong = page.submit({"transcript": SAID}, button="Gửi người khác kiểm tra")
    assert wrong.status == 422 and wrong.errors() and SAID in wrong.text
    page = page.submit({"transcript": SAID, "translation": TRANSLATED}, button="Gửi người khác kiểm tra")
    assert "Người khác kiểm tra bản này." in page.text
    # On its own page it is not offered; in the list it may be ticked, and is refused.
    assert "Cho công khai" not in first.get(f"/xu-ly/{desk.matter.slug}/y-kien/1/").html.replace(
        "Cho công khai họ tên", ""
    )
    refused = first.get(f"/xu-ly/{desk.matter.slug}/").submit({"comment": ["1"]}, button="Cho công khai")
    assert "chưa có bản chép lời đã kiểm tra" in refused.text
    second.get(f"/xu-ly/{desk.matter.slug}/y-kien/1/nghe/").submit(button="Đúng với ghi âm")
    page = first.get(f"/xu-ly/{desk.matter.slug}/y-kien/1/").submit(button="Cho công khai")
    public = Browser(app).get(f"/lay-y-kien/{desk.matter.slug}/y-kien/1/")
    assert TRANSLATED in public.text and "bản chép lời từ ghi âm (tiếng Mông)" in public.text
    assert desk.body.name in public.text and SAID in public.text
    assert TRANSLATED in Browser(app).get(f"/lay-y-kien/{desk.matter.slug}/y-kien/").text


def test_the_voice_is_heard_in_parts_and_kept_by_nobody(app: Flask, desk: Desk) -> None:
    address = f"/xu-ly/{desk.matter.slug}/y-kien/1/nghe/tieng/"
    officer = browser_of(app, desk, "officer")
    whole, part = officer.get(address), officer.get(address, 206, headers={"Range": "bytes=2-5"})
    assert whole.body == SOUND and part.body == SOUND[2:6]
    assert whole.headers["Cache-Control"] == "no-store" and whole.headers["Content-Type"] == "audio/wav"
    assert "/dang-nhap/" in Browser(app).get(address).address


def test_a_body_hears_the_voice_and_not_who_it_is(app: Flask, app_session: Session, desk: Desk) -> None:
    body = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, "Mặt trận xã Sà Phìn")
    members = [
        make_user(app_session, body, [role], name) for role, name in ((Role.DRAFTER, "Dua"), (Role.SENDER, "Sua"))
    ]
    one, other = Browser(app), Browser(app)
    sign_in(one, members[0])
    sign_in(other, members[1])
    here = f"/to-chuc/nghe/{desk.matter.slug}/1/"
    one.get(here, 404)
    one.get(f"{here}tieng/", 404)
    officer = browser_of(app, desk, "officer")
    asked = officer.get(f"/xu-ly/{desk.matter.slug}/y-kien/1/nghe/").submit(
        {"body": str(body.id)}, button="Nhờ chép lời"
    )
    assert body.name in asked.text
    page = one.get("/to-chuc/nghe/").click("ý kiến số 1")
    assert "khoản 1 Điều 2" in page.text and NAME not in page.html
    assert one.get(f"{here}tieng/").body == SOUND
    page.submit({"transcript": SAID, "translation": TRANSLATED}, button="Gửi người khác kiểm tra")
    done = other.get(here).submit(button="Đúng với ghi âm")
    assert "Đã xác nhận bản chép lời." in done.text
    officer.get(f"/xu-ly/{desk.matter.slug}/y-kien/1/nghe/").submit(button="Thôi nhờ")
    one.get(here, 404)


def test_what_is_sent_back_says_why(app: Flask, desk: Desk) -> None:
    first, second = browser_of(app, desk, "officer"), browser_of(app, desk, "second_officer")
    here = f"/xu-ly/{desk.matter.slug}/y-kien/1/nghe/"
    first.get(here).submit({"transcript": SAID, "translation": TRANSLATED}, button="Gửi người khác kiểm tra")
    assert second.get(here).submit(button="Trả lại để chép lại").status == 422
    second.get(here).submit({"reason": "Thiếu câu cuối."}, button="Trả lại để chép lại")
    page = first.get(here)
    assert "Lý do trả lại: Thiếu câu cuối." in page.text and SAID in page.words("//textarea[@name='transcript']")[0]


def test_an_investor_who_answers_is_not_asked_to_listen(app: Flask, app_session: Session) -> None:
    """A voice tells who speaks; one asked before there was this rule hears no more of it."""
    investor = make_organisation(app_session, OrganisationKind.INVESTOR, name="Công ty Đường Mới")
    statutory = {"kind": Kind.EIA_REPORT, "procedure": Procedure.EIA_STATUTORY, "answering": investor}
    desk = make_desk(app_session, Stage.RESPONDING, **statutory)
    kept = app.extensions["consult.files"].put(SOUND)
    voice = AttachmentInput(kept, "giong-cua-toi.wav", "audio/wav", len(SOUND), "voice", 0, "mong", 125)
    desk.receive(comment(""), attachments=(voice,), sender=Sender(NAME))
    officer, address = browser_of(app, desk, "officer"), f"/xu-ly/{desk.matter.slug}/y-kien/1/nghe/"
    page = officer.get(address)
    assert page.words("//select[@name='body']/option")[1:] and investor.name not in page.text
    sent = {**page.form("body").values(), "act": "ask", "body": str(investor.id)}
    assert "Không nhờ chủ dự án nghe ghi âm" in officer.post(address, sent, status=409).text
    app_session.rollback()
    made = app_session.query(Comment).one()
    asked = {"consultation_id": desk.matter.id, "comment_id": made.id, "organisation_id": investor.id}
    app_session.add(ListeningRequest(id=new_id(), at=clock.now(), by_id=desk.people["officer"].id, **asked))
    app_session.commit()
    listener = Browser(app)
    sign_in(listener, make_user(app_session, investor, [Role.OFFICER, Role.DRAFTER]))
    assert desk.matter.title not in listener.get("/to-chuc/nghe/").text
    for address in ("", "tieng/"):
        listener.get(f"/to-chuc/nghe/{desk.matter.slug}/1/{address}", status=404)
