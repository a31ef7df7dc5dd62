"""A site whose files lie on a store: what people attach goes there before they are told so, and while it is gone
nothing is half done."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import config
from consult import clock
from consult.files.places.opening import place_at
from consult.submissions.models import Submission
from tests.application import end, make_app
from tests.builders import make_consultation
from tests.files import made
from tests.pages import Browser
from tests.s3_server import SECRET, S3Server

FORM = "/lay-y-kien/phan-loai-rac/gop-y/"


@pytest.fixture
def stored(sqlite_url: str, tmp_path: Path, s3: S3Server) -> Iterator[Flask]:
    """The site, with a matter that is open."""
    store = place_at(s3.url)
    app = make_app(sqlite_url, tmp_path, **{f"{one.upper()}_FOLDER": store.below(one).address for one in config.KEPT})
    with app.extensions["consult.database"].session() as session:
        make_consultation(session, now=clock.now(), slug="phan-loai-rac")
    yield app
    end(app)


@pytest.fixture
def session(stored: Flask) -> Iterator[Session]:
    with stored.extensions["consult.database"].session() as session:
        yield session


def sent(session: Session) -> int:
    """How many submissions there are."""
    session.rollback()
    return session.scalar(select(func.count()).select_from(Submission)) or 0


def ready(app: Flask) -> dict[str, Any]:
    """What the site says of itself."""
    found: dict[str, Any] = app.test_client().get("/readyz").get_json()
    return found


def test_a_comment_with_a_picture_is_sent_and_read_again(stored: Flask, s3: S3Server, session: Session) -> None:
    browser = Browser(stored)
    typed = {"comments.0.text": "Một", "file": (made.picture(), "ảnh.jpg")}
    page = browser.get(FORM).walk(typed, "Xem lại trước khi gửi")
    receipt = page.submit(button="Gửi")
    assert receipt.heading == "Đã tiếp nhận ý kiến" and sent(session) == 1
    kinds = {name.split("/")[1] for name in s3.store.objects}
    # The form that was sent was let go.
    assert kinds == {"files", "waiting"}
    assert not [one for one in config.KEPT if (stored.config["INSTANCE"] / one).exists()]
    code, secret = receipt.words("//*[contains(@class, 'code')]")
    own = Browser(stored).get(f"/tra-cuu/{code}/").submit({"Mã bí mật": secret}, "Mở")
    assert own.submit(button="Tải về ảnh.jpg").body.startswith(b"\xff\xd8\xff")


def test_while_the_store_is_gone_pages_are_read_and_nothing_typed_is_lost(
    stored: Flask, s3: S3Server, session: Session
) -> None:
    browser = Browser(stored)
    assert ready(stored)["files"] is True
    page = browser.get(FORM)
    s3.store.always = "cut"
    assert Browser(stored).get("/lay-y-kien/phan-loai-rac/").status == 200
    refused = browser.send(page, page.form("comments.0.text").fill({"comments.0.text": "Điều tôi đã gõ"}), status=503)
    assert "Kho tệp của trang tạm thời không trả lời" in refused.text
    assert "Điều tôi đã gõ" in refused.text and sent(session) == 0
    assert ready(stored)["files"] is False
    said = stored.test_cli_runner().invoke(args=["check"]).output
    assert "không trả lời (RemoteDisconnected)" in said and SECRET not in said
    s3.store.always = ""
    assert ready(stored)["files"] is True


def test_what_was_acknowledged_stays_so_though_the_store_goes_just_then(
    stored: Flask, s3: S3Server, session: Session
) -> None:
    """The receipt is given, and the form that was sent goes later."""
    page = Browser(stored).get(FORM).walk({"comments.0.text": "Một"}, "Xem lại trước khi gửi")
    s3.store.always, s3.store.only = "cut", ("DELETE ",)
    receipt = page.submit(button="Gửi")
    assert receipt.heading == "Đã tiếp nhận ý kiến" and receipt.status == 200 and sent(session) == 1
    assert s3.store.names("site/unsent/")
