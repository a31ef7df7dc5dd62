"""Who is told by mail, who looks it up by a code, and what branches are sent."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.collections import service as collections
from consult.collections.answers import carrying
from consult.collections.branches import keys
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.consolidating import service as consolidating
from consult.collections.consolidating.service import NewPoint
from consult.collections.inputs import NewOpinion, Recorded
from consult.collections.models import Branch, CollectedOpinion
from consult.collections.recording import corrections
from consult.collections.recording import service as recording
from consult.collections.service import NewCollection
from consult.outbox.models import OutboxMessage
from consult.people.words import OrganisationKind
from consult.submissions.views_frame import site_codes
from tests.collections.conftest import Site
from tests.collections.scene import key, paper
from tests.notices.conftest import News, news

__all__ = ["news"]
MAIL = "nguoi.noi@example.invalid"


def said(site: Site, session: Session, branch: Branch, *opinions: NewOpinion) -> Recorded:
    with site.app.app_context():
        codes = site_codes()
    return recording.record(session, branch, paper(), opinions, key("m"), None, codes, now())


def body_of(mail: object) -> str:
    return mail.get_content()  # type: ignore[attr-defined, no-any-return]


def test_who_left_a_mail_address_is_told_once(site: Site, app_session: Session, news: News) -> None:
    scene = site.scene
    said(site, app_session, scene.branches["Xã A"], NewOpinion("Một", contact=MAIL, person_name="Bà Mai"),
         NewOpinion("Hai", contact=MAIL), NewOpinion("Ba", contact="0912345678"))  # fmt: skip
    consolidating.leave_out(app_session, scene.collection, [1, 2, 3], "Đã có trong luật", scene.secretary, now())
    [mail] = news(now())
    assert mail["To"] == MAIL and "ý kiến số 1, 2" in body_of(mail) and "Đã có trong luật" in body_of(mail)
    consolidating.leave_out(app_session, scene.collection, [3], "Đã có trong luật", scene.secretary, now())
    assert news(now()) == []


def test_neither_mail_nor_look_up_tells_the_religion_of_who_said_it(
    site: Site, app_session: Session, news: News
) -> None:
    scene = site.scene
    body = scene.collection.organisation
    body.kind, name = OrganisationKind.RELIGIOUS, body.name
    app_session.commit()
    done = said(site, app_session, scene.branches["Xã A"], NewOpinion("Một", contact=MAIL, person_name="Bà Mai"))
    consolidating.leave_out(app_session, scene.collection, [1], "Đã có trong luật", scene.secretary, now())
    [mail] = news(now())
    assert name not in body_of(mail) + str(mail["Subject"]) and "Nơi thu thập không chuyển" in body_of(mail)
    page = site.stranger.get(f"/tra-cuu/{done.codes[0]}/")
    assert name not in page.text and "Đã có trong luật" in page.text


def test_branches_get_their_own_link(site: Site, app_session: Session, news: News) -> None:
    page = site.secretary.get(site.work("dau-moi/1/")).submit({"mail": "xa.a@example.invalid"}, button="Lưu")
    with site.app.app_context():
        key_of_a = keys.shown(keys.of_branch(site.scene.branches["Xã A"], site_codes()))
    page = site.secretary.get(site.work()).submit({}, button="Gửi thư cho đầu mối chưa gửi gì")
    assert "Đang gửi thư" in page.text
    [mail] = news(now())
    assert mail["To"] == "xa.a@example.invalid" and f"/thu-thap/vao/{key_of_a}/" in body_of(mail)
    assert str(mail["Subject"]).startswith("Nhắc")
    said(site, app_session, site.scene.branches["Xã A"], NewOpinion("Một"))
    page = site.secretary.get(site.work()).submit({}, button="Gửi thư cho đầu mối chưa gửi gì")
    assert "Không có đầu mối nào" in page.text and news(now()) == []


def test_the_code_of_a_slip_shows_what_came_of_it_and_nobody_else(site: Site, app_session: Session) -> None:
    scene = site.scene
    done = said(site, app_session, scene.branches["Xã A"], NewOpinion("Một", "d2.k1", person_name="Bà Kín"))
    code = done.codes[0]
    page = site.stranger.get(f"/tra-cuu/{code}/")
    assert "đang được xem xét" in page.text and "Bà Kín" not in page.html and "khoản 1 Điều 2" in page.text
    consolidating.leave_out(app_session, scene.collection, [1], "Đã có trong luật", scene.secretary, now())
    assert "Đã có trong luật" in site.stranger.get(f"/tra-cuu/{code}/").text
    wrong = f"{int(code[:-2]) + 1:015d}"[: len(code) - 2]
    digits = "000" + wrong[3:]
    site.stranger.get(f"/tra-cuu/{digits}{98 - int(digits + '00') % 97:02d}/", status=404)
    corrections.withdraw_opinion(app_session, app_session.scalars(select(CollectedOpinion)).one(), "Rút", now())
    assert "đã được rút" in site.stranger.get(f"/tra-cuu/{code}/").text


def test_a_standing_collection_is_answered_by_its_body(site: Site, app_session: Session, news: News) -> None:
    scene = site.scene
    new = NewCollection("Thường xuyên lắng nghe")
    standing = collections.open_collection(app_session, scene.front.id, new, scene.secretary, now())
    with site.app.app_context():
        [branch] = branches.add(app_session, standing, None, [NewBranch("Thôn 1")], site_codes(), now())
    said(site, app_session, branch, NewOpinion("Suối có mùi lạ", contact=MAIL))
    made = consolidating.write(app_session, standing, NewPoint("Suối có mùi"), [1], scene.secretary, now())
    page = site.secretary.get(f"/to-chuc/dot-thu-thap/{standing.number}/tong-hop/{made.number}/")
    page = page.submit({"answer": "Đã chuyển Sở, ngày 12 kiểm tra."}, button="Lưu trả lời")
    assert "đã có trả lời" in page.text
    [mail] = news(now())
    assert "Đã chuyển Sở, ngày 12 kiểm tra." in body_of(mail)
    home = site.secretary.get("/to-chuc/")
    assert "Trả lời cần chuyển xuống" in home.text
    down = home.click("Thường xuyên lắng nghe")
    assert down.submit({}, button="Đã đọc").status == 200
    assert "Trả lời cần chuyển xuống" not in site.secretary.get("/to-chuc/").text


def test_a_mail_that_reached_nobody_becomes_a_call_and_no_matter_of_the_desk(
    site: Site, app_session: Session, news: News
) -> None:
    scene = site.scene
    said(site, app_session, scene.branches["Xã A"], NewOpinion("Một", contact=MAIL))
    consolidating.leave_out(app_session, scene.collection, [1], "Đã có trong luật", scene.secretary, now())
    news(now())
    [mail] = app_session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.event == "mail_requested", OutboxMessage.payload["opinion"].is_not(None)
        )
    )
    assert mail.consultation_id is None
    [told] = carrying.of_collection(app_session, scene.collection)
    assert told.calls == []
    mail.done_at, mail.given_up_at, mail.last_error = None, now(), "PermanentFailure: refused 550"
    app_session.commit()
    page = site.branches["Xã A"].get(site.at("Xã A", "tra-loi/"))
    assert MAIL in page.text
    assert MAIL not in page.submit({"opinion": ["1"]}, button="Đã nói trực tiếp").text


def test_who_said_two_things_is_called_once(site: Site, app_session: Session) -> None:
    scene = site.scene
    said(site, app_session, scene.branches["Xã A"],
         NewOpinion("Một", contact="0912 345 678", person_name="Bà Mai"),
         NewOpinion("Hai", contact="0912345678", person_name="bà Mai"),
         NewOpinion("Ba", contact="0912 345 678", person_name="Ông Bay"))  # fmt: skip
    consolidating.leave_out(app_session, scene.collection, [1, 2, 3], "Đã có trong luật", scene.secretary, now())
    assert "Gọi thay: 2 người" in site.secretary.get(site.work("chuyen-xuong/")).text
    page = site.branches["Xã A"].get(site.at("Xã A", "tra-loi/"))
    assert page.find("//input[@name='opinion']/@value") == ["1,2", "3"]
    done = page.submit({"opinion": ["1,2"]}, button="Đã gọi báo")
    assert done.find("//input[@name='opinion']/@value") == ["3"]
