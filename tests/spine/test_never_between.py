"""An act of the desk whose database fails at some call is done whole or not at all: before or after, never between."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from tests.application import sign_in
from tests.faults import ENDED, Kept, calls, sampled
from tests.page_forms import Value
from tests.pages import Browser, Page
from tests.responses.desk_builder import Desk, make_desk
from tests.similar.campaign import SAMPLE, SIGNED, followed

MOST = 14
"""Calls of one act that are made to fail, evenly over all it makes."""

Act = tuple[Page, dict[str, Value], str]
"""A page, what is filled in on it, and the button that is pressed."""


def somebody(app: Flask, desk: Desk, who: str) -> Browser:
    desk.session.commit()
    browser = Browser(app)
    sign_in(browser, desk.people[who])
    return browser


def at(desk: Desk, rest: str = "") -> str:
    return f"/xu-ly/{desk.matter.slug}/{rest}"


def releasing(app: Flask, desk: Desk) -> Act:
    numbers = desk.receive("Một.", "Hai.", "Ba.")
    page = somebody(app, desk, "officer").get(at(desk))
    return page, {"comment": [str(number) for number in numbers]}, "Cho công khai"


def answering(app: Flask, desk: Desk) -> Act:
    numbers = desk.receive("Một.", "Hai.")
    officer = somebody(app, desk, "officer")
    page = officer.get(at(desk)).submit({"comment": [str(number) for number in numbers]}, "Soạn một câu trả lời")
    return page, {"disposition": "not_accepted", "text": "Vì chưa đủ phương tiện."}, "Lưu bản trả lời"


def answering_a_group(app: Flask, desk: Desk) -> Act:
    desk.receive(SAMPLE)
    desk.receive(SIGNED)
    desk.receive(SAMPLE)
    followed(desk)
    page = somebody(app, desk, "officer").get(at(desk, "nhom/1/")).submit({}, "Soạn trả lời cho nhóm")
    return page, {"disposition": "not_accepted", "text": "Vì chưa đủ phương tiện."}, "Lưu bản trả lời"


def approving(app: Flask, desk: Desk) -> Act:
    for number in desk.receive("Một.", "Hai.", "Ba."):
        desk.draft(number)
    return somebody(app, desk, "leader").get(at(desk, "phe-duyet/")), {}, "Phê duyệt tất cả 3 câu trả lời"


def publishing(app: Flask, desk: Desk) -> Act:
    desk.approve(*(desk.draft(number) for number in desk.receive("Một.", "Hai.")))
    return somebody(app, desk, "publisher").get(at(desk, "cong-bo/")), {}, "Công bố các trả lời đã chọn"


def concluding(app: Flask, desk: Desk) -> Act:
    numbers = desk.receive("Một.", "Hai.")
    desk.answer(*numbers)
    desk.release(*numbers)
    return somebody(app, desk, "publisher").get(at(desk, "ket-thuc/")), {}, "Kết thúc và công bố kết quả"


def confirming(app: Flask, desk: Desk) -> Act:
    (number,) = desk.receive("Đồ ngu.")
    officer = somebody(app, desk, "officer")
    form = officer.get(at(desk, f"y-kien/{number}/")).click("Đề xuất không công khai")
    form.submit({"reason": "insult", "note": "Xem dòng đầu."}, "Gửi đề xuất")
    return somebody(app, desk, "leader").get(at(desk, "de-xuat/")), {}, "Xác nhận"


ACTS: dict[str, Callable[[Flask, Desk], Act]] = {
    act.__name__: act
    for act in (releasing, answering, answering_a_group, approving, publishing, concluding, confirming)
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_before_or_after_and_never_between(
    act: Callable[[Flask, Desk], Act], app: Flask, app_session: Session, tmp_path: Path
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page, values, button = act(app, make_desk(app_session, now=clock.now(), opened_before=70))
    app_session.close()
    kept = Kept.of(app, tmp_path)
    before = kept.rows()
    with calls(app) as counted:
        assert page.browser.press(page, values, button) == 303
    after = kept.rows()
    assert after != before and ENDED in counted.made
    for fails in sampled(len(counted.made), MOST):
        kept.go_back()
        with calls(app, fails):
            status = page.browser.press(page, values, button)
        found = kept.rows()
        done = {table: len(rows) for table, rows in found.items()} == {
            table: len(rows) for table, rows in after.items()
        }
        # What failed after the act was recorded is told so, and never as if nothing had happened.
        assert found == before or done, f"{act.__name__} stopped between at call {fails}: {counted.made[fails]}"
        assert status in ({303, 500, 503} if done else {500, 503}), (fails, counted.made[fails], status)
