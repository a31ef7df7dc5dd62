"""Numbers of lines in the margin, and the chapter that each page names at its top, are no part of the text."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from consult.outline import Outline
from consult.outline.pdf.articles import draft_of
from consult.outline.pdf.margins import marks_across, without_line_numbers
from tests.outline.outlines import paths


def pages() -> list[list[str]]:
    """Four pages of thirty lines with articles of two clauses."""
    lines = [
        line
        for number in range(1, 31)
        for line in (
            f"Điều {number}. Quản lý chất thải nhóm {number}",
            f"1. Chất thải nhóm {number} được thu gom mỗi tuần một lần theo lịch của xã, phường và",
            "niêm yết tại nhà văn hóa của thôn, tổ dân phố nơi phát sinh.",
            f"2. Người phát sinh chất thải nhóm {number} trả tiền theo khối lượng.",
        )
    ]
    return [lines[at : at + 30] for at in range(0, len(lines), 30)]


def drafted(change: Callable[[int, list[str]], list[str]]) -> Outline:
    told = draft_of(json.dumps([(at, "\n".join(change(at, page))) for at, page in enumerate(pages(), 1)]).encode())
    assert told is not None
    return Outline.from_json(told)


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("goes_on", [False, True])
def test_line_numbers_in_the_margin(step: int, goes_on: bool) -> None:
    def numbered(at: int, page: list[str]) -> list[str]:
        first = 1 + (at - 1) * 30 * goes_on
        return [f"{n} {line}" if n % step == 0 else line for n, line in enumerate(page, first)]

    plain, found = drafted(lambda at, page: page), drafted(numbered)
    assert paths(found) == paths(plain)
    assert found.plain_text() == plain.plain_text()
    assert any("numbers of lines" in warning.message for warning in found.warnings)


def test_the_chapter_at_the_top_of_pages() -> None:
    plain = drafted(lambda at, page: page)
    headed = drafted(lambda at, page: [*(["Chương II", "THU GOM"] if at == 1 else []), *page])
    found = drafted(
        lambda at, page: ["Chương II – Thu gom", *(["Chương II", "THU GOM"] if at == 1 else []), *page, str(at)]
    )
    assert paths(found) == paths(headed) != paths(plain)
    assert [one.code for one in found.warnings if one.code == "running_header"] == ["running_header"]


def test_a_chapter_headed_at_the_top_where_it_begins_is_not_lost() -> None:
    found = drafted(lambda at, page: ["Chương II: Thu gom", *page, str(at)])
    assert paths(found, "chapter") == ["cii"]
    assert len(paths(found, "article")) == 30


def test_a_table_that_counts_its_rows_keeps_its_numbers() -> None:
    rows = [(page, "\n".join(f"{n} Xã số {n} thuộc tỉnh" for n in range(1, 31))) for page in range(1, 5)]
    assert without_line_numbers(rows) == (rows, 0)


@pytest.mark.parametrize(
    "mark", [["DỰ THẢO"], ["DỰ", "THẢO"], list("DỰTHẢO"), ["TÀI LIỆU NỘI BỘ"], ["DỰ", "THẢO", "LẦN 2"], ["Dự thảo"]]
)
@pytest.mark.parametrize("wandering", [0, 3])
def test_the_words_of_a_watermark_stand_in_no_clause(mark: list[str], wandering: int) -> None:
    def marked(at: int, page: list[str]) -> list[str]:
        for step, word in enumerate(mark, 1):
            page.insert(4 * step + 1 + at * wandering % 5, word)
        return page

    plain, found = drafted(lambda at, page: page), drafted(marked)
    assert (paths(found), found.plain_text()) == (paths(plain), plain.plain_text())
    assert "running_header" in [warning.code for warning in found.warnings]


def test_what_ends_or_goes_on_with_a_sentence_or_bears_a_number_is_no_watermark() -> None:
    told = ["như sau:", "của tỉnh", "Hết hiệu lực.", "1. Một", "12"]
    assert marks_across([(page, "\n".join(["Chữ", *told])) for page in range(1, 5)]) == {"Chữ"}
    assert marks_across([(page, "DỰ THẢO\nChữ") for page in (1, 2)]) == frozenset()
