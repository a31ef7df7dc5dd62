"""A further draft appears between a body's confirmation of a letter and its sending: that body reads it again, and
confirms again or declines; until then the letter does not go in its name."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.outbox.models import OutboxMessage
from consult.people.models import Organisation
from consult.people.words import Role
from consult.workspace.cosigning import cosigners, further_drafts
from consult.workspace.models import DraftCosigner
from tests.builders import make_publisher
from tests.consultations.revised import revise
from tests.notices.conftest import news
from tests.pages import Browser, Page
from tests.submissions.rows import MIDWAY
from tests.workspace.conftest import settings
from tests.workspace.test_cosigning import Story, story
from tests.workspace.test_cosigning_pages import CHECK, SAID, at_work, women
from tests.workspace.test_older_draft import second_draft
from tests.workspace.test_pages import House, begun, house

__all__ = ["at_work", "house", "news", "settings", "story", "women"]
SECOND = "### Điều 1. Phạm vi\n\n1. Khoản một.\n\n2. Khoản hai.\n"
AGAIN = "trước khi có bản dự thảo mới"


def of_second_draft(story: Story, now: datetime = MIDWAY) -> None:
    publisher = make_publisher(story.session)
    revise(story.session, story.matter, publisher, SECOND, now)


def told_of_it(story: Story) -> None:
    """What the worker does; twice is as once."""
    rows = story.session.scalars(select(OutboxMessage).where(OutboxMessage.event == "matter_changed")).all()
    for _again in range(2):
        further_drafts.after_changed(story.session, rows, MIDWAY)


def test_a_confirmation_lapses_with_a_further_draft_before_anybody_was_told(story: Story) -> None:
    women, youth = story.named(story.women), story.named(story.youth)
    story.answer(women, story.of_women)
    story.answer(youth, story.of_youth, False, "Không.")
    of_second_draft(story)
    assert story.confirmed == []
    assert [one.id for one in cosigners.lapsed(story.session, story.row)] == [women.id]
    letter = story.sent()
    assert letter.cosigned == []
    assert women.agreed is None, "of a letter that went without it, it is no signatory"


def test_it_is_asked_once_and_may_confirm_again_or_withdraw(story: Story) -> None:
    women, youth = story.named(story.women), story.named(story.youth)
    story.answer(women, story.of_women)
    story.answer(youth, story.of_youth)
    of_second_draft(story)
    told_of_it(story)
    assert story.asked == ["Hội Phụ nữ", "Đoàn Thanh niên", "Hội Phụ nữ", "Đoàn Thanh niên"]
    story.answer(women, story.of_women)
    story.answer(youth, story.of_youth, False, "Bản mới khác.")
    assert story.confirmed == ["Hội Phụ nữ"]
    told_of_it(story)
    assert len(story.asked) == 4
    assert [one["name"] for one in story.sent().cosigned] == ["Hội Phụ nữ"]


def test_a_lapsed_body_can_be_asked_by_hand(story: Story) -> None:
    women: DraftCosigner = story.named(story.women)
    story.answer(women, story.of_women)
    of_second_draft(story)
    assert story.named(story.women).id == women.id
    assert story.asked == ["Hội Phụ nữ", "Hội Phụ nữ"] and women.agreed is None


@pytest.fixture
def confirmed(house: House, women: Organisation, at_work: Callable[..., Browser]) -> tuple[Browser, Page, Page]:
    """Who signs for the other body, the page where they confirmed, and the page from which the letter is sent."""
    signs = at_work(Role.SENDER, Role.DRAFTER)
    check = begun(house.drafter, "formal").submit(SAID, CHECK)
    check.submit({"organisation": str(women.id)}, "Đề nghị cùng ký")
    read = signs.get("/to-chuc/").click("Văn bản góp ý: ")
    read.submit(button="Xác nhận cùng ký")
    return signs, read, check


def test_both_see_it_and_nothing_goes_in_its_name_that_was_read_before(
    app: Flask, house: House, confirmed: tuple[Browser, Page, Page], app_session: Session
) -> None:
    signs, read, check = confirmed
    opened, stale = house.sender.get(check.address), signs.get(read.address)
    second_draft(house, app_session)
    assert opened.submit(button="Gửi").status == 409
    assert AGAIN in house.sender.get(check.address).text
    assert "chờ xác nhận" in signs.get("/to-chuc/").text
    page = signs.get(read.address)
    assert AGAIN in page.text and "Xem chỗ thay đổi so với lần 1" in page.text
    late = stale.submit({"reason": "Không."}, button="Không cùng ký")
    assert late.status == 409 and "bản dự thảo lần 2" in late.text
    assert AGAIN not in signs.get(read.address).submit(button="Xác nhận cùng ký").text
    assert "Hội Liên hiệp Phụ nữ tỉnh (xác nhận ngày" in house.sender.get(check.address).submit(button="Gửi").text


def test_who_confirmed_is_told_by_mail(
    house: House, confirmed: tuple[Browser, Page, Page], app_session: Session, news: Callable[..., list[object]]
) -> None:
    news(clock.now())
    second_draft(house, app_session)
    told = [str(mail["Subject"]) for mail in news(clock.now())]  # type: ignore[index]
    assert any("cùng ký" in one for one in told)
    signs, read, check = confirmed
    assert "chờ xác nhận" in signs.get("/to-chuc/").text.lower()
    assert "chưa xác nhận" in house.sender.get(check.address).text
    assert "Chờ xác nhận" in signs.get(read.address).text
