"""A desk with so many drafted answers that they are read on a sheet."""

from collections.abc import Callable

import pytest

from consult.submissions.words import Stance
from tests.responses.conftest import desk, enter
from tests.responses.desk_builder import Desk, comment

__all__ = ["desk", "enter", "many"]

SAID = "Đề nghị quy định rõ ngày thu gom đối với từng thôn, tổ dân phố và nơi tập kết chất thải cồng kềnh."
ANSWER = "Cơ quan chủ trì tiếp thu, đã chỉnh lý nội dung về ngày thu gom tại dự thảo trình cấp có thẩm quyền."

Many = Callable[[int], list[int]]


@pytest.fixture
def many(desk: Desk) -> Many:
    """Drafts so many answers; every tenth refuses, and the last two comments are for and against one clause."""

    def made(count: int) -> list[int]:
        plain = [comment(f"{SAID} ({number})", "d2.k1.pdd") for number in range(count - 2)]
        split = [comment(SAID, "d2.k1", stance=stance) for stance in (Stance.SUPPORT, Stance.OPPOSE)]
        numbers = desk.receive(*plain[:100])
        for first in range(100, len(plain), 100):
            numbers += desk.receive(*plain[first : first + 100])
        numbers += desk.receive(*split)
        for place, number in enumerate(numbers):
            desk.draft(number, disposition="accepted" if place % 10 else "not_accepted", text=ANSWER)
        desk.session.commit()
        return numbers

    return made
