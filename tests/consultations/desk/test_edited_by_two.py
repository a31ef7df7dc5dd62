"""Two officers at one matter: each acts on what they saw, and fields that only one of them changed are taken."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from consult import clock
from consult.consultations.document_models import OutlineCorrection
from consult.consultations.invitation_models import Invitation
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.models import Consultation, PeriodExtension
from consult.consultations.version_models import SavedVersion
from consult.people.words import Role
from consult.stages import Stage
from tests.application import sign_in
from tests.builders import make_actor, make_consultation, make_organisation, make_user
from tests.consultations.conftest import Desk
from tests.pages import Browser


@pytest.fixture
def other(desk: Desk) -> Browser:
    """A second officer of the same department."""
    browser = Browser(desk.app)
    sign_in(browser, make_user(desk.session, desk.department, [Role.OFFICER, Role.PUBLISHER], "Lê Thị Cúc"))
    return browser


def matter(desk: Desk, stage: Stage = Stage.DRAFTING) -> Consultation:
    """A matter of the department."""
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    return make_consultation(
        desk.session, stage, lead=desk.department, answering=desk.department, actor=actor, now=clock.now()
    )


def test_an_outline_is_corrected_as_it_was_shown(desk: Desk, other: Browser) -> None:
    address = f"/xu-ly/{matter(desk).slug}/chuan-bi/bo-cuc/1/sua/?tai=d3"
    mine, theirs = desk.browser.get(address), other.get(address)
    theirs.submit({"Số, ký hiệu đúng": "9"}, button="Đổi số")
    refused = mine.submit({"Số, ký hiệu đúng": "8"}, button="Đổi số")
    assert refused.status == 409 and "label d3 9" in refused.text
    desk.session.rollback()
    assert len(desk.session.scalars(select(OutlineCorrection)).all()) == 1


def test_facts_are_merged_and_both_sides_of_what_both_changed_are_shown(desk: Desk, other: Browser) -> None:
    made = matter(desk)
    address = f"/xu-ly/{made.slug}/chuan-bi/thong-tin/"
    mine, theirs = desk.browser.get(address), other.get(address)
    assert theirs.submit({"summary": "Tóm tắt của người thứ hai."}, button="Lưu").status == 200
    assert mine.submit({"field": "Tài nguyên"}, button="Lưu").status == 200
    desk.session.rollback()
    desk.session.expire_all()
    assert (made.summary, made.field) == ("Tóm tắt của người thứ hai.", "Tài nguyên")
    mine, theirs = desk.browser.get(address), other.get(address)
    theirs.submit({"title": "Tên của người thứ hai", "for_whom": "Mọi hộ gia đình."}, button="Lưu")
    refused = mine.submit({"title": "Tên của người thứ nhất"}, button="Lưu")
    assert (
        refused.status == 409 and "Tên của người thứ hai" in refused.text and "Tên của người thứ nhất" in refused.text
    )
    assert refused.words("//tbody/tr/th") == ["Tên"]
    assert refused.submit({}, button="Đã xem, gửi lại").status == 200
    desk.session.rollback()
    desk.session.expire_all()
    assert (made.title, made.plain_words["for_whom"]) == ("Tên của người thứ nhất", "Mọi hộ gia đình.")
    kept = [row.fields["title"] for row in desk.session.scalars(select(SavedVersion).order_by(SavedVersion.id))]
    assert kept[-2:] == ["Tên của người thứ hai", "Tên của người thứ nhất"] and len(kept) == 5


def test_a_period_is_extended_once_from_two_tabs(desk: Desk) -> None:
    made = matter(desk, Stage.OPEN)
    tabs = [desk.browser.get(f"/xu-ly/{made.slug}/gia-han/") for _tab in range(2)]
    days = [(clock.local_day(clock.now()) + timedelta(days=later)).isoformat() for later in (366, 731)]
    checks = [
        tab.submit({"last_day": day, "reason": "Có đề nghị gia hạn."}, button=tab.words("//main//button")[0])
        for tab, day in zip(tabs, days, strict=True)
    ]
    assert [check.status for check in checks] == [200, 200]
    assert checks[0].submit({}, button=checks[0].words("//main//button")[0]).status == 200
    refused = checks[1].submit({}, button=checks[1].words("//main//button")[0])
    assert refused.status == 409 and "Đã có người thay đổi" in refused.text
    desk.session.rollback()
    assert len(desk.session.scalars(select(PeriodExtension)).all()) == 1


def test_days_that_only_one_of_two_changed_are_taken(desk: Desk, other: Browser) -> None:
    address = f"/xu-ly/{matter(desk).slug}/chuan-bi/thoi-han/"
    next_year = clock.local_day(clock.now()).year + 1
    day = lambda month: date(next_year, month, 20).isoformat()  # noqa: E731
    first = {"first_day": day(1), "last_day_public": day(4), "last_day_invited": day(4), "last_day_critique": day(4)}
    assert desk.browser.get(address).submit(first, button="Lưu thời hạn").status == 200
    mine, theirs = desk.browser.get(address), other.get(address)
    assert theirs.submit({"last_day_public": day(5)}, button="Lưu thời hạn").status == 200
    assert mine.submit({"last_day_invited": day(6)}, button="Lưu thời hạn").status == 200
    stand = desk.browser.get(address)
    days = {name: stand.find(f"//input[@name='{name}']/@value") for name in ("last_day_public", "last_day_invited")}
    assert days == {"last_day_public": [day(5)], "last_day_invited": [day(6)]}
    mine, theirs = desk.browser.get(address), other.get(address)
    theirs.submit({"last_day_public": day(7)}, button="Lưu thời hạn")
    refused = mine.submit({"last_day_public": day(8)}, button="Lưu thời hạn")
    assert refused.status == 409 and "20/7/" in refused.text and "20/8/" in refused.text


def test_an_invitation_is_changed_as_it_was_shown(desk: Desk, other: Browser) -> None:
    made = matter(desk)
    asked, new = make_organisation(desk.session), make_organisation(desk.session)
    actor = make_actor(desk.session, desk.department, Role.OFFICER)
    invitations.invite(desk.session, made, NewInvitation(asked.id, "12/STP"), actor, clock.now())
    mine, theirs = (browser.get(f"/xu-ly/{made.slug}/co-quan/") for browser in (desk.browser, other))
    assert theirs.submit({"organisation": str(asked.id), "letter_number": "99/STP"}, form="organisation").status == 200
    refused = mine.submit({"organisation": str(asked.id), "letter_number": "13/STP"}, form="organisation")
    assert refused.status == 409 and all(number in refused.text for number in ("12/STP", "99/STP", "13/STP"))
    assert mine.submit({"organisation": str(new.id), "letter_number": "1/A"}, form="organisation").status == 200
    desk.session.rollback()
    desk.session.expire_all()
    assert {row.letter_number for row in desk.session.scalars(select(Invitation))} == {"99/STP", "1/A"}


def test_what_was_saved_of_a_matter_can_be_read_again(desk: Desk) -> None:
    made = matter(desk)
    facts = desk.browser.get(f"/xu-ly/{made.slug}/chuan-bi/thong-tin/")
    facts.submit({"summary": "Tóm tắt mới."}, button="Lưu")
    saved = desk.browser.get(f"/xu-ly/{made.slug}/chuan-bi/").click("Các bản đã lưu")
    assert saved.words("//dd")[0] == "Tóm tắt mới." and "Ba nhóm chất thải, thu gom theo ngày." in saved.text
    assert "Sở" in saved.text or desk.department.name in saved.text
