"""From what does not satisfy to the final answer, through the pages: the body writes and signs, the desk calls a
dialogue and records it, both sides and everybody read what came of it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import User
from consult.people.words import Level, OrganisationKind, Role
from consult.responses.dialogues import service as dialogues
from consult.responses.dialogues.service import NewDialogue
from consult.responses.models import Response
from consult.responses.second_words.terms import SecondWordTerms
from consult.submissions.inputs import Letter, Sender
from consult.submissions.models import Submission
from consult.submissions.words import SubmissionKind
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.days import as_typed
from tests.notices.conftest import News, news
from tests.pages import Browser, Page
from tests.pdfs import words_pdf
from tests.reading.scene import Scene
from tests.responses.desk_builder import comment

__all__ = ["news"]
WHY, PLACE = "Lộ trình hai năm chưa được nêu.", "Phòng họp 2, Sở Nông nghiệp và Môi trường"


class Told:
    """A letter of the Front with two public answers, and everybody's browser."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app, self.scene = app, Scene(session)
        front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban Mặt trận tỉnh")
        self.drafter = make_user(session, front, [Role.DRAFTER], "Lường Thị Soạn")
        self.sender = make_user(session, front, [Role.SENDER], "Lò Văn Ký")
        letter = Letter("12/MTTQ-BTT", clock.local_day(clock.now()), "Lò Văn Ký", "Chủ tịch", "TM.")
        self.numbers = self.scene.desk.receive(
            comment("Cần lộ trình."), comment("Cần kinh phí."), at=self.scene.sent_at, kind=SubmissionKind.FORMAL,
            sender=Sender(organisation_id=front.id), letter=letter,
        )  # fmt: skip
        self.scene.release(*self.numbers)
        for number in self.numbers:
            self.scene.answer(number, text=f"Trả lời đầu {number}.")
        session.commit()
        slug = self.scene.matter.slug
        self.own, self.desk = f"/to-chuc/{slug}/da-gui/1/", f"/xu-ly/{slug}/"

    def as_user(self, user: User) -> Browser:
        """Their browser, signed in."""
        found = Browser(self.app)
        sign_in(found, user)
        return found

    def officer(self) -> Browser:
        """The officer's."""
        return self.as_user(self.scene.desk.people["officer"])

    def say(self, typed: dict[str, str]) -> Page:
        """Written by one and signed by the other, on the page of all answers; the page after it."""
        page = self.as_user(self.drafter).get(self.own).click("Trả lời thỏa đáng hay chưa thỏa đáng: nêu ý kiến")
        written = page.submit(typed, "Lưu ý kiến")
        assert written.status == 200 and "Chờ ký" in written.text
        return self.as_user(self.sender).get(f"{self.own}thoa-dang/").submit({}, "Ký và công khai ý kiến")

    def held(self) -> int:
        """A dialogue over the first answer that began an hour ago; its number."""
        session, now = self.scene.session, clock.now()
        letter = session.query(Submission).filter_by(consultation_id=self.scene.matter.id).one()
        new = NewDialogue(now - timedelta(hours=1), PLACE, "Ông Lò Văn Ký, Chủ tịch", [self.numbers[0]])
        terms, officer = SecondWordTerms(10, 15), self.scene.desk.officer
        made = dialogues.call(session, self.scene.matter, letter, new, terms, officer, now - timedelta(hours=2))
        session.commit()
        return made.number

    def public(self, number: int) -> str:
        """The public page of a comment, and of the letter, as anybody reads them."""
        browser, root = Browser(self.app), f"/lay-y-kien/{self.scene.matter.slug}/"
        return browser.get(f"{root}y-kien/{number}/").text + browser.get(f"{root}van-ban/1/").text


@pytest.fixture
def told(app_session: Session, app: Flask) -> Told:
    return Told(app, app_session)


def test_said_on_the_whole_and_apart(told: Told) -> None:
    one, two = told.numbers
    whole = {"verdict": "unsatisfied", "remark": WHY, f"verdict-{two}": "satisfied"}
    signed = told.say(whole)
    assert "Đã ký, đã công khai" in signed.text
    public = told.public(one)
    assert public.count(WHY) == 2 and "(nêu chung cho cả văn bản)" in public and "chưa thỏa đáng" in public
    assert WHY not in told.public(two).split("Ý kiến số 1")[0]


def test_reasons_that_lack_come_back_with_what_was_typed(told: Told) -> None:
    one, two = told.numbers
    page = told.as_user(told.drafter).get(f"{told.own}thoa-dang/")
    back = page.submit({f"verdict-{one}": "unsatisfied", f"remark-{two}": "Chưa chọn."}, "Lưu ý kiến")
    assert back.status == 422 and len(back.errors()) == 2 and "Chưa chọn." in back.html


def test_the_desk_sees_what_waits_and_calls(told: Told, news: News) -> None:
    one, _two = told.numbers
    told.say({f"verdict-{one}": "unsatisfied", f"remark-{one}": WHY})
    news(clock.now())
    officer = told.officer()
    assert "Văn bản chưa thỏa đáng chờ trả lời cuối" in officer.get("/xu-ly/").text
    listed = officer.get(f"{told.desk}van-ban/?loc=chua-thoa-dang")
    assert "trả lời cuối hết ngày" in listed.text
    case = officer.get(f"{told.desk}van-ban/1/")
    assert WHY in case.text
    form = case.click("Mời đối thoại")
    assert len(form.submit({}, "Mời đối thoại").errors()) == 4
    assert form.submit({"place": PLACE}, "Mời đối thoại").status == 422
    day = as_typed(clock.local_day(clock.now() + timedelta(days=4)))
    called = form.submit(
        {"day": day, "time": "14:00", "place": PLACE, "invited": "Ông Lò Văn Ký, Chủ tịch"}, "Mời đối thoại"
    )
    assert "Đã mời đối thoại" in called.text and "Đối thoại lần 1" in called.text and PLACE in called.text
    public = told.public(one)
    assert PLACE in public and "Lò Văn Ký, Chủ tịch" not in public.split("Người ký")[0]
    seen = told.as_user(told.drafter).get(f"{told.own}thoa-dang/").text
    assert "Ông Lò Văn Ký, Chủ tịch" in seen and PLACE in seen
    home = told.as_user(told.drafter).get("/to-chuc/").text
    assert "Được mời đối thoại" in home and PLACE in home
    subjects = [str(mail["Subject"]) for mail in news(clock.now())]
    assert sum("Mời đối thoại lúc 14:00" in subject for subject in subjects) == 2


def test_minutes_and_final_answer_stand_beside_both_earlier_texts(told: Told, news: News) -> None:
    one, _two = told.numbers
    told.say({f"verdict-{one}": "unsatisfied", f"remark-{one}": WHY})
    number, officer = told.held(), told.officer()
    page = officer.get(f"{told.desk}doi-thoai/{number}/")
    typed = {f"agreed-{one}": "yes", f"outcome-{one}": "Hai bên thống nhất bổ sung lộ trình."}
    assert page.submit(typed, "Ghi biên bản").status == 422
    scan = (words_pdf(["Biên bản đối thoại"]), "bien-ban.pdf")
    recorded = page.submit({**typed, "file": scan}, "Ghi biên bản")
    assert "Đã ghi biên bản đối thoại" in recorded.text
    told.scene.session.expire_all()
    begun = officer.get(f"{told.desk}y-kien/{one}/").click("Soạn trả lời cuối")
    assert "Bản này là trả lời cuối" in begun.text and WHY in begun.text
    answer = told.scene.session.query(Response).filter_by(number=1).one()
    told.scene.answer(one, text="Trả lời cuối có lộ trình.", response_id=answer.id)
    told.scene.session.commit()
    public = told.public(one)
    for words in ("Trả lời đầu", WHY, "Hai bên đã thống nhất", "Trả lời cuối có lộ trình.", "Trả lời cuối:"):
        assert public.count(words) >= 2, words
    table = f"/lay-y-kien/{told.scene.matter.slug}/tong-hop/"
    page = Browser(told.app).get(table)
    assert f"Ý kiến của bên góp ý (ý kiến số {one})" in page.text and "Trả lời cuối, công bố ngày" in page.text
    assert "Trả lời đầu" in page.click(f"Xem bản trước {one}").text
    rows = Browser(told.app).get(f"{table.removesuffix('/')}.csv").body.decode("utf-8-sig")
    assert f"unsatisfied,{clock.local_day(clock.now())},{WHY}" in rows
    own = told.as_user(told.sender).get(f"{told.own}thoa-dang/")
    assert own.click(f"Biên bản đối thoại lần {number} (ý kiến số {one})").body.startswith(b"%PDF")
    subjects = [str(mail["Subject"]) for mail in news(clock.now())]
    assert any("Đã có biên bản đối thoại" in subject for subject in subjects)
    assert any("Đã có trả lời cuối" in subject for subject in subjects)


def test_nobody_else_reads_the_minutes(told: Told) -> None:
    one, _two = told.numbers
    told.say({f"verdict-{one}": "unsatisfied", f"remark-{one}": WHY})
    number = told.held()
    other = make_organisation(told.scene.session, OrganisationKind.SOCIO_POLITICAL, Level.PROVINCE, "Hội khác")
    stranger = make_user(told.scene.session, other, [Role.SENDER], "Người Khác")
    told.scene.session.commit()
    told.as_user(stranger).get(f"{told.own}doi-thoai/{number}/bien-ban/", status=404)
    told.as_user(stranger).get(f"{told.own}thoa-dang/", status=404)
    told.as_user(told.sender).get(f"{told.own}doi-thoai/{number}/bien-ban/", status=404)
