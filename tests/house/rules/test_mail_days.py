"""A mail is read when it arrives, which may be days after it was written: a server that was away, a full box. It
names its days, and tells of no today or tomorrow."""

import re

import pytest

from tests.house.rooms import CHECKOUT

NOW = re.compile(
    r"\b(hôm (?:nay|qua|kia|sau|trước)|ngày (?:mai|kia)|(?:sáng|trưa|chiều|tối|đêm) (?:nay|qua|mai)|"
    r"(?:tuần|tháng|quý) (?:này|sau|tới)|"
    r"today|tomorrow|yesterday|tonight|this (?:morning|evening|week|month)|next (?:week|month))\b",
    re.IGNORECASE,
)
MAILS = sorted((CHECKOUT / "templates" / "notices").rglob("*.txt"))


def test_mails_name_their_days() -> None:
    told = {one.name: NOW.findall(one.read_text(encoding="utf-8")) for one in MAILS}
    assert len(told) > 20 and {name: found for name, found in told.items() if found} == {}


@pytest.mark.parametrize("words", ["Mời họp sáng mai", "Từ hôm nay có hiệu lực", "It is due tomorrow."])
def test_what_it_would_find(words: str) -> None:
    assert NOW.search(words)
