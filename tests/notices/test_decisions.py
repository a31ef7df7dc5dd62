"""Senders learn what was decided of what they said, in their language, with the reason that is public, and no more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult import clock
from consult.consultations.preparation import publication
from consult.responses.answers import conclusion
from consult.submissions.acts import moving
from consult.submissions.acts import service as acts
from consult.submissions.inputs import AnchorInput, CommentInput, Sender
from consult.submissions.joining.service import NewJoining, join
from consult.submissions.models import Submission
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind, ContactKind
from tests.builders import NOW, period_of
from tests.notices.conftest import News, by_recipient
from tests.notices.mailbox import body_of
from tests.responses.desk_builder import CODES, SIGNER, Desk

MAI = Sender("Nguyễn Thị Mai", contact_kind=ContactKind.MAIL, contact="mai@example.invalid")
ANN = Sender("Ann", contact_kind=ContactKind.MAIL, contact="ann@example.invalid")
NOTE = "ghi chú của bàn"
PRIVATE = ("Một lời kín", NOTE, "Nguyễn Thị Mai", "mã bí mật là")


def decided(desk: Desk, kind: CommentActKind, reason: str, number: int = 1, **details: str) -> None:
    """One proposes, another confirms."""
    given = {"note": NOTE, **details}
    act = acts.propose(desk.session, desk.matter, number, kind, reason, desk.officer, NOW, given)
    acts.confirm(desk.session, desk.matter, act.id, desk.second_officer, NOW)


@pytest.mark.parametrize(
    ("kind", "reason", "subject", "said"),
    [
        ("withheld", "personal_data", "Ý kiến số 1 không được công khai", "có thông tin cá nhân"),
        ("redacted", "insult", "Ý kiến số 1 được công khai bản đã lược bỏ", "có lời lẽ xúc phạm"),
        ("invalid", "off_topic", "Ý kiến số 1 được ghi nhận là không hợp lệ", "không liên quan"),
    ],
)
def test_what_two_people_decided(desk: Desk, news: News, kind: str, reason: str, subject: str, said: str) -> None:
    desk.receive("Một lời kín", sender=MAI)
    news()
    details = {"text": "Một […]"} if kind == "redacted" else {}
    decided(desk, CommentActKind(kind), reason, **details)
    [mail] = news()
    assert (mail["To"], mail["Subject"]) == ("mai@example.invalid", subject)
    assert said in body_of(mail) and not any(word in body_of(mail) + mail.as_string() for word in PRIVATE)
    assert news() == []


def test_who_wrote_in_english_reads_it_in_english(desk: Desk, news: News) -> None:
    desk.receive("Keep it.", sender=ANN, language="en")
    news()
    decided(desk, CommentActKind.WITHHELD, "personal_data")
    [mail] = news()
    assert mail["Subject"] == "Comment no. 1 is not made public" and "it holds personal data" in body_of(mail)


def test_a_proposal_tells_nobody(desk: Desk, news: News) -> None:
    desk.receive("Một lời kín", sender=MAI)
    news()
    acts.propose(desk.session, desk.matter, 1, CommentActKind.WITHHELD, "insult", desk.officer, NOW)
    assert news() == []


def test_what_is_set_apart_tells_nobody(desk: Desk, news: News) -> None:
    desk.receive("Một lời kín", sender=MAI)
    news()
    acts.quarantine(desk.session, desk.matter, 1, NOTE, desk.officer, NOW)
    assert news() == []


def test_passed_on_is_told_its_sender_alone_and_not_why(desk: Desk, news: News) -> None:
    desk.receive("Một lời kín", "Hai", sender=MAI)
    news()
    acts.pass_on(desk.session, desk.matter, [1], NOTE, desk.officer, NOW)
    [mail] = news()
    assert mail["Subject"] == "Ý kiến số 1 đã được chuyển đến cơ quan có thẩm quyền"
    assert not any(word in body_of(mail) for word in PRIVATE)


def test_split_names_the_parts(desk: Desk, news: News) -> None:
    desk.receive("Một. Hai.", sender=MAI)
    news()
    acts.split(desk.session, desk.matter, 1, [CommentInput("Một."), CommentInput("Hai.")], desk.officer, NOW)
    [mail] = news()
    assert mail["Subject"] == "Ý kiến số 1 được tách thành nhiều ý kiến" and "2, 3" in body_of(mail)


def test_public_again_is_told_to_who_was_told_of_the_opposite(desk: Desk, news: News) -> None:
    desk.receive("Một", sender=MAI)
    acts.release(desk.session, desk.matter, [1], desk.officer, NOW)
    assert len(news()) == 1
    decided(desk, CommentActKind.WITHHELD, "insult")
    news()
    decided(desk, CommentActKind.RELEASED, "")
    [mail] = news()
    assert mail["Subject"] == "Ý kiến số 1 đã được công khai"


def test_many_decisions_on_one_day_come_in_one_mail(desk: Desk, news: News) -> None:
    desk.receive(*map(str, range(1, 11)), sender=MAI)
    news()
    for number in range(1, 11):
        decided(desk, CommentActKind.INVALID, "trial", number)
    assert len(news()) == 4, "five a day, one of them for the receipt"
    [mail] = news(clock.start_of_day(clock.local_day(NOW) + timedelta(days=1)) + timedelta(hours=8))
    assert mail["Subject"] == "Nhiều việc liên quan đến ý kiến của ông/bà"
    assert all(f"Ý kiến số {number} được ghi nhận là không hợp lệ" in body_of(mail) for number in range(5, 11))


def joined(desk: Desk, contact: str) -> None:
    """Somebody joins the first comment, in English."""
    at = (desk.matter.opens_at or NOW) + timedelta(days=2)
    join(desk.session, desk.matter, 1, NewJoining("a" * 32, at, contact, "en"), NOW, SIGNER, CODES)


def test_a_matter_that_is_stopped_is_told_with_its_reason(desk: Desk, news: News) -> None:
    numbers = desk.receive("Một", sender=MAI) + desk.receive("Hai", sender=MAI) + desk.receive("Ba", sender=ANN)
    acts.release(desk.session, desk.matter, numbers, desk.officer, NOW)
    joined(desk, "joe@example.invalid")
    news()
    publication.withdraw(desk.session, desk.matter, "Dự thảo được soạn lại.", desk.publisher, NOW)
    mails = news()
    assert set(by_recipient(mails)) == {"mai@example.invalid", "ann@example.invalid", "joe@example.invalid"}
    assert all("Dự thảo được soạn lại." in body_of(mail) for mail in mails)
    assert {mail["Content-Language"] for mail in mails} == {"vi", "en"}


def test_an_extension_is_told_with_its_day_and_reason(desk: Desk, news: News) -> None:
    desk.receive("Một", sender=MAI)
    news()
    day = clock.local_day(NOW) + timedelta(days=30)
    period = period_of(desk.session, desk.matter)
    publication.extend(desk.session, desk.matter, period.id, day, "Bão lụt", desk.publisher, NOW)
    [mail] = news()
    assert f"{day.day}/{day.month}/{day.year}" in mail["Subject"] and "Bão lụt" in body_of(mail)


def test_the_end_is_told_once_to_each(desk: Desk, news: News) -> None:
    numbers = desk.receive("Một", sender=MAI) + desk.receive("Hai", sender=MAI)
    desk.answer(*numbers)
    desk.release(*numbers)
    news()
    conclusion.conclude(desk.session, desk.matter, desk.publisher, NOW)
    assert by_recipient(news()) == {"mai@example.invalid": by_title(desk, "Đã công bố kết quả")}


def test_who_took_everything_back_is_not_written_to(desk: Desk, news: News) -> None:
    desk.receive("Một", sender=MAI)
    desk.receive("Hai", sender=ANN)
    submission = desk.session.scalars(select(Submission).order_by(Submission.number)).first()
    assert submission is not None
    at = (desk.matter.opens_at or NOW) + timedelta(days=2)
    amendment.withdraw(desk.session, desk.matter, submission, [1], at, NOW)
    news()
    publication.withdraw(desk.session, desk.matter, "Soạn lại.", desk.publisher, NOW)
    assert set(by_recipient(news())) == {"ann@example.invalid"}


def by_title(desk: Desk, words: str) -> str:
    """A subject with the title of the matter, which is one line there."""
    return f"{words}: {' '.join(desk.matter.title.split())}"


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("vi", "Ý kiến số 1 được xếp vào đúng nơi góp ý", "xếp ý kiến vào: Điều 3. Lý do: Nói về Điều 3."),
        ("en", "Comment no. 1 is now listed under another place", "listed it under: Article 3. Reason: Nói về Điều 3."),
    ],
)
def test_the_sender_learns_where_a_comment_was_moved_to(
    desk: Desk, news: News, language: str, subject: str, said: str
) -> None:
    desk.receive("Một lời kín", sender=MAI, language=language)
    news()
    moving.move(desk.session, desk.matter, [1], AnchorInput(path="d3"), "Nói về Điều 3.", desk.officer, NOW)
    [mail] = news()
    assert (mail["To"], mail["Subject"]) == ("mai@example.invalid", subject)
    assert said in body_of(mail) and "Một lời kín" not in body_of(mail)
