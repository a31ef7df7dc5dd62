"""What stands behind a number that is kept while its words were taken out: "Điều 5. (bãi bỏ)"."""

from __future__ import annotations

import re

_VACANT = re.compile(
    r"(?:(?:điều|khoản|điểm|mục|chương) này )?"
    r"(?:(?:đã )?(?:được )?(?:bãi bỏ|h[uủ][yỷ] bỏ|lược bỏ|bỏ)|để trống|trống|không còn)"
    r"(?: (?:điều|khoản|điểm|mục|chương|nội dung) này)?",
    re.IGNORECASE,
)


def is_vacant(words: str) -> bool:
    """Whether all the words of a provision, without signs, say that it has none any more."""
    return _VACANT.fullmatch(words) is not None
