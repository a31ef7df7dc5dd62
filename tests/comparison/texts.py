"""Small texts written for the tests, and what a comparison says of them."""

from __future__ import annotations

from typing import Any

from consult.comparison import Comparison, compare
from tests.outline.outlines import outline

Nodes = list[dict[str, Any]]

# An ordinary draft; every provision can be told from every other by its words.
LAW = """
QUYẾT ĐỊNH
Quy định về quản lý chất thải rắn sinh hoạt
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Quyết định này quy định việc phân loại, thu gom, vận chuyển và xử lý chất thải rắn sinh hoạt trên địa bàn tỉnh.
2. Chất thải nguy hại và chất thải y tế không thuộc phạm vi điều chỉnh của Quyết định này.
Điều 2. Đối tượng áp dụng
Quyết định này áp dụng đối với hộ gia đình, cá nhân, cơ quan và tổ chức có phát sinh chất thải.
Điều 3. Giải thích từ ngữ
1. Điểm tập kết là nơi chứa tạm thời chất thải trước khi được chuyển đến trạm trung chuyển.
2. Chủ thu gom là hợp tác xã, doanh nghiệp hoặc tổ tự quản ký hợp đồng với Ủy ban nhân dân cấp xã.
3. Túi đựng chất thải thực phẩm là túi màu xanh có dán nhãn do tỉnh phát hành.
Chương II
PHÂN LOẠI VÀ THU GOM
Điều 4. Phân loại tại nguồn
1. Chất thải rắn sinh hoạt được phân thành ba nhóm sau đây:
a) Chất thải có khả năng tái sử dụng, tái chế;
b) Chất thải thực phẩm;
c) Chất thải còn lại không thuộc hai nhóm trên.
2. Hộ gia đình để chất thải cồng kềnh tại điểm tập kết vào ngày chủ nhật đầu tiên của tháng.
Điều 5. Thời gian thu gom
1. Tại phường, chất thải được thu gom mỗi ngày một lần, từ 18 giờ đến 22 giờ.
2. Tại xã, chất thải được thu gom ít nhất hai lần mỗi tuần theo lịch niêm yết ở nhà văn hóa.
Điều 6. Giá dịch vụ
1. Giá dịch vụ tính theo khối lượng hoặc thể tích chất thải đã được phân loại.
2. Hộ nghèo, hộ cận nghèo được ngân sách tỉnh hỗ trợ một nửa số tiền phải trả.
Chương III
TỔ CHỨC THỰC HIỆN
Điều 7. Trách nhiệm của Sở Nông nghiệp và Môi trường
1. Hướng dẫn kỹ thuật phân loại và kiểm tra việc thực hiện Quyết định này.
2. Hằng năm báo cáo Ủy ban nhân dân tỉnh trước ngày 15 tháng 12.
Điều 8. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 01 tháng 01 năm 2027.
"""


def provisions(text: str) -> Nodes:
    """The tree of a text, as `outline --json` prints it."""
    return outline(*[line for line in text.split("\n") if line.strip()]).to_json()["provisions"]


def compared(old: str, new: str) -> Comparison:
    """The comparison of two texts."""
    return compare(provisions(old), provisions(new))


def kinds(found: Comparison) -> dict[tuple[str | None, str | None], str]:
    """What is not as it was: (old path, new path) → kind, with None for the side that has no partner."""
    told: dict[tuple[str | None, str | None], str] = {
        (match.old, match.new): match.kind for match in found.matches if match.kind != "unchanged"
    }
    return told | {(None, path): "added" for path in found.added} | {(path, None): "removed" for path in found.removed}


def without(text: str, *lines: str) -> str:
    """The text without the lines that begin so."""
    for line in lines:
        assert sum(one.startswith(line) for one in text.split("\n")) == 1, line
        text = "\n".join(one for one in text.split("\n") if not one.startswith(line))
    return text


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    """The text with each first replaced by its second."""
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
