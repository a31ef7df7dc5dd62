"""A farmer reports a dumping ground from a telephone: it is joined, answered, ended, asked about, and opened again."""

import re
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import Organisation, User
from consult.people.words import Role
from consult.programme.sightings.solved import SolvedQuestions
from consult.submissions.models import CommentVersion, Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.sighting_models import SightingPlace
from consult.submissions.words import SightingKind
from tests.application import sign_in
from tests.builders import make_area, make_user
from tests.files.made import picture
from tests.pages import Browser, Page
from tests.programme.sightings.scene import HOA, Seen, make_seen

News = Callable[..., list[EmailMessage]]
TYPED = {
    "comments.0.what": "waste", "comments.0.where": "bờ suối dưới cầu, km 12 tỉnh lộ 177",
    "comments.0.commune": "Nà Khương", "comments.0.point": "22.82345, 104.98412",
    "comments.0.text": "Xe tải đổ rác ban đêm.", "name": "Lý Văn Hoà", "contact": HOA,
}  # fmt: skip


def at(app: Flask, user: User) -> Browser:
    """Somebody signed in."""
    browser = Browser(app)
    sign_in(browser, user)
    return browser


def of(app: Flask, session: Session, body: Organisation, role: Role) -> Browser:
    """Somebody of a body in this role."""
    return at(app, make_user(session, body, [role]))


def reported(browser: Browser) -> Page:
    """What a farmer sends, with a picture in which the place stands."""
    photograph = (picture(), "bai-rac.jpg")
    form = browser.get("/phan-anh/").click("Gửi phản ánh")
    return form.walk({**TYPED, "file": photograph}, button="Xem lại trước khi gửi").submit(button="Gửi")


def joined(app: Flask, session: Session, seen: Seen) -> str:
    """The officer opens a case and the leader makes it public; gives the address of the case at the desk."""
    officer, leader = at(app, seen.desk.people["officer"]), at(app, seen.desk.people["leader"])
    waits = officer.get(f"/xu-ly/{seen.desk.matter.slug}/vu-viec/")
    assert "Rác thải, chất thải" in waits.text and "Xe tải đổ rác ban đêm." in waits.text
    form = waits.click("Lập vụ việc mới")
    assert form.form("Lập vụ việc").values()["point"] == "22.82300, 104.98400", "not where the telephone stood"
    due = clock.local_day(seen.desk.now) + timedelta(days=20)
    typed = {"text": "Thu dọn bãi rác", "place": "bờ suối", "by": str(seen.commune.id), "due_on": due.isoformat()}
    case = form.submit(typed, button="Lập vụ việc")
    assert case.submit({}, "Công khai").status == 409, "who opened it does not make it public"
    leader.get(case.address).submit({}, button="Công khai")
    session.rollback()
    return case.address


def test_from_the_telephone_to_the_second_end(app: Flask, app_session: Session, browser: Browser, news: News) -> None:
    commune_area = make_area(app_session, "Xã Nà Khương")
    seen = make_seen(app_session, clock.now())
    assert reported(browser).heading == "Đã tiếp nhận ý kiến"
    app_session.rollback()
    place = app_session.scalars(select(SightingPlace)).one()
    assert (place.kind, place.latitude, place.area_id) == (SightingKind.WASTE, 22.82345, commune_area.id)
    text = app_session.scalars(select(CommentVersion.text)).one()
    assert text.startswith("Rác thải, chất thải\nNơi: bờ suối dưới cầu, km 12 tỉnh lộ 177, Nà Khương\n\n")
    assert "22.82" not in text and not app_session.scalars(select(Submission.publish_name)).one()
    kept = app_session.scalars(select(Attachment)).one()
    with app.extensions["consult.files"].opened(kept.file_hash) as file, Image.open(file) as painted:
        assert not painted.getexif()
    address = joined(app, app_session, seen)
    number = address.rstrip("/").rsplit("/", 1)[1]
    public = f"/phan-anh/{seen.desk.matter.slug}/{number}/"
    page = browser.get(public)
    assert "Thu dọn bãi rác" in page.text and "Hoà" not in page.text and "Xe tải" not in page.text
    desk = f"/phoi-hop/cam-ket/{seen.desk.matter.slug}/{number}/"
    officer, head = (of(app, app_session, seen.commune, role) for role in (Role.OFFICER, Role.LEADER))
    officer.get(desk).submit({"kind": "answer", "text": "Đã cử người xuống."}, button="Lưu")
    assert "Đã cử người xuống." not in browser.get(public).text
    head.get(desk).submit({}, button="Công khai")
    today = clock.local_day(clock.now())
    done = {"kind": "done", "text": "Đã dọn xong, đặt biển cấm.", "day": today.isoformat()}
    officer.get(desk).submit(done, button="Lưu")
    at(app, seen.desk.people["leader"]).get(desk).submit({}, button="Công khai")
    assert "Đã dọn xong, đặt biển cấm." in browser.get(public).text
    assert "Thu dọn bãi rác" in browser.get("/phan-anh/?tinh-trang=ended").text
    news(clock.now())
    asked = [one for one in weeks_later(app, app_session, news) if HOA in str(one["To"])]
    [link] = re.findall(r"https?://\S+/xong-chua/\S+", "".join(str(one.get_content()) for one in asked))
    question = browser.get(urlsplit(link).path)
    assert "đã hết thật chưa" in question.heading
    answered = question.submit({"line": "Đêm qua lại đổ."}, "Chưa hết")
    assert "Vụ việc được mở lại" in answered.text
    assert "người phản ánh cho biết chưa hết" in browser.get(public).text
    assert "Đêm qua lại đổ." not in browser.get(public).text and "Đêm qua lại đổ." in officer_page(app, seen, address)
    assert "Mở lại vụ việc số" in browser.get(f"/nhat-ky/{seen.desk.matter.slug}/").text


def weeks_later(app: Flask, session: Session, news: News) -> list[EmailMessage]:
    """What the worker asks of people when the weeks are over, and sends."""
    session.rollback()
    questions, now = SolvedQuestions(app.config["SOLVED_WEEKS"]), clock.now()
    questions.ask(session, now + timedelta(weeks=3))
    assert news(now + timedelta(weeks=3)) == []
    for _hour in range(2):
        questions.ask(session, now + timedelta(weeks=4))
    return news(now + timedelta(weeks=4, minutes=1))


def officer_page(app: Flask, seen: Seen, address: str) -> str:
    """The page of a case as its officer reads it."""
    return at(app, seen.desk.people["officer"]).get(address).text


def test_what_is_missing_is_told_and_nothing_is_lost(app_session: Session, browser: Browser) -> None:
    make_seen(app_session, clock.now())
    form = browser.get("/phan-anh/").click("Gửi phản ánh")
    wrong = form.submit({"comments.0.text": "Khói mù mịt.", "comments.0.point": "ở kia"}, "Tiếp tục")
    assert wrong.errors() == [
        "Việc gì: Xin nhập nội dung này", "Toạ độ: Toạ độ gồm vĩ độ và kinh độ ở Việt Nam, ví dụ 22.82345, 104.98412",
    ]  # fmt: skip
    assert wrong.form("Tiếp tục").values()["comments.0.point"] == "ở kia"
    nowhere = browser.get("/phan-anh/").click("Gửi phản ánh").submit({"comments.0.what": "air"}, "Tiếp tục")
    assert nowhere.errors() == ["Ở đâu: Xin ghi nơi đó bằng lời, hoặc xã, phường, hoặc toạ độ"]
