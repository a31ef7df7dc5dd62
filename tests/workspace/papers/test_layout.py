"""The page that says where a letter departs from the decree's layout: advice, for anybody of a body, of any file."""

import io

from docx import Document

from tests.pages import Browser
from tests.workspace.test_pages import CRITIQUE, PDF, House, begun, house

__all__ = ["house"]
CLEAN = "Không thấy chỗ nào khác với thể thức"


def looked_at(browser: Browser, data: bytes, name: str, status: int = 200) -> str:
    """What the page says of a file."""
    page = browser.get("/to-chuc/kiem-tra-the-thuc/")
    shown = page.submit({"file": (data, name)}, button="Kiểm tra")
    assert shown.status == status
    return shown.text


def test_the_papers_of_the_site_pass_clean(house: House) -> None:
    page = begun(house.drafter, "critique")
    address = page.submit({**CRITIQUE, "comments.0.text": "Một"}, button="Lưu").address.split("#")[0].split("?")[0]
    for name in ("phan-bien.docx", "phan-bien.pdf", "giay-moi.docx", "bien-ban.docx", "bien-ban.pdf"):
        made = house.drafter.get(f"{address}van-ban/{name}").body
        assert CLEAN in looked_at(house.drafter, made, name), name


def test_departures_are_advice_in_words(house: House) -> None:
    file = io.BytesIO()
    document = Document()
    document.add_paragraph("Kính gửi: Sở <b>Nông nghiệp</b>")
    document.save(file)
    said = looked_at(house.sender, file.getvalue(), "<i>thư</i>.docx")
    assert "Quốc hiệu" in said
    assert "Chưa thấy" in said
    assert "Kết quả chỉ để tham khảo" in said


def test_any_other_file_is_named_and_nothing_is_kept(house: House) -> None:
    assert "Chỉ kiểm tra được tệp Word" in looked_at(house.drafter, b"hello", "a.txt", 422)
    assert "Lỗi" in looked_at(house.drafter, b"%PDF-1.7 broken %%EOF", "a.pdf", 422)


def test_a_scan_on_a_draft_is_looked_at_where_it_lies(house: House) -> None:
    page = begun(house.drafter, "formal").submit({"scan": PDF}, button="Lưu")
    said = page.click("Kiểm tra thể thức ban-quet.pdf").text
    assert "ban-quet.pdf" in said
    assert "Quốc hiệu" in said
