"""What we owe, follow and decide is told by the page, and each list leads to the rest of it."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import Role
from consult.programme.promised import mine
from tests.application import sign_in
from tests.builders import make_user
from tests.pages import Browser
from tests.programme.scene import Parties, make_parties


@pytest.fixture
def parties(app_session: Session) -> Parties:
    """Both parties and a commune, today."""
    return make_parties(app_session, clock.now())


def test_what_others_owe_is_told_to_the_last(app: Flask, parties: Parties, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mine, "PAGE_SIZE", 2)
    one = parties.round(parties.programme())
    for number in range(5):
        parties.recommended(one, public=False, days=30 + number, text=f"Việc thứ {number}")
    parties.session.expire(one)
    parties.step(one, "report", day=parties.today)
    writer = Browser(app)
    sign_in(writer, make_user(parties.session, parties.front, [Role.DRAFTER]))
    page = writer.get("/phoi-hop/")
    assert "Việc thứ 1" in page.text and "Việc thứ 2" not in page.text
    page = page.click("Xem tất cả: Chúng tôi theo dõi")
    assert "Việc thứ 1" in page.text and "Chúng tôi phải làm" not in page.text
    for number in (3, 4):
        page = page.click("Trang sau →")
        assert f"Việc thứ {number}" in page.text
    assert "Trang sau" not in page.text and "Việc thứ 3" in page.click("← Trang trước").text
