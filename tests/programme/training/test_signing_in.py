"""Attendance by the code on the wall: near the hours of a sitting alone, by the name one was signed up with; no name is
told to anybody."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import Invalid, NotFound, Refused
from consult.people.words import Role
from consult.programme.training import attendance, signing_in, sittings
from consult.programme.training.models import Course, SignedIn, Sitting
from consult.programme.training.sittings import NewSitting
from consult.submissions.receiving import link_keys
from consult.submissions.views_frame import site_codes
from tests.application import sign_in
from tests.builders import make_user
from tests.days import as_read
from tests.pages import Browser, Page
from tests.programme.scene import make_parties
from tests.programme.training.scene import School
from tests.submissions.rows import CODES

NAMES = "Nông Văn Một\nHà Thị Hai\nLý A\nLý A"


@pytest.fixture
def school(session: Session) -> School:
    """A public programme."""
    return School(make_parties(session))


def sat(school: School, begins: str = "7:30", ends: str = "11h30", names: str = NAMES) -> tuple[Course, Sitting]:
    """A course of today with a sitting."""
    one, parties = school.began(names), school.parties
    new = NewSitting(parties.today, begins, ends)
    return one, sittings.add(school.session, one, new, CODES, parties.officer, parties.now)


def at(school: School, hour: int, minute: int = 0) -> datetime:
    """An instant of the local day."""
    return clock.start_of_day(school.parties.today) + timedelta(hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("hour", "minute", "works"), [(6, 29, False), (6, 30, True), (9, 0, True), (12, 0, True), (12, 1, False)]
)
def test_a_code_works_near_its_hours_alone(school: School, hour: int, minute: int, works: bool) -> None:
    _one, sitting = sat(school)
    assert sittings.is_open(sitting, at(school, hour, minute)) is works
    assert not sittings.is_open(sitting, at(school, hour + 24, minute))


def test_a_late_sitting_ends_with_its_day(school: School) -> None:
    _one, sitting = sat(school, "22:00", "23:50")
    assert sittings.is_open(sitting, at(school, 23, 59))
    assert not sittings.is_open(sitting, at(school, 24, 5))


def test_who_is_on_the_list_is_found_with_and_without_accents(school: School) -> None:
    one, sitting = sat(school)
    now = at(school, 8)
    for typed in ("Nông Văn Một", "nong van mot", " Nông  văn Một "):
        assert signing_in.sign_in(school.session, sitting, typed, "", now)
    assert signing_in.there(school.session, one) == {one.participants[0].id: [1]}
    assert [each.name for each in school.session.scalars(select(SignedIn))] == [""]


def test_a_number_tells_apart_who_bears_the_same_name_and_names_nobody_alone(school: School) -> None:
    one, sitting = sat(school)
    now = at(school, 8)
    assert not signing_in.sign_in(school.session, sitting, "Lý A", "", now)
    assert not signing_in.sign_in(school.session, sitting, "Ai đó", "1", now)
    assert signing_in.sign_in(school.session, sitting, "Lý A", "04", now)
    assert signing_in.there(school.session, one) == {one.participants[3].id: [1]}
    assert [each.name for each in signing_in.waiting(school.session, one)] == ["Lý A", "Ai đó"]


def test_outside_of_the_hours_and_without_a_name_nothing_is_noted(school: School) -> None:
    one, sitting = sat(school)
    with pytest.raises(Refused, match="sitting_closed"):
        signing_in.sign_in(school.session, sitting, "Hà Thị Hai", "", at(school, 15))
    with pytest.raises(Invalid):
        signing_in.sign_in(school.session, sitting, " ", "", at(school, 8))
    sittings.end(school.session, sitting, school.parties.officer, at(school, 7))
    with pytest.raises(Refused, match="sitting_closed"):
        signing_in.sign_in(school.session, sitting, "Hà Thị Hai", "", at(school, 8))
    assert signing_in.there(school.session, one) == {}


def test_the_secretary_says_who_a_name_is_and_the_name_is_gone(school: School) -> None:
    one, sitting = sat(school)
    session, parties, now = school.session, school.parties, at(school, 8)
    for typed in ("Ha Hai", "Người Mới", "Nghịch"):
        signing_in.sign_in(session, sitting, typed, "", now)
    slip, new, nobody = (each.id for each in signing_in.waiting(session, one))
    with pytest.raises(NotFound):
        signing_in.confirm(session, one, slip, 2, None, parties.of_commune, now)
    signing_in.confirm(session, one, slip, 2, None, parties.officer, now)
    with pytest.raises(Invalid) as wrong:
        signing_in.confirm(session, one, new, None, None, parties.officer, now)
    assert wrong.value.errors == {"body": "required"}
    signing_in.confirm(session, one, new, None, parties.commune.id, parties.officer, now)
    signing_in.dismiss(session, one, nobody, parties.officer)
    assert [each.name for each in one.participants][4:] == ["Người Mới"]
    there = signing_in.there(session, one)
    assert set(there) == {one.participants[1].id, one.participants[4].id}
    assert {each.name for each in session.scalars(select(SignedIn))} == {""}


def test_a_name_that_nobody_recognised_is_gone_with_the_results(school: School) -> None:
    one, sitting = sat(school)
    session, parties = school.session, school.parties
    for typed in ("Nghịch", "Nông Văn Một"):
        signing_in.sign_in(session, sitting, typed, "", at(school, 8))
    school.recorded(one, {1})
    attendance.publish(session, one, parties.leader, parties.now)
    assert [each.participant_id for each in session.scalars(select(SignedIn))] == [one.participants[0].id]
    with pytest.raises(Refused, match="sitting_closed"):
        signing_in.sign_in(session, sitting, "Hà Thị Hai", "", at(school, 8))


def test_a_page_asks_about_some_names_at_once(school: School) -> None:
    one, sitting = sat(school)
    for number in range(signing_in.MOST_SHOWN + 5):
        signing_in.sign_in(school.session, sitting, f"Khách {number}", "", at(school, 8))
    found = signing_in.waiting(school.session, one)
    assert [each.name for each in found] == [f"Khách {number}" for number in range(signing_in.MOST_SHOWN + 1)]


@pytest.mark.parametrize(
    ("begins", "ends", "days", "errors"),
    [
        ("bảy giờ", "25", 0, {"begins": "not_an_hour", "ends": "not_an_hour"}),
        ("13", "7:30", 0, {"ends": "before_it_began"}),
        ("7", "8", 3, {"day": "not_a_course_day"}),
    ],
)
def test_what_a_sitting_needs(school: School, begins: str, ends: str, days: int, errors: dict[str, str]) -> None:
    one, parties = school.began(), school.parties
    new = NewSitting(parties.today + timedelta(days=days), begins, ends)
    with pytest.raises(Invalid) as wrong:
        sittings.add(school.session, one, new, CODES, parties.officer, parties.now)
    assert wrong.value.errors == errors


class Hall:
    """A course of today with a sitting of all day at the site, and its secretary."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app, self.session = app, session
        self.school = School(make_parties(session, clock.now()))
        self.course = self.school.began(NAMES)
        self.secretary = Browser(app)
        sign_in(self.secretary, make_user(session, self.school.parties.department, [Role.OFFICER]))
        self.work = f"/phoi-hop/tap-huan/{self.school.programme.matter.slug}/{self.course.number}/"
        page = self.secretary.get(self.work)
        wrong = page.submit({"begins": "sáng"}, button="Tạo mã cho buổi này")
        assert (wrong.status, "như 7:30" in wrong.text) == (422, True)
        wrong.submit({"begins": "0:00", "ends": "23:59"}, button="Tạo mã cho buổi này")

    def wall(self) -> Page:
        """What the code on the wall opens."""
        self.session.rollback()
        with self.app.app_context():
            key = sittings.key_of(self.session.scalars(select(Sitting)).one(), site_codes())
        self.session.rollback()
        return Browser(self.app).get(f"/tap-huan/vao/{link_keys.shown(key)}/")


@pytest.fixture
def hall(app: Flask, app_session: Session) -> Hall:
    return Hall(app, app_session)


def test_from_the_wall_to_the_sheet(hall: Hall) -> None:
    page = hall.wall()
    assert ("Phân loại rác" in page.text, "Nông Văn Một" in page.text) == (True, False)
    assert page.headers["Cache-Control"] == "no-store"
    came = page.submit({"name": "nông văn một"}, button="Tôi có mặt")
    assert ("Đã ghi nhận ông/bà có mặt" in came.text, "Một" in came.text) == (True, False)
    assert "chờ thư ký xác nhận" in page.submit({"name": "Tráng <b>A</b>"}, button="Tôi có mặt").text
    sheet = hall.secretary.get(hall.work)
    assert sheet.find("//input[@name = 'present'][@checked]/@value") == ["1"]
    wrong = sheet.submit({}, button="Xác nhận Tráng <b>A</b>")
    assert (wrong.status, "Tráng <b>A</b>" in wrong.text) == (422, True)
    body = str(hall.school.parties.commune.id)
    sheet = wrong.submit({"body": body}, button="Xác nhận Tráng <b>A</b>")
    assert sheet.find("//input[@name = 'present'][@checked]/@value") == ["1", "5"]
    sheet.submit({}, button="Lưu điểm danh")
    hall.session.rollback()
    hall.session.expire_all()
    assert [each.number for each in hall.course.participants if each.code] == [1, 5]
    assert hall.secretary.get(f"{hall.work}buoi/1/ma-qr.pdf").body.startswith(b"%PDF")


def test_a_code_that_was_changed_or_never_was_leads_nowhere(hall: Hall) -> None:
    old = hall.wall().address
    day = hall.school.parties.today
    hall.secretary.get(hall.work).submit({}, button=f"Đổi mã {as_read(day)} 00:00")
    Browser(hall.app).get(old, status=404)
    assert hall.wall().status == 200


def test_names_that_are_on_no_list_are_counted(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consult.programme.training.views_signing_in.NAMES_OF_LINE", "2 per hour")
    page = hall.wall()
    for name in ("Một", "Hai"):
        assert page.submit({"name": name}, button="Tôi có mặt").status == 200
    assert page.submit({"name": "Ba"}, button="Tôi có mặt").status == 429


def test_another_body_reads_nobody_who_signed_in(hall: Hall) -> None:
    hall.wall().submit({"name": "Tráng A"}, button="Tôi có mặt")
    commune = Browser(hall.app)
    sign_in(commune, make_user(hall.session, hall.school.parties.commune, [Role.OFFICER]))
    page = commune.get(hall.work)
    assert ("Tráng A" in page.text, "Điểm danh bằng mã QR" in page.text) == (False, False)
    commune.get(f"{hall.work}buoi/1/ma-qr.pdf", status=404)
