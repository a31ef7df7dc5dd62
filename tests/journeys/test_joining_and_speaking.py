"""A neighbour joins a public comment, and somebody who would rather speak sends a recording, at two widths."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.people.words import Role
from consult.submissions.acts import service as acts
from consult.submissions.models import Joiner
from consult.submissions.receiving.models import Attachment
from consult.submissions.receiving.service import receive
from tests.arriving import given
from tests.builders import make_actor
from tests.files import made
from tests.journeys.going import look_through, press
from tests.live import DESK, PHONE, Visitor
from tests.submissions.rows import comment, new

pytestmark = pytest.mark.browser
WAYS = [(False, PHONE), (True, DESK)]


@pytest.mark.parametrize(("javascript", "screen"), WAYS)
def test_join(
    app: Flask,
    visitor: Callable[..., Visitor],
    matter: Consultation,
    app_session: Session,
    javascript: bool,
    screen: dict[str, int],
) -> None:
    sent = new(comment("Nên ghi rõ ngày thu gom.", "d2.k1"), at=now())
    receive(app_session, matter, sent, now(), app.extensions["consult.signer"], app.extensions["consult.codes"])
    acts.release(app_session, matter, [1], make_actor(app_session, matter.lead, Role.OFFICER), now())
    person = visitor(javascript=javascript, screen=screen)
    page = person.open(f"/lay-y-kien/{matter.slug}/y-kien/1/")
    person.check()
    press(page, page.get_by_role("link", name="Tôi cùng ý kiến", exact=True))
    person.check()
    press(page, page.get_by_role("button", name="Tôi cùng ý kiến", exact=True))
    assert page.inner_text("h1") == "Đã ghi nhận lượt cùng ý kiến"
    person.check()
    _code, secret = page.locator("strong.code").all_inner_texts()
    press(page, page.get_by_role("link", name="Xem tình trạng", exact=True))
    assert "1 lượt cùng ý kiến." in page.inner_text("main")
    person.check()
    if javascript:
        kept = visitor(javascript=True, screen=screen).open(f"/lay-y-kien/{matter.slug}/y-kien/1/")
        kept.get_by_text("1 lượt cùng ý kiến (tính đến").wait_for()
    page.get_by_label("Mã bí mật").fill(secret)
    press(page, page.get_by_role("button", name="Mở", exact=True))
    press(page, page.get_by_label("Tôi chắc chắn muốn rút lượt cùng ý kiến này"), " ")
    press(page, page.get_by_role("button", name="Rút lượt cùng ý kiến", exact=True))
    assert "Đã rút lượt cùng ý kiến." in page.inner_text("main")
    person.check()
    app_session.rollback()
    assert app_session.scalars(select(Joiner)).one().withdrawn_at is not None


@pytest.mark.parametrize(("javascript", "screen"), WAYS)
def test_speak(
    visitor: Callable[..., Visitor],
    matter: Consultation,
    app_session: Session,
    javascript: bool,
    screen: dict[str, int],
) -> None:
    person = visitor(javascript=javascript, screen=screen)
    page = person.open(f"/lay-y-kien/{matter.slug}/gop-y/?tai=d2.k1")
    press(page, page.get_by_text("Nói", exact=True), " ")
    page.get_by_label("tiếng Mông", exact=True).check()
    given(
        page.get_by_label("Ghi âm hoặc chọn tệp ghi âm"),
        {"name": "loi-cua-me.wav", "mimeType": "audio/wav", "buffer": made.wav()},
    )
    look_through(page)
    assert "Ghi âm (tiếng Mông)" in page.inner_text("main")
    person.check()
    press(page, page.get_by_role("button", name="Gửi", exact=True))
    if page.inner_text("h1") != "Đã tiếp nhận ý kiến":
        # Who sends within the first seconds is asked to press once more.
        press(page, page.get_by_role("button", name="Gửi", exact=True))
    assert "Ghi âm (tiếng Mông)" in page.inner_text("main")
    person.check()
    app_session.rollback()
    [kept] = app_session.scalars(select(Attachment))
    assert (kept.role, kept.language) == ("voice", "mong")
