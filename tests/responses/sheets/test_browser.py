"""How long the sheet of many answers is on a screen."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.arriving import asked
from tests.journeys.going import let_in
from tests.live import DESK, PHONE, Visitor
from tests.responses.desk_builder import Desk
from tests.responses.sheets.conftest import Many

MOST = 12_000


@pytest.mark.browser
def test_the_sheet_of_205_answers_can_be_read(
    app: Flask, desk: Desk, visitor: Callable[..., Visitor], many: Many
) -> None:
    many(205)
    leader = visitor(screen={**DESK, "width": 1280})
    page = let_in(app, leader, desk.people["leader"])
    heights, address = [], f"/xu-ly/{desk.matter.slug}/phe-duyet/"
    page.goto(leader.address + address)
    while True:
        heights.append(asked(page, "document.documentElement.scrollHeight"))
        leader.check_width()
        following = page.locator("a[rel=next]").first
        if not following.count():
            break
        following.click()
    assert len(heights) < 4 and max(heights) < MOST, heights
    leader.check()


@pytest.mark.browser
def test_the_sheet_is_for_everybody_on_a_telephone(
    app: Flask, desk: Desk, visitor: Callable[..., Visitor], many: Many
) -> None:
    many(12)
    leader = visitor(screen=PHONE)
    page = let_in(app, leader, desk.people["leader"])
    page.goto(f"{leader.address}/xu-ly/{desk.matter.slug}/phe-duyet/")
    leader.check()
