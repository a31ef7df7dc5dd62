"""What is looked at before it is published: the public pages as they will be, by those who prepare them alone."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations import document_models
from consult.consultations.files import uploaded_files
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import documents
from consult.consultations.preparation import service as preparation
from consult.consultations.revisions import next_revision
from consult.consultations.words import Audience, DocumentRole
from consult.people.words import Role
from consult.policy import Actor
from consult.stages import Stage
from tests.application import sign_in
from tests.builders import make_actor, make_consultation, make_organisation, make_user, read_text
from tests.pages import Browser, Page
from tests.pdfs import words_pdf
from tests.reading.texts.test_pictures import draft, painting

PREVIEWED = re.compile(r"/xu-ly/[^/]+/xem-truoc/(?!tai-ve/)(.*/)?")
FURTHER = "# Tờ trình\n\n### Điều 1. Lý do ban hành\n\n1. Vì cần thiết.\n"


@dataclass
class Office:
    """A matter in preparation with a further document, and its publisher signed in."""

    app: Flask
    session: Session
    browser: Browser
    actor: Actor
    matter: Consultation

    def at(self, rest: str) -> str:
        """An address of the matter's desk."""
        return f"/xu-ly/{self.matter.slug}/{rest}"


@pytest.fixture
def office(app: Flask, app_session: Session) -> Office:
    """See Office."""
    body = make_organisation(app_session, name="Sở Nông nghiệp và Môi trường")
    person = make_user(app_session, body, [Role.OFFICER, Role.PUBLISHER])
    actor = make_actor(app_session, body, Role.OFFICER, Role.PUBLISHER, user=person)
    matter = make_consultation(app_session, Stage.DRAFTING, lead=body, actor=actor, now=clock.now(), opened_before=0)
    further = read_text(FURTHER)
    documents.add_document(app_session, matter, "Tờ trình", DocumentRole.FURTHER, further, actor, clock.now())
    browser = Browser(app)
    sign_in(browser, person)
    return Office(app, app_session, browser, actor, matter)


def everything_reached(page: Page, seen: dict[str, Page]) -> dict[str, Page]:
    """Every page that links of a preview lead to, the way back apart."""
    for address in page.find("//a[@href]/@href"):
        path = address.partition("#")[0].partition("?")[0]
        if PREVIEWED.fullmatch(path) and path not in seen:
            seen[path] = page.browser.get(path)
            everything_reached(seen[path], seen)
    return seen


def test_the_public_pages_are_seen_before_they_are_public(office: Office) -> None:
    shown = office.browser.get(office.at("xem-truoc/"))
    assert shown.heading == office.matter.title
    assert "BẢN XEM TRƯỚC, CHƯA CÔNG BỐ" in shown.text and "Hồ sơ lấy ý kiến" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    draft = shown.click("Đọc dự thảo")
    assert "Hộ gia đình phân loại" in draft.text and "BẢN XEM TRƯỚC" in draft.text
    assert "Điều 1" in shown.click("Tờ trình").text
    assert draft.click("Về trang kiểm tra và công bố").heading == "Xem trước khi công bố"
    Browser(office.app).get(f"/lay-y-kien/{office.matter.slug}/", status=404)


def test_no_link_of_a_preview_leaves_it(office: Office) -> None:
    pages = everything_reached(office.browser.get(office.at("xem-truoc/")), {})
    assert len(pages) == 3, sorted(pages)
    for page in pages.values():
        outside = [link for link in page.find("//a/@href") if not link.startswith(("#", "?", "/xu-ly/", "/en/xu-ly/"))]
        assert not outside and not page.find("//script") and not page.find("//*[@data-refresh]")
        assert all(not form.action for form in page.forms())


def test_a_pdf_is_seen_page_by_page(office: Office) -> None:
    store, reader = office.app.extensions["consult.files"], office.app.extensions["consult.pdf_reader"]
    upload = uploaded_files.read_upload(words_pdf(["Trang một.", "Trang hai."]), "bao-cao.pdf", store, reader)
    documents.add_document(
        office.session, office.matter, "Báo cáo", DocumentRole.FURTHER, upload, office.actor, clock.now()
    )
    while office.app.extensions["consult.worker"].work_once(clock.now()):
        pass
    pages = everything_reached(office.browser.get(office.at("xem-truoc/")), {})
    first = pages[office.at("xem-truoc/tai-lieu/3/1/trang/1/")]
    assert "Trang một." in first.text
    (picture,) = first.find("//main//img/@src")
    assert office.browser.get(picture).headers["Content-Type"] == "image/webp"
    office.browser.get(office.at("xem-truoc/tai-lieu/3/1/trang/9/"), status=404)


def test_pictures_of_a_text_are_seen(office: Office) -> None:
    upload = uploaded_files.read_upload(draft(painting("red")), "so-do.docx", office.app.extensions["consult.files"])
    documents.add_document(
        office.session, office.matter, "Sơ đồ", DocumentRole.FURTHER, upload, office.actor, clock.now()
    )
    page = office.browser.get(office.at("xem-truoc/tai-lieu/3/1/"))
    (first, *_) = page.find("//main//img[@alt='Bản đồ bãi rác']/@src")
    assert office.browser.get(first).headers["Content-Type"] == "image/webp"
    assert Browser(office.app).get(first).heading == "Đăng nhập"


def test_nobody_else_sees_it(office: Office) -> None:
    other = Browser(office.app)
    office.session.rollback()
    sign_in(other, make_user(office.session, make_organisation(office.session), [Role.OFFICER, Role.PUBLISHER]))
    for rest in ("xem-truoc/", "xem-truoc/du-thao/1/", "xem-truoc/tai-lieu/2/1/", "xem-truoc/tai-ve/1/1/"):
        other.get(office.at(rest), status=404)
        assert Browser(office.app).get(office.at(rest)).heading == "Đăng nhập"


def test_what_is_shown_is_counted_and_named(office: Office) -> None:
    page = office.browser.get(office.at("chuan-bi/xem-truoc/"))
    revision = queries.current_revision(office.session, office.matter.id)
    for words in (office.matter.title, revision.file_hash, revision.file_name, "tháng"):
        assert words in page.text, words
    told = dict(zip(page.words("//dl[2]//dt"), page.words("//dl[2]//dd"), strict=True))
    assert (told["Số điều"], told["Số khoản"]) == ("3", "2")
    assert "theo quy định của tỉnh" in page.text or "luật" in page.text.lower()


@pytest.mark.parametrize("change", ["title", "period", "outline", "document", "body"])
def test_what_changed_since_it_was_shown_is_not_published(office: Office, change: str) -> None:
    page = office.browser.get(office.at("chuan-bi/xem-truoc/"))
    _change(office, change)
    refused = page.submit({}, button="Công bố")
    assert refused.status == 409 and "Đã có người thay đổi nội dung" in refused.text
    office.session.rollback()
    assert queries.by_slug(office.session, office.matter.slug).published_at is None
    published = refused.submit({}, button="Đã xem, gửi lại")
    assert published.status == 200 and "đã được công bố" in published.text


def _change(office: Office, change: str) -> None:
    office.session.rollback()
    session, matter, now = office.session, office.matter, clock.now()
    if change == "title":
        matter.title = "Quyết định về chất thải rắn"
    elif change == "period":
        day = clock.local_day(now)
        preparation.schedule(session, matter, day, {Audience.PUBLIC: day + timedelta(days=45)}, office.actor, now)
    elif change == "outline":
        nodes = queries.provisions_of(session, queries.current_revision(session, matter.id))
        nodes[-1].text += " Thêm."
    elif change == "document":
        documents.add_document(session, matter, "Phụ lục", DocumentRole.FURTHER, read_text(FURTHER), office.actor, now)
    else:
        matter.issuing.name = "Hội đồng nhân dân tỉnh"
    session.commit()


def test_a_second_press_leads_to_what_is_public(office: Office) -> None:
    page = office.browser.get(office.at("chuan-bi/xem-truoc/"))
    assert page.submit({}, button="Công bố").heading == office.matter.title
    again = page.submit({}, button="Công bố")
    assert (again.status, again.heading) == (200, office.matter.title)


def test_a_press_without_what_was_shown_publishes_nothing(office: Office) -> None:
    token = office.browser.get(office.at("chuan-bi/xem-truoc/")).form("shown").values()["csrf_token"]
    office.browser.post(office.at("chuan-bi/cong-bo/"), {"csrf_token": token}, status=409)
    office.session.rollback()
    assert queries.by_slug(office.session, office.matter.slug).published_at is None


def test_a_file_of_another_matter_is_told(office: Office) -> None:
    warning = "nhưng tệp dự thảo mang tên"
    assert warning not in office.browser.get(office.at("chuan-bi/xem-truoc/")).text
    office.session.rollback()
    queries.current_revision(office.session, office.matter.id).title = "LUẬT QUẢN LÝ THUẾ"
    office.session.commit()
    assert "mang tên “LUẬT QUẢN LÝ THUẾ”" in office.browser.get(office.at("chuan-bi/xem-truoc/")).text


def test_a_further_revision_is_seen_before_it_is_public(app: Flask, app_session: Session) -> None:
    body = make_organisation(app_session)
    person = make_user(app_session, body, [Role.OFFICER, Role.PUBLISHER])
    actor = make_actor(app_session, body, Role.OFFICER, Role.PUBLISHER, user=person)
    matter = make_consultation(app_session, Stage.OPEN, lead=body, actor=actor, now=clock.now())
    main = queries.document_of(app_session, matter.id, 1)
    next_revision.add_revision(app_session, matter, main, read_text(FURTHER), actor, clock.now())
    browser = Browser(app)
    sign_in(browser, person)
    page = browser.get(f"/xu-ly/{matter.slug}/ban-moi/1/cong-bo/")
    seen = page.click("Xem như người dân sẽ thấy")
    assert "Lý do ban hành" in seen.text and "BẢN XEM TRƯỚC" in seen.text
    browser.get(f"/xu-ly/{matter.slug}/xem-truoc/du-thao/1/", status=404)
    app_session.rollback()
    second = queries.revision_of(app_session, main, 2)
    app_session.get_one(
        document_models.Provision, (matter.id, queries.provisions_of(app_session, second)[-1].id)
    ).text = "X"
    app_session.commit()
    refused = page.submit({}, button="Công bố bản dự thảo lần 2")
    assert refused.status == 409 and "Đã có người thay đổi" in refused.text
    assert "Đã công bố bản dự thảo mới" in refused.submit({}, button="Đã xem, gửi lại").text
    assert refused.submit({}, button="Đã xem, gửi lại").status == 200, "pressed twice"
