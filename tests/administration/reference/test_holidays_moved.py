"""An administrator who changes a day sees which due days move before it is saved, and the public page says why."""

from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.answer_terms import term_of
from consult.consultations.models import Holiday
from consult.people.words import Role
from consult.stages import Stage
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.days import as_read
from tests.pages import Browser
from tests.responses.desk_builder import make_desk


def test_the_matters_are_named_before_a_day_is_saved(app: Flask, app_session: Session) -> None:
    desk = make_desk(app_session, Stage.RESPONDING, now=clock.now())
    term = term_of(app_session, desk.matter)
    assert term is not None and term.last_public_day is not None and term.public_day is not None
    off = calendar.next_working_day(term.last_public_day + timedelta(days=1), term.holidays)
    office = Browser(app)
    sign_in(office, make_user(app_session, make_organisation(app_session), [Role.ADMINISTRATOR]))
    typed = {"day": off.isoformat(), "kind": "nghỉ hoán đổi", "name": "Nghỉ hoán đổi", "source": "Thông báo"}
    asked = office.get("/quan-tri/ngay-nghi/").submit(typed, form="name")
    assert desk.matter.short_name in asked.text and as_read(term.public_day) in asked.text
    app_session.expire_all()
    assert app_session.get(Holiday, off) is None
    saved = asked.submit(button="Lưu, hạn trả lời thay đổi theo")
    assert "Nghỉ hoán đổi" in saved.text
    page = Browser(app).get(f"/lay-y-kien/{desk.matter.slug}/han-tra-loi/")
    assert "lịch nghỉ, làm bù có thay đổi" in page.text and "Nghỉ hoán đổi; Thông báo" in page.text


def test_a_day_that_moves_nothing_is_saved_at_once(app: Flask, app_session: Session) -> None:
    office = Browser(app)
    sign_in(office, make_user(app_session, make_organisation(app_session), [Role.ADMINISTRATOR]))
    day = clock.local_day(clock.now()) + timedelta(days=900)
    page = office.get("/quan-tri/ngay-nghi/").submit(
        {"day": day.isoformat(), "kind": "nghỉ lễ, tết", "name": "Ngày xa"}, form="name"
    )
    assert "Ngày xa" in page.text and app_session.get(Holiday, day) is not None
