"""The machine's clock is put an hour back, or runs ahead for a while: forms lose nothing, and whether something is
in time is decided by the clock as it stands when it comes."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.submissions.form.unsent import UnsentForms
from consult.submissions.models import CommentVersion
from consult.web.context import ARRIVED
from tests.application import arrival_of
from tests.builders import DRAFT, make_consultation, period_of
from tests.pages import Browser, Page

MATTER = "/lay-y-kien/phan-loai-rac/"
TEXT = "Nên thu gom rác hai lần mỗi tuần, vào buổi sáng."


@pytest.fixture
def watch(app: Flask) -> list[timedelta]:
    """By how much the clock is wrong."""
    wrong, arrival = [timedelta()], arrival_of(app)
    inner = arrival.application

    def shifted(environ: dict[str, Any], start_response: Any) -> Any:
        environ[ARRIVED] += wrong[0]
        return inner(environ, start_response)

    arrival.application = shifted
    return wrong


@pytest.fixture
def matter(app: Flask, app_session: Session) -> Consultation:
    app.extensions["consult.files"].put(DRAFT.encode())
    return make_consultation(app_session, now=now(), slug="phan-loai-rac", disclosure=Disclosure.AT_ONCE)


def checked(browser: Browser) -> Page:
    return browser.get(f"{MATTER}gop-y/").walk({"comments.0.text": TEXT}, "Xem lại trước khi gửi", "Tiếp tục")


def texts(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(CommentVersion.text)))


def test_an_hour_back_a_form_that_is_open_loses_nothing(
    browser: Browser, matter: Consultation, watch: list[timedelta], app_session: Session
) -> None:
    check = checked(browser)
    watch[0] = -timedelta(hours=1)
    page = browser.send(check, check.form("Gửi").fill({}), "Gửi", None)
    if page.heading != "Đã tiếp nhận ý kiến":
        assert TEXT in page.text
        page = page.submit(button="Gửi")
    assert page.heading == "Đã tiếp nhận ý kiến" and texts(app_session) == [TEXT]


def test_ahead_of_the_end_and_back_again(
    browser: Browser, matter: Consultation, watch: list[timedelta], app_session: Session
) -> None:
    """While the clock is past the end the comment is late, and stays with its sender; put right, it is in time."""
    matter = app_session.merge(matter)
    period_of(app_session, matter).closes_at = now() + timedelta(minutes=20)
    matter.touch()
    app_session.commit()
    check = checked(browser)
    watch[0] = timedelta(minutes=50)
    late = browser.send(check, check.form("Gửi").fill({}), "Gửi", None)
    assert late.heading == "Chưa gửi được ý kiến" and TEXT in late.text and texts(app_session) == []
    watch[0] = timedelta()
    assert check.submit(button="Gửi").heading == "Đã tiếp nhận ý kiến" and texts(app_session) == [TEXT]


@pytest.mark.parametrize("hours", [2, 72, -2])
def test_a_form_of_several_steps_keeps_them_when_the_clock_is_put_right(
    app: Flask, browser: Browser, matter: Consultation, watch: list[timedelta], app_session: Session, hours: int
) -> None:
    """Without scripts the earlier steps wait on the server: neither who reads them nor who clears up takes them for
    old."""
    page = browser.get(f"{MATTER}gop-y/").submit({"comments.0.text": TEXT}, "Tiếp tục")
    watch[0] = timedelta(hours=hours)
    UnsentForms(app.config["UNSENT_FOLDER"]).sweep(None, now() + watch[0])
    again = browser.get(page.address)
    assert again.heading == page.heading
    check = again.submit(button="Xem lại trước khi gửi")
    assert TEXT in check.text
    for _press in range(2):
        if check.heading != "Đã tiếp nhận ý kiến":
            check = check.submit(button="Gửi")
            assert check.heading == "Đã tiếp nhận ý kiến" or TEXT in check.text
    assert check.heading == "Đã tiếp nhận ý kiến" and texts(app_session) == [TEXT]
