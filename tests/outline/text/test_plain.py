"""Plain text: encodings, and lines that a PDF broke put together again where they plainly belong."""

from pathlib import Path

import pytest

from consult.outline import outline_of
from consult.outline.blocks import Paragraph, Source
from consult.outline.readers import read
from consult.outline.text.line_joining import continues
from consult.outline.text.plain import decode, read_plain, wrapped_width
from consult.text import DIRECTION_MARKS, FILLERS, OVERRIDES
from tests.outline.outlines import at
from tests.outline.reading_text import characters, doubts, paragraphs, texts

LAW = "Điều 1. Phạm vi\n\n1. Văn bản này áp dụng cho mọi người.\r\na) Điểm thứ nhất;\rb) Điểm thứ hai.\n"

PAGES = """
CÔNG BÁO/Số 1/Ngày 01-01-2026
1

Điều 5. Trách nhiệm của cơ quan, tổ chức, cá nhân trong việc thu gom và
xử lý chất thải
1. Cơ quan nhà nước có thẩm quyền chịu trách nhiệm hướng dẫn, kiểm tra theo
Điều 12. Việc kiểm tra được thực hiện mỗi năm một lần tại các khu dân cư đông
người và các khu công nghiệp theo quy định của pháp luật về bảo vệ môi trường,
trừ trường hợp có thiên tai, dịch bệnh do Ủy ban nhân dân tỉnh quyết định và được

CÔNG BÁO/Số 1/Ngày 01-01-2026
2

công bố trên trang thông tin điện tử của tỉnh trong thời hạn ba ngày làm việc.
2. Tổ chức, cá nhân có trách nhiệm phân loại chất thải tại nguồn, bao gồm các loại:
a) Chất thải có khả năng tái sử dụng, tái chế thu được từ hoạt động sinh hoạt của hộ
gia đình;
b) Chất thải thực phẩm và chất thải khác không thuộc điểm a khoản này do các cơ
sở kinh doanh thải ra.
Chương II
PHÂN LOẠI, THU GOM
VÀ XỬ LÝ CHẤT THẢI
Điều 6. Hiệu lực thi hành của Quyết định này được tính từ ngày ký ban hành và
được đăng tải
1. Quyết định này có hiệu lực thi hành từ ngày 01 tháng 3 năm 2026 và thay thế các
quyết định trước đây.

CÔNG BÁO/Số 1/Ngày 01-01-2026
3
2. Các cơ quan, tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định
này.
"""


def of(source: Source, origin: str) -> list[str]:
    return [block.text for block in paragraphs(source.blocks) if block.origin == origin]


def test_whole_lines_are_paragraphs() -> None:
    source = read(LAW.encode(), "law.txt")
    assert texts(source.blocks) == [
        "Điều 1. Phạm vi",
        "1. Văn bản này áp dụng cho mọi người.",
        "a) Điểm thứ nhất;",
        "b) Điểm thứ hai.",
    ]
    assert source.doubts == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are(encoding: str) -> None:
    assert decode("Điều 1".encode(encoding)) == ("Điều 1", None)


def test_windows_1258_is_read_with_a_doubt_and_composed() -> None:
    source = read("Đi\u00ea\u0300u 1. Pha\u0323m vi".encode("cp1258"), "old.txt")
    assert texts(source.blocks) == ["Điều 1. Phạm vi"]
    assert [doubt.code for doubt in doubts(source)] == ["encoding"]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_what_was_guessed_is_told_where_it_is_first_seen(name: str) -> None:
    plain = "\n\n".join(f"Dieu {number}. Pham vi" for number in range(1, 6))
    for strange in (plain.replace("5. Pham", "5. Pha\u0323m").encode("cp1258"), plain.encode() + b"\xff\xfe"):
        found = outline_of(read(strange, name))
        (place,) = [one.path for one in found.warnings if one.code == "encoding"]
        assert at(found, place).plain_text().startswith("Dieu 5")


def test_broken_bytes_behind_a_mark_are_told() -> None:
    text, guess = decode(b"\xef\xbb\xbfab\xff")
    assert guess is not None and (text, guess.doubt.code, guess.words) == ("ab\ufffd", "encoding", "ab\ufffd")


@pytest.mark.parametrize("sign", [*OVERRIDES, *FILLERS, *DIRECTION_MARKS, "\u2060"])
def test_signs_that_turn_a_line_or_only_look_empty_hide_no_number(sign: str) -> None:
    lines = ("Điều 1. Phạm vi", "1. Một.", sign, "2. Hai.", "Điều 2. Đối tượng", "Mọi người.")
    for text in (
        "\n".join(f"{sign}{line}" for line in lines),
        "\n".join(line.replace(" ", f" {sign}") for line in lines),
    ):
        found = outline_of(read(text.encode(), "a.txt"))
        assert [node.path for node in found.walk()] == ["d1", "d1.k1", "d1.k2", "d2"]


def test_control_characters_and_odd_spaces_do_not_pass() -> None:
    assert texts(read("a\x07b\u00a0c\u2028d".encode(), "x.txt").blocks) == ["ab c", "d"]


def test_hard_wraps_are_joined_and_units_kept_apart() -> None:
    source = read_plain(PAGES)
    assert of(source, "body") == [
        "Điều 5. Trách nhiệm của cơ quan, tổ chức, cá nhân trong việc thu gom và xử lý chất thải",
        "1. Cơ quan nhà nước có thẩm quyền chịu trách nhiệm hướng dẫn, kiểm tra theo Điều 12. Việc kiểm tra được thực "
        "hiện mỗi năm một lần tại các khu dân cư đông người và các khu công nghiệp theo quy định của pháp luật về bảo "
        "vệ môi trường, trừ trường hợp có thiên tai, dịch bệnh do Ủy ban nhân dân tỉnh quyết định và được công bố trên "
        "trang thông tin điện tử của tỉnh trong thời hạn ba ngày làm việc.",
        "2. Tổ chức, cá nhân có trách nhiệm phân loại chất thải tại nguồn, bao gồm các loại:",
        "a) Chất thải có khả năng tái sử dụng, tái chế thu được từ hoạt động sinh hoạt của hộ gia đình;",
        "b) Chất thải thực phẩm và chất thải khác không thuộc điểm a khoản này do các cơ sở kinh doanh thải ra.",
        "Chương II",
        "PHÂN LOẠI, THU GOM",
        "VÀ XỬ LÝ CHẤT THẢI",
        "Điều 6. Hiệu lực thi hành của Quyết định này được tính từ ngày ký ban hành và được đăng tải",
        "1. Quyết định này có hiệu lực thi hành từ ngày 01 tháng 3 năm 2026 và thay thế các quyết định trước đây.",
        "2. Các cơ quan, tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này.",
    ]


def test_running_headers_and_page_numbers_are_kept_as_such_and_told() -> None:
    source = read_plain(PAGES)
    header = "CÔNG BÁO/Số 1/Ngày 01-01-2026"
    assert of(source, "header") == [header, "1", header, "2", header, "3"]
    assert sorted(doubt.code for doubt in doubts(source)) == ["joined_lines", "running_header"]
    assert characters(PAGES) == characters("".join(texts(source.blocks)))


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    pages = PAGES.split("CÔNG BÁO/Số 1/Ngày 01-01-2026")
    rule, longer = " " * 42, " " * 120
    note = [rule, "1 Điều này được sửa đổi theo quy định sau đây:", "“Điều 2. Hiệu lực", "1. Từ ngày ký."]
    rest = [longer, "Điều 3. Tổ chức thực hiện", "2. Mọi người thi hành.”."]
    text = "CÔNG BÁO/Số 1/Ngày 01-01-2026".join(
        [pages[0], pages[1] + "\n".join([*note, "", ""]), pages[2] + "\n".join([*rest, "", ""]), *pages[3:]]
    )
    source = read_plain(text)
    assert " ".join(of(source, "footnote")) == " ".join([*note[1:], *rest[1:]])
    assert of(source, "body") == of(read_plain(PAGES), "body")


@pytest.mark.parametrize(
    ("before", "line", "joined"),
    [
        ("x" * 60 + " quy định tại", "Điều 12. Trường hợp khác", True),
        ("x" * 60 + " khoản", "1. Điều này", True),
        ("x" * 60 + " kết thúc.", "Điều 12. Tên điều", False),
        ("x" * 60 + " Ủy ban", "Nhân dân tỉnh", True),
        ("x" * 30, "Nhân dân tỉnh", False),
        ("NGHỊ ĐỊNH " + "X" * 60, "Sửa đổi một số điều", False),
        ("x" * 60 + " như sau:", "“Điều 5a. Tên", False),
        ("x" * 60 + " như sau:", "a) Một;", False),
        ("x" * 70 + ";", "và các loại khác", True),
        ("x" * 40 + ";", "và các loại khác", False),
        ("x" * 70 + ".", "và các loại khác", False),
        ("x" * 60 + " (được bãi bỏ)", "b)29 Vận chuyển", False),
        ("với đất đối với tài sản là công trình không phải là nhà ở", "1. Hộ gia đình, cá nhân", False),
        ("Điều 16. Trách nhiệm đối với đồng bào dân tộc thiểu số", "1. Có chính sách", False),
        ("Điều 5. Việc áp dụng và tuyên truyền, phổ biến pháp luật", "1. Cơ quan nhà nước", False),
        ("thực hiện theo quy định tại khoản 2 và những quy định của pháp luật", "về đất đai", True),
        ("thì cơ quan có thẩm quyền được thực hiện theo quy định của Luật", "Đất đai", True),
        (
            "thì phải đặt biển báo có chữ đỏ và xử phạt khi phương tiện đỗ tại nơi có biển",
            "“Cấm đỗ xe” hoặc biển phụ",
            True,
        ),
        (
            "đội mũ không có cài quai đúng quy cách khi tham gia giao thông đường bộ hoặc",
            "“mũ bảo hiểm” loại khác;",
            True,
        ),
        ("sửa đổi, bổ sung một số khoản của điều này theo quy định của Luật và", "“2. Hai mới.", False),
        ("tịch thu hoặc phạt tiền với giá trị hàng hóa vi phạm không vượt quá", "150.000.000 đồng;", True),
        ("vi phạm quy định về giữ bản gốc giấy tờ (giữ bản gốc chứng nhận đăng ký", "xe) không đúng số khung;", True),
        (
            "vi phạm quy định về giữ bản gốc giấy tờ và giấy chứng nhận đăng ký xe máy",
            "aa) Không đúng số khung;",
            False,
        ),
        ("vi phạm quy định về giữ bản gốc giấy tờ và giấy chứng nhận đăng ký xe máy", "1.12 Không đúng số", False),
        ("vi phạm quy định về giữ bản gốc giấy tờ và giấy chứng nhận đăng ký xe máy", "(1) Không đúng số", False),
        ("vi phạm quy định về giữ bản gốc giấy tờ và giấy chứng nhận đăng ký xe máy", "điều 5. Hiệu lực", False),
        ("vi phạm quy định về giữ bản gốc giấy tờ và giấy chứng nhận đăng ký xe máy", "chương II", False),
        ("vi phạm quy định về giữ bản gốc giấy tờ và giấy chứng nhận đăng ký xe máy", "chương II của Luật", True),
        ("vi phạm quy định về giữ bản gốc giấy tờ theo quy định tại", "điều 5. Tổ chức vi phạm", True),
        ("Điều 5. Bãi bỏ một phần của những văn bản có quy định", "1. Quyết định số 5 về chất thải", False),
        ("TRÁCH NHIỆM CỦA CÁC CƠ QUAN TRONG VIỆC THỰC HIỆN QUY ĐỊNH", "Điều 20. Sở Tài chính", False),
        ("I. TRÁCH NHIỆM CỦA CÁC CƠ QUAN TRONG VIỆC THỰC HIỆN QUY ĐỊNH", "1. Sở Tài chính", False),
        ("Điều 5. Việc công khai được thực hiện theo quy định tại khoản", "1 Điều này và các văn bản", True),
    ],
)
def test_when_a_line_goes_on(before: str, line: str, joined: bool) -> None:
    assert continues(before, line, width=75) is joined


def test_short_or_uneven_texts_are_not_taken_for_wrapped_ones() -> None:
    assert wrapped_width(["x" * 80] * 5) is None
    assert wrapped_width(["x" * 80] * 30 + ["y" * 400]) is None
    assert wrapped_width(["x" * 20] * 30 + ["y" * 80] * 4) is None
    assert wrapped_width(["x" * 80] * 30) == 80


@pytest.mark.real
def test_no_character_of_a_real_text_is_lost(samples: Path) -> None:
    files = [*(samples / "legal" / "text").glob("*.txt"), *(samples / "legal" / "versions").glob("*.txt")]
    assert len(files) >= 5
    for path in [*files, samples.parent / "programme.txt"]:
        source = read(path.read_bytes(), path.name)
        assert characters(path.read_text("utf-8")) == characters("".join(texts(source.blocks))), path.name


@pytest.mark.real
def test_real_wrapped_texts_are_joined_and_whole_ones_left_alone(samples: Path) -> None:
    folder = samples / "legal" / "text"
    whole = read((folder / "luat_bvmt_72-2020-qh14.txt").read_bytes(), "x.txt")
    assert whole.doubts == ()
    wrapped = read((folder / "nghi-dinh-so-134-2026-nd-cp-469388.txt").read_bytes(), "x.txt")
    assert Paragraph("Điều 1. Sửa đổi, bổ sung Điều 1") in wrapped.blocks
    assert "1. Bổ sung điểm p1 vào sau điểm p khoản 2:" in of(wrapped, "body")
    assert len(of(wrapped, "header")) == 88
    versions = [read(path.read_bytes(), "x.txt") for path in (samples / "legal" / "versions").glob("*.txt")]
    assert all(any(note.startswith("16 Điều này") for note in of(source, "footnote")) for source in versions)


def test_page_numbers_without_a_running_header_cut_no_sentence() -> None:
    sentence = "cơ quan chủ trì soạn thảo gửi hồ sơ dự thảo quyết định đến cơ quan thẩm định trước"
    page = [sentence] * 10
    lines = [part for number in range(1, 5) for part in (*page, "", f"  {number}", "")]
    read = read_plain("\n".join([*lines, "ngày 15 tháng 12 hằng năm."]))
    assert [paragraph.text for paragraph in read.blocks if paragraph.origin == "header"] == ["1", "2", "3", "4"]
    assert read.blocks[0].text == " ".join([sentence] * 40 + ["ngày 15 tháng 12 hằng năm."])


def test_numbers_that_do_not_count_from_page_to_page_are_text() -> None:
    line = "Cơ quan chủ trì soạn thảo gửi hồ sơ dự thảo quyết định đến cơ quan thẩm định."
    numbers = ("7", "3", "12", "3")
    read = read_plain("\n".join(part for number in numbers for part in (*[line] * 12, "", number, "")))
    assert {paragraph.origin for paragraph in read.blocks} == {"body"}
