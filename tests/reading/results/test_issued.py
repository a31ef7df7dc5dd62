"""The issued text: the last revision with its number and day, and what was accepted and is not in it."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.preparation import issuing
from consult.errors import Invalid, NotFound, Refused
from consult.stages import Stage
from consult.transparency.verification import log
from tests.application import sign_in
from tests.builders import DRAFT
from tests.consultations.revised import SECOND, revise
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk


def today() -> date:
    """The day on which a test runs."""
    return clock.local_day(clock.now())


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A concluded matter whose second draft took up what was asked about khoản 1 Điều 2."""
    desk = make_desk(app_session, now=clock.now(), opened_before=70)
    numbers = desk.receive(comment("Chia bốn nhóm."), comment("Sửa phạm vi.", path="d1"))
    desk.release(*numbers)
    desk.answer(*numbers, text="Tiếp thu.")
    revise(app_session, desk.matter, desk.publisher, SECOND, clock.now())
    desk.matter.concluded_at = clock.now()
    desk.matter.touch()
    app_session.commit()
    return desk


def _issue(desk: Desk, text: str) -> None:
    revise(desk.session, desk.matter, desk.publisher, text, clock.now())
    issuing.record_issued(desk.session, desk.matter, "12/2026/QĐ-UBND", today(), desk.publisher, clock.now())
    desk.session.commit()


def test_what_was_accepted_and_went_again_is_listed(desk: Desk, browser: Browser) -> None:
    """The second draft had it; the issued text has the old words again."""
    assert browser.get(f"/lay-y-kien/{desk.matter.slug}/ban-hanh/", status=404)
    _issue(desk, DRAFT)
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/").click("Đọc văn bản và xem những điểm đã tiếp thu")
    assert "12/2026/QĐ-UBND" in page.text
    assert "2 ý kiến" in page.text and "lời văn như khi được góp ý" in page.text
    assert [link.text for link in page.find("//main//ul/li/a[1]")] == ["Ý kiến số 1", "Ý kiến số 2"]


def test_what_is_in_it_is_not(desk: Desk, browser: Browser) -> None:
    _issue(desk, SECOND.replace("bốn nhóm", "năm nhóm"))
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/ban-hanh/")
    assert [link.text for link in page.find("//main//ul/li/a[1]")] == ["Ý kiến số 2"]
    assert page.click("Đọc văn bản ban hành").heading
    assert "văn bản ban hành" in browser.get(f"/lay-y-kien/{desk.matter.slug}/").text


def test_a_clause_that_is_gone_is_named_as_gone(desk: Desk, browser: Browser) -> None:
    _issue(desk, SECOND.replace("### Điều 1", "### Điều 9") if "### Điều 1." not in SECOND else _without_first())
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/ban-hanh/")
    assert "không còn trong văn bản ban hành" in page.text


def _without_first() -> str:
    start, end = SECOND.index("### Điều 1."), SECOND.index("### Điều 2.")
    return SECOND[:start] + SECOND[end:]


def test_it_is_in_the_log_and_may_be_put_right(desk: Desk) -> None:
    _issue(desk, SECOND)
    issuing.record_issued(desk.session, desk.matter, "21/2026/QĐ-UBND", today(), desk.publisher, clock.now())
    entries = [one for one in log.entries(desk.session, desk.matter.id) if one["kind"] == "issued"]
    assert [(one["revision"], one["number"]) for one in entries] == [(3, "12/2026/QĐ-UBND"), (3, "21/2026/QĐ-UBND")]
    found = issuing.issued_of(desk.session, desk.matter)
    assert found is not None and found.number == "21/2026/QĐ-UBND"


def test_who_may_not_and_what_is_no_day(desk: Desk, app_session: Session) -> None:
    for number, day in (("", today()), ("12", today() + timedelta(days=1)), ("12", today() - timedelta(days=400))):
        with pytest.raises(Invalid):
            issuing.record_issued(app_session, desk.matter, number, day, desk.publisher, clock.now())
    with pytest.raises(NotFound):
        issuing.record_issued(app_session, desk.matter, "12", today(), desk.officer, clock.now())
    waiting = make_desk(app_session, Stage.RESPONDING, now=clock.now())
    with pytest.raises(Refused):
        issuing.record_issued(app_session, waiting.matter, "12", today(), waiting.publisher, clock.now())


def test_the_desk_records_it(app: Flask, desk: Desk) -> None:
    staff = Browser(app)
    sign_in(staff, desk.people["publisher"])
    page = staff.get(f"/xu-ly/{desk.matter.slug}/dot/").click("Ghi văn bản ban hành")
    missing = page.submit({"number": "", "issued_on": ""}, "Ghi văn bản ban hành")
    assert missing.status == 422
    done = missing.submit({"number": "12/2026/QĐ-UBND", "issued_on": today().isoformat()}, "Ghi văn bản ban hành")
    assert "Đã ghi văn bản ban hành." in done.text


def test_what_is_typed_as_a_number_runs_nowhere(desk: Desk, browser: Browser) -> None:
    number = "<script>alert(1)</script>"
    revise(desk.session, desk.matter, desk.publisher, SECOND, clock.now())
    issuing.record_issued(desk.session, desk.matter, number, today(), desk.publisher, clock.now())
    desk.session.commit()
    for address in ("", "ban-hanh/"):
        page = browser.get(f"/lay-y-kien/{desk.matter.slug}/{address}")
        assert number in page.text and not page.find("//script[contains(., 'alert')]")
