"""What a body says of the answers to its letter on paper: the same facts and clock as what it says on the site."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.calendar import DayUnit, Roll
from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.files.store import FileStore
from consult.ledger.commitment import second_word_hash
from consult.policy import Actor
from consult.responses.data_requests import forgetting
from consult.responses.models import ResponsePublication
from consult.responses.remarks import papers
from consult.responses.remarks import service as remarks
from consult.responses.remarks.papers import NewPaper
from consult.responses.remarks.said import Said
from consult.responses.second_words.models import AnswerRemark, SecondWordPaper
from consult.responses.second_words.words import Verdict
from consult.submissions.models import Comment
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import log as verifying_log
from consult.transparency.verification import second_words as verifying
from tests.application import sign_in
from tests.notices.conftest import News, news
from tests.pages import Browser, Page
from tests.pdfs import words_pdf
from tests.responses.dialogues.test_pages import Told
from tests.responses.second_words.scene import TERMS, WHY, Answered, make_answered

__all__ = ["news"]
FILE = KeptFile("a" * 64, "cong-van.pdf", "application/pdf", 10)
NOT = Said(Verdict.UNSATISFIED, WHY)
BUTTON = "Ghi và công khai ý kiến"


@pytest.fixture
def told(app_session: Session, app: Flask) -> Told:
    return Told(app, app_session)


def paper(answered: Answered, by_point: dict[int, Said], days: int = 0, whole: Said | None = None) -> NewPaper:
    """One received so many days after the desk's own moment."""
    day = clock.local_day(answered.later(days=days))
    return NewPaper("9/MTTQ", day, "Lò Văn Ký, Chủ tịch", day, "dấu công văn đến", by_point, whole, FILE)


def record(answered: Answered, new: NewPaper, at: datetime, actor: Actor | None = None) -> SecondWordPaper:
    return papers.record(
        answered.session, answered.desk.matter, answered.letter, new, TERMS, actor or answered.desk.officer, at
    )


def by_the_clock(answered: Answered, day: datetime, days: int) -> object:
    free = calendar.holidays(answered.session)
    return calendar.last_day(clock.local_day(day), days, DayUnit.WORKING_DAY, free, Roll.NEXT_WORKING_DAY)


def test_the_clock_runs_from_the_day_of_receipt(session: Session) -> None:
    answered = make_answered(session)
    one, two = answered.numbers
    made = record(answered, paper(answered, {one: NOT}, days=1), answered.later(days=4))
    word = answered.word(one)
    assert word.waits and word.remark.signed_by_id is None and word.remark.paper_id == made.id
    assert word.due == by_the_clock(answered, answered.later(days=1), TERMS.answer)
    assert clock.local_day(word.said_at or answered.desk.now) == clock.local_day(answered.later(days=1))
    assert session.get(AnswerRemark, (answered.desk.matter.id, _id(answered, two))) is None


def test_what_came_in_time_is_entered_after_the_term(session: Session) -> None:
    answered = make_answered(session)
    one, _two = answered.numbers
    record(answered, paper(answered, {one: NOT}, days=2), answered.later(days=40))
    assert answered.word(one).days_late(answered.later(days=40)) > 0


def test_what_came_after_the_term_is_refused_as_on_the_site(session: Session) -> None:
    answered = make_answered(session)
    one, _two = answered.numbers
    for new in (paper(answered, {one: NOT}, days=30), paper(answered, {}, days=30, whole=NOT)):
        with pytest.raises(Refused) as refused:
            record(answered, new, answered.later(days=31))
        assert refused.value.reason == "second_word_late"
    assert session.query(SecondWordPaper).count() == 0


def test_the_whole_holds_for_what_is_not_said_apart(session: Session) -> None:
    answered = make_answered(session)
    one, two = answered.numbers
    said = {two: Said(Verdict.SATISFIED, "")}
    record(answered, paper(answered, said, whole=NOT), answered.later(hours=1))
    assert answered.word(one).waits and answered.word(one).remark.on_whole
    assert answered.word(two).satisfied and not answered.word(two).remark.on_whole


def test_it_is_entered_once_and_never_over_what_was_signed_on_the_site(session: Session) -> None:
    answered = make_answered(session)
    one, two = answered.numbers
    answered.say(two)
    record(answered, paper(answered, {one: NOT}), answered.later(hours=2))
    for number in (one, two):
        with pytest.raises(Refused) as refused:
            record(answered, paper(answered, {number: NOT}), answered.later(hours=3))
        assert refused.value.reason == "remark_signed"
    with pytest.raises(Refused) as refused:
        record(answered, paper(answered, {}, whole=NOT), answered.later(hours=3))
    assert refused.value.reason == "remark_signed"
    assert session.query(SecondWordPaper).count() == 1


def test_it_stands_in_place_of_what_nobody_signed(session: Session) -> None:
    answered = make_answered(session)
    one, _two = answered.numbers
    draft = (answered.desk.matter, answered.letter, one, "satisfied", "Bản nháp.", TERMS, answered.drafter)
    remarks.write(session, *draft, answered.later(hours=1))
    record(answered, paper(answered, {one: NOT}), answered.later(hours=2))
    found = answered.word(one).remark
    assert found.text == WHY and found.written_by_ids == [str(answered.desk.officer.user_id)]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"days": 2}, {"received_on": "in_the_future"}),
        ({"days": -9}, {"received_on": "before_the_answer"}),
        ({"received_reason": " "}, {"received_reason": "required"}),
        ({"letter_number": "9" * 81}, {"letter_number": "too_long"}),
        ({"signatory": "K" * 301}, {"signatory": "too_long"}),
    ],
)
def test_what_is_wrong_changes_nothing(session: Session, change: dict[str, object], wrong: dict[str, str]) -> None:
    answered = make_answered(session)
    one, _two = answered.numbers
    given = {"days": 0, **change}
    new = paper(answered, {one: NOT}, days=int(str(given.pop("days"))))
    new = replace(new, **given)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as invalid:
        record(answered, new, answered.later(days=1))
    assert wrong.items() <= invalid.value.errors.items()
    assert session.query(SecondWordPaper).count() == 0 and not session.query(AnswerRemark).count()


def test_nothing_said_and_a_comment_of_another_letter(session: Session) -> None:
    answered = make_answered(session)
    with pytest.raises(Refused) as refused:
        record(answered, paper(answered, {}), answered.later(hours=1))
    assert refused.value.reason == "nothing_chosen"
    with pytest.raises(NotFound):
        record(answered, paper(answered, {99: NOT}), answered.later(hours=1))
    with pytest.raises((Refused, NotFound)):
        record(answered, paper(answered, {answered.numbers[0]: NOT}), answered.later(hours=1), answered.sender)


def test_the_log_has_the_paper_before_what_it_says(session: Session, tmp_path: Path) -> None:
    answered, files = make_answered(session), FileStore(tmp_path)
    one, _two = answered.numbers
    kept = KeptFile(files.put(b"%PDF-1.7 x"), "cong-van.pdf", "application/pdf", 10)
    made = record(answered, replace(paper(answered, {one: NOT}), scan=kept), answered.later(hours=1))
    matter = answered.desk.matter
    log = Log(verifying_log.entries(session, matter.id))
    (came,) = log.all("second_word_paper")
    (said,) = log.all("second_word")
    assert came["index"] + 1 == said["index"] and came["scan"] == kept.hash and came["comments"] == [one]
    assert said["hash"] == second_word_hash(one, said["response"], said["version"], "unsatisfied", WHY)
    numbers = {row.id: row.number for row in session.query(Comment)}
    assert verifying.check_papers(session, matter.id, log, numbers, files) == 1
    assert verifying.check_remarks(session, matter.id, log, numbers) == 1
    for name, value in (("scan_hash", "b" * 64), ("received_at", answered.later(days=-3))):
        kept_value = getattr(made, name)
        setattr(made, name, value)
        session.flush()
        with pytest.raises(Tampered):
            verifying.check_papers(session, matter.id, log, numbers, files)
        setattr(made, name, kept_value)
    session.flush()


def test_entered_at_the_desk_public_beside_the_answer_and_told(told: Told, news: News) -> None:
    one, two = told.numbers
    news(clock.now())
    form = told.officer().get(f"{told.desk}van-ban/1/").click("Nhập ý kiến gửi bằng giấy về các trả lời")
    done = _typed(form, {f"verdict-{one}": "unsatisfied", f"remark-{one}": WHY})
    assert "Đã ghi và công khai ý kiến trên văn bản giấy" in done.text and "chờ trả lời cuối" in done.text
    assert "Văn bản giấy về các trả lời" in done.text and "Lò Văn Ký, Chủ tịch" in done.text
    assert done.click("9/MTTQ-BTT (bản chụp 1)").body.startswith(b"%PDF")
    public = told.public(one)
    assert public.count(WHY) == 2 and "Gửi bằng văn bản giấy" in public and "Lò Văn Ký, Chủ tịch" not in public
    mails = {(str(mail["To"]), str(mail["Subject"])) for mail in news(clock.now())}
    to = {subject: {who for who, what in mails if what == subject} for _who, subject in mails}
    leader, officer = (told.scene.desk.people[name].mail for name in ("leader", "officer"))
    assert officer in to[f"Chưa thỏa đáng: Ủy ban Mặt trận tỉnh nêu ý kiến về trả lời ý kiến số {one}"]
    assert leader in to[f"Chưa thỏa đáng: cần trả lời cuối ý kiến số {one}"]
    assert officer not in to[f"Chưa thỏa đáng: cần trả lời cuối ý kiến số {one}"]
    assert told.sender.mail in to[f"Đã nhận ý kiến gửi bằng giấy về trả lời ý kiến số {one}"]
    own = told.as_user(told.sender).get(f"{told.own}thoa-dang/")
    assert WHY in own.text and two != one


def test_what_lacks_comes_back_with_what_was_typed(told: Told) -> None:
    one, _two = told.numbers
    form = told.officer().get(f"{told.desk}van-ban/1/thoa-dang/")
    yesterday = (clock.local_day(clock.now()) - timedelta(days=400)).isoformat()
    back = form.submit(
        {f"verdict-{one}": "unsatisfied", "letter_number": "9/MTTQ", "letter_on": "hôm qua", "received_on": yesterday},
        BUTTON,
    )
    assert back.status == 422 and 'value="9/MTTQ"' in back.html and len(back.errors()) == 3


def test_the_same_paper_twice(told: Told) -> None:
    one, _two = told.numbers
    typed = {f"verdict-{one}": "unsatisfied", f"remark-{one}": WHY}
    form = told.officer().get(f"{told.desk}van-ban/1/thoa-dang/")
    assert _typed(form, typed).status == 200
    again = _typed(form, typed)
    assert again.status == 409
    told.scene.session.rollback()
    assert told.scene.session.query(SecondWordPaper).count() == 1


def test_neither_another_desk_nor_the_body_itself(told: Told, app: Flask) -> None:
    address = f"{told.desk}van-ban/1/thoa-dang/"
    for user in (told.sender, told.drafter):
        told.as_user(user).get(address, status=404)
    leader = Browser(app)
    sign_in(leader, told.scene.desk.people["leader"])
    assert leader.get(address, status=None).status in (403, 404)


def _typed(form: Page, typed: dict[str, str]) -> Page:
    """Everything else of a paper filled in, and sent."""
    scan = (words_pdf(["Công văn"]), "cong-van.pdf")
    more = {"letter_number": "9/MTTQ-BTT", "signatory": "Lò Văn Ký, Chủ tịch", "scan": scan}
    return form.submit({**more, **typed}, BUTTON)


def _id(answered: Answered, number: int) -> object:
    return answered.session.query(Comment.id).filter_by(number=number).scalar()


def test_its_scan_stays_whoever_else_has_the_same_file_erased(session: Session) -> None:
    answered = make_answered(session)
    assert not forgetting.named(session, FILE.hash)
    record(answered, paper(answered, {answered.numbers[0]: NOT}), answered.later(hours=1))
    assert forgetting.named(session, FILE.hash)


def test_the_whole_speaks_of_what_was_answered_when_it_came(session: Session) -> None:
    answered = make_answered(session)
    one, two = answered.numbers
    later = answered.later(days=3)
    session.query(ResponsePublication).filter_by(response_id=answered.responses[1].id).update({"at": later})
    session.commit()
    record(answered, paper(answered, {}, days=1, whole=NOT), answered.later(days=4))
    assert answered.word(one).waits
    assert session.get(AnswerRemark, (answered.desk.matter.id, _id(answered, two))) is None
