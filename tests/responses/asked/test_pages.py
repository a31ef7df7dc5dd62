"""The list of who has replied: counts, filters, the words of each, and the button that reminds."""

from datetime import timedelta

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitations import many
from consult.consultations.invitations.many import AskMany
from consult.people.words import OrganisationKind
from consult.stages import Stage
from consult.submissions.inputs import Letter, Sender
from consult.submissions.words import SubmissionKind
from tests.application import sign_in
from tests.builders import make_organisation
from tests.pages import Browser
from tests.responses.desk_builder import make_desk


def test_who_has_replied_who_is_silent_and_who_is_past_the_day(app_session: Session, browser: Browser) -> None:
    now = clock.now()
    desk = make_desk(app_session, Stage.OPEN, now=now)
    bodies = [make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name=f"Hội {name}") for name in "ABC"]
    day = clock.local_day(now) - timedelta(2)
    for body, reply_by in zip(bodies, (day - timedelta(10), day, day + timedelta(30)), strict=True):
        many.ask(app_session, desk.matter, AskMany((body.id,), reply_by=reply_by), desk.officer, now)
    sender, letter = Sender(organisation_id=bodies[0].id), Letter("7/CV", day)
    desk.receive("Nhất trí.", kind=SubmissionKind.FORMAL, sender=sender, letter=letter)
    sign_in(browser, desk.people["officer"])
    address = f"/xu-ly/{desk.matter.slug}/co-quan/tra-loi/"
    page = browser.get(address)
    for words in ("Tất cả (3)", "Trả lời sau ngày đề nghị (1)", "Chưa trả lời (1)", "đã qua ngày đề nghị (1)"):
        assert words in page.text
    assert "số 7/CV" in page.text and "vẫn gửi được trong thời gian lấy ý kiến" in page.text
    assert "quá hạn" not in page.text
    assert [one for one in "ABC" if f"Hội {one}" in browser.get(address + "?loc=silent_after").text] == ["B"]
    boxes = page.find("//input[@name='bodies']/@value")
    assert set(boxes) == {str(bodies[1].id), str(bodies[2].id)}
    done = page.submit({"bodies": boxes}, button="Nhắc các nơi đã chọn")
    assert "Đã nhắc 2 cơ quan, tổ chức." in done.text and desk.people["officer"].name in done.text
    again = page.submit({"bodies": boxes}, button="Nhắc các nơi đã chọn")
    assert "Đã nhắc 0 cơ quan" in again.text and "2 nơi đã được nhắc hôm nay" in again.text
    assert page.submit({"bodies": []}, button="Nhắc các nơi đã chọn").status == 422
