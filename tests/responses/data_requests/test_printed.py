"""The copy of what is held of a sender as a tagged PDF: everything that the data have, of them alone, whatever they
wrote."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.outbox.models import OutboxMessage
from consult.responses.data_requests import copies, views_copy
from consult.responses.questions import service as questions
from consult.submissions.acts import moving
from consult.submissions.acts import service as acts
from consult.submissions.inputs import Sender
from consult.submissions.words import CommentActKind, ContactKind
from tests.notices.conftest import News, news
from tests.pages import Page
from tests.responses.conftest import Enter
from tests.responses.data_requests.test_requests import SENDER, opened_own, sent_by
from tests.responses.desk_builder import Desk, comment

__all__ = ["news"]
OTHER = Sender("Lý Văn Khác", contact_kind=ContactKind.MAIL, contact="khac@example.test")
BUTTON = "Tải bản sao dữ liệu của tôi (PDF)"


def words_in(page: Page) -> str:
    """What can be read in a PDF, without the ends of its lines."""
    with pypdfium2.PdfDocument(page.body) as document:
        return " ".join(
            " ".join(document[number].get_textpage().get_text_range().split()) for number in range(len(document))
        )


def handed_over(desk: Desk, enter: Enter, ending: str = "pdf", status: int = 200) -> Page:
    """The copy of the sender of the first comment, as the desk takes it for them."""
    officer = enter("officer")
    address = f"/xu-ly/{desk.matter.slug}/du-lieu-ca-nhan/"
    officer.get(address).submit({"comment": "1", "data_kind": "copy", "checked": "name"}, "Ghi yêu cầu")
    return officer.get(f"{address}1/ban-sao.{ending}", status=status)


def test_a_sender_takes_it_home_tagged_and_in_the_language_of_the_page(app: Flask, desk: Desk) -> None:
    own = opened_own(app, desk)
    made = own.submit({}, BUTTON)
    assert made.headers["Content-Type"] == "application/pdf" and made.headers["Cache-Control"] == "no-store"
    told = words_in(made)
    for words in ("Nguyễn Thị Hoa", "hoa@example.test", "Xóm Đông", "Bản gửi lần 1"):
        assert words in told, words
    with pikepdf.open(BytesIO(made.body)) as file:
        assert file.Root.MarkInfo.Marked and str(file.Root.Lang).startswith("vi")
    english = own.browser.get(f"/en{own.address}").submit({}, "Take a copy of my data (PDF)")
    assert "Copy of the data of a sender" in words_in(english) and "Nguyễn Thị Hoa" in words_in(english)


def test_what_was_decided_answered_asked_and_told_stands_in_it(
    app: Flask, desk: Desk, enter: Enter, news: News
) -> None:
    (number,) = desk.receive("Nhà tôi ở ngõ Kín.", sender=SENDER)
    (other,) = desk.receive("Ý người khác.", sender=OTHER)
    now = clock.now()
    moving.move(desk.session, desk.matter, [number], None, "Nói về cả dự thảo.", desk.officer, now)
    questions.ask(desk.session, desk.matter, number, "Ngõ nào?", 10, desk.officer, now)
    questions.reply(desk.session, desk.matter, number, "Ngõ gần chợ.", None, now)
    act = acts.propose(
        desk.session, desk.matter, number, CommentActKind.WITHHELD, "personal_data", desk.officer, now,
        {"note": "Ghi chú nội bộ"},
    )  # fmt: skip
    acts.confirm(desk.session, desk.matter, act.id, desk.second_officer, now)
    desk.now = clock.now()
    desk.answer(number, text="Tiếp thu:\n\n- **lộ trình**")
    desk.session.commit()
    news(clock.now())
    told = words_in(handed_over(desk, enter))
    for words in (
        "Nhà tôi ở ngõ Kín.", "Nói về cả dự thảo.", "Ngõ nào?", "Ngõ gần chợ.", "Không công khai", "Tiếp thu:",
        "lộ trình", "thư điện tử:", "đã gửi lúc",
    ):  # fmt: skip
        assert words.lower() in told.lower(), words
    for words in ("Ý người khác.", "Lý Văn Khác", "khac@example.test", "Ghi chú nội bộ", "**"):
        assert words not in told, words
    assert not [user.name for user in desk.people.values() if user.name in told] and other


def test_nothing_tells_that_it_was_set_apart(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Ông ấy nhận tiền.", sender=SENDER)
    acts.quarantine(desk.session, desk.matter, number, "denunciation", desk.officer, clock.now())
    desk.session.commit()
    copy = copies.copy_of(desk.session, desk.matter, sent_by(desk, number), clock.now())
    assert copy["comments"][0]["decisions"] == [] and copy["comments"][0]["visibility"] == "in_check"
    assert "tạm giữ" not in words_in(handed_over(desk, enter)).lower()


@pytest.mark.parametrize(
    "text",
    [
        "😀🧑🏽‍🌾" * 2_000,
        "\u202eđảo ngược\u202c \u2067שלום\u2069 مرحبا",
        "k" * 19_000,
        '"#eval(1) \\ $x$ = ==\n= Đầu đề',
        "Đề nghị giữ nguyên.\n" * 900,
    ],
    ids=["smileys", "right_to_left", "one_word", "markup", "many_lines"],
)
def test_whatever_is_written_is_set(desk: Desk, enter: Enter, text: str) -> None:
    desk.receive(comment(text, proposed=text[:500]), sender=SENDER)
    told = words_in(handed_over(desk, enter))
    assert "Nguyễn Thị Hoa" in told and ("= Đầu đề" in told or "Đầu đề" not in text)


def test_one_that_is_too_long_for_a_pdf_is_had_as_data(
    desk: Desk, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.receive("Một.", sender=SENDER)
    monkeypatch.setattr(views_copy, "MOST", 100)
    refused = handed_over(desk, enter, status=409)
    assert "xin tải tệp JSON" in refused.text
    whole = refused.browser.get(f"/xu-ly/{desk.matter.slug}/du-lieu-ca-nhan/1/ban-sao.json")
    assert whole.json["sender"]["name"] == "Nguyễn Thị Hoa"


def test_mails_to_people_of_the_desk_are_not_the_senders(desk: Desk, app_session: Session) -> None:
    (number,) = desk.receive("Một.", sender=SENDER)
    sent = sent_by(desk, number)
    for more in ({}, {"user_id": "x"}, {"unit_id": "y"}):
        app_session.add(
            OutboxMessage(
                consultation_id=desk.matter.id, event="mail_requested", attempts=0, created_at=clock.now(),
                run_at=clock.now(), payload={"submission": str(sent.id), "notice": "received", **more},
            )
        )  # fmt: skip
        app_session.flush()
    copy = copies.copy_of(desk.session, desk.matter, sent, clock.now())
    assert [(one["notice"], one["way"], one["sent_at"]) for one in copy["told"]] == [("received", "mail", "")]
