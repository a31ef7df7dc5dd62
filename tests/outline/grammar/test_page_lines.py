"""Page numbers and stamps of a draft that stand among the lines of a Word file."""

import pytest

from tests.outline.outlines import at, codes, outline, paths, squeezed

ARTICLES = [("Điều 1. Một", "1. A.", "2. B."), ("Điều 2. Hai", "1. C.", "2. D."), ("Điều 3. Ba", "1. E.", "2. G.")]


def pages(*furniture: str) -> list[str]:
    return [line for article, last in zip(ARTICLES, furniture, strict=True) for line in (*article, last)]


@pytest.mark.parametrize(
    "shape", ["{}", "- {} -", "Trang {}", "{}/14", "Trang {} trên 14", "Dự thảo lần {}, 15/11/2026"]
)
def test_what_counts_pages_or_names_the_draft_belongs_to_no_clause(shape: str) -> None:
    lines = pages(*[shape.format(number) for number in (1, 2, 3)])
    made = outline(*lines)
    assert codes(made) == [("running_header", "d1.k2")]
    assert at(made, "d1.k2").text == "B." and len(paths(made, "clause")) == 6
    assert squeezed([made.plain_text()]) == squeezed(lines)


def test_a_sentence_goes_on_behind_the_number_of_a_page() -> None:
    lines = pages("1", "2", "3")
    lines[2] = "2. Hộ được hỗ trợ theo mức"
    lines.insert(4, "quy định tại Điều 3.")
    made = outline(*lines)
    assert at(made, "d1.k2").text == "Hộ được hỗ trợ theo mức quy định tại Điều 3."
    assert ("sentence_continued", "d1.k2") in codes(made)


@pytest.mark.parametrize("furniture", [("1", "3", "5"), ("7", "7", "7"), ("Dự thảo lần 1", "Chữ", "Dự thảo lần 1")])
def test_numbers_that_do_not_count_on_are_text(furniture: tuple[str, str, str]) -> None:
    assert ("running_header", "d1.k2") not in codes(outline(*pages(*furniture)))


def test_numbers_right_below_each_other_are_text() -> None:
    assert codes(outline("Điều 1. Một", "1", "2", "3", "Điều 2. Hai", "Chữ.")) == []
