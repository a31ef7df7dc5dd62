"""Tables of small matters: made once for all while somebody waits, as long as that takes next to no time."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Disclosure
from consult.exports import service, table_state
from consult.exports.table_store import TableStore
from consult.stages import Stage
from consult.submissions.words import CommentActKind
from tests.exports.test_large import ENDINGS, address, texts
from tests.exports.test_table import withhold
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk

ALL = (*(f"tong-hop.{suffix}" for suffix in ENDINGS), "tong-hop/")


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A matter with two public comments."""
    made = make_desk(app_session, Stage.OPEN, now=clock.now(), disclosure=Disclosure.AT_ONCE)
    made.receive("Đường vào xã hẹp.", "Nước giếng đục.")
    return made


@pytest.mark.parametrize("suffix", ENDINGS)
def test_it_is_made_once_for_all(desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    first = browser.get(address(desk, suffix)).body
    monkeypatch.setattr(service, "write", None)
    assert browser.get(address(desk, suffix)).body == first


def test_few_comments_with_very_long_texts_are_large(
    desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_state, "MOST_LETTERS", 20)
    browser.get(address(desk, "csv"), status=503)


@pytest.mark.parametrize("sign", ["\n", "\t"])
def test_lines_and_tabs_weigh_what_they_cost(
    desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch, sign: str
) -> None:
    monkeypatch.setattr(table_state, "MOST_LETTERS", 500)
    desk.receive("chữ " * 50)
    assert browser.get(address(desk, "docx")).status == 200
    desk.receive(f"chữ{sign}" * 50)
    browser.get(address(desk, "docx"), status=503)


def test_it_shows_nothing_that_was_taken_back(desk: Desk, browser: Browser) -> None:
    assert "Đường vào xã hẹp." in texts(browser, desk)
    withhold(desk, 1, CommentActKind.WITHHELD, "insult", clock.now())
    assert "Đường vào xã hẹp." not in texts(browser, desk)


@pytest.mark.parametrize("path", ALL)
def test_nobody_waits_for_somebody_else_who_makes_it(app: Flask, desk: Desk, browser: Browser, path: str) -> None:
    tables: TableStore = app.extensions["consult.tables"]
    with tables.alone(desk.matter.id) as mine:
        assert mine
        answer = browser.get(f"/lay-y-kien/{desk.matter.slug}/{path}", status=503)
        assert answer.headers["Retry-After"] and "đang được lập" in answer.text
    assert browser.get(f"/lay-y-kien/{desk.matter.slug}/{path}").status == 200


def refusing(folder: Path, number: int) -> Callable[..., int]:
    """`os.open` on a machine where nothing can be put under `folder`."""
    opened = os.open

    def refused(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & os.O_CREAT and Path(os.fsdecode(path)).is_relative_to(folder):
            raise OSError(number, os.strerror(number))
        return opened(path, flags, *more, **named)

    return refused


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("path", ALL)
def test_a_full_disk_keeps_it_from_nobody(
    app: Flask, desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch, path: str, number: int
) -> None:
    monkeypatch.setattr(os, "open", refusing(app.config["TABLES_FOLDER"], number))
    assert browser.get(f"/lay-y-kien/{desk.matter.slug}/{path}").status == 200
    assert not list(app.config["TABLES_FOLDER"].rglob("*.*"))
