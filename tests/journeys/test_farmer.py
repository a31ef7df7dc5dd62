"""The farmer: hears what it is about, says it aloud in Mông, and learns who writes it down. Back, reload, a second tab
and a line that dies lose nothing on the way."""

import io
import wave
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.preparation.summaries import NewSummary, Sound, put_summary
from consult.people.words import Level, OrganisationKind, Role
from consult.submissions.models import Submission
from consult.submissions.voices import listening_requests, transcription
from consult.submissions.voices.transcription import TypedTranscript
from tests.arriving import asked, given, line_comes_back, line_dies
from tests.builders import make_actor, make_organisation
from tests.journeys.going import PLAYS, record
from tests.live import PHONE, Visitor

pytestmark = pytest.mark.browser


def two_seconds() -> bytes:
    """A sound that browsers play, which is silence."""
    with wave.open(held := io.BytesIO(), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(2 * 2 * 8000))
    return held.getvalue()


SOUND = two_seconds()
SAID = TypedTranscript("mong", "Peb xav kom muaj tsheb.", "Chúng tôi mong có xe thu gom.")


@pytest.fixture
def told(app: Flask, matter: Consultation, app_session: Session) -> Consultation:
    """A matter whose summary can be listened to in Mông."""
    kept = app.extensions["consult.files"].put(SOUND)
    sound = Sound(kept, "tom-tat.wav", "audio/wav", len(SOUND))
    officer = make_actor(app_session, matter.lead, Role.OFFICER)
    put_summary(app_session, matter, NewSummary("hmn", "Lub rooj.", sound), officer, clock.now())
    app_session.commit()
    return matter


def button(page: Page, name: str) -> None:
    """Presses a button with a finger."""
    page.get_by_role("button", name=name, exact=True).click()


def looked_at_again(person: Visitor, page: Page, heading: str, words: str) -> None:
    """Reload and a second tab show this page with what was said."""
    expect(page.locator("h1")).to_have_text(heading)
    person.check()
    page.reload()
    other = person.context.new_page()
    other.goto(page.url)
    for one in (page, other):
        expect(one.locator("h1")).to_have_text(heading)
        expect(one.locator("main")).to_contain_text(words)
    other.close()


def back_and_forward(page: Page, before: str, heading: str) -> None:
    """The two buttons of the browser."""
    for go, there in ((page.go_back, before), (page.go_forward, heading)):
        go()
        expect(page.locator("h1")).to_have_text(there)


def written_down(session: Session, matter: Consultation, page: Page) -> None:
    """The desk asks a body, whose people write the voice down and check it: the page with the status says so."""
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, "Ban Mặt trận xã")
    lead, [one, other] = matter.lead, [make_actor(session, matter.lead, Role.OFFICER) for _ in range(2)]
    expect(page.locator("main")).to_contain_text(f"chưa ai nghe. {lead.name} nghe, chép lời")
    listening_requests.ask(session, matter, 1, front.id, one, clock.now())
    session.commit()
    page.reload()
    expect(page.locator("main")).to_contain_text("đã nhờ Ban Mặt trận xã nghe và chép lời")
    row = transcription.write(session, matter, 1, SAID, one, clock.now())
    session.commit()
    page.reload()
    expect(page.locator("main")).to_contain_text(f"Cán bộ của {lead.name} đã chép lời")
    transcription.check(session, matter, row.id, other, clock.now())
    session.commit()
    page.reload()
    expect(page.locator("main")).to_contain_text("Chúng tôi mong có xe thu gom.")
    expect(page.locator("main")).to_contain_text(f"{lead.name} chép, {lead.name} kiểm tra")


def to_own(page: Page) -> None:
    """From the receipt, over the status by code, to what was sent."""
    secret = page.locator(".code").nth(1).inner_text()
    page.get_by_role("link", name="Xem tình trạng").click()
    expect(page.locator("main")).to_contain_text("Ý kiến có ghi âm, chưa ai nghe.")
    page.get_by_label("Mã bí mật").fill(secret)
    button(page, "Mở")
    expect(page.locator("h1")).to_have_text("Ý kiến của tôi")


def test_by_voice(speaker: Callable[..., Visitor], told: Consultation, app_session: Session) -> None:
    person = speaker(PHONE)
    page = person.open(f"/lay-y-kien/{told.slug}/")
    page.locator("main").get_by_role("link", name="Gửi ý kiến", exact=True).click()
    assert page.locator("main audio").first.evaluate(PLAYS) > 0.5, "what it is about is heard first"
    record(page)
    button(page, "Dừng ghi âm")
    expect(page.get_by_text("Đã ghi âm xong")).to_be_visible()
    expect(page.get_by_text("Phiếu của ông/bà: 1 ý kiến")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Đã ghi âm xong")).to_be_visible()
    expect(page.get_by_label("tiếng Mông", exact=True)).to_be_checked()

    line_dies(person.page)
    button(page, "Tiếp tục")
    expect(page.get_by_text("Chưa gửi được vì mất mạng")).to_be_visible()
    assert page.locator("[data-most] audio").evaluate(PLAYS) > 0.5
    line_comes_back(person.context)
    expect(page.locator("h1")).to_have_text("Người gửi")
    # The browser itself tells of the line that died.
    person.troubles = [one for one in person.troubles if "ERR_INTERNET_DISCONNECTED" not in one]
    back_and_forward(page, "Gửi ý kiến", "Người gửi")
    looked_at_again(person, page, "Người gửi", "Không bắt buộc")
    button(page, "Bỏ qua, không nêu tên")
    expect(page.locator("h1")).to_have_text("Xem lại trước khi gửi")
    looked_at_again(person, page, "Xem lại trước khi gửi", "Ghi âm (tiếng Mông)")
    assert page.locator("main audio").evaluate(PLAYS) > 0.5
    back_and_forward(page, "Người gửi", "Xem lại trước khi gửi")
    expect(page.locator("main")).to_contain_text("Chỉ cơ quan xử lý thấy")
    button(page, "Gửi")
    expect(page.locator("h1")).to_have_text("Đã tiếp nhận ý kiến")
    looked_at_again(person, page, "Đã tiếp nhận ý kiến", "Ghi âm (tiếng Mông)")
    assert asked(page, "Object.keys(localStorage).filter(key => key.startsWith('phieu:')).length") == 0
    page.go_back()
    expect(page.locator("h1")).to_have_text("Đã tiếp nhận ý kiến")
    to_own(page)
    written_down(app_session, told, page)
    person.check()
    assert len(app_session.scalars(select(Submission)).all()) == 1


def test_by_voice_without_script(visitor: Callable[..., Visitor], told: Consultation, app_session: Session) -> None:
    person = visitor(javascript=False, screen=PHONE)
    page = person.open(f"/lay-y-kien/{told.slug}/gop-y/")
    button(page, "Nói")
    looked_at_again(person, page, "Gửi ý kiến", "Nói bằng tiếng gì")
    given(
        page.get_by_label("Ghi âm hoặc chọn tệp ghi âm"),
        {"name": "giong.wav", "mimeType": "audio/wav", "buffer": SOUND},
    )
    button(page, "Tiếp tục")
    expect(page.locator(".error-summary")).to_contain_text("Nói bằng tiếng gì")
    looked_at_again(person, page, "Gửi ý kiến", "Đã nhận ghi âm")
    page.get_by_label("tiếng Mông", exact=True).check()
    button(page, "Tiếp tục")
    expect(page.locator("h1")).to_have_text("Người gửi")
    page.go_back()
    expect(page.locator("main")).to_contain_text("Đã nhận ghi âm")
    page.go_forward()
    looked_at_again(person, page, "Người gửi", "Không bắt buộc")
    button(page, "Bỏ qua, không nêu tên")
    looked_at_again(person, page, "Xem lại trước khi gửi", "Ghi âm (tiếng Mông)")
    button(page, "Gửi")
    looked_at_again(person, page, "Đã tiếp nhận ý kiến", "Ghi âm (tiếng Mông)")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Đã tiếp nhận ý kiến")
    to_own(page)
    written_down(app_session, told, page)
    person.check()
    assert len(app_session.scalars(select(Submission)).all()) == 1
