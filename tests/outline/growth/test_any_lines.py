"""Whatever lines come in whatever order: no text is lost or moved, every path is unique and reads back."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.outline import Outline, outline_of
from consult.outline.blocks import Block, Cell, Paragraph, Source, Table
from consult.outline.paths import parse
from consult.outline.text.characters import LIKE_OTHERS, RAISED, UNSEEN
from tests.outline.outlines import paths, squeezed
from tests.outline.reading_text import texts

WORDS = (
    "Điều 1. Phạm vi", "Điều 2. Hai", "Điều 2 của Luật này", "Điều 5a. Năm", "Điều 3", "“Điều 70a. Trích",
    "1. Một", "2. Hai:",
    "3. Ba.”;", "a) A;", "b) B", "đ) Đ.", "dd) Hai", "- gạch", "+ cộng", "(1) một", "i) nhỏ", "ii) nhỏ", "Chương I",
    "CHƯƠNG II: HAI", "QUY ĐỊNH CHUNG", "Mục 1. MỘT", "Tiểu mục 1. MỘT", "Phần thứ hai", "A. PHẦN", "I. MỘT", "II. HAI",
    "1.1. Một", "1.1.1 Nhỏ", "2.1 1.1. Đôi", "10.000 đồng", "PHỤ LỤC", "PHỤ LỤC I", "Phụ lục 2.1. Nhỏ", "Mẫu số 01",
    "Mẫu số 01a. ĐƠN", "QUY CHẾ", "(Ban hành kèm theo Quyết định số 1)", "KẾ HOẠCH", "TM. ỦY BAN NHÂN DÂN",
    "Nơi nhận:",
    "CHỦ TỊCH", "chữ thường nối tiếp", "Sửa đổi, bổ sung Điều 5a như sau:",
    "“trích", "hết trích”.", '"thẳng"', "”", "…",
    "như sau: “2. Hai.", "của cá nhân.Điều 2. Dính", "KẾT LUẬN", "1.42 Quỹ", "12 Điều này được bổ sung", "Ðiều 4. Bốn",
    "Phương án 1:", "PHƯƠNG ÁN 2", "- Phương án I", "Phương án 2: 1. Một", "1. Gồm: a) một; b) hai",
    "gồm: a) một; b) hai", "1a) Một", "a1. Một", "A) Một", "B) Hai", "Đ) Năm", "b. Hai",
    "MỤC LỤC", "Chương 1: Một", "Chương 2: Hai", "Chương 3: Ba", "Điều 12 Tên", "KẾ HOẠCH NĂM 2027", "Kính gửi: Sở",
    "Căn cứ Luật;", "QUYẾT NGHỊ:", "NGHỊ QUYẾT", "tại điểm này.", "174. Người", "“Căn cứ Hiến pháp;",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "một\nĐiều 3. Ba\nhai", "Chương III\nBA", "1/ Một", "Bảng 1.1\t3",
)  # fmt: skip
# What is read otherwise than it is written, or hides, by itself and around the beginnings of units.
SIGNS = (
    *f"{RAISED}{UNSEEN}{''.join(LIKE_OTHERS)}‘’‚‹›❝❞〝〞＂″'`´“”«»",
    "''",
    "``",
    "(1)",
    "(a)",
    "Đ",
    "iều",
    " ",
    "1",
    ".",
    "a",
    ")",
    "I",
    "-",
    "C",
)
UNUSUAL = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=9).map("".join)
PARAGRAPHS = st.builds(
    Paragraph,
    text=st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.just(""), UNUSUAL),
    marker=st.one_of(
        st.none(), st.none(), st.sampled_from(("Điều 1.", "1.", "a)", "I.", "-", "1.1", "Chương I", "\uf0b7"))
    ),
    heading_level=st.one_of(st.none(), st.none(), st.integers(1, 3)),
    bold=st.booleans(),
    centred=st.booleans(),
    origin=st.sampled_from(("body", "body", "body", "body", "header", "footnote", "text_box")),
)
TABLES = PARAGRAPHS.map(lambda inside: Table(((Cell((replace(inside, origin="body"),)), Cell(())),)))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS, TABLES), max_size=40))
def test_any_lines(blocks: list[Block]) -> None:
    made = outline_of(Source(tuple(blocks), (), "text/plain"))
    assert squeezed([made.plain_text()]) == squeezed(texts(blocks))
    assert len(set(paths(made))) == len(paths(made))
    for node in made.walk():
        assert parse(node.path)[-1].kind == node.kind
        assert parse(node.path)[-1].label == node.label
    assert {warning.path for warning in made.warnings} <= {"", *paths(made)}
    assert Outline.from_json(made.to_json()) == made
