"""Speaking instead of writing: recorded in the page by a real browser, heard back, sent, heard at the desk."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.files import durations
from consult.people.words import Role
from consult.submissions.receiving.models import Attachment
from tests.arriving import asked
from tests.builders import make_user
from tests.journeys.going import PLAYS, begin, let_in, look_through, press, record
from tests.live import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser
SMALLEST: ViewportSize = {"width": 320, "height": 740}
FORM = "/lay-y-kien/{slug}/gop-y/?tai=d2.k1"


def still_listening(page: Page) -> bool:
    """Whether any microphone that was ever asked for is on."""
    return bool(asked(page, "window.listening.some((track) => track.readyState === 'live')"))


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["360", "1280"])
def test_speak(
    app: Flask,
    speaker: Callable[..., Visitor],
    visitor: Callable[..., Visitor],
    matter: Consultation,
    app_session: Session,
    screen: ViewportSize,
) -> None:
    person = speaker(screen)
    page = person.open(FORM.format(slug=matter.slug))
    person.check()
    record(page)
    assert still_listening(page)
    person.check()
    page.keyboard.press("Space")
    heard = page.get_by_label("Nghe lại ghi âm")
    expect(heard).to_be_focused()
    expect(page.get_by_text("Đã ghi âm xong")).to_be_visible()
    assert not still_listening(page)
    assert heard.evaluate(PLAYS) > 0.5
    seen = heard.bounding_box()
    assert seen is not None and seen["height"] >= 44
    person.check()
    look_through(page)
    assert "Ghi âm (tiếng Mông)" in page.inner_text("main")
    person.check()
    press(page, page.get_by_role("button", name="Gửi", exact=True))
    if page.inner_text("h1") != "Đã tiếp nhận ý kiến":
        # Who sends within the first seconds is asked to press once more.
        press(page, page.get_by_role("button", name="Gửi", exact=True))
    assert "Ghi âm (tiếng Mông)" in page.inner_text("main")
    app_session.rollback()
    [kept] = app_session.scalars(select(Attachment))
    assert (kept.role, kept.language, kept.file_name) == ("voice", "mong", "ghi-am.webm")
    assert 1 <= durations.seconds(app.extensions["consult.files"].get(kept.file_hash), kept.media_type) < 60

    officer = make_user(app_session, matter.lead, [Role.OFFICER])
    app_session.commit()
    listener = visitor(screen=screen)
    desk = let_in(app, listener, officer)
    desk.goto(f"/xu-ly/{matter.slug}/y-kien/1/nghe/")
    assert desk.locator("audio").evaluate(PLAYS) > 0.5
    listener.check()


def test_a_recording_is_taken_back_and_made_again(speaker: Callable[..., Visitor], matter: Consultation) -> None:
    person = speaker(SMALLEST)
    page = person.open(FORM.format(slug=matter.slug))
    record(page)
    page.keyboard.press("Space")
    person.check()
    press(page, page.get_by_role("button", name="Bỏ ghi âm"), " ")
    assert page.get_by_label("Ghi âm hoặc chọn tệp ghi âm").evaluate("field => field.files.length") == 0
    again = page.get_by_role("button", name="Ghi âm", exact=True)
    expect(again).to_be_focused()
    before = page.locator("[data-most] audio").get_attribute("src")
    again.click()
    expect(page.get_by_text("Đang ghi âm…")).to_be_visible()
    # Folding it away, like leaving, ends the recording and the listening.
    page.get_by_text("Nói", exact=True).click()
    expect(page.locator("[data-most] audio")).not_to_have_attribute("src", before or "")
    assert not still_listening(page)


def test_what_is_still_being_said_is_not_sent_half(speaker: Callable[..., Visitor], matter: Consultation) -> None:
    page = speaker(DESK).open(FORM.format(slug=matter.slug))
    record(page)
    page.get_by_role("button", name="Tiếp tục", exact=True).last.click()
    expect(page.get_by_text("Đã ghi âm xong")).to_be_visible()
    assert not still_listening(page)
    page.get_by_role("button", name="Tiếp tục", exact=True).last.click()
    page.get_by_role("button", name="Bỏ qua, không nêu tên").click()
    expect(page.get_by_text("Ghi âm (tiếng Mông)")).to_be_visible()


def test_from_beneath_a_clause_a_link_leads_to_where_one_speaks_and_the_limit_ends_it(
    speaker: Callable[..., Visitor], matter: Consultation
) -> None:
    person = speaker(PHONE)
    page = person.open(f"/lay-y-kien/{matter.slug}/du-thao/1/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("?")[0]))
    page.locator(".law .margin a").first.click()
    form = page.locator(".inline form")
    form.get_by_label("Nội dung ý kiến").fill("Nói thêm bằng lời.")
    person.check()
    assert "voice.js" not in asked
    form.get_by_role("link", name="Nói", exact=True).click()
    page.locator("[data-most]").evaluate("box => { box.dataset.most = 1; }")
    begin(page)
    expect(page.get_by_text("Đã ghi âm xong")).to_be_visible()
    assert "voice.js" in asked and not still_listening(page)
    person.check()
    page.get_by_role("button", name="Viết").click()
    expect(page.get_by_label("Nội dung ý kiến")).to_have_value("Nói thêm bằng lời.")


def test_a_microphone_that_is_refused_is_told_and_the_file_field_stays(
    visitor: Callable[..., Visitor], matter: Consultation
) -> None:
    person = visitor(screen=PHONE)
    page = person.open(FORM.format(slug=matter.slug))
    page.get_by_role("button", name="Nói", exact=True).click()
    page.get_by_label("tiếng Việt", exact=True).check()
    page.get_by_role("button", name="Ghi âm", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Không dùng được micrô.")).to_be_visible()
    expect(page.get_by_label("Ghi âm hoặc chọn tệp ghi âm")).to_be_visible()
    person.check()
