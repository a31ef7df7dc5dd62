"""The archive on the site: asked for, made beside the worker, taken, and void once something is taken back."""

from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.archive import program
from consult.archive.beside import ArchiveHandlers
from consult.archive.contents import ARCHIVE
from consult.db import writing
from consult.outbox.models import OutboxMessage
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.comments import taken_back
from tests.builders import DRAFT
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk


@pytest.fixture
def desk(app: Flask, app_session: Session) -> Desk:
    """An open matter with two public comments."""
    app.extensions["consult.files"].put(DRAFT.encode())
    made = make_desk(app_session, Stage.OPEN, now=clock.now())
    acts.release(app_session, made.matter, made.receive("Nên giữ.", "Nên bỏ."), made.officer, clock.now())
    app_session.commit()
    return made


@pytest.fixture
def making(app: Flask) -> ArchiveHandlers:
    handlers: ArchiveHandlers = app.extensions["consult.archives"]
    return handlers


def make(app: Flask, making: ArchiveHandlers, desk: Desk) -> bytes:
    """The archive as it stands, made in this process."""
    with app.extensions["consult.database"].session() as session:
        program.carry_out(making._order(session, desk.matter.id, clock.now()))
    newest = making.archives.newest(desk.matter.id)
    assert newest is not None
    with making.archives.open(desk.matter.id, newest, ARCHIVE) as file:
        return file.read()


def test_it_is_told_and_taken_with_its_hash(app: Flask, browser: Browser, making: ArchiveHandlers, desk: Desk) -> None:
    address = f"/lay-y-kien/{desk.matter.slug}/luu-tru"
    assert "đang được lập" in browser.get(f"{address}/").text
    waits = app.test_client().get(f"{address}.zip")
    assert waits.status_code == 503 and waits.headers["Retry-After"]
    archive = make(app, making, desk)
    page = browser.get(f"/nhat-ky/{desk.matter.slug}/").click("Gói lưu trữ")
    with ZipFile(BytesIO(archive)) as parts:
        assert sha256(parts.read("SHA256SUMS")).hexdigest() in page.text
    with app.test_client().get(f"{address}.zip") as given:
        assert given.data == archive
    assert "Gói lưu trữ" in browser.get("/du-lieu/").text
    assert "Tệp gói lưu trữ" in browser.get("/nhat-ky/kiem-tra-goi/").text
    assert b"verifyArchive" in app.test_client().get("/nhat-ky/verify_archive.js").data


def test_the_same_bytes_whenever_and_by_whomever(app: Flask, making: ArchiveHandlers, desk: Desk) -> None:
    first = make(app, making, desk)
    assert make(app, making, desk) == first


def test_what_was_taken_back_is_given_to_nobody_and_made_anew(
    app: Flask, making: ArchiveHandlers, desk: Desk, app_session: Session
) -> None:
    assert make(app, making, desk)[:2] == b"PK"
    with writing(app_session, desk.matter.id):
        taken_back.note(app_session, desk.matter.id, [1])
    app_session.commit()
    assert app.test_client().get(f"/lay-y-kien/{desk.matter.slug}/luu-tru.zip").status_code == 503
    making.after(app_session, [OutboxMessage(consultation_id=desk.matter.id)], clock.now())
    waiting = making.waiting(app_session, desk.matter.id)
    assert waiting is not None and waiting.event == "archive_due"


def test_the_worker_looks_every_hour(making: ArchiveHandlers, desk: Desk, app: Flask, app_session: Session) -> None:
    making.look(app_session, clock.now())
    assert making.waiting(app_session, desk.matter.id) is not None
    make(app, making, desk)
    newest = making.given(app_session, desk.matter)
    assert newest is not None and not making._wanted(app_session, desk.matter.id, {}, clock.now())
    desk.receive("Một ý kiến nữa.")
    app_session.commit()
    assert making._wanted(app_session, desk.matter.id, {}, clock.now())
