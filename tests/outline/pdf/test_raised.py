"""The mark of a note behind a number is no digit of it."""

import typst

from consult.outline.pdf.articles import draft_in
from consult.outline.pdf.pages import read_pdf
from tests.outline.outlines import at, codes, paths

NOTE = "#super(typographic: false, size: 0.6em)"


def printed(*lines: str) -> bytes:
    """A page of these paragraphs; "^(12)^" is the mark of note 12."""
    body = "\n\n".join(line.replace("^(", f"{NOTE}[").replace(")^", "]") for line in lines)
    return typst.compile(body.encode())


def test_articles_and_clauses_with_marks_of_notes() -> None:
    source = read_pdf(
        printed(
            "Điều 1^(1)^. Phạm vi", "1\\. Một.", "2^(2)^. Hai.", "3^(13)^. Ba.", "Điều 2.^(4)^ Đối tượng",
            "1^(5)^. Đất rộng 10 m^(2)^.", "2\\. Hai.", "Điều 3^(16)^. Hiệu lực", "Từ ngày ký.",
            "Điều 4. Thi hành", "11^(7)^. Mười một.",
        )
    )  # fmt: skip
    draft = draft_in(source)
    assert draft is not None
    assert paths(draft, "article", "clause") == [
        "d1", "d1.k1", "d1.k2", "d1.k3", "d2", "d2.k1", "d2.k2", "d3", "d4", "d4.k11",
    ]  # fmt: skip
    assert (at(draft, "d1").heading, at(draft, "d1.k3").marker, at(draft, "d1.k3").text) == ("Phạm vi", "3¹³.", "Ba.")
    assert at(draft, "d2").heading == "Đối tượng"
    assert [code for code, _ in codes(draft)] == ["sequence_start"]


def test_numbers_of_the_same_size_stay() -> None:
    text = read_pdf(printed("Điều 11. Mười một", "12\\. Hai", "13")).pages[0].text
    assert text.split() == ["Điều", "11.", "Mười", "một", "12.", "Hai", "13"]
