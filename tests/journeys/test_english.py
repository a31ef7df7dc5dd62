"""The public site in English: nothing of the interface is left in Vietnamese, and no link leads out of the language.

The consolidated table is not among these pages: its headings are those of the prescribed form, in its own words."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from consult.catalogues import FOLDER
from consult.consultations.models import Consultation
from tests.pages import Browser, Page

ACCENTS = re.compile("[À-ɏḀ-ỿ]")
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-label", "data-counter")
OUTSIDE = "/en/|#|http|mailto:|/static/"


def _sentences(folder: Path) -> list[str]:
    """The Vietnamese words of templates (ids of the English catalogue) and of codes (the Vietnamese catalogue)."""
    found = []
    for path in [*(folder / "en").glob("*.po"), *(folder / "vi").glob("*.po")]:
        with path.open("rb") as file:
            for message in read_po(file):
                words = message.id if path.parent.name == "en" else message.string
                found += [words] if isinstance(words, str) else list(words or ())
    return [words for words in found if ACCENTS.search(words)]


@pytest.fixture(scope="module")
def vietnamese() -> re.Pattern[str]:
    """Matches what is wholly a sentence of the interface in Vietnamese, whatever values it carries."""
    patterns = (re.sub(r"%\\?\(\w+\\?\)[sd]", ".+", re.escape(words)) for words in _sentences(FOLDER))
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns if pattern != ".+"))


def _left_over(page: Page, vietnamese: re.Pattern[str]) -> list[str]:
    own_words = "ancestor::*[contains(@class, 'law') or @lang = 'vi'] or ancestor::details[@class = 'contents']//ol"
    texts = page.find(f"//body//text()[not({own_words})] | //title/text()")
    texts += [element.get(name) for name in SPOKEN for element in page.find(f"//*[@{name}]")]
    stripped = (" ".join(text.split()) for text in texts)
    return [text for text in stripped if text and vietnamese.fullmatch(text)]


def test_from_home_to_a_receipt(app: Flask, matter: Consultation, vietnamese: re.Pattern[str]) -> None:
    assert vietnamese.fullmatch("Gửi ý kiến") and vietnamese.fullmatch("nhận góp ý đến hết ngày 1/12/2026")
    browser = Browser(app)
    home = browser.get("/en/")
    matter_page = home.click(matter.title)
    reading = browser.get(f"/en/lay-y-kien/{matter.slug}/du-thao/1/")
    form = reading.click("Comment on point đ, clause 1, Article 2")
    check = form.walk({"comments.0.text": "Please say where to bring it."}, "Read it again before sending", "Continue")
    receipt = check.submit(button="Send")
    code, _secret = receipt.words("//strong[@class = 'code']")
    others = ("/en/tra-cuu/", f"/en/tra-cuu/{code}/", "/en/tim-kiem/", "/en/lay-y-kien/", "/en/dang-nhap/",
              f"/en/lay-y-kien/{matter.slug}/y-kien/", f"/en/lay-y-kien/{matter.slug}/y-kien/1/",
              f"/en/nhat-ky/{matter.slug}/", "/en/nhat-ky/", "/en/tiep-can/", "/en/to-cao-khieu-nai/")  # fmt: skip
    for page in (home, matter_page, reading, form, check, receipt, *(browser.get(one, None) for one in others)):
        assert not _left_over(page, vietnamese), page.address
        addresses = page.find("//a[not(@hreflang)]/@href | //form/@action")
        assert not [one for one in addresses if not re.match(OUTSIDE, one) and one[0] == "/"], page.address
