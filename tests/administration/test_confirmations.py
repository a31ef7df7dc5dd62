"""What cannot be taken back is asked first, with who loses what; what is done is what was seen."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.administration.accounts import service as accounts
from consult.administration.models import AdministrativeAct
from consult.administration.reference import holidays
from consult.administration.reference.holidays import HolidayKind
from consult.people.models import Membership, Organisation, Unit, User
from consult.people.words import Role
from consult.policy import ANYBODY
from consult.responses.desk import assignment
from tests.administration.bodies.documents import decided
from tests.application import sign_in
from tests.builders import NOW, TODAY, make_organisation, make_unit, make_user
from tests.pages import Browser
from tests.responses.desk_builder import make_desk


@pytest.fixture
def body(app_session: Session) -> Organisation:
    """A Department."""
    return make_organisation(app_session, name="Sở Nông nghiệp và Môi trường")


@pytest.fixture
def office(app: Flask, app_session: Session, body: Organisation) -> Browser:
    """A browser with an administrator."""
    browser = Browser(app)
    sign_in(browser, make_user(app_session, body, [Role.ADMINISTRATOR], name="Lương Đức Toàn"))
    return browser


@pytest.fixture
def person(app_session: Session, body: Organisation) -> User:
    """Somebody at the desk."""
    return make_user(app_session, body, [Role.OFFICER], name="Nông Thị Hằng")


def fresh(session: Session, row):
    """A row as it is now."""
    session.rollback()
    session.expire_all()
    return session.get_one(type(row), row.id)


def test_a_role_is_ended_after_a_question(office: Browser, app_session: Session, person: User) -> None:
    page = office.get(f"/quan-tri/nguoi-dung/{person.id}/").click("Chấm dứt ngay")
    assert page.heading == "Chấm dứt vai trò của Nông Thị Hằng?"
    assert "“Cán bộ xử lý” của Sở Nông nghiệp và Môi trường" in page.text
    held = app_session.scalars(select(Membership).filter_by(user_id=person.id)).one()
    assert fresh(app_session, held).until is None
    assert page.click("Không, quay lại").heading == "Nông Thị Hằng"
    assert "Đã chấm dứt vai trò" in page.submit(button="Chấm dứt vai trò").text
    assert fresh(app_session, held).until is not None


def test_who_has_work_in_hand_is_told_with_it(app: Flask, office: Browser, app_session: Session) -> None:
    desk = make_desk(app_session)
    numbers = desk.receive("Một.", "Hai.", "Ba.")
    user = desk.people["officer"]
    assignment.assign(app_session, desk.matter, numbers[:2], None, user.id, desk.leader, NOW)
    assignment.assign(app_session, desk.matter, numbers[2:], desk.unit.id, None, desk.leader, NOW)
    page = office.get(f"/quan-tri/nguoi-dung/{user.id}/dong/")
    assert "Đang được giao 2 ý kiến chưa trả lời" in page.text
    assert "Đang được giao 1 ý kiến" in office.get(f"/quan-tri/don-vi/{desk.unit.id}/ket-thuc/").text


def test_an_account_is_closed_as_it_was_shown(office: Browser, app_session: Session, person: User, body) -> None:
    page = office.get(f"/quan-tri/nguoi-dung/{person.id}/").click("Đóng tài khoản")
    assert "0 thiết bị" in page.text
    later = make_organisation(app_session, name="Liên đoàn Lao động")
    app_session.add(Membership(user_id=person.id, organisation_id=later.id, role=Role.SENDER, since=NOW))
    app_session.commit()
    again = page.submit(button="Đóng tài khoản này")
    assert again.status == 409 and "Đã có người thay đổi" in again.text and "Liên đoàn Lao động" in again.text
    assert fresh(app_session, person).disabled_at is None
    again = again.submit(button="Đã xem, gửi lại")
    assert "Đã đóng tài khoản" in again.submit(button="Đóng tài khoản này").text
    assert fresh(app_session, person).disabled_at is not None


def test_a_second_factor_is_removed_after_a_question(office: Browser, app_session: Session, person: User) -> None:
    person.totp_secret = "sealed"
    app_session.commit()
    page = office.get(f"/quan-tri/nguoi-dung/{person.id}/").click("Bỏ mã xác thực (mất điện thoại)")
    assert "chủ tài khoản" in page.text and fresh(app_session, person).totp_secret
    page = page.submit(button="Bỏ mã xác thực")
    assert "Đã bỏ mã xác thực" in page.text and "bỏ mã xác thực" in page.text
    assert fresh(app_session, person).totp_secret is None


def test_a_unit_and_an_organisation_are_ended_after_a_question(
    office: Browser, app_session: Session, body: Organisation, person: User
) -> None:
    unit: Unit = make_unit(app_session, body)
    page = office.get(f"/quan-tri/to-chuc/{body.id}/").click("Kết thúc hôm nay")
    assert page.heading == "Kết thúc Phòng Môi trường?" and fresh(app_session, unit).valid_to is None
    page = page.submit(button="Kết thúc đơn vị")
    assert fresh(app_session, unit).valid_to is not None
    page = office.get(f"/quan-tri/to-chuc/{body.id}/").submit(
        {"end_day": "1/1/2028", **decided("end_")}, form="end_day"
    )
    assert "Số người đang giữ vai trò: 2" in page.text and "từ ngày 1/1/2028" in page.text
    assert fresh(app_session, body).valid_to is None
    assert "Đã ghi ngày kết thúc" in page.submit(button="Ghi ngày kết thúc").text
    assert fresh(app_session, body).valid_to is not None


@pytest.mark.parametrize(
    "act", ["nguoi-dung/{person}/dong/", "nguoi-dung/{person}/bo-ma-xac-thuc/", "vai-tro/{role}/cham-dut/",
            "don-vi/{unit}/ket-thuc/", "ngay-nghi/{day}/xoa/"],
)  # fmt: skip
def test_nothing_is_done_for_who_saw_no_question(
    office: Browser, app_session: Session, person: User, body: Organisation, act: str
) -> None:
    unit: Unit = make_unit(app_session, body)
    held = app_session.scalars(select(Membership).filter_by(user_id=person.id)).one()
    person.totp_secret = "sealed"
    app_session.commit()
    holidays.put(app_session, TODAY, HolidayKind.HOLIDAY, "Ngày nghỉ", "", ANYBODY, NOW)
    path = "/quan-tri/" + act.format(person=person.id, role=held.id, unit=unit.id, day=TODAY.isoformat())
    page = office.get(path)
    sent = {**page.forms()[-1].values(), "seen": ""}
    assert office.post(path, sent, status=200).heading == page.heading
    assert office.post(path, {**sent, "seen": "made-up"}, status=409).heading == page.heading
    assert fresh(app_session, person).disabled_at is None and fresh(app_session, held).until is None
    assert fresh(app_session, unit).valid_to is None and holidays.holiday(app_session, TODAY)
    assert fresh(app_session, person).totp_secret


def test_what_is_done_already_is_told_and_not_done_again(
    office: Browser, app_session: Session, person: User, body: Organisation
) -> None:
    """Back and the button again, a second tab, or somebody quicker."""
    unit, held = (
        make_unit(app_session, body),
        app_session.scalars(select(Membership).filter_by(user_id=person.id)).one(),
    )
    person.totp_secret = "sealed"
    app_session.commit()
    holidays.put(app_session, TODAY, HolidayKind.HOLIDAY, "Ngày nghỉ", "", ANYBODY, NOW)
    for path, told in (
        (f"vai-tro/{held.id}/cham-dut/", "Vai trò này đã chấm dứt."),
        (f"nguoi-dung/{person.id}/bo-ma-xac-thuc/", "mã xác thực đã được bỏ."),
        (f"nguoi-dung/{person.id}/dong/", "Tài khoản này đã đóng từ trước."),
        (f"don-vi/{unit.id}/ket-thuc/", "Đơn vị này đã kết thúc hoạt động."),
        (f"ngay-nghi/{TODAY}/xoa/", "không còn trong bảng ngày nghỉ."),
    ):
        asked = office.get(f"/quan-tri/{path}")
        sent = asked.forms()[-1].values()
        done = asked.submit(button=asked.words("//form//button[contains(@class, 'danger')]")[0])
        noted = count_of_acts(app_session)
        for again in (office.post(f"/quan-tri/{path}", sent), office.get(f"/quan-tri/{path}")):
            assert told in again.text and again.heading == done.heading, path
        assert count_of_acts(app_session) == noted, path


def test_an_end_of_a_body_and_an_opened_account_are_told_too(
    office: Browser, app_session: Session, person: User, body: Organisation
) -> None:
    other = make_organisation(app_session, name="Sở cũ")
    asked = office.get(f"/quan-tri/to-chuc/{other.id}/").submit(
        {"end_day": "1/1/2028", **decided("end_")}, form="end_day"
    )
    asked.submit(button="Ghi ngày kết thúc")
    noted = count_of_acts(app_session)
    assert "Tổ chức này đã kết thúc hoạt động." in asked.submit(button="Ghi ngày kết thúc").text
    accounts.close(app_session, person.id, ANYBODY, NOW)
    page = office.get(f"/quan-tri/nguoi-dung/{person.id}/")
    assert "Đã mở lại tài khoản" in page.submit(button="Mở lại tài khoản").text
    assert "Tài khoản này đang mở." in page.submit(button="Mở lại tài khoản").text
    assert count_of_acts(app_session) == noted + 3, "closed, opened, and the role that waits"


def count_of_acts(session: Session) -> int:
    """How many acts were noted."""
    session.rollback()
    return session.scalar(select(func.count()).select_from(AdministrativeAct)) or 0


def test_in_english_too(office: Browser, person: User) -> None:
    page = office.get(f"/en/quan-tri/nguoi-dung/{person.id}/dong/")
    assert page.heading == "Close the account of Nông Thị Hằng?"
    assert page.submit(button="Close this account").address.startswith("/en/quan-tri/")


def test_what_cannot_be_is_refused_before_it_is_asked(office: Browser, app_session: Session, body) -> None:
    """Whoever administers for good is the last one, though another one does until a day."""
    [held] = app_session.scalars(select(Membership)).all()
    dated = make_user(app_session, body, [Role.ADMINISTRATOR])
    dated.memberships[0].until = NOW.replace(year=NOW.year + 9)
    app_session.commit()
    for path in (f"vai-tro/{held.id}/cham-dut/", f"nguoi-dung/{held.user_id}/dong/"):
        assert "Chấm dứt vai trò của" not in office.get(f"/quan-tri/{path}", status=409).text


FOR_GOOD = {"cham-dut", "dong", "xoa", "ket-thuc", "ke-thua", "bo-ma-xac-thuc"}
"""The last words of addresses behind which something ends."""


def test_whatever_ends_something_asks_first(app: Flask) -> None:
    """A new act of this kind asks as the others do (`views_asking.ask`)."""
    ending = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/quan-tri/")
        and "POST" in (rule.methods or ())
        and rule.rule.split("/")[-2] in FOR_GOOD
    }
    silent = [
        endpoint
        for endpoint in ending
        if not any(
            name.removeprefix("_").startswith("ask")
            for name in app.view_functions[endpoint].__wrapped__.__code__.co_names  # type: ignore[attr-defined]
        )
    ]
    assert len(ending) >= 7 and not silent, silent
