"""A report of pages as an officer without JavaScript uploads it: progress in place, every page to look at, publication
only at the end; hostile files end in a sentence."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from consult import clock
from consult.consultations.desk.shown_facts import PUBLICATION
from consult.consultations.document_models import Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import service as preparation
from consult.outbox.worker import Worker
from consult.people.words import Role
from consult.shown import About, token
from tests.builders import make_actor
from tests.consultations.conftest import Desk
from tests.consultations.desk.test_preparation import create
from tests.pages import Page
from tests.pdfs import turned_pdf, words_pdf

WORDS = [f"1.{number}. Mục số {number} của báo cáo" for number in range(1, 31)]


def uploaded(desk: Desk, data: bytes | None = None) -> tuple[Page, Consultation]:
    """The page after the upload, and the matter with its periods set."""
    page = create(desk, (data or words_pdf(WORDS), "dtm.pdf"), title="Báo cáo đánh giá tác động môi trường")
    matter = desk.session.scalars(select(Consultation)).one()
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    preparation.schedule(desk.session, matter, clock.local_day(clock.now()), {}, actor, clock.now())
    return page, matter


def work(desk: Desk) -> int:
    """The worker does once what is due a little later."""
    worker: Worker = desk.app.extensions["consult.worker"]
    return worker.work_once(clock.now() + timedelta(seconds=1))


def test_from_upload_to_publication(desk: Desk) -> None:
    page, matter = uploaded(desk)
    assert "Số trang đã đọc: 0/30" in page.text
    steps = desk.browser.get(f"/xu-ly/{matter.slug}/chuan-bi/")
    assert "Đã đọc 0/30 trang." in steps.text and "Xin chờ đọc xong rồi công bố." in steps.text
    assert not [form for form in steps.forms() if "cong-bo" in form.action]
    work(desk)
    progress = page.click("Xem tiến độ")
    assert "Số trang đã đọc: 25/30" in progress.text and progress.headers["Refresh"] == "4"
    while work(desk):
        pass
    progress = desk.browser.get(progress.address)
    assert "Đã đọc đủ 30 trang." in progress.text and "Refresh" not in progress.headers
    first = progress.click("Xem từng trang như người dân sẽ đọc")
    assert WORDS[0] in first.text
    assert WORDS[1] in first.click("Trang sau").text
    assert "Mục lục: 30 đề mục" in desk.browser.get(page.address).text
    steps = desk.browser.get(f"/xu-ly/{matter.slug}/chuan-bi/")
    managed = steps.click("Xem trước khi công bố").submit({}, button="Công bố")
    assert managed.heading == matter.title
    public = desk.browser.get(f"/lay-y-kien/{matter.slug}/du-thao/1/")
    assert "30 trang" in public.text and WORDS[4] in public.text


def test_publishing_by_hand_before_the_end_is_refused(desk: Desk) -> None:
    _, matter = uploaded(desk)
    csrf = desk.browser.get(f"/xu-ly/{matter.slug}/chuan-bi/thong-tin/").form("title").values()["csrf_token"]
    actor = make_actor(desk.session, desk.department, Role.PUBLISHER, user=desk.publisher)
    shown = token(PUBLICATION, *PUBLICATION.now(About(desk.session, actor, clock.now(), matter)))
    answer = desk.browser.post(
        f"/xu-ly/{matter.slug}/chuan-bi/cong-bo/", data={"csrf_token": csrf, "shown": shown}, status=422
    )
    assert "Xin chờ đọc xong rồi công bố." in answer.text
    desk.session.expire_all()
    assert matter.published_at is None


def test_pictures_of_a_draft_are_for_its_officers_only(desk: Desk) -> None:
    _, matter = uploaded(desk)
    while work(desk):
        pass
    base = f"/xu-ly/{matter.slug}/chuan-bi/bo-cuc/1/trang/1/"
    for name in ("anh.webp", "anh-nhe.webp"):
        shown = desk.browser.client.get(base + name)
        assert (shown.status_code, shown.mimetype) == (200, "image/webp")
        assert shown.headers["Cache-Control"] == "no-store"
        assert desk.app.test_client().get(base + name).status_code == 302
        public = f"/lay-y-kien/{matter.slug}/tai-lieu/1/1/trang/1/{name}"
        assert desk.app.test_client().get(public).status_code == 404
    assert desk.browser.client.get(base.replace("/trang/1/", "/trang/31/") + "anh.webp").status_code == 404


def test_a_page_on_its_side_is_shown_upright_and_a_doubt_leads_to_its_page(desk: Desk) -> None:
    page, matter = uploaded(desk, turned_pdf(words_pdf([WORDS[0], "", WORDS[2]]), 90))
    while work(desk):
        pass
    outline = desk.browser.get(page.address)
    assert "Có trang không có chữ trang 2" in outline.text
    assert outline.click("trang 2").address.endswith("/bo-cuc/1/trang/2/")
    image = desk.browser.client.get(f"/xu-ly/{matter.slug}/chuan-bi/bo-cuc/1/trang/1/anh-nhe.webp")
    shown = Image.open(BytesIO(image.data))
    assert shown.width < shown.height


def test_a_failure_is_told_in_place(desk: Desk) -> None:
    page, matter = uploaded(desk)
    revision = queries.current_revision(desk.session, matter.id)
    desk.app.extensions["consult.files"].path(revision.file_hash).unlink()
    while work(desk):
        pass
    said = "Không tìm thấy tệp gốc trong kho lưu trữ."
    for address in (page.address, f"/xu-ly/{matter.slug}/chuan-bi/", f"/xu-ly/{matter.slug}/chuan-bi/tai-lieu/"):
        assert said in desk.browser.get(address).text
        desk.browser.get(f"/en{address}")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\ntrailer<<>>", "hỏng"),
        (b"%PDF-1.4\n" + b"9" * 200_000, "hỏng"),
        (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9999999>>endobj\ntrailer<</Root 1 0 R>>", ""),
    ],
)
def test_hostile_files_end_in_a_sentence(desk: Desk, data: bytes, said: str) -> None:
    page = create(desk, (data, "x.pdf"))
    assert page.status == 422 and any("Tệp dự thảo chính" in error for error in page.errors())
    assert said in page.text and not desk.session.scalars(select(Revision)).all()


@pytest.mark.real
def test_the_malformed_suite_through_the_upload_page(desk: Desk, samples: Path) -> None:
    """Each is taken or refused on the page, whatever it is."""
    taken = 0
    for file in sorted((samples / "suites" / "pdf").glob("*.pdf"))[::3]:
        page = create(desk, (file.read_bytes(), file.name))
        assert page.status in {200, 422}, file.name
        taken += page.status == 200
    assert taken
