"""What is a copy, nearly one, one with sentences of its own, one about another clause, and what is none."""

import unicodedata

import pytest

from consult.similar.grouping.batch import grouped
from consult.similar.grouping.reading import read
from consult.similar.words import Likeness
from consult.text import in_ascii

SAMPLE = (
    "Tôi đồng ý với quy định tại khoản 3 Điều 12 của dự thảo về việc phân loại rác tại nguồn. Đề nghị Ủy ban nhân "
    "dân xã "
    "hỗ trợ thùng đựng rác cho các hộ nghèo ở Chương VII và không thu tiền của người già."
)

IDENTICAL = {
    "another form of Unicode": unicodedata.normalize("NFD", SAMPLE),
    "capitals": SAMPLE.upper(),
    "white space": SAMPLE.replace(" ", " \n\t "),
    "no punctuation": SAMPLE.replace(".", "").replace(",", ""),
    "signs that nobody sees": SAMPLE.replace("đồng ý", "đồ\u200bng \u00adý\ufeff"),
    "letters that look alike": SAMPLE.replace("rác", "rá\u0441").replace("cho", "\u0441h\u043e"),
    "the old place of a tone": SAMPLE.replace("Ủy", "Uỷ"),
    "a greeting": f"Kính gửi: Sở Nông nghiệp và Môi trường tỉnh.\n{SAMPLE}",
    "thanks and a name": f"{SAMPLE}\nXin trân trọng cảm ơn!\nNông Thị Mai, xã Đồng Phúc",
    "thanks without a full stop": f"{SAMPLE.rstrip('.')} xin chân thành cảm ơn",
    "a name alone": f"{SAMPLE}\nLò Văn Páo",
    "a sender in lines": f"{SAMPLE}\nNgười góp ý: Hoàng Văn Bình\nĐịa chỉ: thôn 3, xã Na Rì\nĐiện thoại: 0912 345 678",
    "a day": f"{SAMPLE}\nThái Nguyên, ngày 3 tháng 5 năm 2027\nNgười viết\nTrần An",
}
NEAR = {
    "without accents": in_ascii(SAMPLE),
    "short forms": SAMPLE.replace("không", "ko").replace(" với ", " vs "),
    "a slip": SAMPLE.replace("thùng", "thùg"),
    "another word": SAMPLE.replace("nguồn", "nhà"),
    "small words": SAMPLE.replace("các hộ", "những hộ").replace("về việc", "về"),
    "who one is": f"Tôi là Triệu Thị Yến, ở xã Quân Chu. {SAMPLE}",
}
ADDED = {
    "behind": f"{SAMPLE} Nhà tôi ở cuối thôn, năm 2019 xe rác chưa bao giờ vào tới nơi.",
    "before": f"Mấy năm nay đường vào thôn mùa mưa rất lầy lội. {SAMPLE}",
}
OTHER_PLACE = {
    "an article": SAMPLE.replace("Điều 12", "Điều 13"),
    "a letter behind it": SAMPLE.replace("Điều 12", "Điều 12a"),
    "a clause": SAMPLE.replace("khoản 3", "khoản 4"),
    "a Roman numeral": SAMPLE.replace("VII", "VIII"),
    "no clause": SAMPLE.replace("khoản 3 Điều", "Điều"),
    "a clause in words": SAMPLE.replace("khoản 3", "khoản hai"),
}
OTHER = {
    "refused": SAMPLE.replace("Tôi đồng ý", "Tôi không đồng ý"),
    "refused by another word": SAMPLE.replace("đồng ý với", "phản đối"),
    "refused around it": f"Tôi phản đối ý kiến sau đây của một số người: {SAMPLE}",
    "the negation gone": SAMPLE.replace("và không thu", "và thu"),
    "a negation in short": SAMPLE.replace("Tôi đồng ý", "Tôi ko đồng ý"),
    "the other way round": SAMPLE.replace("không thu tiền", "tăng tiền"),
    "never": SAMPLE.replace("hỗ trợ thùng", "đừng hỗ trợ thùng"),
}


def _kinds(cases: dict[str, str]) -> list[str]:
    return list(cases)


def _beside(text: str) -> tuple[bool, bool, Likeness]:
    """Whether it is in the group of the sample, in its family, and what it is to it."""
    first, _second, third = grouped([SAMPLE, SAMPLE, text])
    return third.group == first.group, third.family == first.family, third.likeness


@pytest.mark.parametrize("case", _kinds(IDENTICAL))
def test_the_same_words_are_an_exact_copy(case: str) -> None:
    assert read(IDENTICAL[case]).exact == read(SAMPLE).exact
    assert _beside(IDENTICAL[case]) == (True, True, Likeness.IDENTICAL)


@pytest.mark.parametrize("case", _kinds(NEAR))
def test_nearly_the_same_words_are_one_group(case: str) -> None:
    assert _beside(NEAR[case]) == (True, True, Likeness.NEAR if case != "who one is" else Likeness.ADDED)


@pytest.mark.parametrize("case", _kinds(ADDED))
def test_sentences_of_its_own_are_told(case: str) -> None:
    assert _beside(ADDED[case]) == (True, True, Likeness.ADDED)


@pytest.mark.parametrize("case", _kinds(OTHER_PLACE))
def test_the_same_words_about_another_clause_are_a_group_of_their_own(case: str) -> None:
    assert _beside(OTHER_PLACE[case]) == (False, True, Likeness.OTHER_PLACE)


@pytest.mark.parametrize("case", _kinds(OTHER))
def test_a_refusal_is_no_copy(case: str) -> None:
    group, family, _likeness = _beside(OTHER[case])
    assert not group
    assert not family


def test_clauses_in_words_and_in_figures_are_one() -> None:
    assert _beside(SAMPLE.replace("khoản 3", "khoản ba"))[0]
    assert _beside(SAMPLE.replace("VII", "vii"))[2] is Likeness.IDENTICAL


def test_numbers_of_the_sender_are_no_clause() -> None:
    texts = [f"Tôi là Nguyễn Văn An, sinh năm {year}, ở thôn {year - 1950}. {SAMPLE}" for year in (1958, 1971, 1990)]
    assert len({place.group for place in grouped(texts)}) == 1


def test_blanks_that_each_fills_with_names_are_one_group() -> None:
    form = (
        "Tôi là {0}, ở {1}. Gia đình tôi nhiều đời sống nhờ rừng ở {1} nên mong tỉnh giữ nguyên rừng cộng đồng và giao "
        "cho bà con cùng bảo vệ."
    )
    people = (("Lò Văn Páo", "bản Nà Ngần"), ("Nông Thị Mai", "thôn Khuổi Sọ"), ("Giàng A Sùng", "xã Quân Chu"))
    assert len({place.group for place in grouped(form.format(*one) for one in people)}) == 1
