"""How long a sign-in lasts: not beyond its day, not unused, and not less because a clock was put right."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import User
from consult.sign_in import sessions
from consult.web.context import ARRIVED
from tests.application import arrival_of, sign_in
from tests.builders import make_user
from tests.pages import Browser


@pytest.fixture
def watch(app: Flask) -> list[timedelta]:
    """How much later than now requests reach the site."""
    shift, arrival = [timedelta()], arrival_of(app)
    inner = arrival.application

    def late(environ: dict[str, Any], start_response: Any) -> Any:
        environ[ARRIVED] += shift[0]
        return inner(environ, start_response)

    arrival.application = late
    return shift


@pytest.fixture
def person(app: Flask, browser: Browser, app_session: Session) -> User:
    """Somebody who is signed in."""
    user: User = make_user(app_session)
    sign_in(browser, user)
    return user


def inside(browser: Browser) -> bool:
    """Whether somebody is still signed in."""
    return browser.get("/tai-khoan/").heading == "Tài khoản"


@pytest.mark.parametrize(("minutes", "stays"), [(110, True), (130, False)])
def test_who_does_nothing_for_two_hours_is_out(
    browser: Browser, person: User, watch: list[timedelta], minutes: int, stays: bool
) -> None:
    assert inside(browser)
    watch[0] = timedelta(minutes=minutes)
    assert inside(browser) is stays


def test_who_works_on_stays_until_the_day_is_over(browser: Browser, person: User, watch: list[timedelta]) -> None:
    for hours in range(12):
        watch[0] = timedelta(hours=hours)
        assert inside(browser), hours
    watch[0] = sessions.LASTS + timedelta(minutes=1)
    assert not inside(browser)


def test_how_long_is_set(app: Flask, browser: Browser, person: User, watch: list[timedelta]) -> None:
    app.config["IDLE_MINUTES"] = 10
    watch[0] = timedelta(minutes=12)
    assert not inside(browser)


def test_the_cookie_of_an_hour_ago_does_not_tell_of_use_since(
    browser: Browser, person: User, watch: list[timedelta]
) -> None:
    stolen = browser.client.get_cookie("consult", domain="localhost")
    assert stolen is not None
    watch[0] = timedelta(minutes=100)
    assert inside(browser)
    watch[0] = timedelta(minutes=150)
    assert inside(browser)
    browser.client.set_cookie("consult", stolen.value, domain="localhost")
    assert not inside(browser)


class Ahead(TimestampSigner):
    """Signs as a site does whose clock is two hours ahead."""

    def get_timestamp(self) -> int:
        """The time of that clock."""
        return super().get_timestamp() + 7200


def test_a_clock_that_is_put_back_throws_nobody_out(
    app: Flask, browser: Browser, person: User, watch: list[timedelta]
) -> None:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    kept = browser.client.get_cookie("consult", domain="localhost")
    assert kept is not None
    content = {**serializer.loads(kept.value), "used": int((clock.now() + timedelta(hours=2)).timestamp())}
    serializer.signer = Ahead
    browser.client.set_cookie("consult", serializer.dumps(content), domain="localhost")
    assert inside(browser)
    watch[0] = -timedelta(hours=1)
    assert inside(browser)


def test_what_is_not_ours_is_no_session(browser: Browser, person: User) -> None:
    for value in ("", "x", "eyJhIjoxfQ.x.y", "a" * 4000):
        browser.client.set_cookie("consult", value, domain="localhost")
        assert not inside(browser)
