"""Tables of large matters: made beside the site, given as long as nothing in them was taken back, never made twice."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Disclosure
from consult.exports import program, table_state
from consult.exports.large_tables import REST, LargeTableHandlers
from consult.exports.printed import table_pdf
from consult.exports.table_store import TableStore
from consult.outbox import condition
from consult.outbox.beside import LOOK_AGAIN
from consult.outbox.models import OutboxMessage
from consult.outbox.worker import Worker
from consult.stages import Stage
from consult.submissions.acts.service import pass_on, release
from consult.submissions.inputs import CommentInput, Sender
from consult.submissions.models import Submission
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind
from tests.exports.test_table import withhold
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk

ENDINGS = ("csv", "json", "docx")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two comments are more than may be made while somebody waits."""
    monkeypatch.setattr(table_state, "MOST_COMMENTS", 1)


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A matter with three public comments."""
    made = make_desk(app_session, Stage.OPEN, now=clock.now(), disclosure=Disclosure.AT_ONCE)
    made.receive("Đường vào xã hẹp.", "Nước giếng đục.", sender=Sender(name="Hà Văn Tịch", publish_name=True))
    made.receive("Rác để lâu.")
    return made


@pytest.fixture
def work(app: Flask) -> Iterator[Callable[..., datetime]]:
    """Has the worker do what is due after so many seconds, and waits for what it started beside itself."""
    worker: Worker = app.extensions["consult.worker"]
    following: LargeTableHandlers = app.extensions["consult.following_tables"]
    moment = [clock.now()]

    def works(seconds: float = 0, waiting: bool = True) -> datetime:
        moment[0] += timedelta(seconds=seconds)
        while worker.work_once(moment[0]):
            pass
        if waiting and following.program is not None:
            following.program.wait()
        return moment[0]

    yield works
    following.close()


@pytest.fixture
def made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be made beside the worker is made at once: what a file holds, and when, does not depend on that."""
    monkeypatch.setattr(LargeTableHandlers, "begin", lambda _handlers, order: program.carry_out(order))


def address(desk: Desk, suffix: str) -> str:
    return f"/lay-y-kien/{desk.matter.slug}/tong-hop.{suffix}"


def texts(browser: Browser, desk: Desk) -> list[str]:
    """What the JSON says of each comment."""
    return [one["text"] for one in json.loads(browser.get(address(desk, "json")).body)["comments"]]


def waiting(session: Session) -> list[OutboxMessage]:
    """The events that will have a table made."""
    session.expire_all()
    due = (OutboxMessage.event == "table_due", OutboxMessage.done_at.is_(None))
    return list(session.scalars(select(OutboxMessage).where(*due)))


def test_it_says_that_it_is_being_made_and_then_is_there(
    desk: Desk, browser: Browser, work: Callable[..., datetime]
) -> None:
    for suffix in ENDINGS:
        answer = browser.get(address(desk, suffix), status=503)
        assert answer.headers["Retry-After"] == "60"
        assert "Xin thử lại sau ít phút" in answer.text
    browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/", status=503)
    work()
    assert texts(browser, desk) == ["Đường vào xã hẹp.", "Nước giếng đục.", "Rác để lâu."]
    assert "Nước giếng đục." in browser.get(address(desk, "csv")).body.decode()
    assert len(Document(BytesIO(browser.get(address(desk, "docx")).body)).tables[1].rows) == 4
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/")
    assert "Nước giếng đục." in page.text and "Số liệu tính đến" in page.text


@pytest.mark.usefixtures("made_here")
def test_a_newer_comment_leaves_the_older_file_until_its_time(
    desk: Desk, browser: Browser, work: Callable[..., datetime], app: Flask
) -> None:
    work()
    tables: TableStore = app.extensions["consult.tables"]
    first = tables.newest(desk.matter.id)
    assert first is not None
    desk.receive("Mới gửi.")
    work()
    assert len(texts(browser, desk)) == 3 and "Mới gửi." not in browser.get(address(desk, "csv")).body.decode()
    assert tables.newest(desk.matter.id) == first
    assert browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/").headers["Cache-Control"] == "no-store"
    work(REST * first.seconds + LOOK_AGAIN.total_seconds() + 1)
    assert len(texts(browser, desk)) == 4
    assert [path.is_dir() for path in (tables.folder / "large" / desk.matter.id.hex).iterdir()].count(True) == 1
    work(600)
    # A new day may have begun meanwhile, with a table of its own.
    work(600)
    assert waiting(desk.session) == []


def test_however_much_happens_one_making_waits(desk: Desk, work: Callable[..., datetime]) -> None:
    work()
    for number in range(5):
        desk.receive(f"Ý kiến {number}")
        work(0.01)
    assert len(waiting(desk.session)) == 1


def in_time(desk: Desk) -> datetime:
    """A moment of the public period."""
    assert desk.matter.opens_at is not None
    return desk.matter.opens_at + timedelta(days=2)


def take_back(desk: Desk, way: str) -> None:
    """Does something by which a thing that was public is public no more."""
    session, matter, now = desk.session, desk.matter, clock.now()
    arrived_at = in_time(desk)
    own = session.scalars(select(Submission).order_by(Submission.number)).first()
    assert own is not None
    if way == "withdrawn":
        amendment.withdraw(session, matter, own, [1], arrived_at, now)
    elif way == "name_hidden":
        amendment.hide_name(session, own, now)
    elif way == "amended":
        amendment.amend(session, matter, own, 1, CommentInput("Khác."), arrived_at, now)
    elif way == "passed_on":
        withhold(desk, 2, CommentActKind.WITHHELD, "insult", clock.now())
        pass_on(session, matter, [2], "", desk.officer, now)
    elif way == "redacted":
        withhold(desk, 1, CommentActKind.REDACTED, "personal_data", clock.now(), details={"text": "Đường … hẹp."})
    else:
        withhold(desk, 1, CommentActKind.WITHHELD, "insult", clock.now())


WAYS = ("withheld", "redacted", "withdrawn", "name_hidden", "amended", "passed_on")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.usefixtures("made_here")
def test_what_is_taken_back_is_in_no_file_from_that_moment_on(
    desk: Desk, browser: Browser, work: Callable[..., datetime], way: str
) -> None:
    work()
    assert browser.get(address(desk, "csv")).status == 200
    take_back(desk, way)
    for suffix in ENDINGS:
        browser.get(address(desk, suffix), status=503)
    browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/")
    work()
    work(60)
    assert browser.get(address(desk, "csv")).status == 200


@pytest.mark.usefixtures("made_here")
def test_what_came_later_and_went_again_leaves_the_older_file(
    desk: Desk, browser: Browser, work: Callable[..., datetime]
) -> None:
    """Otherwise whoever sends and withdraws over and over could keep the table from everybody."""
    work()
    [number] = desk.receive("Gửi rồi rút.")
    late = desk.session.scalars(select(Submission).order_by(Submission.number.desc())).first()
    assert late is not None
    amendment.withdraw(desk.session, desk.matter, late, [number], in_time(desk), clock.now())
    assert len(texts(browser, desk)) == 3


@pytest.mark.usefixtures("made_here")
def test_what_nobody_could_read_voids_nothing(
    app_session: Session, browser: Browser, work: Callable[..., datetime]
) -> None:
    desk = make_desk(app_session, Stage.OPEN, now=clock.now())
    numbers = desk.receive("Một.", "Hai.")
    release(app_session, desk.matter, numbers[:1], desk.officer, clock.now())
    work()
    sent = app_session.scalars(select(Submission)).one()
    amendment.withdraw(app_session, desk.matter, sent, [numbers[1]], in_time(desk), clock.now())
    assert texts(browser, desk) == ["Một.", None]


@pytest.mark.usefixtures("made_here")
def test_pages_keep_their_order_and_say_what_may_be_said_now(
    desk: Desk, browser: Browser, work: Callable[..., datetime]
) -> None:
    work()
    withhold(desk, 2, CommentActKind.WITHHELD, "insult", clock.now())
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/")
    assert "Nước giếng đục." not in page.text and "Rác để lâu." in page.text


@pytest.mark.usefixtures("made_here")
def test_a_worker_that_starts_makes_what_is_missing(
    desk: Desk, app: Flask, browser: Browser, work: Callable[..., datetime]
) -> None:
    work()
    tables: TableStore = app.extensions["consult.tables"]
    newest = tables.newest(desk.matter.id)
    assert newest is not None
    (tables.folder / "large" / desk.matter.id.hex / "newest.json").unlink()
    browser.get(address(desk, "csv"), status=503)
    app.extensions["consult.worker"].prepare(clock.now())
    work(60)
    assert len(texts(browser, desk)) == 3


def test_a_worker_that_runs_once_makes_it_before_it_ends(desk: Desk, app: Flask, browser: Browser) -> None:
    assert app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code == 0
    assert len(texts(browser, desk)) == 3


def test_a_making_that_fails_is_told_and_tried_until_it_succeeds(
    desk: Desk, app: Flask, browser: Browser, work: Callable[..., datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    following: LargeTableHandlers = app.extensions["consult.following_tables"]
    begun = []
    monkeypatch.setattr(following, "begin", lambda *told: begun.append(told))
    monkeypatch.setattr("consult.outbox.beside.TOLD_AGAIN", 12)
    for _ in range(30):
        work(3600)
    assert len(begun) == 30
    assert condition.given_up(desk.session, LONG_AGO)[0].last_error == "PermanentFailure: table_not_made"
    assert [one.count for one in condition.given_up(desk.session, LONG_AGO)] == [2] and len(waiting(desk.session)) == 3
    desk.receive("Một ý kiến không làm cho việc hỏng được thử lại ngay.")
    work()
    assert len(begun) == 30
    monkeypatch.undo()
    monkeypatch.setattr(table_state, "MOST_COMMENTS", 1)
    work(3600)
    assert len(texts(browser, desk)) == 4
    # In one of these hours a day may begin, and a table is of its day.
    work(3600)
    work(3600)
    assert condition.given_up(desk.session, LONG_AGO) == waiting(desk.session) == []


def test_a_worker_that_starts_does_not_wait_for_the_next_try(
    desk: Desk, app: Flask, browser: Browser, work: Callable[..., datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as failing:
        failing.setattr(app.extensions["consult.following_tables"], "begin", lambda *told: None)
        for _ in range(7):
            work(3600)
    app.extensions["consult.worker"].prepare(work())
    work()
    assert len(texts(browser, desk)) == 3


@pytest.mark.usefixtures("made_here")
def test_makings_that_succeed_one_after_another_are_no_failures(desk: Desk, work: Callable[..., datetime]) -> None:
    """Each time something new was said before anybody looked whether the last one was made."""
    for number in range(12):
        desk.receive(f"Ý kiến {number}")
        work(3600)
    assert condition.given_up(desk.session, LONG_AGO) == []


def test_the_worker_goes_on_while_a_table_is_made(desk: Desk, work: Callable[..., datetime], app: Flask) -> None:
    work(waiting=False)
    following: LargeTableHandlers = app.extensions["consult.following_tables"]
    assert following.program is not None
    desk.receive("Trong lúc lập.")
    work(waiting=False)
    received = select(OutboxMessage).where(OutboxMessage.event == "comment_received", OutboxMessage.done_at.is_(None))
    desk.session.expire_all()
    assert list(desk.session.scalars(received)) == []


def test_how_far_it_is_stands_on_the_page(app: Flask, desk: Desk, browser: Browser) -> None:
    tables: TableStore = app.extensions["consult.tables"]
    tables.begin(desk.matter.id, "now")
    tables.note_done(desk.matter.id, 2, 9)
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/", status=503)
    assert "Đã xong 2 trên 9 phần." in page.text


@pytest.mark.usefixtures("made_here")
def test_a_table_too_long_for_a_pdf_says_to_use_word(
    desk: Desk, browser: Browser, work: Callable[..., datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_pdf, "MOST_ROWS", 2)
    work()
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/")
    assert "không lập PDF; xin dùng bản Word" in page.text and not page.find("//a[contains(@href, '.pdf')]")
    told = browser.get(address(desk, "pdf"), status=404)
    assert "Bảng quá dài để lập PDF" in told.text and told.find("//a[contains(@href, 'tong-hop.docx')]")
