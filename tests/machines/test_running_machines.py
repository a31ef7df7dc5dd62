"""The spine on two machines that run as they are deployed, with nothing in common but PostgreSQL, Redis, a store of
files as S3 and the folder of the checkpoints: requests come to them in turn, one of them is killed, both get a new
release while people send."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from alembic import command
from sqlalchemy import func, select

import config
from consult import clock, schema
from consult.files.s3.address import address_of
from consult.files.s3.client import client_of
from consult.outbox.models import OutboxMessage
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving import lookup_codes
from tests.application import CODES, SECRET, end, make_app
from tests.builders import DRAFT, make_consultation
from tests.database import PostgresDatabases
from tests.live import served
from tests.machines.ahead import LATER
from tests.machines.front import ready
from tests.machines.running import Machine, TwoMachines, later_code
from tests.pages import SITE, Browser
from tests.redis_server import RedisServer
from tests.s3_server import ENVIRONMENT, S3Server
from tests.spine.server import CHECKOUT
from tests.spine.steps import AtThisTime, a_letter_comes, a_photo_comes_along, answered, published, second_word
from tests.spine.test_walk import released
from tests.spine.walking import Walk

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.slow]

SENDERS, SUBMISSIONS, KILLED_AFTER = 4, 160, 50
MOST_WHILE_ROLLING = 400
PAUSE = 0.2
"""Seconds between what one of them sends while the machines are brought to another release: a trickle."""

Receipt = dict[str, Any]


@pytest.fixture(scope="module")
def files_of_all() -> Iterator[dict[str, str]]:
    """Where both machines have their files, as settings: a store of their own, so that they share no folder but that
    of the checkpoints (`tests/machines/test_two_machines.py` has one for the files)."""
    store = S3Server()
    store.start()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        yield {"CONSULT_FILES_URL": store.url, **ENVIRONMENT}
        client_of(address_of(store.url)).exchange.connections.close()
    store.stop()


@pytest.fixture(scope="module")
def site(
    postgresql_databases: PostgresDatabases, files_of_all: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TwoMachines]:
    """Both, for all tests of this file; the keys were copied from one to the other."""
    redis, url, folder = RedisServer(), postgresql_databases.fresh(), tmp_path_factory.mktemp("machines")
    redis.start()
    one, two = (
        {
            "CONSULT_ENV": "test",
            "CONSULT_SECRET_KEY": SECRET,
            "CONSULT_INSTANCE": str(folder / name),
            "CONSULT_KEYS": str(folder / f"{name}-keys"),
            "CONSULT_CHECKPOINTS": str(folder / "checkpoints"),
            "CONSULT_DATABASE_URL": url,
            "CONSULT_REDIS_URL": redis.url,
            "CONSULT_SITE_URL": SITE,
            "CONSULT_SUBMISSIONS_PER_MINUTE": "0",
            "CONSULT_FORM_SECONDS": "0",
            **files_of_all,
        }
        for name in ("one", "two")
    )
    office = config.settings({**one, "CONSULT_INSTANCE": str(folder / "office")})
    app = make_app(url, folder, **office)
    shutil.copytree(one["CONSULT_KEYS"], two["CONSULT_KEYS"])
    command.stamp(schema.configuration(url), "head")
    app.extensions["consult.files"].put(DRAFT.encode())
    machines = (Machine(one), Machine(two))
    try:
        with ThreadPoolExecutor(len(machines)) as starting:
            wait([starting.submit(machine.start) for machine in machines])
        with app.extensions["consult.database"].session() as session:
            yield TwoMachines(app, session, machines)
    finally:
        for machine in machines:
            machine.kill()
        end(app)
        postgresql_databases.drop(url)
        redis.remove()


def test_the_whole_spine_with_requests_that_alternate(site: TwoMachines, tmp_path: Path) -> None:
    walk = AtThisTime(site.app, site.session)
    published(walk)
    file = a_photo_comes_along(walk)
    a_letter_comes(walk)
    walk.engage_desk()
    site.session.commit()
    released(walk)
    answered(walk)
    second_word(walk)
    the_table_and_the_log_hold_it(walk, file, tmp_path)
    fewest, most = sorted(site.front.answered.values())
    assert fewest > most * 0.9 > 30 and site.front.passed_on == 0


def the_table_and_the_log_hold_it(walk: Walk, file: bytes, folder: Path) -> None:
    """The table's files, the page of the log, and the verifier of outsiders with the receipt."""
    start, client = f"/lay-y-kien/{walk.slug}/tong-hop", walk.app.test_client()
    rows = json.loads(client.get(f"{start}.json").get_data())["comments"]
    assert sorted(row["text"] for row in rows) == sorted(walk.texts)
    cells = csv.reader(io.StringIO(client.get(f"{start}.csv").get_data().decode("utf-8-sig")))
    assert any("bổ sung lộ trình" in cell for line in cells for cell in line)
    assert Browser(walk.app).get(f"/nhat-ky/{walk.slug}/").status == 200
    receipt = folder / "receipt.json"
    receipt.write_bytes(file)
    with served(walk.app) as address:
        said = subprocess.run(
            [sys.executable, "docs/verify_ledger.py", address, walk.slug, "--receipt", str(receipt), "--every-proof"],
            cwd=CHECKOUT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr


def open_matter(site: TwoMachines, slug: str) -> str:
    """A matter that anybody may write to."""
    make_consultation(site.session, now=clock.now(), slug=slug)
    site.session.commit()
    return slug


def check_kept(site: TwoMachines, slug: str, receipts: Sequence[Receipt]) -> None:
    """Every receipt stands in the database with its numbers, once; numbers run without a gap; the log verifies."""
    site.session.rollback()
    rows = site.session.execute(
        select(Submission.code_hash, Comment.number)
        .join(Comment.submission)
        .where(Comment.consultation_id.in_(select_matter(slug)))
        .order_by(Comment.number)
    ).all()
    kept: dict[str, list[int]] = {}
    for code_hash, number in rows:
        kept.setdefault(code_hash, []).append(number)
    for receipt in receipts:
        assert kept[lookup_codes.code_hash(lookup_codes.typed(receipt["code"]), CODES)] == receipt["numbers"]
    assert len(kept) == len(receipts) and [number for _, number in rows] == list(range(1, len(rows) + 1))
    assert site.session.scalar(select(func.count()).where(OutboxMessage.given_up_at.is_not(None))) == 0
    verified = site.app.test_cli_runner().invoke(args=["ledger", "verify", slug])
    assert verified.exit_code == 0, verified.output


def select_matter(slug: str) -> Any:
    from consult.consultations.models import Consultation

    return select(Consultation.id).where(Consultation.slug == slug)


def test_what_was_acknowledged_stands_when_a_machine_is_killed(site: TwoMachines) -> None:
    slug, keys = open_matter(site, "bi-cat-dien"), [f"{number:032x}" for number in range(SUBMISSIONS)]
    front, (killed, other) = site.front, site.machines
    before, enough, receipts = front.answered[killed.port], Event(), list[Receipt]()

    def send(key: str) -> None:
        receipts.append(front.send(slug, key))
        if len(receipts) >= KILLED_AFTER:
            enough.set()

    with ThreadPoolExecutor(SENDERS) as senders:
        sent = [senders.submit(send, key) for key in keys]
        assert enough.wait(120)
        killed.kill()
        wait(sent)
    assert sorted(receipt["key"] for receipt in receipts) == keys
    assert front.answered[killed.port] > before and front.passed_on > 0
    check_kept(site, slug, receipts)
    killed.start()
    # What was answered on either machine both know: who sends again gets the same receipt.
    again = [front.send(slug, key) for key in keys[:10]]
    assert [next(one for one in receipts if one["key"] == receipt["key"]) for receipt in again] == again
    check_kept(site, slug, receipts)
    assert [ready(machine.port)[0] for machine in (killed, other)] == [200, 200]


def wait(sent: Sequence[Future[None]]) -> None:
    for one in sent:
        one.result(timeout=300)


def test_a_new_release_comes_to_one_machine_after_the_other_while_people_send(
    site: TwoMachines, tmp_path: Path
) -> None:
    slug, done, receipts = open_matter(site, "cap-nhat"), Event(), list[Receipt]()
    later = later_code(tmp_path / "later")

    def send(first: int) -> None:
        for number in range(first, MOST_WHILE_ROLLING, SENDERS // 2):
            if done.wait(PAUSE):
                return
            receipts.append(site.front.send(slug, f"{10**6 + number:032x}"))

    with ThreadPoolExecutor(SENDERS // 2) as senders:
        sent = [senders.submit(send, first) for first in range(SENDERS // 2)]
        try:
            roll(site, later)
        finally:
            done.set()
        wait(sent)
    assert len(receipts) > SENDERS
    check_kept(site, slug, receipts)


def roll(site: TwoMachines, later: Path) -> None:
    """The order of docs/operating.md: workers rest, the schema is expanded, one machine after the other, workers."""
    for machine in site.machines:
        machine.stop_worker()
    one, two = site.machines
    one.run("db", "upgrade", checkout=later)
    # The code before goes on with the schema that came later, and does not pretend to be of it.
    assert [ready(machine.port)[0] for machine in site.machines] == [200, 200]
    [own] = schema.newest()
    assert own in two.run("db", "serves", own) and LATER in two.run("db", "current", checkout=later)
    for machine in site.machines:
        machine.web.stop()
        machine.web.checkout = later
        machine.web.start()
        assert ready(machine.port)[0] == 200
    for machine in site.machines:
        machine.start_worker()
