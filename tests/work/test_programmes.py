"""What waits under programmes is on the first page with its day, in the mail of the morning, and on the page that both
lead to; as many as are counted."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.command_line.words import say_in
from consult.notices.daily import mails
from consult.notices.sending.mail_text import Writer
from consult.outbox.models import OutboxMessage
from consult.people.words import Role
from consult.programme.next_steps.words import NextStep
from consult.programme.promised.mine import PAGE_SIZE
from consult.programme.promised.views_addresses import PAGES
from consult.resource_paths import TEMPLATES
from consult.work import queues
from consult.work.words import Queue
from tests.application import sign_in
from tests.builders import NOW, make_user
from tests.pages import Browser
from tests.programme.materials.scene import Library
from tests.programme.scene import make_parties
from tests.programme.training.scene import School
from tests.statements import statements_of

STEPS = (Queue.PROGRAMME_TO_DO, Queue.PROGRAMME_TO_RELEASE, Queue.PROGRAMME_TO_AGREE)


def test_each_line_has_its_count_and_its_first_day(session: Session) -> None:
    parties = make_parties(session)
    own = Library(parties)
    for days in (9, 5):
        own.ordered(needed_on=parties.today + timedelta(days=days))
    own.put_in(public=False)
    parties.task(own.programme, public=False)
    found = {one.queue: one for one in queues.waiting(session, parties.leader, NOW) if one.queue in STEPS}
    assert {queue: one.count for queue, one in found.items()} == dict(zip(STEPS, (2, 1, 1), strict=True))
    assert found[Queue.PROGRAMME_TO_DO].due_on == parties.today + timedelta(days=5)
    assert {one.queue for one in queues.waiting(session, parties.officer, NOW)} == {Queue.PROGRAMME_TO_DO}


def test_who_works_for_an_organisation_alone_has_it_in_the_morning_too(session: Session) -> None:
    parties = make_parties(session)
    person = make_user(session, parties.front, (Role.SENDER,), "Bà Thư ký")
    own = School(parties)
    own.planned(public=False)
    task = parties.task(own.programme)
    assert task.promise.public_at is not None
    session.commit()
    mails.plan(session, NOW)
    [due] = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "work_due"))
    mails.after_due(session, [due], due.run_at)
    asked = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "mail_requested"))
    told = {one.payload["user_id"]: one for one in asked}
    one = told[str(person.id)]
    assert one.payload["waits"] == {"programme_to_release": 1}, "an open promise has its own reminders"
    assert str(parties.writer.user_id) not in told
    words = Writer(TEMPLATES / "notices", "", "https://example.vn").write(
        "daily/work", "vi", {"name": "", **mails.values_of(session, one)}
    )
    day = own.new().starts_on
    assert day is not None
    assert "https://example.vn/phoi-hop/" in words.body and "xu-ly" not in words.body
    assert f"chờ công khai, hạn sớm nhất hết ngày {day.day}/{day.month}/{day.year}" in words.body


def test_the_pages_lead_to_what_waits(app_session: Session, browser: Browser) -> None:
    parties = make_parties(app_session, clock.now())
    own = Library(parties)
    order = own.ordered()
    person = make_user(app_session, parties.department, (Role.OFFICER,), "Ông Cán bộ")
    app_session.commit()
    number, body = order.number, parties.commune.name
    sign_in(browser, person)
    page = browser.get("/xu-ly/")
    assert "Việc phải làm của chương trình phối hợp" in page.text and "Hạn sớm nhất" in page.text
    [link] = [str(one) for one in page.find("//a/@href") if "xem=phai-lam" in str(one)]
    listed = browser.get(link)
    assert f"Trả lời yêu cầu tài liệu: {body}" in listed.text and "Chỉ những việc phải làm" in listed.text
    [leads] = [
        str(one) for one in listed.find("//a/@href") if f"/dat-tai-lieu/{own.programme.matter.slug}/" in str(one)
    ]
    assert leads.endswith(f"/{number}/") and browser.get(leads).status == 200
    assert body not in browser.get(link.replace("phai-lam", "cong-khai")).text


def test_a_long_list_has_pages(app_session: Session, browser: Browser) -> None:
    parties = make_parties(app_session, clock.now())
    own = Library(parties)
    for _ in range(PAGE_SIZE + 1):
        own.ordered()
    person = make_user(app_session, parties.department, (Role.OFFICER,), "Ông Cán bộ")
    app_session.commit()
    sign_in(browser, person)
    name = "Trả lời yêu cầu tài liệu"
    first, second = (browser.get(f"/phoi-hop/?xem=viec&trang={page}") for page in (1, 2))
    assert (first.text.count(name), second.text.count(name)) == (PAGE_SIZE, 1)
    assert "xem=viec" in browser.get("/phoi-hop/").html


def test_the_number_of_statements_does_not_grow(session: Session) -> None:
    parties = make_parties(session)
    counted = []
    for _ in range(2):
        own = Library(parties, programme=parties.programme())
        for _more in range(3):
            own.ordered()
            parties.round(own.programme)
            School(parties, own.programme).planned()
        session.commit()
        session.expire_all()
        with statements_of(session) as told:
            queues.waiting(session, parties.officer, NOW)
        counted.append(len(told))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("kind", NextStep)
def test_every_step_has_its_name_and_its_page(kind: NextStep) -> None:
    assert kind in PAGES
    for language in ("vi", "en"):
        assert say_in(language, f"next_step.{kind}", {}) != f"next_step.{kind}"
