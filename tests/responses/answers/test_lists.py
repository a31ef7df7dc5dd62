"""Answers that need a list: pages show one, and what is kept, counted on, exported and mailed stays as it was typed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.words import Disclosure
from consult.responses.models import ResponseVersion
from consult.stages import Stage
from tests.pages import Browser, Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, make_desk

TYPED = "Tiếp thu **một phần**:\n- sửa khoản 1;\n- bỏ điểm <b>.\nXem [luật](https://vbpl.vn/)."
LIST = ["sửa khoản 1;", "bỏ điểm <b>."]


def lists_of(page: Page) -> list[str]:
    """The items of LIST that stand on the page as items."""
    return [words for words in page.words("//li") if words in LIST]


def test_the_desk_shows_a_list_and_keeps_the_text_as_it_was_typed(desk: Desk, enter: Enter) -> None:
    [number] = desk.receive("- của công dân\n- **như đã gõ**")
    at = f"/xu-ly/{desk.matter.slug}/"
    form = enter("officer").get(f"{at}tra-loi/?comment={number}")
    assert "Có thể dùng" in form.text
    saved = form.submit({"disposition": "accepted", "text": TYPED, "change_path": "d2.k1"}, "Lưu bản trả lời")
    assert saved.form("Lưu bản trả lời").values()["text"].strip().replace("\r\n", "\n") == TYPED
    assert lists_of(enter("officer").get(f"{at}y-kien/{number}/")) == LIST
    sheet = enter("leader").get(f"{at}phe-duyet/")
    assert lists_of(sheet) == LIST
    assert "- của công dân" in sheet.html and "**như đã gõ**" in sheet.text
    desk.session.rollback()
    [version] = desk.session.scalars(select(ResponseVersion))
    assert version.text == TYPED


def test_the_public_reads_a_list_and_machines_the_text_as_typed(app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session, disclosure=Disclosure.AT_ONCE)
    [number] = desk.receive("- của công dân\n- **như đã gõ**")
    desk.answer(number, text=TYPED)
    matter = f"/lay-y-kien/{desk.matter.slug}/"
    for address in (f"{matter}y-kien/{number}/", f"{matter}tong-hop/"):
        page = browser.get(address)
        assert lists_of(page) == LIST, address
        assert '<a href="https://vbpl.vn/" rel="nofollow noopener">luật</a>' in page.html
        assert "**như đã gõ**" in page.text
    [listed] = browser.client.get(f"/api/v1/consultations/{desk.matter.slug}/comments").get_json()["comments"]
    assert listed["answer"]["text"] == TYPED


def test_what_a_matter_is_about_may_hold_a_list(app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session, Stage.OPEN)
    matter = app_session.get_one(Consultation, desk.matter.id)
    matter.summary = "Dự thảo:\n1. phân loại;\n2. thu gom."
    matter.plain_words = {"for_whom": "- hộ gia đình\n- cơ sở"}
    app_session.commit()
    page = browser.get(f"/lay-y-kien/{desk.matter.slug}/")
    assert page.words("//*[contains(@class, 'lead')]//ol/li") == ["phân loại;", "thu gom."]
    assert page.words("//dd/ul/li") == ["hộ gia đình", "cơ sở"]
