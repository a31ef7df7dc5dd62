"""Home, the list of matters, one matter, its texts by sheets and its PDFs by pages, and the pages about the site."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Provision, Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import publication
from consult.consultations.words import Kind, Procedure
from consult.db import new_id
from consult.stages import Stage
from tests.builders import make_consultation, make_publisher, paged
from tests.pages import Browser

LONG = "# Luật dài\n\n" + "\n\n".join(
    f"## Chương {roman}. PHẦN {roman}\n\n"
    + "\n\n".join(f"### Điều {number}. Tên điều {number}\n\n" + "chữ nghĩa " * 400 for number in numbers)
    for roman, numbers in (("I", range(1, 15)), ("II", range(15, 29)))
)


def matter(session: Session, stage: Stage = Stage.OPEN, **given: object) -> Consultation:
    """A matter at that stage now."""
    return make_consultation(session, stage, now=clock.now(), **given)  # type: ignore[arg-type]


def url_of(found: Consultation) -> str:
    """The address of a matter."""
    return f"/lay-y-kien/{found.slug}/"


def test_an_empty_site_says_so_and_can_be_searched(browser: Browser) -> None:
    home = browser.get("/")
    assert "Hiện không có đợt lấy ý kiến nào đang mở." in home.text
    # One box for words, places and look-up codes alike.
    assert home.form("q").action == "/tim-kiem/"
    assert home.find("//nav//a[@href = '/tra-cuu/']")
    assert "Không có đợt lấy ý kiến nào phù hợp." in browser.get("/lay-y-kien/").text


def test_home_shows_what_is_open_first_and_what_ends_first_before_all(app_session: Session, browser: Browser) -> None:
    for title, stage, days in (("Kết thúc sau", Stage.OPEN, 60), ("Kết thúc trước", Stage.OPEN, 30)):
        matter(app_session, stage, title=title, days=days)
    matter(app_session, Stage.RESPONDING, title="Đã hết hạn")
    titles = browser.get("/").words("//article//h3")
    assert titles == ["Kết thúc trước", "Kết thúc sau", "Đã hết hạn"]


def test_long_names_and_many_matters_fit(app_session: Session, browser: Browser) -> None:
    for number in range(8):
        matter(app_session, title=f"Đợt {number} " + "về một việc có tên rất dài " * 17)
    home = browser.get("/")
    assert len(home.words("//article")) == 6
    assert len(home.click("Xem cả 8 đợt lấy ý kiến").words("//main//article")) == 8


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Rác thải", "Đường tránh"}),
        ("?tu-khoa=rac+thai", {"Rác thải"}),
        ("?tu-khoa=duong", {"Đường tránh"}),
        ("?giai-doan=responding", {"Đường tránh"}),
        ("?loai=eia_report&giai-doan=open", set()),
        ("?giai-doan=drafting", set()),
    ],
)
def test_the_list_is_narrowed(app_session: Session, browser: Browser, query: str, titles: set[str]) -> None:
    matter(app_session, title="Rác thải")
    matter(app_session, Stage.RESPONDING, title="Đường tránh", kind=Kind.EIA_REPORT, procedure=Procedure.FRONT_OPINION)
    matter(app_session, Stage.DRAFTING, title="Đang soạn")
    assert set(browser.get(f"/lay-y-kien/{query}").words("//main//article//h2")) == titles


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        (Stage.ANNOUNCED, "Nhận góp ý từ ngày"),
        (Stage.OPEN, "Gửi ý kiến"),
        (Stage.RESPONDING, "đang tổng hợp"),
        (Stage.WITHDRAWN, "Dự thảo được soạn lại."),
    ],
)
def test_a_matter_tells_where_it_stands(app_session: Session, browser: Browser, stage: Stage, sentence: str) -> None:
    found = matter(app_session, stage)
    page = browser.get(url_of(found))
    assert sentence in page.text
    assert ("Gửi ý kiến" in page.words("//main//a")) == (stage is Stage.OPEN)


def test_a_matter_leads_to_its_draft_before_anything_else(app_session: Session, browser: Browser) -> None:
    for stage in (Stage.ANNOUNCED, Stage.OPEN, Stage.RESPONDING, Stage.WITHDRAWN):
        found = matter(app_session, stage)
        page = browser.get(url_of(found))
        first = page.find("//main//p[contains(@class, 'actions')]")[0]
        assert f"{url_of(found)}du-thao/1/#van-ban" in first.xpath("./a/@href")
        # The heading says which matter this is: the line above it does not say so again.
        assert found.title not in page.words("//nav[@class = 'breadcrumb']//li")


def test_what_the_front_asks_is_never_presented_as_the_statutory_consultation(
    app_session: Session, browser: Browser
) -> None:
    for procedure, sentence in (
        (Procedure.FRONT_OPINION, "Mặt trận lấy ý kiến Nhân dân"),
        (Procedure.EIA_STATUTORY, "Chủ dự án đầu tư chịu trách nhiệm về nội dung và kết quả tham vấn"),
    ):
        found = matter(app_session, kind=Kind.EIA_REPORT, procedure=procedure)
        assert sentence in browser.get(url_of(found)).text


def test_every_provision_can_be_pointed_at_and_commented_on(app_session: Session, browser: Browser) -> None:
    found = matter(app_session)
    page = browser.get(url_of(found) + "du-thao/1/")
    assert page.find("//*[@id = 'd2.k1.pdd']")
    invitation = page.find("//*[@id = 'd2.k1.pdd']//a[contains(@class, 'invite')]/@href")
    assert invitation == [f"{url_of(found)}gop-y/?tai=du-thao/1/d2.k1.pdd"]
    closed = matter(app_session, Stage.RESPONDING)
    assert not browser.get(url_of(closed) + "du-thao/1/").find("//a[contains(@class, 'invite')]")


def test_a_long_text_is_read_sheet_by_sheet(app_session: Session, browser: Browser) -> None:
    found = matter(app_session, text=LONG)
    address = url_of(found) + "du-thao/1/"
    page, articles = browser.get(address), []
    while True:
        articles += page.find("//*[contains(@class, 'provision article')]/@id")
        if not page.find("//a[@rel = 'next']"):
            break
        page = page.click("Trang sau: Chương")
    assert articles == [f"d{number}" for number in range(1, 29)]
    assert browser.get(f"{address}?tai=d20").find("//*[@id = 'd20']")
    for wrong in ("?trang=0", "?trang=99", "?trang=-1", "?trang=x", "?tai=d99", f"?trang={'9' * 50}"):
        browser.get(address + wrong, status=404)


def test_contents_reach_articles_on_other_sheets(app_session: Session, browser: Browser) -> None:
    found = matter(app_session, text=LONG)
    page = browser.get(url_of(found) + "du-thao/1/")
    runs = [link for link in page.find("//nav[@aria-label = 'Mục lục']//a/@href") if link.startswith("?trang=")]
    assert runs
    for link in runs:
        query, path = link.split("#")
        assert browser.get(f"{url_of(found)}du-thao/1/{query}").find(f"//*[@id = '{path}']")


def test_a_newer_revision_is_announced_on_the_older(app_session: Session, browser: Browser) -> None:
    found = matter(app_session)
    add_revision(app_session, found, "Hộ gia đình phân loại thành bốn nhóm.")
    old = browser.get(url_of(found) + "du-thao/1/")
    assert old.find("//*[@id = 'd2']//a[contains(@class, 'invite')]/@href")[0].endswith("?tai=du-thao/1/d2")
    new = old.click("Đọc bản mới nhất")
    assert "bốn nhóm" in new.text
    assert new.find("//*[@id = 'd1']//a[contains(@class, 'invite')]/@href")[0].endswith("?tai=du-thao/2/d1")


def add_revision(session: Session, found: Consultation, text: str) -> None:
    """A second public revision of the main draft with one article."""
    first = queries.current_revision(session, found.id)
    key, now = {"consultation_id": found.id, "id": new_id()}, clock.now()
    facts = {
        name: getattr(first, name) for name in ("document_id", "file_hash", "file_name", "media_type", "file_size")
    }
    facts |= {"grammar": first.grammar, "created_by_id": first.created_by_id, "warnings": []}
    session.add(Revision(**key, **facts, number=2, created_at=now, published_at=now))
    provision = {"consultation_id": found.id, "revision_id": key["id"], "position": 0, "depth": 0}
    session.add(Provision(**provision, id=new_id(), path="d1", kind="article", label="1", marker="Điều 1.", text=text))
    found.touch()
    session.commit()


def test_a_pdf_is_read_and_commented_on_by_pages(app_session: Session, browser: Browser) -> None:
    found = matter(app_session, upload=paged(("Chương 1. Mô tả dự án", "")), kind=Kind.EIA_REPORT,
                   procedure=Procedure.FRONT_OPINION)  # fmt: skip
    listed = browser.get(url_of(found) + "du-thao/1/")
    assert listed.words("//ol[@class = 'page-numbers']/li") == ["Trang 1", "Trang 2"]
    first = listed.click("Trang 1")
    assert "Mô tả dự án" in first.text
    assert first.link("Góp ý về trang này").endswith("gop-y/?tai=tai-lieu/1/1/trang/1")
    assert "là hình ảnh" in first.click("Trang sau").text
    browser.get(url_of(found) + "tai-lieu/1/1/trang/3/", status=404)


def test_documents_that_are_not_public_are_not_found(app_session: Session, browser: Browser) -> None:
    found = matter(app_session)
    for rest in ("du-thao/2/", "tai-lieu/2/1/", "tai-ve/1/9/", "tai-lieu/1/1/trang/1/"):
        browser.get(url_of(found) + rest, status=404)
    assert browser.get(url_of(found) + "tai-lieu/1/1/").heading


def test_pages_about_the_site(app: Flask) -> None:
    app.config["COMPLAINTS_ADDRESS"] = "Ban Tiếp công dân, số 1 đường Mẫu"
    browser = Browser(app)
    assert "Ban Tiếp công dân, số 1 đường Mẫu" in browser.get("/to-cao-khieu-nai/").text
    assert "WCAG 2.2" in browser.get("/tiep-can/").text
    robots = browser.get("/robots.txt")
    assert "Disallow: /tra-cuu/\n" in robots.body.decode()
    assert "Disallow: /en/quan-tri/\n" in robots.body.decode()


def test_the_english_site_stays_english(app_session: Session, browser: Browser) -> None:
    found = matter(app_session)
    page = browser.get("/en/")
    assert page.heading.startswith("Have your say")
    page = page.click(found.title).click("Comments and answers")
    assert page.address.startswith("/en/lay-y-kien/")
    assert "No comments yet." in page.text


def test_a_matter_published_later_is_not_shown_before(app_session: Session, browser: Browser) -> None:
    draft = matter(app_session, Stage.DRAFTING, opened_before=0)
    for address in ("", "du-thao/1/", "y-kien/", "y-kien/1/", "tai-ve/1/1/"):
        browser.get(url_of(draft) + address, status=404)
    publication.publish(app_session, draft, make_publisher(app_session), clock.now())
    assert browser.get(url_of(draft)).heading == draft.title
