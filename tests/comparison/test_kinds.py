"""What becomes of provisions under the usual edits of a draft."""

import pytest

from consult.comparison import compare
from tests.comparison.texts import LAW, compared, kinds, provisions, replaced, without

LIGHTS = "Điều 6. Giá dịch vụ"


def test_the_same_text_is_unchanged() -> None:
    found = compared(LAW, LAW)
    assert kinds(found) == {}
    assert all(match.old == match.new and match.similarity == 1 for match in found.matches)


def test_nothing_and_something() -> None:
    assert compare([], []).matches == ()
    law = provisions(LAW)
    assert compare([], law).added == compare(law, []).removed
    assert len(compare([], law).added) == len(compare(law, law).matches)


def test_an_article_inserted_renumbers_those_after_it_and_what_they_hold() -> None:
    new = replaced(
        LAW,
        ("Điều 8. Hiệu", "Điều 9. Hiệu"),
        ("Điều 7. Trách", "Điều 8. Trách"),
        (LIGHTS, "Điều 6. Khen thưởng\nTổ tự quản làm tốt được biểu dương tại hội nghị thôn.\nĐiều 7. Giá dịch vụ"),
    )
    assert kinds(compared(LAW, new)) == {
        (None, "d6"): "added",
        ("d6", "d7"): "renumbered",
        ("d6.k1", "d7.k1"): "renumbered",
        ("d6.k2", "d7.k2"): "renumbered",
        ("d7", "d8"): "renumbered",
        ("d7.k1", "d8.k1"): "renumbered",
        ("d7.k2", "d8.k2"): "renumbered",
        ("d8", "d9"): "renumbered",
    }


def test_articles_inserted_with_letters_renumber_nothing() -> None:
    new = replaced(
        LAW,
        (LIGHTS, "Điều 5a. Khen thưởng\n1. Biểu dương tổ tự quản.\nĐiều 5đ. Xử lý vi phạm\nTheo pháp luật.\n" + LIGHTS),
    )
    assert kinds(compared(LAW, new)) == {(None, path): "added" for path in ("d5a", "d5a.k1", "d5dd")}


def test_a_point_put_in_and_the_sign_at_the_end_that_it_changes() -> None:
    new = replaced(LAW, ("hai nhóm trên.", "hai nhóm trên;\nd) Chất thải cồng kềnh."))
    assert kinds(compared(LAW, new)) == {(None, "d4.k1.pd"): "added"}


def test_an_article_moved_to_another_chapter() -> None:
    moved = "Điều 5. Thời gian thu gom"
    lines = LAW.split("\n")
    at = lines.index(moved)
    article, rest = lines[at : at + 3], lines[:at] + lines[at + 3 :]
    place = rest.index("Điều 8. Hiệu lực thi hành")
    new = "\n".join([*rest[:place], *article, *rest[place:]])
    new = replaced(
        new, ("Điều 5. Thời", "Điều X. Thời"), ("Điều 6.", "Điều 5."), ("Điều 7.", "Điều 6."), ("Điều X.", "Điều 7.")
    )
    told = kinds(compared(LAW, new))
    assert told.pop(("d5", "d7")) == "moved"
    assert set(told.values()) == {"renumbered"}
    assert {pair for pair in told if pair[0] == "d5.k1"} == {("d5.k1", "d7.k1")}


def test_a_clause_moved_to_another_article() -> None:
    clause = "2. Hộ gia đình để chất thải cồng kềnh tại điểm tập kết vào ngày chủ nhật đầu tiên của tháng."
    new = replaced(without(LAW, clause), ("Điều 6. Giá", f"3.{clause[2:]}\nĐiều 6. Giá"))
    assert kinds(compared(LAW, new)) == {("d4.k2", "d5.k3"): "moved"}


def test_a_chapter_put_around_articles_moves_none_of_them() -> None:
    new = replaced(LAW, (LIGHTS, f"Chương IIa\nGIÁ VÀ HỖ TRỢ\n{LIGHTS}"))
    assert kinds(compared(LAW, new)) == {(None, "ciia"): "added"}
    assert kinds(compared(new, LAW)) == {("ciia", None): "removed"}


def test_a_chapter_inserted_renumbers_the_chapters_after_it() -> None:
    new = replaced(
        LAW,
        ("Chương III\n", "Chương III\nKHEN THƯỞNG\nĐiều 6a. Biểu dương\nTổ tự quản được biểu dương.\nChương IV\n"),
    )
    assert kinds(compared(LAW, new)) == {
        (None, "ciii"): "added",
        (None, "d6a"): "added",
        ("ciii", "civ"): "renumbered",
    }


def test_a_clause_split_in_two_and_two_made_one() -> None:
    new = replaced(
        LAW,
        (
            "Túi đựng chất thải thực phẩm là túi màu xanh có dán nhãn do tỉnh phát hành.",
            "Túi đựng chất thải thực phẩm là túi màu xanh.\n4. Túi phải có dán nhãn do tỉnh phát hành.",
        ),
    )
    assert kinds(compared(LAW, new)) == {("d3.k3", "d3.k3"): "split", ("d3.k3", "d3.k4"): "split"}
    assert kinds(compared(new, LAW)) == {("d3.k3", "d3.k3"): "merged", ("d3.k4", "d3.k3"): "merged"}


def test_an_article_made_two() -> None:
    old = replaced(LAW, ("Điều 5. Thời gian thu gom\n1. Tại", "3. Tại"), ("2. Tại xã", "4. Tại xã"))
    old = replaced(old, ("tại nguồn", "và thu gom"))
    found = kinds(compared(old, replaced(LAW, ("tại nguồn", "và thu gom"))))
    assert found == {
        ("d4", "d4"): "split",
        ("d4", "d5"): "split",
        ("d4.k3", "d5.k1"): "renumbered",
        ("d4.k4", "d5.k2"): "renumbered",
    }


def test_words_reworded_and_a_heading_renamed() -> None:
    new = replaced(LAW, ("ngày chủ nhật đầu tiên", "ngày thứ bảy cuối cùng"), ("Giá dịch vụ\n", "Tiền phải trả\n"))
    found = compared(LAW, new)
    assert kinds(found) == {("d4.k2", "d4.k2"): "changed", ("d6", "d6"): "changed"}
    clause = next(match for match in found.matches if match.old == "d4.k2")
    assert clause.similarity == pytest.approx(16 / 20)


def test_a_clause_written_anew_in_its_place_is_changed_and_another_subject_is_not() -> None:
    new = replaced(LAW, ("Chất thải thực phẩm;", "Rau, quả, cơm thừa;"))
    assert kinds(compared(LAW, new)) == {("d4.k1.pb", "d4.k1.pb"): "changed"}
    clause = "2. Hằng năm báo cáo Ủy ban nhân dân tỉnh trước ngày 15 tháng 12."
    new = replaced(LAW, (clause, "2. Tuyên truyền, vận động người dân đổi rác lấy cây xanh, sách vở cho học sinh."))
    assert kinds(compared(LAW, new)) == {("d7.k2", None): "removed", (None, "d7.k2"): "added"}


def test_points_that_change_places() -> None:
    new = replaced(LAW, ("tái sử dụng, tái chế;", "X;"), ("Chất thải thực phẩm;", "Chất thải có khả năng Y;"))
    new = replaced(new, ("Chất thải có khả năng X;", "Chất thải thực phẩm;"), ("Y;", "tái sử dụng, tái chế;"))
    assert kinds(compared(LAW, new)) == {
        ("d4.k1.pa", "d4.k1.pb"): "renumbered",
        ("d4.k1.pb", "d4.k1.pa"): "renumbered",
    }


def test_an_appendix_added() -> None:
    new = LAW + "PHỤ LỤC I\nBIỂU MẪU\n1. Tên hộ gia đình, địa chỉ, số người.\n2. Ngày đăng ký thu gom.\n"
    told = kinds(compared(LAW, new))
    assert told == {(None, path): "added" for path in ("pli", "pli.k1", "pli.k2")}


def test_short_clauses_that_are_the_same_do_not_cross() -> None:
    articles = "\n".join(f"Điều {n}. Ý kiến về việc số {n}\n1. Lựa chọn:\na) Có;\nb) Không." for n in range(1, 9))
    shifted = articles.replace("Điều 3. Ý kiến về việc số 3\n1. Lựa chọn:\na) Có;\nb) Không.\n", "")
    assert kinds(compared(articles, shifted)) == {
        (path, None): "removed" for path in ("d3", "d3.k1", "d3.k1.pa", "d3.k1.pb")
    }
    new = articles.replace("việc số 5\n1. Lựa chọn:\na) Có;\nb) Không.", "việc số 5\n1. Lựa chọn:\na) Không.")
    told = kinds(compared(articles, new))
    assert told == {("d5.k1.pa", None): "removed", ("d5.k1.pb", "d5.k1.pa"): "renumbered"}
