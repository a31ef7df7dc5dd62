"""Opinions on things that have nothing to do with each other, with their truth: the theme of each is its key."""

TOPICS = {
    "fee": (
        "Mức thu phí rác 30.000 đồng một hộ là quá cao với hộ nghèo.",
        "Phí thu gom rác như vậy hộ nghèo không đóng nổi, xin giảm phí.",
        "Đề nghị miễn phí thu gom rác cho hộ nghèo và cận nghèo.",
    ),
    "school": (
        "Trường học dột nát, đề nghị sửa chữa phòng học trước năm học mới.",
        "Phòng học của điểm trường thôn xuống cấp, trời mưa là dột.",
        "Nên xây thêm phòng học và nhà bán trú cho học sinh ở điểm trường.",
    ),
    "water": (
        "Nước sinh hoạt ở thôn bị ô nhiễm do chăn nuôi lợn xả thải ra suối.",
        "Trại lợn xả thải ra suối làm nguồn nước sinh hoạt bị ô nhiễm nặng.",
        "Suối đen ngòm vì nước thải chăn nuôi, dân không có nước sinh hoạt sạch.",
    ),
    "camera": (
        "Lắp camera ở nhà văn hóa thôn là lãng phí.",
        "Không cần lắp camera giám sát trong thôn, tốn tiền.",
    ),
}
