"""Outages that the site sees by itself, and those that an administrator states and takes back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.condition import outages
from consult.administration.condition.outages import OutageWatch
from consult.administration.models import AdministrativeAct
from consult.consultations.models import Outage
from consult.db import new_id
from consult.errors import Invalid, Refused
from consult.outbox.models import OutboxMessage, OutboxWorker
from consult.people.words import Role
from consult.policy import ANYBODY
from consult.stages import Stage
from tests.application import sign_in
from tests.builders import NOW, make_organisation, make_user
from tests.pages import Browser
from tests.responses.desk_builder import make_desk

HOUR = timedelta(hours=1)


def seen_down(session: Session) -> list[tuple[timedelta, timedelta]]:
    """From when until when, after NOW."""
    return [(one.starts_at - NOW, one.ends_at - NOW) for one in session.scalars(select(Outage))]


def ended(session: Session) -> None:
    """A worker that ran and ended in good order at NOW."""
    watch = OutageWatch()
    watch.look(session, NOW)
    watch.leave(session, NOW)


def test_a_worker_that_never_ran_leaves_no_trace(session: Session) -> None:
    OutageWatch().leave(session, NOW)
    OutageWatch().look(session, NOW + 2 * HOUR)
    assert seen_down(session) == []


def test_a_worker_that_comes_back_sees_how_long_nothing_ran(session: Session) -> None:
    ended(session)
    OutageWatch().look(session, NOW + 2 * HOUR)
    assert seen_down(session) == [(timedelta(0), 2 * HOUR)]


def test_a_worker_that_was_killed_is_known_by_its_last_beat(session: Session) -> None:
    ended(session)
    session.add(
        OutboxWorker(id=new_id(), host="khac", process=1, started_at=NOW, seen_at=NOW + HOUR, beats=9)
    )  # fmt: skip
    session.commit()
    OutageWatch().look(session, NOW + 3 * HOUR)
    assert seen_down(session) == [(HOUR, 3 * HOUR)]


def test_what_came_in_meanwhile_ends_it(session: Session) -> None:
    ended(session)
    came = NOW + timedelta(minutes=30)
    session.add(OutboxMessage(event="comment_received", payload={}, created_at=came, run_at=came))
    session.commit()
    OutageWatch().look(session, NOW + 2 * HOUR)
    assert seen_down(session) == [(timedelta(0), timedelta(minutes=30))]


@pytest.mark.parametrize("minutes", [0, 9])
def test_a_restart_is_none(session: Session, minutes: int) -> None:
    ended(session)
    OutageWatch().look(session, NOW + timedelta(minutes=minutes))
    assert seen_down(session) == []


def test_a_new_site_was_never_down_and_a_running_one_looks_once(session: Session) -> None:
    watch = OutageWatch()
    for hours in range(3):
        watch.look(session, NOW + hours * HOUR)
    assert seen_down(session) == []


@pytest.mark.parametrize(
    ("starts", "ends", "evidence", "wrong"),
    [
        (-2, -3, "Biên bản", {"ends": "outage_ends_wrong"}),
        (-2, -2, "Biên bản", {"ends": "outage_ends_wrong"}),
        (-2, 1, "Biên bản", {"ends": "day_to_come"}),
        (-2, -1, " ", {"evidence": "required"}),
        (-24 * 61, -1, "Biên bản", {"ends": "outage_ends_wrong"}),
    ],
)
def test_what_cannot_be_is_not_recorded(
    session: Session, starts: int, ends: int, evidence: str, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        outages.state_outage(session, NOW + starts * HOUR, NOW + ends * HOUR, evidence, ANYBODY, NOW)
    assert refused.value.errors == wrong and seen_down(session) == []


def test_one_is_taken_back_once_and_both_acts_are_noted(session: Session) -> None:
    row = outages.state_outage(session, NOW - 2 * HOUR, NOW - HOUR, "Biên bản", ANYBODY, NOW)
    outages.take_back(session, row.id, "Ghi nhầm ngày", ANYBODY, NOW)
    with pytest.raises(Refused, match="outage_taken_back"):
        outages.take_back(session, row.id, "Lần nữa", ANYBODY, NOW)
    acts = session.scalars(select(AdministrativeAct.act).order_by(AdministrativeAct.id)).all()
    assert acts == ["outage_stated", "outage_taken_back"]


def test_from_an_outage_to_a_longer_period(app: Flask, app_session: Session) -> None:
    now = clock.now()
    desk = make_desk(app_session, Stage.RESPONDING, now=now)
    end = desk.matter.closes_at
    assert end is not None
    office, publisher = Browser(app), Browser(app)
    sign_in(office, make_user(app_session, make_organisation(app_session), [Role.ADMINISTRATOR]))
    sign_in(publisher, desk.people["publisher"])
    last = (end - HOUR).astimezone(clock.LOCAL_ZONE).date().isoformat()
    typed = {"starts_day": last, "starts_time": "20:10", "ends_day": last, "ends_time": "25:00", "evidence": "Biên bản"}
    wrong = office.get("/quan-tri/su-co/").submit(typed, form="evidence")
    assert "Xin ghi giờ như 14:00" in wrong.text
    looked = wrong.submit({"ends_time": "22h40"}, button="Xem hậu quả trước khi ghi")
    assert "1 thời hạn sẽ được đề xuất kéo dài" in looked.text and "ngừng 150 phút" in looked.text
    assert "Chưa ghi nhận lần nào." in office.get("/quan-tri/su-co/").text
    assert "Đã ghi sự cố." in looked.submit({}, button="Ghi").text
    assert "Kéo dài thời hạn sau sự cố" in publisher.get("/xu-ly/").text
    page = publisher.get(f"/xu-ly/{desk.matter.slug}/dot/").click("Xem và kéo dài thời hạn")
    assert "150 phút" in page.text and "60 phút trở lên trong 24 giờ cuối" in page.text
    done = page.submit(button="Kéo dài thời hạn")
    assert "Đã kéo dài thời hạn theo quy tắc về sự cố." in done.text
    public = Browser(app).get(f"/lay-y-kien/{desk.matter.slug}/")
    assert "Hệ thống ngừng hoạt động (20:10" in public.text and "60 phút trở lên trong 24 giờ cuối" in public.text
    assert "Hiện không có sự cố nào" in publisher.get(f"/xu-ly/{desk.matter.slug}/gia-han/su-co/").text
    asked = office.get("/quan-tri/su-co/").click("Rút lại")
    assert "đã rút lại ngày" in asked.submit({"reason": "Ghi nhầm"}, button="Rút lại").text


def test_other_times_than_those_that_were_looked_at_are_looked_at_anew(app: Flask, app_session: Session) -> None:
    make_desk(app_session, Stage.RESPONDING, now=clock.now())
    office = Browser(app)
    sign_in(office, make_user(app_session, make_organisation(app_session), [Role.ADMINISTRATOR]))
    day = (clock.now() - 400 * 24 * HOUR).astimezone(clock.LOCAL_ZONE).date().isoformat()
    typed = {"starts_day": day, "starts_time": "08:00", "ends_day": day, "ends_time": "09:00", "evidence": "Biên bản"}
    looked = office.get("/quan-tri/su-co/").submit(typed, button="Xem hậu quả trước khi ghi")
    assert "Không thời hạn nào được kéo dài" in looked.text
    again = looked.submit({"ends_time": "10:00"}, button="Ghi")
    assert "Nếu ghi lần ngừng hoạt động này" in again.text and "Chưa ghi nhận lần nào." in again.text
    assert "Đã ghi sự cố." in again.submit({}, button="Ghi").text
    english = office.get("/en/quan-tri/su-co/").submit(typed, button="See what it does before recording")
    assert "No period becomes longer" in english.text
