"""A comment is found by what its clause is called in the newest draft, and says which draft it is about."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.revisions import match_corrections
from consult.consultations.revisions.match_corrections import Side
from consult.consultations.words import Disclosure
from consult.search.engines.fts5_index import Fts5Index
from consult.search.engines.seam import Search
from consult.search.words import Thing
from consult.stages import Stage
from tests.builders import NOW
from tests.consultations.articles import FIRST, INSERTED, next_draft, on, open_matter, text_of
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk
from tests.search.engine import follow, found


@pytest.fixture
def index(tmp_path: Path) -> Search:
    """No index yet."""
    return Fts5Index(tmp_path)


@pytest.fixture
def desk(session: Session) -> Desk:
    """A matter with the first draft, whose comments are public at once."""
    return make_desk(session, Stage.OPEN, text=text_of(*FIRST), disclosure=Disclosure.AT_ONCE)


def commented(desk: Desk, index: Search, words: str) -> list[str]:
    """The numbers of the comments that are found."""
    follow(desk.session, index)
    results = found(desk.session, index, words, thing=Thing.COMMENT)
    return sorted(address.rstrip("/").rpartition("/")[2] for address in results)


def test_a_comment_moves_with_its_clause(desk: Desk, index: Search) -> None:
    desk.receive(on("d5", 1, "Về xử phạt."), on("d4", 1, "Về giờ đi."))
    assert commented(desk, index, "Điều 5") == ["1"] and commented(desk, index, "Điều 6") == []
    second = next_draft(desk, *INSERTED)
    desk.receive(on("d5", 2, "Về bãi rác."))
    assert commented(desk, index, "Điều 6") == ["1"] and commented(desk, index, "Điều 5") == ["3"]
    match_corrections.pair(desk.session, desk.matter, second, Side.OLD, "d4", [], desk.publisher, NOW)
    assert commented(desk, index, "Điều 4") == []


def test_a_result_says_its_draft(app: Flask, app_session: Session, browser: Browser) -> None:
    desk = open_matter(app_session, disclosure=Disclosure.AT_ONCE)
    desk.receive(on("d5", 1, "Phạt thật nặng kẻ đổ trộm."))
    next_draft(desk, *INSERTED)
    app_session.commit()
    while app.extensions["consult.worker"].work_once(clock.now()):
        pass
    page = browser.get("/tim-kiem/").submit({"q": "phạt thật nặng"})
    assert "Về Điều 5 (bản dự thảo lần 1)" in page.text
