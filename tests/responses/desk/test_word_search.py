"""The desk finds words as the site does: accents, tone places, đ, i and y apart, and what was typed comes first."""

import pytest

from consult.submissions.inputs import Sender
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk

SAID = ("Lý do kỹ thuật chưa rõ.", "Li do ki thuat.", "Bà Thuý nói.", "Đồ ăn thúi.", "Quí vị xem lại.", "Kì họp sau.")


@pytest.fixture
def numbers(desk: Desk) -> list[int]:
    """What was sent, by number, and one more by somebody whose name is written with y."""
    found = [desk.receive(text)[0] for text in SAID]
    return [*found, *desk.receive("Không có gì.", sender=Sender("Vũ Thị Mỹ"))]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lí do", [1, 2]),
        ("lý", [1, 2]),
        ("li\u0301", [1, 2]),
        ("kĩ thuật", [1, 2]),
        ("ki", [1, 2, 6]),
        ("kì", [6, 1, 2]),
        ("ky\u0300", [6, 1, 2]),
        ("thúy", [3]),
        ("thúi", [4]),
        ("quý vị", [5]),
        ("vũ thị mĩ", [7]),
        ("do", [1, 2, 4]),
        ("đồ", [4, 1, 2]),
    ],
)
def test_words_are_found_however_they_are_typed(
    desk: Desk, enter: Enter, numbers: list[int], typed: str, found: list[int]
) -> None:
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/", query_string={"q": typed})
    assert [int(one) for one in page.words("//tbody//a[contains(@href, '/y-kien/')]")] == found
