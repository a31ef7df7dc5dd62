"""A mail that did not arrive is seen beside what it is about, put right, and sent again, with an act."""

from datetime import datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.accounts import service as accounts
from consult.administration.models import AdministrativeAct
from consult.errors import Invalid, NotFound, Refused
from consult.notices import addressees
from consult.notices.undelivered import mails as undelivered
from consult.notices.undelivered.mails import Handling
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.outbox.undelivered import WhyUndelivered, count_to_senders
from consult.people.models import Correction
from consult.people.words import OrganisationKind, Role
from consult.submissions.inputs import Sender
from consult.submissions.models import Submission
from consult.submissions.sender import contacts
from consult.submissions.words import ContactKind
from tests.application import sign_in
from tests.builders import NOW, make_actor, make_organisation, make_unit, make_user
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk

MAI = Sender("Mai", contact_kind=ContactKind.MAIL, contact="mai@hoang.vn")
REFUSED, BAD, AWAY, OURS = (
    "PermanentFailure: refused 550",
    "PermanentFailure: bad_address",
    "DeliveryFailed: 450",
    "OwnFault: gaierror",
)


def lost(session: Session, desk: Desk | None, error: str = REFUSED, at: datetime = NOW, **payload: object) -> UUID:
    """A mail that did not arrive."""
    mail = session.get_one(
        OutboxMessage, emit(session, "mail_requested", at, desk.matter.id if desk else None, **payload)
    )
    mail.last_error, mail.attempts = error, 20
    mail.given_up_at = None if error == OURS else at
    session.commit()
    return mail.id


def submission_of(session: Session) -> Submission:
    """The one that there is."""
    return session.scalars(select(Submission)).one()


def test_why_is_told_and_narrows(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", sender=MAI)
    sent = str(submission_of(session).id)
    for error in (REFUSED, BAD, AWAY, OURS, "KeyError: x"):
        lost(session, desk, error, notice="received", submission=sent)
    found = undelivered.of_matter(session, desk.matter)
    assert {one.why for one in found} == set(WhyUndelivered)
    assert {one.to for one in found} == {"mai@hoang.vn"} and {one.numbers for one in found} == {(1,)}
    [refused] = undelivered.of_matter(session, desk.matter, WhyUndelivered.REFUSED)
    assert (refused.code, refused.correctable) == ("550", True)
    assert count_to_senders(session) == 5 and undelivered.to_staff(session) == []


def test_sent_again_it_is_as_if_never_tried_and_the_act_is_kept(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", sender=MAI)
    sent = str(submission_of(session).id)
    one, other = (lost(session, desk, notice="received", submission=sent) for _ in range(2))
    for _ in range(2):
        undelivered.handle(session, desk.matter, [one], Handling.SENT_AGAIN, desk.officer, NOW)
    mail = session.get_one(OutboxMessage, one)
    assert (mail.given_up_at, mail.attempts, mail.last_error, mail.run_at) == (None, 0, None, NOW)
    assert [line.id for line in undelivered.of_matter(session, desk.matter)] == [other]
    [act] = session.scalars(select(AdministrativeAct)).all()
    assert (act.act, act.by_id, act.details["mails"]) == ("mails_sent_again", desk.officer.user_id, [str(one)])
    undelivered.handle(session, desk.matter, [other], Handling.SET_ASIDE, desk.officer, NOW)
    assert undelivered.of_matter(session, desk.matter) == []


def test_nobody_sends_again_what_they_do_not_see(session: Session) -> None:
    desk, elsewhere = make_desk(session), make_desk(session)
    desk.receive("Một.", sender=MAI)
    mail = lost(session, desk, notice="received", submission=str(submission_of(session).id))
    with pytest.raises(NotFound):
        undelivered.handle(session, desk.matter, [mail], Handling.SENT_AGAIN, elsewhere.officer, NOW)
    with pytest.raises(Refused):
        undelivered.handle(session, None, [mail], Handling.SENT_AGAIN, desk.officer, NOW)
    assert undelivered.handle(session, elsewhere.matter, [mail], Handling.SENT_AGAIN, elsewhere.officer, NOW) == 0
    administrator = make_actor(session, desk.body, Role.ADMINISTRATOR)
    assert undelivered.handle(session, None, [mail], Handling.SENT_AGAIN, administrator, NOW) == 0


def test_a_corrected_address_stands_beside_what_was_left(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", sender=MAI)
    sent = submission_of(session)
    mails = [lost(session, desk, notice=notice, submission=str(sent.id)) for notice in ("received", "answered")]
    given = (mails[0], " mai@hoang2.vn ", "đã gọi điện")
    assert undelivered.correct_address(session, desk.matter, *given, desk.officer, NOW) == 2
    assert (sent.contact, contacts.contact_of(session, sent)) == ("mai@hoang.vn", "mai@hoang2.vn")
    [made] = session.scalars(select(Correction)).all()
    assert (made.old, made.new, made.by_id) == ("mai@hoang.vn", "mai@hoang2.vn", desk.officer.user_id)
    assert [one.contact for one in addressees.of_submission(session, sent, NOW)] == ["mai@hoang2.vn"]
    with pytest.raises(Invalid, match="not_a_mail_accents"):
        contacts.correct(session, desk.matter, sent.id, "nguyễn@x.vn", "", desk.officer, NOW)
    with pytest.raises(NotFound):
        contacts.correct(session, desk.matter, desk.matter.id, "a@x.vn", "vì", desk.officer, NOW)


@pytest.fixture
def shown(app_session: Session) -> Desk:
    """A desk as pages see it now, with a comment whose receipt was refused."""
    desk = make_desk(app_session, now=clock.now(), opened_before=70)
    desk.receive("Một.", sender=MAI)
    lost(app_session, desk, notice="received", submission=str(submission_of(app_session).id), at=clock.now())
    return desk


def at_browser(app: Flask, desk: Desk, who: str) -> Browser:
    """Somebody of the desk."""
    browser = Browser(app)
    sign_in(browser, desk.people[who])
    return browser


def test_it_is_seen_beside_its_comment_put_right_and_sent_again(app: Flask, app_session: Session, shown: Desk) -> None:
    browser = at_browser(app, shown, "officer")
    page = browser.get(f"/xu-ly/{shown.matter.slug}/y-kien/1/")
    assert "Có thư không gửi được" in page.text and "máy chủ thư từ chối hẳn người nhận (550)" in page.text
    listed = page.click("Sửa địa chỉ, gửi lại")
    form = listed.click("Sửa địa chỉ mai@hoang.vn")
    wrong = form.submit({"Địa chỉ thư điện tử": "mái@hoang.vn", "Căn cứ sửa": "giấy"}, "Sửa và gửi lại")
    assert wrong.status == 422 and "chữ có dấu" in wrong.errors()[0]
    done = wrong.submit({"Địa chỉ thư điện tử": "mai@hoang2.vn"}, "Sửa và gửi lại")
    assert "Đã sửa địa chỉ" in done.text and "Không có thư nào." in done.text
    app.extensions["consult.worker"].run_once(clock.now)
    assert "Có thư không gửi được" not in browser.get(f"/xu-ly/{shown.matter.slug}/y-kien/1/").text


def test_many_are_sent_again_at_once(app: Flask, app_session: Session, shown: Desk) -> None:
    lost(app_session, shown, BAD, notice="answered", submission=str(submission_of(app_session).id))
    browser = at_browser(app, shown, "officer")
    address = f"/xu-ly/{shown.matter.slug}/thu-khong-gui-duoc/"
    assert browser.get(address + "?why=refused").text.count("mai@hoang.vn") < browser.get(address).text.count(
        "mai@hoang.vn"
    )
    nothing = browser.get(address).submit({}, "Gửi lại thư đã chọn")
    assert nothing.status == 422
    assert "Không có thư nào." in browser.get(address).submit({}, "Gửi lại tất cả thư trên trang này").text


def test_who_may_not_see_the_mails_of_a_matter_does_not(app: Flask, app_session: Session, shown: Desk) -> None:
    at_browser(app, shown, "publisher").get(f"/xu-ly/{shown.matter.slug}/thu-khong-gui-duoc/", status=404)


def test_it_is_seen_beside_its_account_and_its_body(app: Flask, app_session: Session) -> None:
    body = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội Nông dân")
    unit = make_unit(app_session, body)
    unit.mailbox = "van-phong@hoi.vn"
    administrator = make_user(app_session, body, [Role.ADMINISTRATOR])
    member = make_user(app_session, body, [Role.SENDER], mail="ky@hoi.vn")
    actor = make_actor(app_session, body, Role.ADMINISTRATOR, user=administrator)
    invited = accounts.create(app_session, "moi@hoi.vn", "Người Mới", "", actor, NOW)
    for payload in ({"user_id": str(invited.id)}, {"user_id": str(member.id)}, {"unit_id": str(unit.id)}):
        lost(app_session, None, notice="invited" if str(invited.id) in payload.values() else "asked", **payload)
    browser = Browser(app)
    sign_in(browser, administrator)
    assert "Có thư không gửi được" in browser.get(f"/quan-tri/nguoi-dung/{invited.id}/").text
    page = browser.get(f"/quan-tri/to-chuc/{body.id}/")
    assert page.text.count("Đề nghị cho ý kiến: máy chủ thư từ chối hẳn người nhận (550)") == 2
    listed = page.click("Sửa địa chỉ, gửi lại")
    assert all(address in listed.text for address in ("moi@hoi.vn", "ky@hoi.vn", "van-phong@hoi.vn"))
    done = listed.submit({}, "Gửi lại tất cả thư trên trang này")
    assert "Không có thư nào." in done.text
    assert "gửi lại thư không gửi được" in browser.get("/quan-tri/nhat-ky/").text
