"""Opinions in the very same words are one row of the printed table, and nobody who sent them is left out of it."""

import json
from io import BytesIO

from docx import Document
from flask import Flask
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.exports.official_language import official
from consult.exports.together.copies import merged
from consult.exports.word import document as docx
from consult.submissions.inputs import Sender
from tests.exports.made import head, line
from tests.pages import Browser
from tests.responses.desk_builder import make_desk
from tests.similar.campaign import NEAR, SAMPLE, SIGNED, followed


def copy(number: int, **given: object) -> object:
    return line(
        number,
        **{
            "text": "Cùng một lời.",
            "response": 1,
            "organisation": "",
            "copy": "a",
            "sender": f"Người {number}",
            **given,
        },
    )


def test_what_differs_in_anything_is_a_row_of_its_own() -> None:
    lines = [
        copy(1), copy(2), copy(3, copy="b"), copy(4, copy="b", response=9), copy(5, organisation="Sở Tài chính"),
        copy(6, visibility="redacted"), copy(7, visibility="withheld"), copy(8, answer=None), copy(9, quote="hai"),
        copy(10, copy=""), copy(11, copy=""), copy(12, group="d2"), copy(13, group="d2", joiners=4),
    ]  # fmt: skip
    found = [(one.number, [other.number for other in one.copies], one.joiners) for one in merged(lines)]  # type: ignore[arg-type]
    assert found == [(1, [2], 0), (3, [], 0), (4, [], 0), (5, [], 0), (6, [], 0), (7, [], 0), (8, [], 0), (9, [], 0),
                     (10, [], 0), (11, [], 0), (12, [13], 4)]  # fmt: skip


def test_the_word_file_names_everybody_in_an_annex() -> None:
    file = BytesIO()
    docx.write(file, head(), [copy(1), copy(2, sender="", area="Xã Na Rì"), copy(3, sender="")], official)  # type: ignore[list-item]
    document = Document(file)
    assert len(document.tables[1].rows) == 2
    assert "và 2 người khác góp ý y nguyên" in document.tables[1].rows[1].cells[1].text
    last = [paragraph.text for paragraph in document.paragraphs if paragraph.text][-2:]
    assert last[0] == "PHỤ LỤC: NGƯỜI GÓP Ý CÙNG NỘI DUNG"
    assert "số 2: Công dân xã Na Rì; số 3:" in last[1]


def test_a_campaign_is_one_row_of_the_page_and_every_comment_a_row_of_the_files(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    desk = make_desk(app_session, disclosure=Disclosure.AT_ONCE)
    for name, text in (("Hà Văn A", SAMPLE), ("", NEAR), ("Lò Thị B", SIGNED), ("Ma Văn C", SAMPLE)):
        desk.receive(text, sender=Sender(name, publish_name=bool(name)))
    followed(desk)
    desk.answer(1, 2, 3, 4, text="Trả lời chung.")
    here = f"/lay-y-kien/{desk.matter.slug}/tong-hop"
    page = browser.get(f"{here}/")
    assert page.text.count("hỗ trợ thùng đựng rác cho các hộ") == 2
    assert "và 2 người khác góp ý y nguyên" in page.text
    assert "số 3: Lò Thị B" in page.text
    told = json.loads(browser.get(f"{here}.json").body)
    assert [one["number"] for one in told["comments"]] == [1, 2, 3, 4]
