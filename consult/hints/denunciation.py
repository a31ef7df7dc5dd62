"""Whether a text looks like a denunciation or complaint (tố cáo, khiếu nại) rather than a comment on a draft: somebody
makes one in it, or accuses a person of an office of corruption. A comment on the rules about them is none. Nothing is
done by it: a person reads, and sets the text apart.
"""

import re

_MADE = re.compile(
    r"\bđơn (?:tố cáo|khiếu nại|tố giác)\b"
    r"|\b(?:tôi|chúng tôi|em|cháu|gia đình tôi|bà con)\b[^.!?\n]{0,25}\b(?:xin |muốn |làm đơn |viết đơn |đứng đơn )+"
    r"(?:tố cáo|khiếu nại|tố giác)"
    r"|\b(?:xin|kính) (?:tố cáo|khiếu nại|tố giác)\b"
    r"|\btố (?:cáo|giác) (?:ông|bà|anh|chị|cán bộ|lãnh đạo|chủ tịch|phó chủ tịch|trưởng|giám đốc|công ty)\b",
    re.IGNORECASE,
)
_ACCUSED = re.compile(
    r"\b(?:ông|bà|anh|chị|cán bộ|lãnh đạo|chủ tịch|phó chủ tịch|trưởng thôn|trưởng phòng|giám đốc|công an)\b"
    r"[^.!?\n]{0,70}\b(?:nhận hối lộ|đòi hối lộ|ăn hối lộ|nhận tiền lót tay|vòi tiền|vòi vĩnh|tham ô|ăn chặn|"
    r"bao che|chiếm đoạt|"
    r"làm giả hồ sơ|khai khống|trù dập)",
    re.IGNORECASE,
)
_OF_RULES = re.compile(
    r"(?:luật|nghị định|quy định|pháp luật|giải quyết|quyền|thủ tục|thời hạn|thẩm quyền|tiếp nhận|điều \d+|mẫu)"
    r"[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
NEAR = 60


def looks_like_one(*texts: str) -> bool:
    """Whether one of these texts looks like a denunciation or complaint."""
    return any(_made(text) or _ACCUSED.search(text) for text in texts)


def _made(text: str) -> bool:
    return any(
        not _OF_RULES.search(text[max(0, found.start() - NEAR) : found.start()]) for found in _MADE.finditer(text)
    )
