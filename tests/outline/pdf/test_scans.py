"""Scans lie askew, are full of specks and shaded: made level, quiet and even before their words are recognised."""

import random
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from consult.consultations.files.ocr import TextRecogniser
from consult.outline.pdf import scans
from tests.pdfs import pictures_pdf, words_pdf

WORDS = [
    "Điều 1. Phạm vi điều chỉnh",
    "Quy định này quy định việc phân loại, thu gom, vận chuyển và xử lý chất thải rắn sinh hoạt trên địa bàn tỉnh.",
    "Điều 2. Đối tượng áp dụng",
    "Cơ quan, tổ chức, hộ gia đình, cá nhân có hoạt động liên quan đến chất thải rắn sinh hoạt.",
]


def page() -> Image.Image:
    """A page as a good scanner makes it."""
    with pypdfium2.PdfDocument(words_pdf(["\n".join(WORDS)])) as document:
        return document[0].render(scale=3).to_pil().convert("L")


def askew(image: Image.Image, degrees: float) -> Image.Image:
    return image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def specked(image: Image.Image, share: float) -> Image.Image:
    """With dots in so much of it."""
    dice = random.Random(7)
    made = image.copy()
    for _ in range(int(made.width * made.height * share)):
        made.putpixel((dice.randrange(made.width), dice.randrange(made.height)), dice.choice((0, 0, 255, 90)))
    return made


def shaded(image: Image.Image) -> Image.Image:
    """Dark towards the fold."""
    shadow = Image.linear_gradient("L").resize(image.size).point(lambda value: 255 - value // 2)
    return ImageChops.multiply(image, shadow)


@pytest.mark.parametrize("degrees", [-9.0, -4.0, -1.4, 2.0, 5.0])
def test_a_page_is_turned_back_until_its_lines_are_level(degrees: float) -> None:
    assert scans._askew(askew(page(), degrees)) == pytest.approx(-degrees, abs=0.45)


def test_a_level_page_an_empty_one_and_a_photograph_are_left_as_they_lie() -> None:
    whole = page()
    assert scans.cleaned(whole).size == whole.size
    for other in (Image.new("L", (400, 600), 255), Image.effect_noise((400, 600), 80), Image.new("L", (3, 2), 0)):
        assert scans.cleaned(other).size == other.size


def test_shadows_and_specks_go() -> None:
    cleaned = scans.cleaned(shaded(specked(page(), 0.03)))
    margin = cleaned.crop((0, 0, cleaned.width, 40))
    assert ImageStat.Stat(margin).mean[0] > 250


def test_the_words_of_a_bad_scan_are_recognised(tmp_path: Path) -> None:
    bad = shaded(specked(askew(page(), -5), 0.03))
    file = tmp_path / "scan.pdf"
    file.write_bytes(pictures_pdf([bad]))
    words = " ".join(TextRecogniser().text_of(file, 1).split())
    for line in WORDS:
        assert line in words
