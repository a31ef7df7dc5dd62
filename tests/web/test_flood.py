"""Who sends too much in a minute is slowed down, however slowly it is sent, again and again, and from wherever."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.submissions.inputs import CONSENT_VERSION
from consult.web import flood_control, limits
from consult.web.arrival import arrived_at, resubmission
from tests.builders import make_consultation

API = "/api/v1/consultations/phan-loai-rac/submissions"
MINUTE = 60.0


@pytest.fixture(autouse=True)
def minute_of_sixty_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here a minute ends."""
    monkeypatch.setattr(flood_control, "MINUTE", int(MINUTE))


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock stands at the tenth second of a minute."""
    present = datetime.now(UTC).replace(second=10, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: present)
    return present


def test_a_minute_that_is_over_does_not_come_back() -> None:
    counted = flood_control.Minutes()
    assert [counted.count("a", 100 * MINUTE + second) for second in (5, 6, -5, 7, -65, 8)] == [1, 2, 3, 4, 5, 6]
    assert [counted.count("b", 100 * MINUTE), counted.count("a", 101 * MINUTE)] == [1, 1]
    assert counted.count("a", 41 * MINUTE) == 1, "the clock was set back by an hour"


def test_who_is_beyond_the_bound_stays_there_however_many_others_come() -> None:
    counted = flood_control.Minutes()
    for _ in range(50):
        counted.count("machine", MINUTE)
    for number in range(3 * flood_control.MOST_ADDRESSES):
        counted.count(str(number), MINUTE)
    assert counted.count("machine", MINUTE) == 51
    assert len(counted.counts) <= flood_control.MOST_ADDRESSES


def test_what_was_begun_in_the_minute_before_counts_in_this_one(
    app: Flask, app_session: Session, still: datetime
) -> None:
    make_consultation(app_session, now=still, slug="phan-loai-rac")
    app.config["SUBMISSIONS_PER_MINUTE"] = 3
    told = []
    for number in range(9):
        body = {"consent": CONSENT_VERSION, "comments": [{"anchor": "d2.k1", "text": f"Ý kiến {number}"}]}
        came = {arrived_at.REACHED: still.timestamp() - 30 * (number % 3)}
        key = {"Idempotency-Key": f"{number:032x}"}
        answer = app.test_client().post(API, json=body, headers=key, environ_overrides=came)
        told.append(answer.status_code)
    assert told == [201] * 3 + [429] * 6
    assert answer.headers["Retry-After"] == "50"


def test_what_is_sent_again_counts_in_the_minute_of_sending(app: Flask, app_session: Session, still: datetime) -> None:
    make_consultation(app_session, now=still, slug="phan-loai-rac")
    app.config["SUBMISSIONS_PER_MINUTE"] = 3
    came = {arrived_at.REACHED: still.timestamp() - 90}

    def sent(number: int, **headers: str) -> tuple[int, str]:
        body = json.dumps({"consent": CONSENT_VERSION, "comments": [{"anchor": "d2.k1", "text": f"Số {number}"}]})
        named = {"Idempotency-Key": f"{number:032x}", **headers}
        more = {} if headers else came
        answer = app.test_client().post(
            API, data=body, content_type="application/json", headers=named, environ_overrides=more
        )
        return answer.status_code, answer.headers.get(resubmission.HEADER, "")

    first = [sent(number) for number in range(6)]
    assert [status for status, _ in first] == [201] * 3 + [429] * 3
    again = [sent(number, **{resubmission.HEADER: first[number][1]})[0] for number in (3, 4, 5)]
    assert again == [429] * 3 and sent(7)[0] == 429


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.1", "203.0.113.2", False),
        ("::ffff:203.0.113.1", "203.0.113.1", True),
        ("::ffff:203.0.113.1", "::ffff:203.0.113.2", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("::1", "::2", True),
    ],
)
def test_a_line_counts_as_one(app: Flask, one: str, other: str, same: bool) -> None:
    lines = []
    for address in (one, other):
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            lines.append(limits.line())
    assert (lines[0] == lines[1]) is same
