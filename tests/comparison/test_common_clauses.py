"""Clauses that end many articles in the same words, numbers that are kept without words, quotations between two."""

import pytest

from tests.comparison.texts import LAW, compared, kinds, replaced

DETAILED = "Ủy ban nhân dân tỉnh quy định chi tiết Điều này."
OLD = replaced(
    LAW,
    ("Điều 5. Thời", f"3. {DETAILED}\nĐiều 5. Thời"),
    ("Điều 6. Giá", f"3. {DETAILED}\nĐiều 6. Giá"),
    ("Điều 8. Hiệu", f"3. {DETAILED}\nĐiều 8. Hiệu"),
)


def test_a_common_clause_of_an_article_taken_out_is_in_no_new_article() -> None:
    lines = OLD.split("\n")
    at, to = lines.index("Điều 5. Thời gian thu gom"), lines.index("Điều 6. Giá dịch vụ")
    new = "\n".join([*lines[:at], *lines[to:]])
    new = replaced(
        new,
        ("Điều 6. Giá", "Điều 5. Giá"),
        (
            "Chương III",
            "Điều 6. Trạm trung chuyển\n1. Trạm cách khu dân cư ít nhất năm trăm mét.\n"
            f"2. Nước rỉ rác được thu về hố có nắp đậy kín.\n3. {DETAILED}\nChương III",
        ),
    )
    told = kinds(compared(OLD, new))
    assert told["d5.k3", None] == "removed"
    assert told[None, "d6.k3"] == "added"
    assert ("d7.k3", "d7.k3") not in told


@pytest.mark.parametrize("words", ["(bãi bỏ)", "(được bãi bỏ)", "Bãi bỏ.", "(Điều này được bãi bỏ)", "[Huỷ bỏ]"])
def test_a_number_that_is_kept_without_words_is_what_became_of_its_article(words: str) -> None:
    lines = LAW.split("\n")
    at, to = lines.index("Điều 5. Thời gian thu gom"), lines.index("Điều 6. Giá dịch vụ")
    new = "\n".join([*lines[:at], f"Điều 5. {words}", *lines[to:]])
    assert kinds(compared(LAW, new)) == {
        ("d5", "d5"): "changed", ("d5.k1", None): "removed", ("d5.k2", None): "removed",
    }  # fmt: skip
    assert kinds(compared(new, LAW)) == {
        ("d5", "d5"): "changed", (None, "d5.k1"): "added", (None, "d5.k2"): "added",
    }  # fmt: skip
