"""Pages that lie on their side or stand on their head: their words are read, and shown, upright."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from consult.consultations.files.ocr import OFF, TextRecogniser
from consult.consultations.files.pdf_pages import PdfReader
from consult.outline import outline_of
from consult.outline.pdf.articles import draft_in
from consult.outline.pdf.images import picture
from consult.outline.pdf.pages import read_pdf, read_some
from tests.outline.outlines import paths
from tests.pdfs import pictures_pdf, stamped_pdf, turned_pdf, words_pdf

WORDS = (
    "Điều 1. Phạm vi điều chỉnh\n1. Quy định này quy định về thu gom và vận chuyển chất thải rắn trên địa bàn tỉnh.\n"
    "2. Áp dụng cho mọi hộ.\nĐiều 2. Đối tượng áp dụng\nCơ quan, tổ chức, hộ gia đình.\nĐiều 3. Hiệu lực\nTừ ngày ký."
)
UPRIGHT = words_pdf([WORDS])
QUARTERS = (0, 90, 180, 270)


def drawn(data: bytes, page: int = 1) -> Image.Image:
    """A page as the site shows it, and as a small one."""
    turned = read_pdf(data).pages[page - 1].turned
    told = picture(data, page, 300, "webp", 80, turned=turned)
    return Image.open(io.BytesIO(base64.b64decode(told["image"]))).convert("L")


def differ(one: Image.Image, other: Image.Image) -> float:
    """How much two pictures differ, in shades of 255."""
    return float(ImageStat.Stat(ImageChops.difference(one, other.resize(one.size))).mean[0])


@pytest.mark.parametrize("shown", QUARTERS)
@pytest.mark.parametrize("lying", QUARTERS)
def test_a_page_is_read_and_shown_upright(lying: int, shown: int) -> None:
    data = turned_pdf(UPRIGHT, lying, shown)
    (page,), (meant,) = read_pdf(data).pages, read_pdf(UPRIGHT).pages
    assert page.text == meant.text
    assert (page.width, page.height) == pytest.approx((meant.width, meant.height))
    assert page.turned == (lying - shown) % 360
    assert differ(drawn(data), drawn(UPRIGHT)) < 3
    draft = draft_in(read_pdf(data))
    assert draft is not None and paths(draft, "article") == ["d1", "d2", "d3"]


def test_one_page_on_its_side_among_others_and_a_few_words_across() -> None:
    """A wide table in a report; and a page number, or the name of a map, that alone stands another way."""
    first, second = read_some(turned_pdf(UPRIGHT, 90), 1, 1)["pages"], read_pdf(UPRIGHT).pages
    assert first[0].text == second[0].text
    assert outline_of(read_pdf(turned_pdf(words_pdf(["Trang 1", ""]), 0, 90))).grammar == "pages"


@pytest.mark.parametrize("shown", QUARTERS)
def test_the_stamp_of_a_scanner_turns_no_picture(shown: int) -> None:
    data = turned_pdf(stamped_pdf(WORDS, "Quét bằng điện thoại"), 0, shown)
    told = read_some(data, 1, 1)
    assert (told["pages"][0].turned, told["stamped"]) == (0, [1])


@pytest.mark.parametrize("lying", QUARTERS)
def test_a_scan_is_turned_before_it_is_recognised(tmp_path: Path, lying: int) -> None:
    upright = Image.open(io.BytesIO(base64.b64decode(picture(UPRIGHT, 1, 1200, "grey")["image"])))
    askew = upright.rotate(2, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    file = tmp_path / "scan.pdf"
    file.write_bytes(pictures_pdf([askew.rotate(lying, expand=True)]))
    (page,) = PdfReader(TextRecogniser()).some(file, 1, 1).pages
    for line in ("Điều 1. Phạm vi điều chỉnh", "Điều 2. Đối tượng áp dụng", "Từ ngày ký."):
        assert line in page["text"]
    assert (page["turned"], page["recognised"], page["width"] < page["height"]) == (lying, True, True)


def test_what_shows_no_words_and_where_no_program_is_stays_as_it_lies(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(pictures_pdf([Image.effect_noise((400, 600), 80).convert("L")]))
    assert TextRecogniser().turn_of(file, 1) == TextRecogniser(OFF).turn_of(file, 1) == 0
