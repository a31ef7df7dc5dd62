"""The checker of layout: a paper as the decree has it passes clean, and each departure is found, and that alone."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm, Pt

from consult.official_papers import word_file
from consult.official_papers.layout import pdf, word
from consult.official_papers.paper import Block, BlockKind, Paper, Signature
from consult.official_papers.wordml import Words
from tests.pdfs import words_pdf

LONG = "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh báo cáo kết quả phản biện xã hội như sau, gồm các nội dung chính."
PAPER = Paper(
    title="Báo cáo",
    state="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto="Độc lập - Tự do - Hạnh phúc",
    above="",
    body="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    number="Số: 05/BC-MTTQ-BTT",
    about="",
    place_and_day="Thái Nguyên, ngày 05 tháng 01 năm 2027",
    name="BÁO CÁO",
    subject="Kết quả phản biện xã hội",
    blocks=(Block(BlockKind.TEXT, (Words(LONG),)), Block(BlockKind.LINES, lines=2)),
    signatures=(Signature(("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"), "", "Nguyễn Văn A"),),
    recipients=("Nơi nhận:", "- Như trên;", "- Lưu: VT."),
)
BLANK = "\xa0" * 8


def told(data: bytes) -> dict[str, str]:
    """What is not as it should be, by its code."""
    return {one["code"]: one["state"] for one in word.check(data) if one["state"] != "good"}


def changed(change: Callable[[Any], object]) -> bytes:
    """A good paper with one thing changed in Word."""
    document = Document(io.BytesIO(word_file.written(PAPER)))
    change(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "paper",
    [
        PAPER,
        replace(PAPER, number=f"Số:{BLANK}/BC-....", place_and_day=f"........, ngày{BLANK}tháng{BLANK}năm"),
        replace(PAPER, name="", subject="", number="Số: 12/MTTQ-BTT", about="V/v góp ý", blocks=(
            Block(BlockKind.TO, (Words("Kính gửi: Sở Nông nghiệp và Môi trường"),)), *PAPER.blocks)),
        replace(PAPER, name="BIÊN BẢN", number="", recipients=(), signatures=(
            Signature(("THƯ KÝ",), "(Ký, ghi rõ họ tên)", ""), Signature(("CHỦ TRÌ",), "", ""))),
    ],
)  # fmt: skip
def test_what_the_site_writes_passes_clean(paper: Paper) -> None:
    assert told(word_file.written(paper)) == {}


@pytest.mark.parametrize(
    ("paper", "wanted"),
    [
        (replace(PAPER, state=""), {"state": "missing"}),
        (replace(PAPER, state="Cộng hòa xã hội chủ nghĩa Việt Nam"), {"state": "differs"}),
        (replace(PAPER, motto=""), {"motto": "missing"}),
        (replace(PAPER, number=""), {"number": "missing"}),
        (replace(PAPER, number="Số: 5/BC-MTTQ"), {"number": "differs"}),
        (replace(PAPER, number="Số: 05 / BC - MTTQ"), {"number": "differs"}),
        (replace(PAPER, number="Số: 15/2026/QĐ-UBND"), {"law": "differs"}),
        (replace(PAPER, place_and_day=""), {"place_and_day": "missing"}),
        (replace(PAPER, place_and_day="Thái Nguyên, ngày 5 tháng 3 năm 2027"), {"place_and_day": "differs"}),
        (replace(PAPER, place_and_day="Thái Nguyên, ngày 15 tháng 2 năm 2027"), {"place_and_day": "differs"}),
        (replace(PAPER, place_and_day="Thái Nguyên, ngày 15 tháng 03 năm 2027"), {"place_and_day": "differs"}),
        (replace(PAPER, name="", subject=""), {"name": "missing"}),
        (replace(PAPER, name="Báo cáo", subject=""), {"name": "differs"}),
        (replace(PAPER, signatures=()), {"signature": "missing"}),
        (replace(PAPER, recipients=()), {"recipients": "missing"}),
        (replace(PAPER, recipients=("Nơi nhận:", "- Như trên;")), {"archive": "missing"}),
    ],
)
def test_each_departure_of_the_words_is_found_alone(paper: Paper, wanted: dict[str, str]) -> None:
    assert told(word_file.written(paper)) == wanted


def _all_runs(document: Any) -> list[Any]:
    return [run for paragraph in document.paragraphs for run in paragraph.runs]


def _font(document: Any) -> None:
    for run in _all_runs(document):
        run.font.name = "Arial"


def _size(document: Any) -> None:
    for run in _all_runs(document):
        run.font.size = Pt(11)


def _plain(document: Any) -> None:
    for row in document.tables[0].rows:
        for run in row.cells[1].paragraphs[0].runs:
            run.bold = run.italic = False


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda document: setattr(document.sections[0], "page_width", Mm(216)), {"paper": "differs"}),
        (lambda document: setattr(document.sections[0], "left_margin", Mm(20)), {"margins": "differs"}),
        (lambda document: setattr(document.sections[0], "top_margin", Mm(40)), {"margins": "differs"}),
        (_font, {"font": "differs"}),
        (_size, {"size": "differs"}),
        (_plain, {"state": "differs", "place_and_day": "differs"}),
    ],
)
def test_each_departure_of_the_looks_is_found_alone(change: Callable[[Any], object], wanted: dict[str, str]) -> None:
    assert told(changed(change)) == wanted


def test_what_was_written_without_any_layout_is_told_and_never_fails() -> None:
    file = io.BytesIO()
    document = Document()
    document.add_paragraph("Kính gửi Sở, chúng tôi có ý kiến.")
    document.save(file)
    assert {"state", "motto", "number", "place_and_day", "signature", "recipients"} <= set(told(file.getvalue()))


def test_a_scan_without_letters_says_so() -> None:
    assert pdf.check(words_pdf([])) == [{"code": "text", "state": "unknown", "found": ""}]


def test_a_pdf_is_told_as_far_as_it_goes() -> None:
    found = {one["code"]: one["state"] for one in pdf.check(words_pdf(["Van ban", "gop y"]))}
    assert found["paper"] in {"good", "differs"}
    assert found["state"] == "missing"
