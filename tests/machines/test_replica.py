"""Everybody's pages come from a replica that may be a moment late; whatever happens to it, reading goes on. Real
servers, one of which follows the other; the last test changes their places."""

import json
import secrets
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult import clock
from consult.administration.condition import engine_checks
from consult.replica.measurement import EVERY, LEFT_ALONE, Following, Replica
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import CONSENT_VERSION
from consult.submissions.models import Submission
from consult.tracking.lookup import find_by_code
from tests.application import CODES, end, make_app
from tests.pages import Browser
from tests.replicated import ReplicatedServers, replicated_servers
from tests.responses.desk_builder import SIGNER, Desk, make_desk

pytestmark = pytest.mark.postgres

BOUND = 5
COPY = "Trang này đọc từ bản sao"
AWAY = "Cơ sở dữ liệu chính đang tạm ngừng"
SENT = 60


@pytest.fixture(scope="module")
def servers() -> Iterator[ReplicatedServers]:
    """A primary and its replica, for all tests here."""
    with replicated_servers() as both:
        yield both


class Site:
    """A site that reads from the replica; its time for that is set by hand."""

    def __init__(self, app: Flask, servers: ReplicatedServers) -> None:
        self.app, self.servers = app, servers
        self.time = 1000.0
        self.replica: Replica = app.extensions["consult.replica"]
        self.replica.ticking = lambda: self.time
        self.session: Session = app.extensions["consult.database"].session()
        app.extensions["consult.signer"] = SIGNER
        self.desk: Desk = make_desk(self.session, Stage.OPEN, now=clock.now())
        self.address = f"/lay-y-kien/{self.desk.matter.slug}/y-kien/"

    def follows(self, seconds: float = EVERY) -> None:
        """Time passes in which the replica reaches what is written now."""
        written = self.servers.say(self.servers.primary, "SELECT pg_current_wal_flush_lsn()::text")
        reached = f"SELECT pg_last_wal_replay_lsn() >= '{written}'::pg_lsn"
        while not self.servers.say(self.servers.replica, reached):
            pass
        self.passes(seconds)

    def passes(self, seconds: float) -> None:
        """Time passes."""
        self.time += seconds

    def page(self, cookie: str = "", address: str = "") -> str:
        """What somebody reads of the comments."""
        headers = {"Cookie": cookie} if cookie else {}
        answer = self.app.test_client(use_cookies=False).get(address or self.address, headers=headers)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    def says(self, words: str) -> None:
        """A comment comes and is released."""
        numbers = self.desk.receive(words)
        acts.release(self.session, self.desk.matter, numbers, self.desk.officer, clock.now())

    def sends(self, key: str = "") -> TestResponse:
        """Somebody sends a comment by program."""
        body = {"consent": CONSENT_VERSION, "comments": [{"text": "Đề nghị giữ ba nhóm."}]}
        address = f"/api/v1/consultations/{self.desk.matter.slug}/submissions"
        headers = {"Idempotency-Key": key or secrets.token_urlsafe(16)}
        return self.app.test_client().post(
            address, data=json.dumps(body), content_type="application/json", headers=headers
        )


@pytest.fixture(scope="module")
def running(servers: ReplicatedServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, with a matter that is open."""
    app = make_app(
        servers.url(servers.primary, servers.replica),
        tmp_path_factory.mktemp("replicated"),
        DATABASE_REPLICA_URL=servers.url(servers.replica),
        REPLICA_SECONDS=BOUND,
    )
    found = Site(app, servers)
    yield found
    found.session.close()
    end(app)


@pytest.fixture
def site(running: Site) -> Site:
    """The site, read from a replica that has all of it."""
    running.session.rollback()
    running.replica.most_behind = BOUND
    for seconds in (LEFT_ALONE, EVERY):
        running.follows(seconds)
        running.page()
    assert running.replica.reading(clock.now()) is not None
    running.passes(EVERY)
    return running


@pytest.fixture
def paused(site: Site, servers: ReplicatedServers) -> Iterator[Site]:
    """The replica takes what is written and shows nothing of it."""
    servers.say(servers.replica, "SELECT pg_wal_replay_pause()")
    yield site
    servers.say(servers.replica, "SELECT pg_wal_replay_resume()")


def test_everybody_reads_from_the_replica_and_is_told(site: Site) -> None:
    site.says("Thêm thùng rác ở chợ.")
    site.follows()
    page = site.page()
    assert "Thêm thùng rác ở chợ." in page and COPY in page and AWAY not in page
    assert "This page is read from a copy" in site.page(address=f"/en{site.address}")
    assert COPY not in site.page(address="/tra-cuu/")


def test_what_the_replica_does_not_have_yet_is_seen_by_who_acts(paused: Site) -> None:
    paused.says("Thu gom vào buổi sáng.")
    paused.passes(EVERY)
    assert "Thu gom vào buổi sáng." not in paused.page()
    own = paused.app.config["SESSION_COOKIE_NAME"]
    for cookie in (f"{own}=of-somebody", f"{own}-sent=1"):
        assert "Thu gom vào buổi sáng." in paused.page(cookie)
    assert "Thu gom vào buổi sáng." not in paused.page("other=1")


def test_one_that_is_too_far_behind_is_left_and_nobody_is_led_back_before_what_was_shown(
    paused: Site, servers: ReplicatedServers
) -> None:
    paused.says("Đặt biển báo ở bãi rác.")
    paused.passes(EVERY)
    paused.page()
    paused.passes(BOUND + EVERY)
    assert "Đặt biển báo ở bãi rác." in paused.page()
    found = engine_checks.replica(paused.replica, paused.session, clock.now())
    assert (found.check, found.reason) == ("replica", Following.BEHIND)
    paused.replica.most_behind = 3600
    paused.passes(EVERY)
    assert "Đặt biển báo ở bãi rác." in paused.page()
    servers.say(servers.replica, "SELECT pg_wal_replay_resume()")
    paused.follows()
    assert "Đặt biển báo ở bãi rác." in paused.page()
    assert paused.replica.reading(clock.now()) is not None


def test_who_sent_something_is_known_for_a_while(site: Site) -> None:
    browser = Browser(site.app)
    browser.get(site.address)
    name = f"{site.app.config['SESSION_COOKIE_NAME']}-sent"
    assert browser.client.get_cookie(name) is None
    page = browser.get(f"/lay-y-kien/{site.desk.matter.slug}/gop-y/")
    page.walk({"comments.0.text": "Một"}, "Xem lại trước khi gửi").submit(button="Gửi")
    kept = browser.client.get_cookie(name)
    assert kept is not None and kept.value == "1" and kept.http_only and BOUND < (kept.max_age or 0) < 60


def test_when_the_replica_falls_out_reading_goes_on(site: Site, servers: ReplicatedServers) -> None:
    site.says("Giữ nguyên ba nhóm.")
    site.follows()
    site.replica.reading(clock.now())
    servers.stop(servers.replica)
    # Nobody has noticed yet: what cannot be read there is read from the primary.
    assert "Giữ nguyên ba nhóm." in site.page()
    site.passes(EVERY)
    assert "Giữ nguyên ba nhóm." in site.page() and site.replica.condition is Following.AWAY
    assert engine_checks.replica(site.replica, site.session, clock.now()).reason == Following.AWAY
    servers.start(servers.replica)
    site.passes(LEFT_ALONE)
    site.follows()
    assert COPY in site.page() and site.replica.reading(clock.now()) is not None


def test_when_the_primary_falls_out_pages_say_of_when_they_are(site: Site, servers: ReplicatedServers) -> None:
    site.says("Phân loại tại nhà văn hóa.")
    site.follows()
    site.page()
    servers.stop(servers.primary)
    site.passes(BOUND + EVERY)
    page = site.page()
    assert "Phân loại tại nhà văn hóa." in page and AWAY in page and COPY not in page
    assert "This page" not in page and "The main database is away" in site.page(address=f"/en{site.address}")
    assert site.sends().status_code == 503
    servers.start(servers.primary)
    site.follows()
    assert AWAY not in site.page()
    assert site.sends().status_code == 201


def test_what_was_acknowledged_is_there_after_the_replica_took_the_place(
    site: Site, servers: ReplicatedServers
) -> None:
    """While people send, the primary is gone as in a power cut, and the replica is promoted by hand."""
    servers.say(servers.primary, "ALTER SYSTEM SET synchronous_standby_names = '*'")
    servers.say(servers.primary, "SELECT pg_reload_conf()")
    codes: list[str] = []
    third, gone = threading.Event(), threading.Event()

    def send(key: str) -> None:
        for _ in range(SENT):
            answer = site.sends(key)
            if answer.status_code == 201:
                codes.append(answer.get_json()["code"])
                break
            assert answer.status_code == 503
            assert gone.wait(60)
        if len(codes) >= SENT // 3:
            third.set()

    def many() -> None:
        for _ in range(SENT // 3):
            send(secrets.token_urlsafe(16))

    senders = [threading.Thread(target=many) for _ in range(3)]
    for sender in senders:
        sender.start()
    assert third.wait(60)
    servers.stop(servers.primary)
    servers.promote()
    gone.set()
    for sender in senders:
        sender.join(120)
    assert len(set(codes)) == len(codes) == SENT
    with site.app.extensions["consult.database"].session() as after:
        assert len(after.scalars(select(Submission.id)).all()) >= SENT
        assert all(find_by_code(after, code, CODES) for code in codes)
    site.passes(LEFT_ALONE)
    site.page()
    assert site.replica.condition is Following.NO_REPLICA
