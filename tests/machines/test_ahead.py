"""Code whose database a later release has brought further already: it goes on as before, until a step takes away what
it needs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from flask import Flask
from sqlalchemy import select, text

from consult import clock, schema
from consult.administration.condition import storage_checks
from consult.consultations.models import Consultation
from consult.db import Database, Lock, writing
from consult.ledger import kinds
from consult.ledger.entries import Act
from consult.ledger.erasure_list import Erasure, ErasureList
from consult.ledger.kinds import KINDS
from consult.ledger.service import append
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.submissions.models import CommentVersion, Submission
from tests.application import end, make_app
from tests.builders import DRAFT, make_consultation
from tests.machines.ahead import EXPANDS, LATER, bring_further
from tests.pages import Browser

SLUG = "phan-loai-rac"
FORM = f"/lay-y-kien/{SLUG}/gop-y/"


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where migrations of later releases are kept."""
    return tmp_path_factory.mktemp("releases")


@pytest.fixture
def app(database_url: str, releases: Path, tmp_path: Path) -> Iterator[Flask]:
    """The site on a database of the later release, with a matter that is open; on both kinds of database."""
    bring_further(database_url, releases)
    app = make_app(database_url, tmp_path)
    app.extensions["consult.files"].put(DRAFT.encode())
    with app.extensions["consult.database"].session() as session:
        make_consultation(session, now=clock.now(), slug=SLUG)
    yield app
    end(app)


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions["consult.database"]
    return found


def sent(app: Flask) -> tuple[str, str]:
    """A comment sent through the form: both codes of the receipt."""
    page = Browser(app).get(FORM).walk({"comments.0.text": "Giữ ba nhóm"}, "Xem lại trước khi gửi")
    receipt = page.submit(button="Gửi")
    assert receipt.heading == "Đã tiếp nhận ý kiến"
    code, secret = receipt.words("//*[contains(@class, 'code')]")
    return code, secret


def test_it_is_ready_and_its_commands_run(app: Flask, database: Database) -> None:
    assert schema.state(database.engine) is schema.State.EXPANDED
    assert storage_checks.schema_known(database).code == "condition.schema.expanded"
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 200 and answer.get_json()["schema"] is True
    assert app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code == 0


def test_it_takes_comments_shows_them_and_proves_them(app: Flask) -> None:
    code, secret = sent(app)
    own = Browser(app).get(f"/tra-cuu/{code}/").submit({"Mã bí mật": secret}, "Mở")
    assert "Giữ ba nhóm" in own.text
    verified = app.test_cli_runner().invoke(args=["ledger", "verify", SLUG])
    assert verified.exit_code == 0, verified.output


def test_events_of_the_later_release_wait_for_its_worker(app: Flask, database: Database) -> None:
    now = clock.now()
    with database.session() as session, writing(session, Lock.OUTBOX):
        emit(session, "later_word_said", now, words=3)
    sent(app)
    worker = app.extensions["consult.worker"]
    assert worker.run_once(lambda: clock.now()) > 0
    with database.session() as session:
        left = session.scalars(select(OutboxMessage).where(OutboxMessage.done_at.is_(None))).all()
        waiting = [one for one in left if one.event == "later_word_said"]
    assert [(one.attempts, one.given_up_at, one.claimed_by, one.last_error) for one in waiting] == [
        (0, None, None, None)
    ]
    later = replace(worker, handlers={"later_word_said": (lambda _session, _messages, _now: None,)})
    assert later.work_once(clock.now()) == 1


def test_what_was_erased_is_erased_again_there(app: Flask, database: Database) -> None:
    sent(app)
    with database.session() as session:
        one = session.scalars(select(Submission)).one()
        own_id, matter = one.id, one.consultation_id
    listed = ErasureList(app.config["CHECKPOINTS_FOLDER"])
    listed.note([Erasure("submission", matter, own_id, ("sender", "words"), clock.now().isoformat())])
    assert app.extensions["consult.erase_again"](clock.now()) == 1
    with database.session() as session:
        assert session.scalars(select(CommentVersion.text)).all() == [""]


@pytest.fixture
def said_later(app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The site, whose log has an entry of a kind that came later, between two that it knows."""
    sent(app)
    with monkeypatch.context() as patch, database.session() as session:
        kind = replace(KINDS["author_left"], fields=frozenset({"comment", "word"}))
        patch.setattr(kinds, "KINDS", MappingProxyType({**KINDS, "said_later": kind}))
        matter = session.scalar(select(Consultation.id).where(Consultation.slug == SLUG))
        assert matter is not None
        with writing(session, matter):
            append(session, matter, [Act("said_later", {"word": "x"}, comment_number=1)], clock.now())
    sent(app)
    return app


def test_entries_of_later_kinds_are_hashed_and_shown_and_judged_by_who_knows_them(said_later: Flask) -> None:
    for address in (f"/nhat-ky/{SLUG}/", f"/nhat-ky/{SLUG}/2/", f"/lay-y-kien/{SLUG}/"):
        assert Browser(said_later).get(address).status == 200
    code, _secret = sent(said_later)
    assert Browser(said_later).get(f"/tra-cuu/{code}/").status == 200
    # What an entry ought to hold only the later release can tell.
    verified = said_later.test_cli_runner().invoke(args=["ledger", "verify", SLUG])
    assert verified.exit_code == 1 and "'said_later'" in verified.output, verified.output


def test_a_step_that_takes_something_away_ends_it(sqlite_url: str, releases: Path, tmp_path: Path) -> None:
    [own] = schema.newest()
    app = make_app(sqlite_url, tmp_path)
    bring_further(sqlite_url, releases, "    pass\n", f'contracts = "{own}"')
    engine = app.extensions["consult.database"].engine
    # This release has the first step: it does without what the second one takes.
    assert schema.state(engine) is schema.State.EXPANDED
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET serves = version_num"))
    assert schema.state(engine) is schema.State.NEW
    assert storage_checks.schema_known(app.extensions["consult.database"]).reason == "newer"
    assert app.test_client().get("/readyz").status_code == 503
    refused = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert refused.exit_code == 1 and "mới hơn phần mềm này" in refused.output
    end(app)


def test_the_way_back_is_told(sqlite_url: str, releases: Path, tmp_path: Path) -> None:
    """`db serves` says whose code works on what an upgrade left."""
    app = make_app(sqlite_url, tmp_path)
    bring_further(sqlite_url, releases, EXPANDS)
    run = app.test_cli_runner()
    [own] = schema.newest()
    ended = [run.invoke(args=["db", "serves", name]).exit_code for name in (own, LATER, "15ba1f0d90c7")]
    assert ended == [0, 0, 1]
    # By which `deploy/update` goes on from here.
    assert run.invoke(args=["db", "current"]).output == f"{LATER}\n"
    # What somebody wrote there for another revision counts for nothing.
    with app.extensions["consult.database"].engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'f00000000002'"))
    assert schema.state(app.extensions["consult.database"].engine) is schema.State.NEW
    end(app)
