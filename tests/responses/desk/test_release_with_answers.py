"""Answered means readable: whoever approves or publishes answers sees which comments nobody can read yet, and releases
them in the same act."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from consult.ledger.models import LedgerEntry
from consult.people.words import Role
from consult.submissions.acts import service as acts
from consult.submissions.comments import comment_state
from consult.submissions.words import CommentActKind
from tests.application import sign_in
from tests.builders import make_user
from tests.pages import Browser
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk


def _at(desk: Desk, rest: str) -> str:
    return f"/xu-ly/{desk.matter.slug}/{rest}"


def _drafted(desk: Desk) -> tuple[int, int, int]:
    """One comment in check, one that two people withheld, one in quarantine, each with a draft of its answer."""
    numbers = desk.receive("Một.", "Hai.", "Ba.")
    desk.by_two(numbers[1], CommentActKind.WITHHELD, "insult")
    acts.quarantine(desk.session, desk.matter, numbers[2], "", desk.officer, desk.now)
    for number in numbers:
        desk.draft(number)
    desk.session.commit()
    return numbers[0], numbers[1], numbers[2]


def _seen(desk: Desk, *numbers: int) -> list[str]:
    desk.session.rollback()
    return [one.visibility.value for one in comment_state.read(desk.session, desk.matter.id, numbers)]


def _log(desk: Desk) -> list[str]:
    bodies = desk.session.scalars(select(LedgerEntry.body).order_by(LedgerEntry.index))
    return [json.loads(body)["kind"] for body in bodies]


@pytest.mark.parametrize("released", [True, False])
def test_a_leader_releases_with_the_approval(desk: Desk, enter: Enter, released: bool) -> None:
    one, withheld, apart = _drafted(desk)
    page = enter("leader").get(_at(desk, "phe-duyet/"))
    assert "3 ý kiến được trả lời mà chưa công khai" in page.text
    assert page.find("//input[@name = 'release' and @checked]")
    assert f"cho công khai các ý kiến số {one}, nếu" in page.text
    ticks = {f"Chọn trả lời số {answer}": True for answer in (1, 2, 3)}
    done = page.submit(ticks | ({} if released else {"release": False}), "Phê duyệt các trả lời đã chọn")
    assert (f"Đã đồng thời cho công khai 1 ý kiến: số {one}." in done.text) is released
    assert _seen(desk, one, withheld, apart) == ["public" if released else "in_check", "withheld", "quarantined"]
    assert _log(desk).count("released") == int(released)


def test_a_publisher_is_told_and_who_may_triage_releases(desk: Desk, enter: Enter, app: Flask) -> None:
    one, _withheld, _apart = _drafted(desk)
    enter("leader").get(_at(desk, "phe-duyet/")).submit(
        {"Chọn trả lời số 1": True, "release": False}, "Phê duyệt các trả lời đã chọn"
    )
    page = enter("publisher").get(_at(desk, "cong-bo/"))
    assert "1 ý kiến được trả lời mà chưa công khai" in page.text
    assert not page.find("//input[@name = 'release']"), "a publisher alone releases nothing"
    desk.session.rollback()
    person = make_user(desk.session, desk.body, [Role.PUBLISHER, Role.OFFICER], "Vũ Thị Giang")
    desk.session.commit()
    both = Browser(app)
    sign_in(both, person)
    done = both.get(_at(desk, "cong-bo/")).submit({}, "Công bố các trả lời đã chọn")
    assert f"Đã đồng thời cho công khai 1 ý kiến: số {one}." in done.text
    assert _seen(desk, one) == ["public"]
    assert _log(desk)[-2:] == ["released", "answered"]


def test_a_publisher_alone_cannot_ask_for_it(desk: Desk, enter: Enter) -> None:
    one, *_others = _drafted(desk)
    enter("leader").get(_at(desk, "phe-duyet/")).submit(
        {"Chọn trả lời số 1": True, "release": False}, "Phê duyệt các trả lời đã chọn"
    )
    page = enter("publisher").get(_at(desk, "cong-bo/"))
    form = page.form("Công bố các trả lời đã chọn").values()
    refused = page.browser.post(_at(desk, "cong-bo/"), {**form, "release": "1"}, status=None)
    assert refused.status in {404, 409}
    assert _seen(desk, one) == ["in_check"] and "answered" not in _log(desk)


def test_answers_that_may_not_be_published_are_named_and_the_others_are(desk: Desk, enter: Enter) -> None:
    first, second = desk.receive("Một.", "Hai.")
    drafts = [desk.draft(first), desk.draft(second)]
    desk.approve(*drafts)
    desk.session.commit()
    page = enter("publisher").get(_at(desk, "cong-bo/"))
    acts.pass_on(desk.session, desk.matter, [second], "", desk.officer, desk.now)
    desk.session.commit()
    fresh = page.browser.get(_at(desk, "cong-bo/"))
    done = fresh.submit({}, "Công bố các trả lời đã chọn")
    assert done.status == 200 and f"Đã thực hiện với 1 ý kiến: số {first}." in done.text
    assert f"Ý kiến số {second} đã rút, không hợp lệ, đã tách hoặc đã chuyển" in done.text


def test_what_was_answered_before_is_released_from_the_publishing_page(app: Flask, desk: Desk) -> None:
    first, second = desk.receive("Một."), desk.receive("Hai.")
    desk.answer(*first)
    both = make_user(desk.session, desk.body, [Role.OFFICER, Role.PUBLISHER])
    browser = Browser(app)
    sign_in(browser, both)
    page = browser.get(f"/xu-ly/{desk.matter.slug}/cong-bo/")
    assert "1 ý kiến đang kiểm tra, câu trả lời đã công bố trước đây: 1" in page.text
    done = page.submit({}, "Công khai nội dung 1 ý kiến này")
    assert "đã công bố trước đây" not in done.text
    assert "Một." in Browser(app).get(f"/lay-y-kien/{desk.matter.slug}/y-kien/{first[0]}/").text
    assert _seen(desk, *first, *second) == ["public", "in_check"]
