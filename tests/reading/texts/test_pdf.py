"""A report of pages as the public reads it: contents, text first, pictures when wanted, comments on parts of pages."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.files import uploaded_files
from consult.consultations.files.ocr import TextRecogniser
from consult.consultations.files.page_images import PageImages, Variant
from consult.consultations.files.pdf_pages import PdfReader
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.words import Kind, Procedure
from consult.errors import Refused
from consult.people.words import Role
from consult.reading.texts import pdf_contents
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.models import Comment
from consult.web import limits
from consult.web.files import pictures
from tests.builders import make_actor, make_consultation
from tests.pages import Browser, Page
from tests.pdfs import picture_pdf, words_pdf
from tests.sandbox.walls import everything_taken, nothing_left

WORDS = [
    "Chương 1. Mô tả\nNước thải đổ ra suối",
    "1.1. Vị trí\nCạnh suối",
    "Chương 2. Tác động\nBụi, ồn",
    "Phụ lục\nBản vẽ",
]
RECT = "//*[local-name()='rect']"
HOSTILE = ("0-0-0-0", "0-0-1001-5", "x", "1-2-3", "9" * 99, "1-2-3-4/5")


def report(app: Flask, session: Session, data: bytes | None = None, **given: Any) -> Consultation:
    """An open matter whose main draft is this PDF, read at once."""
    reader = PdfReader(given.pop("recogniser", None))
    upload = uploaded_files.read_upload(
        data or words_pdf(WORDS, headings=True), "dtm.pdf", app.extensions["consult.files"], reader
    )
    given = {"kind": Kind.EIA_REPORT, "procedure": Procedure.EIA_STATUTORY, **given}
    return make_consultation(session, Stage.OPEN, now=clock.now(), upload=upload, slug="dtm", **given)


def send(page: Page, text: str = "Đề nghị dời bãi thải.") -> Page:
    """Writes a comment on this form and sends it."""
    checked = page.walk({"Nội dung ý kiến": text}, button="Xem lại trước khi gửi")
    return checked.submit({}, button="Gửi")


def test_the_contents_lead_to_pages(app: Flask, app_session: Session, browser: Browser) -> None:
    report(app, app_session)
    first = browser.get("/lay-y-kien/dtm/du-thao/1/")
    assert "4 trang" in first.text
    page = first.click("Chương 2. Tác động trang 3")
    assert page.heading.startswith("Trang 3") and "Bụi, ồn" in page.text
    assert "Bản vẽ" in page.click("Trang sau").text
    assert browser.get("/en/lay-y-kien/dtm/du-thao/1/").status == 200
    assert "Comments on this page" in browser.get("/en/lay-y-kien/dtm/tai-lieu/1/1/trang/3/").text
    browser.get("/lay-y-kien/dtm/tai-lieu/1/1/trang/5/", status=404)


def test_a_comment_on_a_quarter_of_a_page(app: Flask, app_session: Session, browser: Browser) -> None:
    matter = report(app, app_session)
    page = browser.get("/lay-y-kien/dtm/tai-lieu/1/1/trang/2/")
    form = page.submit(
        {"Phần trên bên phải": "tai-lieu/1/1/trang/2/khung/500-0-500-500"}, button="Góp ý về phần đã chọn"
    )
    assert "Góp ý về: một phần trang 2" in form.text
    assert form.find(f"//form{RECT}/@x") == ["500"] and form.find("//img[contains(@src, 'trang/2/anh-nhe.webp')]")
    assert send(form).heading == "Đã tiếp nhận ý kiến"
    [comment] = app_session.scalars(select(Comment)).all()
    assert comment.box == [500, 0, 500, 500]
    listed = browser.get("/lay-y-kien/dtm/tai-lieu/1/1/trang/2/")
    assert "Ý kiến số 1" in listed.text and "Đề nghị dời" not in listed.text
    hidden = browser.get("/lay-y-kien/dtm/y-kien/1/")
    assert not hidden.find(f"{RECT}[@x='500']")
    officer = make_actor(app_session, matter.lead, Role.OFFICER, Role.LEADER)
    acts.release(app_session, matter, [1], officer, clock.now())
    shown = browser.get("/lay-y-kien/dtm/y-kien/1/")
    assert shown.find(f"//figure{RECT}/@x") == ["500"] and "một phần trang 2" in shown.text
    first = browser.get("/lay-y-kien/dtm/du-thao/1/")
    assert "Trang có nhiều ý kiến nhất" in first.text
    assert first.words("//nav[@class='contents']/ol/li[2]/span[@class='count']") == ["1 ý kiến"]


@pytest.mark.parametrize("sides", HOSTILE)
def test_a_part_that_is_none_is_refused(app: Flask, app_session: Session, browser: Browser, sides: str) -> None:
    report(app, app_session)
    browser.get(f"/lay-y-kien/dtm/gop-y/?tai=tai-lieu/1/1/trang/2/khung/{sides}", status=404)
    browser.get(f"/lay-y-kien/dtm/y-kien/?tai=tai-lieu/1/1/trang/2/khung/{sides}", status=404)


def test_pictures_are_drawn_once_and_kept(app: Flask, app_session: Session, browser: Browser) -> None:
    matter = report(app, app_session)
    address = "/lay-y-kien/dtm/tai-lieu/1/1/trang/1/anh-nhe.webp"
    first = browser.client.get(address)
    assert (first.status_code, first.mimetype) == (200, "image/webp") and len(first.data) < 40_000
    assert "immutable" in first.headers["Cache-Control"] and "Set-Cookie" not in first.headers
    again = browser.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    images: PageImages = app.extensions["consult.page_images"]
    file_hash = queries.current_revision(app_session, matter.id).file_hash
    assert images.of(file_hash, 1, Variant.LIGHT).found() == first.data
    large = browser.client.get(address.replace("anh-nhe", "anh"))
    assert len(large.data) > len(first.data)
    for page in (0, 5, 999_999):
        assert browser.client.get(address.replace("/1/anh", f"/{page}/anh")).status_code == 404


def test_a_page_that_cannot_be_drawn_says_so(app: Flask, app_session: Session, browser: Browser) -> None:
    matter = report(app, app_session)
    images: PageImages = app.extensions["consult.page_images"]
    file_hash = queries.current_revision(app_session, matter.id).file_hash
    images.kept.put(images.of(file_hash, 1, Variant.LIGHT).name, b"")
    answer = browser.client.get("/lay-y-kien/dtm/tai-lieu/1/1/trang/1/anh-nhe.webp")
    assert (answer.status_code, answer.mimetype) == (422, "image/svg+xml")
    assert "Không vẽ được ảnh của trang này." in answer.text


def test_a_flood_cannot_have_everything_drawn(app: Flask, app_session: Session, browser: Browser) -> None:
    report(app, app_session)
    with app.test_request_context():
        for _ in range(40):
            limits.hit("page_image_of", "127.0.0.1/32", pictures.PER_ADDRESS)
    refused = browser.client.get("/lay-y-kien/dtm/tai-lieu/1/1/trang/1/anh-nhe.webp")
    assert (refused.status_code, refused.mimetype) == (429, "image/svg+xml")
    assert refused.headers["Retry-After"] and "Máy chủ đang bận" in refused.text
    assert refused.headers["Cache-Control"] == "no-store"


PICTURE = "/lay-y-kien/dtm/tai-lieu/1/1/trang/1/anh-nhe.webp"


def test_strangers_who_send_files_never_keep_a_picture_from_who_reads(app: Flask, app_session: Session) -> None:
    report(app, app_session)
    with everything_taken():
        assert app.test_client().get(PICTURE).status_code == 200


def test_who_reads_does_not_wait_for_room_to_draw(app: Flask, app_session: Session) -> None:
    """However many ask: most are sent away at once, and the few for whom there is room wait half a second."""
    matter = report(app, app_session)
    images: PageImages = app.extensions["consult.page_images"]
    picture = images.of(queries.current_revision(app_session, matter.id).file_hash, 1, Variant.LIGHT)
    with nothing_left(), ThreadPoolExecutor(8) as readers:
        began = time.monotonic()
        asked = [readers.submit(picture.draw) for _ in range(32)]
        assert {type(answer.exception()) for answer in asked} == {Refused}
        assert app.test_client().get(PICTURE).status_code == 429
        assert time.monotonic() - began < 6
    assert app.test_client().get(PICTURE).status_code == 200


def test_only_half_of_the_threads_draw(app: Flask, app_session: Session) -> None:
    report(app, app_session)
    images: PageImages = app.extensions["consult.page_images"]
    half = app.config["THREADS"] // 2
    for _ in range(half):
        images.room.acquire()
    assert app.test_client().get(PICTURE).status_code == 429
    images.room.release()
    assert app.test_client().get(PICTURE).status_code == 200


def test_recognised_words_are_marked(app: Flask, app_session: Session, browser: Browser) -> None:
    report(app, app_session, picture_pdf("Nước thải đổ ra suối"), recogniser=TextRecogniser())
    page = browser.get("/lay-y-kien/dtm/tai-lieu/1/1/trang/1/")
    assert "Nước thải đổ ra suối" in page.text and "nhận dạng tự động" in page.text and "có thể sai" in page.text
    form = page.click("Góp ý về trang này")
    assert "có thể sai" in form.text
    assert send(form).heading == "Đã tiếp nhận ý kiến"
    assert "có thể sai" in browser.get("/lay-y-kien/dtm/y-kien/1/").text


def test_a_page_without_words_says_it_is_a_picture(app: Flask, app_session: Session, browser: Browser) -> None:
    report(app, app_session, picture_pdf("Nước thải đổ ra suối"))
    assert "Trang này là hình ảnh" in browser.get("/lay-y-kien/dtm/tai-lieu/1/1/trang/1/").text


def test_the_project_and_its_meeting(app: Flask, app_session: Session, browser: Browser) -> None:
    project = {"name": "Đường tỉnh", "investor": "Ban A", "place": "Xã B", "scale": "12 km", "meeting_on": "2026-12-01"}
    matter = report(app, app_session, project={**project, "meeting_place": "Nhà văn hóa"})
    page = browser.get("/lay-y-kien/dtm/")
    for said in ("Đường tỉnh", "Ban A", "Xã B", "12 km", "1/12/2026, Nhà văn hóa", "không thay thế"):
        assert said in page.text
    card = browser.get("/lay-y-kien/").words("//article[@class='card']/p[@class='meta']")
    assert any(f"Chủ dự án: {matter.answering.name}" in line for line in card)


def test_a_topic_finds_only_what_may_be_read(app: Flask, app_session: Session, browser: Browser) -> None:
    matter = report(app, app_session)
    form = browser.get("/lay-y-kien/dtm/gop-y/?tai=tai-lieu/1/1/trang/2")
    checked = form.walk({"Nội dung ý kiến": "Bụi", "comments.0.topic": "impacts"}, button="Xem lại trước khi gửi")
    checked.submit({}, button="Gửi")
    found = "/lay-y-kien/dtm/y-kien/?noi-dung=impacts"
    assert "Ý kiến số 1" not in browser.get(found).text
    acts.release(app_session, matter, [1], make_actor(app_session, matter.lead, Role.OFFICER), clock.now())
    assert "Ý kiến số 1" in browser.get(found).text
    assert "Ý kiến số 1" not in browser.get("/lay-y-kien/dtm/y-kien/?noi-dung=location").text
    for address in ("/lay-y-kien/dtm/y-kien/1/", "/lay-y-kien/dtm/tai-lieu/1/1/trang/2/"):
        assert "Tác động môi trường" in browser.get(address).text


PAGES = st.integers(1, 40)


@given(st.sets(PAGES, max_size=12), st.dictionaries(PAGES, st.integers(1, 9)))
def test_counts_of_headings_are_those_of_their_pages(begun: set[int], counts: dict[int, int]) -> None:
    contents = [{"title": "x", "page": page, "level": 1} for page in sorted(begun)]
    first = min(begun, default=41)
    told = sum(entry.count for entry in pdf_contents.tree(contents, counts, 40))
    assert told == sum(count for page, count in counts.items() if page >= first)
