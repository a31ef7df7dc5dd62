"""Sheets set by typst: whatever somebody wrote, a tagged PDF comes out, in which every letter of ours is shown."""

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import DictLoader

from consult.web.files import typesetting
from tests.tagged_pdfs import pages_of, problems_of, text_of

SHEET = """#set document(title: {{ ('Tờ ' ~ words[:20]) | typeset }}, date: none)
#set text({{ 'vi' | typeset_language }}, font: "Libertinus Serif")
= #{{ 'Tờ' | typeset }}
#{{ words | typeset }}
"""
VIETNAMESE = "".join(
    f"{vowel} {vowel.upper()} " for vowel in "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
)
NEIGHBOURS = "Táy Nôộng; Pây slắư; Ngòn nẩy; Hmoôngz Lênhl; Hmoob Dawb; Mienh waac: nyei, zoux; ŋ ñ ɓ ɗ ƀ ꞌ ʼ ẑ ơ̆ ê̆ č ť"


@pytest.fixture
def sheet() -> Iterator[Flask]:
    app = Flask("sheet")
    app.jinja_loader = DictLoader({"sheet.typ": SHEET})
    app.jinja_env.filters.update(typeset=typesetting.quoted, typeset_language=typesetting.language)
    with app.app_context():
        yield app


def made(words: str) -> bytes:
    return typesetting.pdf("sheet.typ", words=words)


@pytest.mark.parametrize("words", [VIETNAMESE, NEIGHBOURS, "☐ – — … “ ” ₫ m² ° → №"])
def test_every_letter_of_the_languages_here_is_shown(sheet: Flask, words: str) -> None:
    pdf = made(words)
    assert not problems_of(pdf) and typesetting.SQUARE not in text_of(pdf)
    assert typesetting.shows(words)


@pytest.mark.parametrize(
    "words",
    [
        "Giữ rừng 😀 漢字 ﷺ",
        "ភាសាខ្មែរ",
        "\u202egnủr\u2066 ữiG",
        '\\u{e9} "x" #set <a> $y$ // [*',
        "a\x00b\x1f",
        "🇻🇳",
        "  ",
    ],
)
def test_whatever_was_written_makes_a_sheet(sheet: Flask, words: str) -> None:
    assert not problems_of(made(words))


def test_what_no_font_shows_is_a_square_and_all_else_stays(sheet: Flask) -> None:
    assert text_of(made("Giữ rừng 😀 đầu nguồn")) == f"Tờ Giữ rừng {typesetting.SQUARE} đầu nguồn"
    assert not typesetting.shows("ភាសាខ្មែរ") and typesetting.shows("😀 Hmoob")
    assert "#set <a> $y$" in text_of(made("#set <a> $y$"))


def test_a_word_without_end_stays_on_the_paper(sheet: Flask) -> None:
    pdf = made("dài" * 2_000)
    assert pages_of(pdf) > 1 and text_of(pdf).replace(" ", "").count("dài") == 2_000


def test_languages_are_told_as_readers_take_them() -> None:
    assert typesetting.language("vi") == 'lang: "vi", region: "VN"'
    assert typesetting.language("zh-Hant-TW") == 'lang: "zh", region: "TW"'
    assert typesetting.language("hmn") == 'lang: "hmn"'
