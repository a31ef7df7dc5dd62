"""Letters put together of others: a stroke laid over a D, capitals of Unicode among small letters of TCVN3."""

import pytest

from consult.outline.text.characters import clean, lines_of
from consult.outline.text.legacy import detected, scheme_in, to_unicode


@pytest.mark.parametrize("stroke", ["\u0335", "\u0336"])
def test_a_d_with_a_stroke_over_it_is_another_letter(stroke: str) -> None:
    text = f"D{stroke}iều 5. Quyền sử dụng d{stroke}ất"
    assert clean(text) == "Điều 5. Quyền sử dụng đất"
    assert lines_of(f"{text}\nd{stroke}") == ["Điều 5. Quyền sử dụng đất", "đ"]


def test_words_struck_out_stay_as_they_are() -> None:
    struck = "".join(f"{sign}\u0336" for sign in "do dự")
    assert clean(struck) == struck.rstrip()
    assert "đ" not in clean(struck)


def test_capitals_of_unicode_among_letters_of_tcvn3() -> None:
    typed = "Điều 5. Tr¸ch nhiÖm cña Ủy ban nh©n d©n".replace("iều", "iÒu")
    assert scheme_in(typed, ".VnTime") == "tcvn3"
    assert to_unicode(typed, "tcvn3") == "Điều 5. Trách nhiệm của Ủy ban nhân dân"


@pytest.mark.parametrize("text", ["Điều 5. Trách nhiệm", "QUYẾT ĐỊNH", "Đà Nẵng", "À, Đoàn"])
def test_unicode_in_an_old_font_stays_unicode(text: str) -> None:
    assert not scheme_in(text, ".VnTime")


def test_a_text_file_of_both() -> None:
    typed = "Đi\u00d2u 1. Tr¸ch nhiÖm cña c¸c tæ chøc vµ nh÷ng ng\u00ad\u00eai kh¸c theo ®Þnh lu\u00cbt n\u00b5y vÒ ®Êt"
    text, scheme = detected(typed)
    assert scheme == "tcvn3"
    assert text.startswith("Điều 1. Trách nhiệm của các tổ chức và những người khác theo định luật")
