"""A draft that comes as a PDF with words has its articles, each with its page, as the same text without pages has."""

import json
from pathlib import Path

import pytest

from consult.outline import Outline, outline_of
from consult.outline.entry import read_outline
from consult.outline.pdf.articles import draft_of
from consult.outline.readers import read
from tests.outline.outlines import at, paths

HEADER = "CÔNG BÁO/Số 256/Ngày 29-04-2026"
PAGES = [
    f"{HEADER}\nQUY ĐỊNH\nVề chất thải\nĐiều 1. Phạm vi\n1. Quy định này áp dụng cho mọi tổ chức, cá nhân có\n1",
    f"{HEADER}\nhoạt động trên địa bàn tỉnh.\n2. Không áp dụng cho chất thải phóng xạ.\nĐiều 2. Phân loại\n2",
    f"{HEADER}\na) Tái chế;\nb) Thực phẩm.\nĐiều 3. Hiệu lực\nQuy định này có hiệu lực từ ngày ký.\n3",
]


def drafted(pages: list[str]) -> Outline | None:
    told = draft_of(json.dumps(list(enumerate(pages, start=1))).encode())
    return None if told is None else Outline.from_json(told)


def test_articles_clauses_and_points_name_their_pages() -> None:
    found = drafted(PAGES)
    assert found is not None and found.grammar == "articles"
    assert paths(found, "article", "clause", "point") == ["d1", "d1.k1", "d1.k2", "d2", "d2.pa", "d2.pb", "d3"]
    assert [at(found, path).page for path in ("d1", "d1.k1", "d1.k2", "d2", "d2.pa", "d3")] == [1, 1, 2, 2, 3, 3]
    assert HEADER not in found.plain_text()
    assert [one.code for one in found.warnings if one.code == "running_header"] == ["running_header"]


def test_articles_below_a_heading_without_a_number_make_a_draft_all_the_same() -> None:
    headed = [
        page.replace("Điều 1.", "QUY ĐỊNH CHUNG\nĐiều 1.").replace("Điều 3.", "TỔ CHỨC THỰC HIỆN\nĐiều 3.")
        for page in PAGES
    ]
    found = drafted(headed)
    assert found is not None and len(paths(found, "article")) == 3


def test_a_sentence_goes_on_over_the_page_where_only_its_number_stands_between() -> None:
    body = [
        f"{number}. Tổ chức, cá nhân có hoạt động trên địa bàn tỉnh chấp hành quy định này." for number in range(1, 25)
    ]
    first = "\n".join(
        ["Điều 1. Phạm vi", *body, "25. Người vi phạm thì bị xử phạt theo quy định tại khoản 2 Điều", "1"]
    )
    second = "\n".join(["32 của Luật này.", "Điều 2. Hai", "Chữ.", "Điều 3. Ba", "Từ ngày ký.", "2"])
    found = drafted([first, second])
    assert found is not None
    assert at(found, "d1.k25").text == "Người vi phạm thì bị xử phạt theo quy định tại khoản 2 Điều 32 của Luật này."
    assert at(found, "d1.k25").page == 1


@pytest.mark.parametrize(
    "pages",
    [
        ["Chương 1. Mô tả\n1.1. Vị trí\nCạnh suối.", "1.2. Quy mô\nĐiều 5 Luật Bảo vệ môi trường quy định."],
        ["Điều 1. Một\nHai", "Ba"],
        ["", ""],
        [f"{'Báo cáo. ' * 400}\nĐiều 1. A\nb\nĐiều 2. C\nd\nĐiều 3. E\nf"],
    ],
)
def test_what_is_no_draft_is_read_by_pages(pages: list[str]) -> None:
    assert drafted(pages) is None


@pytest.mark.real
@pytest.mark.parametrize("name", ["nghi-dinh-so-134-2026-nd-cp-469388", "thong-tu-so-22-2026-tt-bnnmt-469587"])
def test_a_real_draft_is_outlined_as_its_text_is(samples: Path, name: str) -> None:
    file = samples / "legal" / "text" / f"{name}.pdf"
    told = read_outline(file.read_bytes(), file.name)
    found = Outline.from_json(told)
    text = outline_of(read(file.with_suffix(".txt").read_bytes(), "a.txt"))
    assert paths(found, "article") == paths(text, "article")
    same = set(paths(found, "clause", "point")) & set(paths(text, "clause", "point"))
    assert len(same) > 0.99 * len(paths(text, "clause", "point"))
    assert all(node.page for node in found.walk() if node.kind in ("article", "clause", "point"))
    assert told["pages"] and told["grammar"] == "articles"


@pytest.mark.real
def test_a_report_stays_a_document_of_pages(samples: Path) -> None:
    told = read_outline((samples / "eia" / "eia_report_3.pdf").read_bytes(), "dtm.pdf")
    assert (told["grammar"], told["provisions"], len(told["pages"])) == ("pages", [], 44)
