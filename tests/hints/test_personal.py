"""What may be personal data is pointed out, and numbers of laws, articles, money and days are none."""

import csv
import json
from pathlib import Path

import pytest

from consult.hints.personal import blacked_out, hints, pieces


def found(text: str, *names: str) -> list[tuple[str, str]]:
    """What is pointed out in a text, with its kind."""
    return [(one.kind.value, text[one.start : one.end]) for one in hints(text, names)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xin gọi 0912 345 678 để trao đổi.", [("telephone", "0912 345 678")]),
        ("SĐT: 0912.345.678", [("telephone", "0912.345.678")]),
        ("Liên hệ +84 912-345-678.", [("telephone", "+84 912-345-678")]),
        ("Máy bàn 0208 3855 123 gọi giờ hành chính", [("telephone", "0208 3855 123")]),
        ("Căn cước 019088001234 cấp năm 2021", [("identity", "019088001234")]),
        ("CMND số 090 123 456", [("identity", "090 123 456")]),
        ("STK 8500 2050 12345 Agribank", [("account", "8500 2050 12345")]),
        ("Chuyển khoản vào số 0912345678", [("account", "0912345678")]),
        ("Viết về nguyenvana@example.com nhé", [("mail", "nguyenvana@example.com")]),
        ("Tôi thường trú tại xóm Đồng Tâm, xã Phong Quang.", [("address", "xóm Đồng Tâm, xã Phong Quang")]),
        ("Nhà ở số 12 ngõ 5 rất ngập", [("address", "số 12 ngõ 5 rất ngập")]),
        ("Nhà ông Thắng đổ rác ra suối.", [("person", "Thắng")]),
        ("Bà Nguyễn Thị Hoa cũng nói vậy.", [("person", "Nguyễn Thị Hoa")]),
        ("Hỏi Trần Văn Nam thì rõ.", [("person", "Trần Văn Nam")]),
        ("Theo anh Lò Văn Páo, đường hỏng.", [("person", "Lò Văn Páo")]),
    ],
)
def test_what_is_pointed_out(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 08/2022/NĐ-CP ngày 10/01/2022 và Luật 72/2020/QH14.",
        "Khoản 3 Điều 12 Quyết định 1234567890 quy định.",
        "Mức hỗ trợ 1.250.000.000 đồng, sau là 12 000 000 đồng mỗi hộ.",
        "Giai đoạn 2021-2025, tầm nhìn 2030-2045.",
        "Từ 01/07/2025 đến 31/12/2026, tổng 100000000 đồng.",
        "Mã số thuế 4600123456 của công ty.",
        "Bác Hồ dạy phải giữ vệ sinh. Ông Chủ tịch xã đã hứa.",
        "Xã Phong Quang, thôn Nà Ngần, huyện Bạch Thông cũ.",
        "Người có hộ khẩu thường trú tại Việt Nam; địa chỉ của tổ chức.",
        "Trụ sở: số 12 đường Cách Mạng Tháng Tám, Sở Xây dựng.",
        "Bà con Bà Rịa, Cô Tô; em đề nghị, cháu mong.",
        "Thị trấn Chợ Mới; Thị xã Phổ Yên; Ủy ban nhân dân tỉnh Thái Nguyên.",
        "Tọa độ 2406789.12 và 105.123456, diện tích 12345678 m2.",
    ],
)
def test_what_is_none(text: str) -> None:
    assert found(text) == []


def test_the_own_name_is_pointed_out_as_it_is_written() -> None:
    assert found("Kính thư, Y Blôk Niê", "Y Blôk Niê") == [("person", "Y Blôk Niê")]
    assert found("Hoa nở đẹp", "Hoa") == []


def test_the_pieces_are_the_text_and_the_redaction_is_prepared() -> None:
    text = "Nhà ông Thắng, gọi 0912345678."
    cut = pieces(text, hints(text))
    assert "".join(one.text for one in cut) == text
    assert blacked_out(text, hints(text)) == "Nhà ông […], gọi […]."


@pytest.mark.real
def test_real_comments_have_no_false_alarm(samples: Path) -> None:
    csv.field_size_limit(10_000_000)
    told = []
    for path in sorted((samples / "comments").glob("*.csv")):
        with path.open(encoding="utf-8", errors="replace") as rows:
            told += [
                hint
                for row in csv.DictReader(rows)
                for hint in hints(max(row.values(), key=lambda one: len(one or "")))
            ]
    letters = (samples / "comments" / "vn_real_excerpts.json").read_text(encoding="utf-8")
    assert told == [] and [one for one in hints(json.dumps(json.loads(letters), ensure_ascii=False))] == []


@pytest.mark.real
def test_no_number_of_a_law_is_a_telephone(samples: Path) -> None:
    for path in sorted((samples / "legal" / "text").glob("*.txt")):
        kinds = {one.kind.value for one in hints(path.read_text(encoding="utf-8"))}
        assert kinds <= {"person", "address"}, path.name
