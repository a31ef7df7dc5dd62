"""Texts that no form was made for: empty, one word, very long, all alike at the beginning, piled with marks."""

import random
import time

from consult.similar.grouping.batch import grouped
from consult.similar.grouping.families import Families
from consult.similar.grouping.reading import read
from consult.similar.words import Likeness


def test_texts_without_words() -> None:
    places = grouped(["", "   ", "...", "\u200b\u2060", "-", "đồng ý"])
    assert len({place.group for place in places[:5]}) == 1
    assert places[5].group != places[0].group


def test_one_word_is_only_the_same_word() -> None:
    texts = [
        "Đồng ý",
        "đồng ý.",
        "Không đồng ý",
        "Phản đối",
        "dong y",
        "Đồng ý!!!",
        "12",
        "13",
        "VII",
        "VIII",
        "cấm",
        "cám",
    ]
    one, again, no, against, bare, loud, *rest = grouped(texts)
    assert one.group == again.group == loud.group == bare.group
    assert len({one.group, no.group, against.group, *(place.group for place in rest)}) == 3 + len(rest)


def test_short_texts_that_differ_in_a_word_are_not_one() -> None:
    texts = ["Đề nghị bỏ khoản thu này", "Đề nghị giữ khoản thu này", "Đề nghị bỏ khoản chi này"]
    assert len({place.group for place in grouped(texts)}) == 3


def test_thanks_alone_are_what_they_are() -> None:
    thanks, name = grouped(["Xin trân trọng cảm ơn!", "Nguyễn Văn An"])
    assert thanks.group != name.group
    assert read("Xin cảm ơn.").words


def test_a_closing_that_says_something_stays() -> None:
    said = "Đề nghị làm đường qua thôn tôi sớm hơn dự kiến. Xin cảm ơn, nhưng tôi không đồng ý với Điều 5."
    assert "5" in read(said).labels.values()


def test_the_same_beginning_makes_no_group() -> None:
    chance = random.Random(4)
    words = [f"từ{letter}{other}" for letter in "abcdeghiklmnop" for other in "aeiouy"]
    texts = ["Tôi đề nghị " + " ".join(chance.choices(words, k=25)) for _one in range(400)]
    assert len({place.family for place in grouped(texts)}) == 400


def test_both_texts_of_two_campaigns_in_one_do_not_join_them() -> None:
    first = "Đề nghị giữ lại rừng cộng đồng của bản và giao cho bà con cùng nhau bảo vệ như từ xưa tới nay vẫn làm tốt."
    second = "Mong tỉnh mở thêm chuyến xe buýt từ chợ phiên xuống bệnh viện để người già và trẻ nhỏ đi khám thuận tiện."
    places = grouped([first] * 5 + [second] * 5 + [f"{first} {second}"])
    assert places[0].group != places[5].group
    assert places[10].likeness is Likeness.ADDED


def test_a_text_of_a_million_letters_takes_its_time_and_no_more() -> None:
    long = "Đề nghị xem lại quy định này vì nhiều lý do khác nhau của từng hộ. " * 15_000
    began = time.process_time()
    one, other, third = grouped([long, long + "thêm", "Đề nghị " + "a" * 1_000_000])
    assert time.process_time() - began < 5
    assert one.family == other.family != third.family


def test_marks_piled_upon_a_letter_do_not_stop_it() -> None:
    began = time.process_time()
    assert len(grouped(["a" + "\u0301\u0323" * 40_000, "b"])) == 2
    assert time.process_time() - began < 5


def test_very_many_texts_that_share_their_runs_stay_quick() -> None:
    chance = random.Random(8)
    parts = [
        f"phần {letter} của ý kiến này nói về việc {letter}{letter} tại thôn {letter}" for letter in "abcdeghiklmnopqrs"
    ]
    families = Families()
    texts = [". ".join(chance.sample(parts, 4)) for _one in range(1_500)]
    began = time.process_time()
    for text in texts:
        families.place(text, read(text))
    assert (time.process_time() - began) / len(texts) < 0.005
    assert all(isinstance(held, int) or len(held) <= 24 for held in families.holders.values())
