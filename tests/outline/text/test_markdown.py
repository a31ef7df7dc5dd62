"""Markdown: its signs become structure, its words stay."""

import time

from consult.outline import outline_of
from consult.outline.blocks import Paragraph, Table
from consult.outline.readers import read
from consult.outline.text.markdown import read_markdown
from tests.outline.reading_text import paragraphs, texts


def blocks(text: str) -> list[Paragraph]:
    return list(paragraphs(read_markdown(text).blocks))


def test_headings_of_both_kinds() -> None:
    found = blocks("# Quyết định #\n\n### Chương I\nTên\n===\nKhác\n---\n#không phải\n")
    assert [(block.text, block.heading_level) for block in found] == [
        ("Quyết định", 1),
        ("Chương I", 3),
        ("Tên", 1),
        ("Khác", 2),
        ("#không phải", None),
    ]


def test_lines_run_together_but_units_do_not() -> None:
    text = "Một câu\nhai dòng.\n1. Khoản\ntiếp\na) Điểm\n**Điều 2.** Tên\n1\\. Khoản khác\n"
    assert texts(read_markdown(text).blocks) == [
        "Một câu hai dòng.",
        "1. Khoản tiếp",
        "a) Điểm",
        "Điều 2. Tên",
        "1. Khoản khác",
    ]


def test_bold_lines_hard_breaks_and_quotes() -> None:
    found = blocks("**Cả dòng**\n\n**Nửa** dòng\n\nmột  \nhai\\\nba\n\n> trích\n> dẫn\n")
    assert [(block.text, block.bold) for block in found] == [
        ("Cả dòng", True),
        ("Nửa dòng", False),
        ("một\nhai\nba", False),
        ("trích dẫn", False),
    ]


def test_typed_marks_stay_in_the_text_and_stars_are_bullets() -> None:
    found = blocks("- gạch\n+ cộng\n* sao\n  * sâu\n1. số\n")
    assert [(block.text, block.marker, block.marker_level) for block in found] == [
        ("- gạch", None, None),
        ("+ cộng", None, None),
        ("sao", "-", 0),
        ("sâu", "-", 1),
        ("1. số", None, None),
    ]


def test_tables() -> None:
    source = read_markdown("Trước\n\n| A | **B** |\n|---|:-:|\n| 1 \\| 2 | |\n\nSau | không phải bảng\n")
    before, table, after = source.blocks
    assert isinstance(table, Table)
    assert [[texts(cell.blocks) for cell in row] for row in table.rows] == [[["A"], ["B"]], [["1 | 2"], []]]
    assert (before, after) == (Paragraph("Trước"), Paragraph("Sau | không phải bảng"))


def test_footnotes_code_and_rules() -> None:
    found = blocks("Câu[^1] và[^thiếu].\n\n[^1]: Chú **thích**.\n\n---\n```\n  mã | # không\n```\nSau\n```\nchưa đóng")
    assert [(block.text, block.footnotes) for block in found] == [
        ("Câu và[^thiếu].", ("Chú thích.",)),
        ("mã | # không", ()),
        ("Sau", ()),
        ("chưa đóng", ()),
    ]


def test_what_is_taken_for_markdown() -> None:
    text = "# Một\n\n# Hai\n".encode()
    assert read(text, "draft").media_type == read(text, "DRAFT.MD").media_type == "text/markdown"
    assert read(text, "draft.txt").media_type == "text/plain"
    assert read(b"# one\ntext", "draft").media_type == "text/plain"
    assert read(b"plain", "draft.md").media_type == "text/markdown"


def test_hostile_repetitions_are_read_in_good_time() -> None:
    hostile = ("**a " * 5_000, "*" * 40_000, "|" * 50_000 + "\n" + "|-" * 20_000, "- " * 50_000, "[^" * 30_000)
    spaces = ("# a" + " " * 50_000 + "b", "-" + " " * 50_000 + "|\n-" + " " * 50_000 + "x", "*" + " " * 50_000)
    began = time.process_time()
    for text in (*hostile, *spaces):
        read_markdown(text + "\n\nhết")
    assert time.process_time() - began < 3


def test_words_that_are_crossed_out_are_told_and_are_none_of_the_text() -> None:
    text = "### Điều 1. Phí\n\n1. Phí là ~~10.000~~ 20.000 đồng.\n\n~~2. Miễn.~~\n\n2. Giảm, từ 5 ~ 10 %."
    found = outline_of(read_markdown(text))
    assert [(node.path, node.text) for node in found.walk()][1:] == [
        ("d1.k1", "Phí là 20.000 đồng."),
        ("d1.k2", "Giảm, từ 5 ~ 10 %."),
    ]
    told = [(one.path, one.message) for one in found.warnings if one.code == "struck_text"]
    assert told == [("d1.k1", "crossed out: “10.000”"), ("d1.k1", "crossed out: “2. Miễn.”")]
