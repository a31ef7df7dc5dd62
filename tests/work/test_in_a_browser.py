"""What waits, as people look at it on a desk and on a telephone: the first page, the matter whose further draft waits,
an answer of which one comment was withdrawn, a letter to be confirmed again, and one that was sent already."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import ViewportSize
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import User
from consult.people.words import OrganisationKind, Role
from consult.stages import Stage
from consult.submissions.sender.amendment import withdraw
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.consultations.revised import add
from tests.journeys.going import let_in, stay
from tests.live import DESK, PHONE, Visitor
from tests.pages import Browser
from tests.responses.answers.test_public_sums import submission_of
from tests.responses.desk_builder import Desk, make_desk
from tests.workspace.conftest import settings
from tests.workspace.test_older_draft import second_draft
from tests.workspace.test_pages import LETTER, House, begun, house

__all__ = ["house", "settings"]
pytestmark = pytest.mark.browser
SCREENS = pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "telephone"])


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A further draft waits, and so does an answer to two comments of which one was withdrawn."""
    now = clock.now()
    made = make_desk(app_session, Stage.OPEN, now=now)
    first, second = made.receive("Một.", "Hai.")
    made.draft(first, second)
    later = now + timedelta(seconds=1)
    withdraw(app_session, made.matter, submission_of(made, second), [second], later, later)
    app_session.rollback()
    add(app_session, made.matter, made.publisher, now=now)
    app_session.commit()
    return made


@SCREENS
def test_the_desk(app: Flask, visitor: Callable[..., Visitor], desk: Desk, screen: ViewportSize) -> None:
    officer = visitor(screen=screen)
    page = let_in(app, officer, desk.people["officer"])
    page.goto("/xu-ly/")
    assert "đối chiếu với bản trước" in page.inner_text("main")
    stay(officer)
    page.goto(f"/xu-ly/{desk.matter.slug}/dot/")
    assert "Bản dự thảo lần 2 chưa công bố" in page.inner_text("main")
    stay(officer)
    page.goto(f"/xu-ly/{desk.matter.slug}/?draft=outdated&by_me=1")
    stay(officer)
    page.get_by_role("link", name="Soạn lại câu trả lời chung, không gồm ý kiến này").click()
    assert "đã được người gửi rút" in page.inner_text("main")
    stay(officer)


@SCREENS
def test_a_letter(
    app: Flask, visitor: Callable[..., Visitor], house: House, app_session: Session, screen: ViewportSize
) -> None:
    women = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội Liên hiệp Phụ nữ tỉnh")
    user: User = make_user(app_session, women, [Role.SENDER], "Ma Thị Hoa")
    app_session.commit()
    signs = Browser(app)
    sign_in(signs, user)
    check = begun(house.drafter, "formal").submit({**LETTER, "comments.0.text": "Nên lùi."}, "Xem toàn bộ")
    check.submit({"organisation": str(women.id)}, "Đề nghị cùng ký")
    read = signs.get("/to-chuc/").click("Văn bản góp ý: ")
    read.submit(button="Xác nhận cùng ký")
    second_draft(house, app_session)
    cosigner = visitor(screen=screen)
    page = let_in(app, cosigner, app_session.get_one(User, user.id))
    page.goto(read.address)
    assert "trước khi có bản dự thảo mới" in page.inner_text("main")
    stay(cosigner)
    house.sender.get(check.address).submit(button="Gửi")
    drafter = visitor(screen=screen)
    page = let_in(app, drafter, house.drafter_user)
    page.goto("/to-chuc/phan-loai-rac/soan/")
    assert "Tổ chức đã có 1 văn bản trong đợt này" in page.inner_text("main")
    stay(drafter)
