"""A draft that comes as a PDF with words is read by articles, each of which leads to its page; both take comments."""

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.files import uploaded_files
from consult.consultations.files.pdf_pages import PdfReader
from consult.stages import Stage
from tests.builders import make_consultation
from tests.pages import Browser
from tests.pdfs import words_pdf

PAGES = [
    "QUY DINH\nĐiều 1. Phạm vi\n1. Một.\n2. Hai.",
    "Điều 2. Phân loại\nRác được chia ba nhóm.",
    "Điều 3. Hiệu lực\nTừ ngày ký.",
]
ADDRESS = "/lay-y-kien/quy-dinh/"


def test_articles_with_pages_beside(app: Flask, app_session: Session, browser: Browser) -> None:
    upload = uploaded_files.read_upload(words_pdf(PAGES), "qd.pdf", app.extensions["consult.files"], PdfReader())
    assert upload.grammar == "articles" and len(upload.pages) == 3
    make_consultation(app_session, Stage.OPEN, now=clock.now(), upload=upload, slug="quy-dinh")
    text = browser.get(f"{ADDRESS}du-thao/1/")
    assert text.find("//div[@id='d1.k2']") and "Rác được chia ba nhóm." in text.text
    assert text.find("//div[@id='d2']//a[contains(@href, '/tai-lieu/1/1/trang/2/')]")
    page = text.click("xem từng trang của tệp PDF")
    assert page.heading.startswith("Trang 1")
    assert page.click("Đọc theo điều, khoản").find("//div[@id='d3']")
    assert "khoản 2 Điều 1" in browser.get(f"{ADDRESS}gop-y/?tai=d1.k2").text
    assert "rang 2" in browser.get(f"{ADDRESS}gop-y/?tai=tai-lieu/1/1/trang/2").text
