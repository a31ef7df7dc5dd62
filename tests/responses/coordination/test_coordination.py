"""Another body is asked for its word on comments: it reads them without who sent them, replies once, and the desk has
its word beside the answer."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import Invalid, NotFound, Refused
from consult.notices.coordination.mails import after_asked, after_due, after_replied, values_of
from consult.notices.sending.mail_text import Writer
from consult.outbox.models import OutboxMessage
from consult.people.models import Organisation, User
from consult.people.words import OrganisationKind, Role
from consult.responses.coordination import bodies, found, service
from consult.responses.coordination.bodies import Body
from consult.responses.coordination.models import CoordinationRequest
from consult.responses.coordination.service import Question
from consult.sign_in.actors import actor_of
from consult.submissions.acts import service as acts
from consult.submissions.inputs import Sender
from consult.submissions.words import CommentActKind
from consult.work import queues
from consult.work.words import Queue
from tests.application import sign_in
from tests.builders import NOW, TODAY, make_actor, make_organisation, make_unit, make_user
from tests.house.rooms import CHECKOUT
from tests.pages import Browser
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, make_desk

WHAT = "Kinh phí thu gom hằng ngày có bố trí được không?"
WORD = "Ngân sách xã chưa bố trí được trong năm nay."
DUE = TODAY + timedelta(days=5)


def commune(session: Session, name: str = "Ủy ban nhân dân xã Côn Minh") -> tuple[Organisation, User]:
    body = make_organisation(session, OrganisationKind.PEOPLES_COMMITTEE, name=name)
    return body, make_user(session, body, [Role.DRAFTER], "Nông Thị Trang")


def asked(desk: Desk, *named: Body, about: list[int] | None = None) -> list[CoordinationRequest]:
    numbers = about or desk.receive("Nên thu gom hằng ngày.")
    return service.ask(desk.session, desk.matter, numbers, named, Question(WHAT, DUE, "12/CV"), desk.officer, NOW)


def test_several_are_asked_at_once_and_each_replies_for_itself(session: Session) -> None:
    desk = make_desk(session)
    body, person = commune(session)
    other, _somebody = commune(session, "Sở Tài chính")
    first, second = asked(desk, Body(body.name, body.id, None, True), Body(other.name, other.id, None, True))
    service.reply(session, desk.matter, first.id, WORD, None, actor_of(session, person, NOW), NOW)
    with pytest.raises(NotFound):
        service.reply(session, desk.matter, second.id, WORD, None, actor_of(session, person, NOW), NOW)
    assert [one.reply for one in found.of_comments(session, desk.matter, [1])] == [WORD, ""]


def test_a_word_is_given_once(session: Session) -> None:
    desk = make_desk(session)
    body, person = commune(session)
    (one,) = asked(desk, Body(body.name, body.id, None, True))
    actor = actor_of(session, person, NOW)
    service.reply(session, desk.matter, one.id, WORD, None, actor, NOW)
    for again in (
        lambda: service.reply(session, desk.matter, one.id, "Khác.", None, actor, NOW),
        lambda: service.withdraw(session, desk.matter, one.id, desk.officer, NOW),
    ):
        with pytest.raises(Refused, match="word_replied"):
            again()
    assert service.find(session, desk.matter, one.id).reply == WORD


def test_what_is_withdrawn_waits_for_nobody(session: Session) -> None:
    desk = make_desk(session)
    body, person = commune(session)
    (one,) = asked(desk, Body(body.name, body.id, None, True))
    service.withdraw(session, desk.matter, one.id, desk.officer, NOW)
    with pytest.raises(Refused, match="word_withdrawn"):
        service.reply(session, desk.matter, one.id, WORD, None, actor_of(session, person, NOW), NOW)
    assert found.asked_of(session, actor_of(session, person, NOW)) == []


def test_who_does_not_sign_in_is_asked_by_a_letter_and_its_word_is_taken_down(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Nên thu gom hằng ngày.")
    with pytest.raises(Invalid) as wrong:
        service.ask(session, desk.matter, numbers, [Body("Viện Quy hoạch")], Question(WHAT, DUE), desk.officer, NOW)
    assert wrong.value.errors == {"letter_number": "asked_by_letter"}
    (one,) = asked(desk, Body("Viện Quy hoạch"), about=numbers)
    service.record_reply(session, desk.matter, one.id, WORD, "45/VQH, 28/11/2026", None, desk.officer, NOW)
    assert (one.letter_number, one.reply_letter, one.by_desk) == ("12/CV", "45/VQH, 28/11/2026", True)


def test_what_is_wrong_asks_nobody(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Nên thu gom hằng ngày.")
    with pytest.raises(Invalid) as wrong:
        late = Question(" ", TODAY - timedelta(days=1))
        service.ask(session, desk.matter, numbers, [], late, desk.officer, NOW)
    assert wrong.value.errors == {"body": "required", "question": "required", "due_on": "in_the_past"}
    with pytest.raises((Refused, NotFound)):
        service.ask(session, desk.matter, numbers, [Body("A")], Question(WHAT, DUE, "1"), desk.publisher, NOW)
    assert session.scalars(select(CoordinationRequest)).all() == []


def test_a_unit_is_asked_and_only_its_people(session: Session) -> None:
    desk = make_desk(session)
    unit = make_unit(session, desk.body, "Phòng Kế hoạch")
    inside = make_actor(session, desk.body, Role.OFFICER, user=make_user(session, desk.body, [], "Người trong phòng"))
    seat = inside.seats[0]
    inside = type(inside)(inside.user_id, inside.name, (type(seat)(**{**vars(seat), "unit_id": unit.id}),))
    (one,) = asked(desk, Body("Phòng Kế hoạch", desk.body.id, unit.id, True))
    assert service.asked_of(one, inside) and not service.asked_of(one, desk.leader)


def test_names_mean_bodies_and_units_whatever_their_accents(session: Session) -> None:
    desk = make_desk(session)
    body, _person = commune(session)
    make_unit(session, desk.body, "Phòng Kế hoạch")
    known = bodies.offered(session, NOW)
    assert bodies.meant(session, "uy ban nhan dan xa con minh", known).organisation_id == body.id
    assert bodies.meant(session, f"Phòng Kế hoạch – {desk.body.name}", known).unit_id is not None
    assert bodies.meant(session, "Viện Quy hoạch", known) == Body("Viện Quy hoạch")


def test_the_clock_of_the_answer_goes_on_and_reminders_wait_for_their_days(session: Session) -> None:
    desk = make_desk(session)
    body, _person = commune(session)
    asked(desk, Body(body.name, body.id, None, True))
    due = session.scalars(select(OutboxMessage.run_at).where(OutboxMessage.event == "word_due")).all()
    assert sorted(clock.local_day(at) for at in due) == [DUE - timedelta(days=2), DUE + timedelta(days=1)]


def test_it_stands_in_the_queue_of_who_is_asked(session: Session) -> None:
    desk = make_desk(session)
    body, _person = commune(session)
    officer = make_actor(session, body, Role.OFFICER, user=make_user(session, body, [Role.OFFICER], "Cán bộ xã"))
    asked(desk, Body(body.name, body.id, None, True))
    waits = [one for one in queues.waiting(session, officer, NOW) if one.queue is Queue.WORDS_ASKED]
    assert [(one.consultation.id, one.count) for one in waits] == [(desk.matter.id, 1)]


def test_from_the_list_to_the_answer_with_the_word_quoted(app: Flask, desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Nên thu gom hằng ngày.", sender=Sender(name="Hoàng Văn Kín", contact="0912 345 678"))
    body, person = commune(desk.session)
    desk.session.commit()
    officer = enter("officer")
    listed = officer.get(f"/xu-ly/{desk.matter.slug}/")
    form = listed.submit({f"Chọn ý kiến số {number}": True}, "Xin ý kiến phối hợp")
    day = (clock.local_day(clock.now()) + timedelta(days=5)).isoformat()
    given = {"Nơi thứ 1": body.name, "Nội dung xin ý kiến": WHAT, "Hạn trả lời": day}
    assert "Đã xin ý kiến phối hợp" in form.submit(given, "Xin ý kiến").text
    there = Browser(app)
    sign_in(there, person)
    question = there.get("/to-chuc/phoi-hop/").click(WHAT)
    assert "Nên thu gom hằng ngày." in question.text and "Hoàng Văn Kín" not in question.html
    sent = question.submit({"Ý kiến": WORD, "Văn bản": (b"%PDF-1.4\n%%EOF\n", "tra-loi.pdf")}, "Gửi ý kiến")
    assert sent.status in (200, 422)
    if sent.status == 422:
        sent = sent.submit({"Ý kiến": WORD}, "Gửi ý kiến")
    assert "Đã gửi ý kiến đến cơ quan trả lời" in sent.text
    answer = officer.get(f"/xu-ly/{desk.matter.slug}/tra-loi/?comment={number}")
    assert WORD in answer.text and body.name in answer.text
    with_it = answer.submit({"disposition": "not_accepted"}, "Chèn vào câu trả lời")
    assert WORD in with_it.form("Lưu bản trả lời").values()["text"]
    assert "đã trả lời" in officer.get(f"/xu-ly/{desk.matter.slug}/phoi-hop/?loc=replied").text


def test_nobody_else_finds_the_question(app: Flask, desk: Desk, enter: Enter) -> None:
    body, _person = commune(desk.session)
    _other, stranger = commune(desk.session, "Sở Tài chính")
    numbers = desk.receive("Nên thu gom hằng ngày.")
    question = Question(WHAT, clock.local_day(clock.now()) + timedelta(days=5))
    named = [Body(body.name, body.id, None, True)]
    (one,) = service.ask(desk.session, desk.matter, numbers, named, question, desk.officer, clock.now())
    desk.session.commit()
    there = Browser(app)
    sign_in(there, stranger)
    for address in (f"/to-chuc/phoi-hop/{desk.matter.slug}/{one.id}/", f"/to-chuc/phoi-hop/{desk.matter.slug}/"):
        there.get(address, status=404)
    assert enter("publisher").client.get(f"/xu-ly/{desk.matter.slug}/phoi-hop/{one.id}/").status_code in (403, 404)


def test_what_was_blacked_out_is_not_read_there(app: Flask, desk: Desk) -> None:
    body, person = commune(desk.session)
    (number,) = desk.receive("Gọi tôi số 0912 345 678 để bàn việc thu gom.")
    desk.by_two(number, CommentActKind.REDACTED, "personal_data", text="Gọi tôi […] để bàn việc thu gom.")
    question = Question(WHAT, clock.local_day(clock.now()) + timedelta(days=5))
    named = [Body(body.name, body.id, None, True)]
    (one,) = service.ask(desk.session, desk.matter, [number], named, question, desk.officer, clock.now())
    desk.session.commit()
    there = Browser(app)
    sign_in(there, person)
    page = there.get(f"/to-chuc/phoi-hop/{desk.matter.slug}/{one.id}/")
    assert "[…]" in page.text and "0912" not in page.html


def test_a_letter_and_asking_no_more_at_the_desk(desk: Desk, enter: Enter) -> None:
    numbers = desk.receive("Nên thu gom hằng ngày.")
    question = Question(WHAT, clock.local_day(clock.now()) + timedelta(days=5), "12/CV")
    for _each in range(2):
        service.ask(desk.session, desk.matter, numbers, [Body("Viện Quy hoạch")], question, desk.officer, clock.now())
    desk.session.commit()
    listed = enter("officer").get(f"/xu-ly/{desk.matter.slug}/phoi-hop/")
    one = listed.click("Viện Quy hoạch")
    done = one.submit({"Ý kiến": WORD, "Số, ngày văn bản trả lời": "45/VQH, 28/11/2026"}, "Ghi ý kiến")
    assert "Đã ghi ý kiến phối hợp" in done.text and "45/VQH" in done.text
    still = enter("officer").get(f"/xu-ly/{desk.matter.slug}/phoi-hop/?loc=open").click("Viện Quy hoạch")
    assert "Đã thôi hỏi" in still.submit({}, "Thôi hỏi").text


def test_who_is_asked_is_told_reminded_and_who_asked_hears_of_the_reply(app: Flask, desk: Desk) -> None:
    body, person = commune(desk.session)
    numbers = desk.receive("Nên thu gom hằng ngày.")
    question = Question(WHAT, clock.local_day(clock.now()) + timedelta(days=1))
    named = [Body(body.name, body.id, None, True)]
    (one,) = service.ask(desk.session, desk.matter, numbers, named, question, desk.officer, clock.now())
    desk.session.commit()
    after_asked(desk.session, events(desk, "word_asked"), clock.now())
    after_due(desk.session, events(desk, "word_due"), clock.now() + timedelta(days=2))
    service.reply(desk.session, desk.matter, one.id, WORD, None, actor_of(desk.session, person, NOW), clock.now())
    after_replied(desk.session, events(desk, "word_replied"), clock.now())
    told = [(mail.payload["state"], mail.payload["to_asker"]) for mail in events(desk, "mail_requested")
            if mail.payload["notice"] == "coordination/word"]  # fmt: skip
    assert told == [("asked", False), ("late", False), ("late", True), ("replied", True)]
    words = [values_of(desk.session, mail) for mail in events(desk, "mail_requested")
             if mail.payload["notice"] == "coordination/word"]  # fmt: skip
    assert words[:3] == [None, None, None] and words[3] is not None
    writer = Writer(CHECKOUT / "templates" / "notices", "Cổng", "https://x.vn")
    for language in ("vi", "en"):
        said = writer.write("coordination/word", language, {"name": "Bình", **words[3]})
        assert body.name in said.subject and f"/phoi-hop/{one.id}/" in said.body


def events(desk: Desk, name: str) -> list[OutboxMessage]:
    chosen = select(OutboxMessage).where(OutboxMessage.event == name).order_by(OutboxMessage.id)
    return list(desk.session.scalars(chosen))


@pytest.mark.parametrize("withheld_first", [False, True])
def test_what_is_set_apart_after_it_was_asked_about_is_read_there_no_more(
    app: Flask, desk: Desk, withheld_first: bool
) -> None:
    """A denunciation is for few: whoever was asked about it before somebody saw what it is reads its number alone."""
    body, person = commune(desk.session)
    (number,) = desk.receive("Ông Xuân nhận tiền của chủ thầu để bỏ qua bãi rác.")
    question = Question(WHAT, clock.local_day(clock.now()) + timedelta(days=5))
    (one,) = service.ask(
        desk.session, desk.matter, [number], [Body(body.name, body.id, None, True)], question, desk.officer, NOW
    )
    if withheld_first:
        desk.by_two(number, CommentActKind.WITHHELD, "insult")
        acts.pass_on(desk.session, desk.matter, [number], "Tố cáo", desk.officer, NOW)
    else:
        acts.quarantine(desk.session, desk.matter, number, "Tố cáo", desk.officer, NOW)
    desk.session.commit()
    there = Browser(app)
    sign_in(there, person)
    page = there.get(f"/to-chuc/phoi-hop/{desk.matter.slug}/{one.id}/")
    assert "chủ thầu" not in page.html and "Tố cáo" not in page.html
