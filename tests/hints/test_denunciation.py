"""Who denounces somebody is told from who comments on the rules about it."""

import pytest

from consult.hints.denunciation import looks_like_one


@pytest.mark.parametrize(
    "text",
    [
        "Tôi xin tố cáo ông chủ tịch xã đã lấy đất của nhà tôi.",
        "Đơn tố cáo. Kính gửi Thanh tra tỉnh.",
        "Chúng tôi làm đơn khiếu nại việc thu hồi đất của thôn.",
        "Cán bộ địa chính xã nhận hối lộ để cấp sổ cho nhà giàu.",
        "Bà trưởng thôn ăn chặn tiền hỗ trợ của hộ nghèo.",
    ],
)
def test_one(text: str) -> None:
    assert looks_like_one("", text)


@pytest.mark.parametrize(
    "text",
    [
        "Đề nghị bổ sung thời hạn giải quyết đơn khiếu nại, tố cáo.",
        "Điều 12 về quyền khiếu nại, tố cáo cần rõ hơn; mẫu đơn tố cáo quá dài.",
        "Cần có quy định xử lý cán bộ tham nhũng.",
        "Tôi không đồng ý với mức phí. Bà con cũng vậy.",
        "Theo Luật Tố cáo thì người tố cáo được bảo vệ.",
    ],
)
def test_none(text: str) -> None:
    assert not looks_like_one(text)
