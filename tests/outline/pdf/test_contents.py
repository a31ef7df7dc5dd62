"""The contents of a report of pages, found in its words: chapters, and no lists of them."""

import pytest

from consult.outline.pdf.contents import headings
from consult.outline.pdf.pages import read_pdf
from tests.pdfs import words_pdf

CHAPTERS = ("Chương 1: Thông tin về dự án", "Chương 2: Hiện trạng môi trường khu vực thực hiện dự án đầu tư",
            "Chương 3: Đánh giá tác động")  # fmt: skip


def found(*pages: str) -> list[tuple[str, int]]:
    """The first words of the headings and their pages, from the text of a PDF made of these."""
    source = read_pdf(words_pdf(pages))
    return [
        (" ".join(one["title"].split()[:2]), one["page"])
        for one in headings([(p.number, p.text) for p in source.pages])
    ]


@pytest.mark.parametrize("before", ["", "Báo cáo gồm các chương:\n", "Nội dung chính:\nxin nêu dưới đây\n"])
def test_the_chapters_that_the_introduction_lists_begin_on_later_pages(before: str) -> None:
    pages = [f"BÁO CÁO\nMỞ ĐẦU\n{before}" + "\n".join(CHAPTERS), *(f"{chapter}\nChữ." for chapter in CHAPTERS)]
    assert found(*pages) == [("MỞ ĐẦU", 1), ("Chương 1:", 2), ("Chương 2:", 3), ("Chương 3:", 4)]


def test_a_list_with_a_few_words_on_each_chapter() -> None:
    told = "\n".join(f"{chapter}\nnêu các việc sẽ làm và\nnhững gì đã làm\nở nơi này" for chapter in CHAPTERS)
    assert found(told, *CHAPTERS) == [("Chương 1:", 2), ("Chương 2:", 3), ("Chương 3:", 4)]


def test_three_chapters_with_nothing_between_are_a_list_wherever_they_lead() -> None:
    assert found("KẾT LUẬN\nChữ.\n" + "\n".join(CHAPTERS[::2] + ("Chương 4: Bốn",))) == [("KẾT LUẬN", 1)]


def test_contents_without_page_numbers_over_two_pages() -> None:
    listed = ["MỞ ĐẦU", CHAPTERS[0], "1.1. Tên", "1.2. Chủ", CHAPTERS[1], "2.1. Khí hậu"]
    body = ["MỞ ĐẦU\nChữ.", f"{CHAPTERS[0]}\n1.1. Tên\nChữ.\n1.2. Chủ", f"{CHAPTERS[1]}\n2.1. Khí hậu", CHAPTERS[2]]
    assert found("\n".join(listed), *body) == [
        ("MỞ ĐẦU", 2), ("Chương 1:", 3), ("1.1. Tên", 3), ("1.2. Chủ", 3), ("Chương 2:", 4), ("2.1. Khí", 4),
        ("Chương 3:", 5),
    ]  # fmt: skip


def test_short_chapters_on_one_page_stay() -> None:
    assert found("\n".join(f"{chapter}\nChữ.\nChữ nữa." for chapter in CHAPTERS)) == [
        ("Chương 1:", 1), ("Chương 2:", 1), ("Chương 3:", 1),
    ]  # fmt: skip
