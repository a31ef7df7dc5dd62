"""References that lead nowhere, lists that are miscounted, terms that nobody uses."""

import pytest

from consult.outline import Outline, outline_of
from consult.outline.references.check import check
from consult.outline.references.findings import Finding
from consult.outline.text.plain import read_plain

HEAD = "NGHỊ ĐỊNH\nQuy định về thu gom chất thải\n\nĐiều 1. Phạm vi\n1. Một.\n2. Hai.\na) Một;\nb) Hai.\n\n"


def read(text: str) -> Outline:
    """The outline of a plain text."""
    return outline_of(read_plain(text))


def found(sentence: str, head: str = HEAD) -> list[Finding]:
    """What is found in a draft whose second article says a sentence."""
    return check(read(f"{head}Điều 2. Thử\n1. {sentence}\n2. Hết.\n"))


def told(sentence: str) -> list[tuple[str, bool, str]]:
    """The code, whether it is certain, and the words."""
    return [(one.code, one.certain, one.words) for one in found(sentence)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Theo khoản 3 Điều 12 Nghị định này.", "khoản 3 Điều 12 Nghị định này"),
        ("Theo khoản 3 Điều 1 của Nghị định này.", "khoản 3 Điều 1 của Nghị định này"),
        ("Theo điểm c khoản 2 Điều 1 Nghị định này.", "điểm c khoản 2 Điều 1 Nghị định này"),
        ("Theo khoản 5 Điều này.", "khoản 5 Điều này"),
        ("Theo Điều 1 khoản 3 Nghị định này.", "Điều 1 khoản 3 Nghị định này"),
        ("Từ Điều 1 đến Điều 9 Nghị định này.", "Điều 9 Nghị định này"),
        ("Theo điểm a khoản 2 Điều 1, khoản 7 Điều 1 và Điều 2 Nghị định này.", "khoản 7 Điều 1"),
    ],
)
def test_what_leads_nowhere_is_certain_when_it_names_its_text(sentence: str, words: str) -> None:
    (one,) = found(sentence)
    assert (one.code, one.path) == ("unresolved", "d2.k1")
    assert one.words.startswith(words)
    assert one.certain


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo khoản 2 Điều 1 Nghị định này và các khoản 1, 2 Điều này.",
        "Theo các điểm a và b khoản 2 Điều 1, khoản 1 và khoản 2 Điều 2 của Nghị định này.",
        "Theo khoản 3 Điều 12 Luật Đất đai và Điều 99 của Luật số 31/2024/QH15.",
        "Theo Điều 60, khoản 2 Điều 61 và các điều 62, 63 của Luật Đất đai.",
        "Theo Điều 2 Nghị định này và Điều 200 Luật Đất đai; Điều 148 của Bộ luật Dân sự; Điều 38 Hiến pháp.",
        "Theo Điều 9 Quy chế ban hành kèm theo Quyết định số 12/QĐ-UBND.",
        "Theo khoản 5 Điều 12 được sửa đổi, bổ sung bởi khoản 3 Điều 1 Luật số 35/2018/QH14.",
        "Theo Điều 50 BLDS, Điều 60 NĐ 08/2022/NĐ-CP và Điều 7 Tuyên ngôn về quyền.",
        "Chuyển vào tài khoản 111 theo điều khoản 9 của hợp đồng, tại thời điểm a và địa điểm b.",
        "Luật Đất đai (khoản 3 Điều 200) quy định việc này.",
        "Thay cụm từ “khoản 9 Điều 12 Nghị định này” bằng cụm từ khác.",
        "Theo Điều 12 (đã được sửa đổi) của Luật Đất đai.",
        "Theo các điểm a, b, c, d và đ khoản 1, điểm c khoản 8 Điều 8 Nghị định số 45/2022/NĐ-CP.",
        "Theo Điều 1 khoản 2 điểm b Nghị định này.",
    ],
)
def test_what_is_there_or_in_another_text_is_left_alone(sentence: str) -> None:
    assert told(sentence) == []


def test_a_level_that_is_called_by_another_word() -> None:
    assert told("Theo khoản b Điều 1 Nghị định này.") == [("wrong_level", True, "khoản b Điều 1 Nghị định này")]
    assert told("Theo điểm này.") == [("wrong_level", False, "điểm này")]


def test_what_names_no_text_is_only_to_be_looked_at() -> None:
    assert told("Theo quy định tại khoản 8.") == [("unresolved", False, "khoản 8")]
    assert told("Theo quy định tại Điều 30.") == [("unresolved", False, "Điều 30")]


def test_where_a_number_was_missed_in_reading_nothing_is_certain() -> None:
    (one,) = found("Theo khoản 3 Điều 1 Nghị định này.", HEAD.replace("2. Hai.", "4. Hai."))
    assert not one.certain


def test_an_amending_text_speaks_of_the_one_it_amends() -> None:
    amending = HEAD.replace("Quy định về", "Sửa đổi, bổ sung một số điều của Nghị định về")
    assert found("Sửa đổi, bổ sung khoản 9 Điều 30 như sau:", amending) == []
    assert found("Theo quy định tại Điều 30.", amending) == []
    assert [one.words for one in found("Trừ trường hợp quy định tại khoản 9 Điều này.", amending)] == [
        "khoản 9 Điều này"
    ]


LIST = "Trong {count} sau đây:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu."


@pytest.mark.parametrize("count", ["05 trường hợp", "năm trường hợp", "05 (năm) nội dung chủ yếu"])
def test_a_list_that_is_longer_than_it_says(count: str) -> None:
    (one,) = found(LIST.format(count=count))
    assert (one.code, one.path, one.certain, one.told) == ("miscounted", "d2.k1", True, "6")


@pytest.mark.parametrize(
    "count", ["06 trường hợp", "sáu trường hợp", "ít nhất 02 trường hợp", "một trong các trường hợp", "05 ngày"]
)
def test_a_list_that_is_as_long_as_it_says(count: str) -> None:
    assert found(LIST.format(count=count)) == []


def test_a_term_that_nobody_uses() -> None:
    terms = (
        "Điều 3. Giải thích từ ngữ\n1. Điểm tập kết là nơi để chất thải.\n"
        "2. Hộ thu gom (sau đây gọi là Hộ) là hộ dân.\n\n"
        "Điều 4. Dùng\nĐiểm tập kết do xã lập. Người nhà thu gom tự làm.\n"
    )
    (one,) = check(read(HEAD + "Điều 2. Thử\nMột.\n\n" + terms))
    assert (one.code, one.path, one.certain, one.words) == ("unused_term", "d3.k2", False, "Hộ thu gom")
