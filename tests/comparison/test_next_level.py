"""A whole text numbered anew with the next kind of level: Chương to I., Điều to 1., khoản to a), điểm to a dash."""

import re

from consult.outline.grammar.labels import POINT_ALPHABET
from tests.comparison.texts import LAW, compared, kinds, replaced


def one_level_lower(text: str) -> str:
    """The text as a plan would number it."""
    text = re.sub(r"^[a-zđ]\) ", "- ", text, flags=re.MULTILINE)
    text = re.sub(r"^(\d+)\. ", lambda found: f"{POINT_ALPHABET[int(found[1]) - 1]}) ", text, flags=re.MULTILINE)
    text = re.sub(r"^Điều (\d+\.)", r"\1", text, flags=re.MULTILINE)
    return re.sub(r"^Chương ([IVX]+)\n", r"\1. ", text, flags=re.MULTILINE)


def test_everything_is_found_and_only_numbered_anew() -> None:
    found = compared(LAW, one_level_lower(LAW))
    assert not found.added and not found.removed
    assert {match.kind for match in found.matches} == {"unchanged", "renumbered"}
    told = kinds(found)
    assert told["cii", "rii"] == told["d4", "rii.k4"] == told["d4.k1.pb", "rii.k4.pa.x2"] == "renumbered"


def test_what_else_was_changed_is_found_as_well() -> None:
    edited = replaced(
        LAW,
        ("ngày chủ nhật đầu tiên", "ngày thứ bảy cuối cùng"),
        ("2. Tại xã, chất thải", "2. Tổ tự quản giám sát việc thu gom tại thôn.\n3. Tại xã, chất thải"),
        ("TỔ CHỨC THỰC HIỆN", "ĐIỀU KHOẢN THI HÀNH"),
    )
    told = kinds(compared(LAW, one_level_lower(edited)))
    assert told["d4.k2", "rii.k4.pb"] == told["ciii", "riii"] == "changed"
    assert told["d5.k2", "rii.k5.pc"] == told["d5", "rii.k5"] == "renumbered"
    assert told[None, "rii.k5.pb"] == "added"
    assert not {pair for pair, kind in told.items() if kind in ("moved", "removed")}
