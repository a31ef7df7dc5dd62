"""What waits is told once on the morning of a working day, to whom something waits for; never twice, nothing stale."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.models import Holiday
from consult.notices.daily import mails
from consult.notices.sending.mail_text import Writer
from consult.outbox.models import OutboxMessage
from consult.resource_paths import TEMPLATES
from consult.responses.questions.pauses import terms_of
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.words import CommentActKind
from consult.work.words import Queue
from tests.builders import NOW
from tests.responses.desk_builder import make_desk


def local(text: str) -> datetime:
    """A local moment, as an instant."""
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def events(session: Session, name: str) -> list[OutboxMessage]:
    """The events of this name, in the order in which they came."""
    session.expire_all()
    return list(session.scalars(select(OutboxMessage).where(OutboxMessage.event == name).order_by(OutboxMessage.id)))


def written(language: str, values: dict[str, Any]) -> str:
    """The mail as it is sent."""
    writer = Writer(TEMPLATES / "notices", "", "https://example.vn")
    return writer.write("daily/work", language, {"name": "", **values}).body


@pytest.mark.parametrize(
    ("now", "day", "at"),
    [
        ("2026-11-27T06:00", "2026-11-27", "2026-11-27T07:30"),
        ("2026-11-27T10:15", "2026-11-27", "2026-11-27T10:15"),
        ("2026-11-27T17:00", "2026-11-30", "2026-11-30T07:30"),
        ("2026-11-28T09:00", "2026-11-30", "2026-11-30T07:30"),
        ("2026-11-29T23:59", "2026-11-30", "2026-11-30T07:30"),
    ],
)
def test_the_next_morning_of_work_is_planned_once(session: Session, now: str, day: str, at: str) -> None:
    for _ in range(3):
        mails.plan(session, local(now))
    (event,) = events(session, "work_due")
    assert event.payload == {"day": day} and event.run_at == local(at)


def test_on_a_day_off_nobody_is_told(session: Session) -> None:
    session.add(Holiday(day=local("2026-11-30T07:30").date(), kind="holiday", name="Ngày nghỉ"))
    session.commit()
    mails.plan(session, local("2026-11-30T07:30"))
    assert events(session, "work_due")[0].payload == {"day": "2026-12-01"}


def test_who_has_something_to_do_is_told_once_with_the_sums(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    one, two = desk.receive("Một.")[0], desk.receive("Hai.")[0]
    desk.draft(one)
    acts.propose(session, desk.matter, two, CommentActKind.WITHHELD, "insult", desk.officer, NOW, {})
    mails.plan(session, NOW)
    (event,) = events(session, "work_due")
    for _ in range(2):
        mails.after_due(session, [event], event.run_at)
    asked = {one.payload["user_id"]: one.payload["waits"] for one in events(session, "mail_requested")}
    assert len(events(session, "mail_requested")) == len(asked) == 3
    assert {"to_approve": 1, "to_confirm": 1}.items() <= asked[str(desk.people["leader"].id)].items()
    assert "to_confirm" not in asked[str(desk.people["officer"].id)]
    assert str(desk.people["publisher"].id) not in asked


def test_a_worker_that_stood_still_tells_of_today_alone(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    desk.receive("Một.")
    for day in ("2026-11-23", "2026-11-25", "2026-11-26"):
        mails.plan(session, local(f"{day}T06:00"))
    now = local("2026-11-27T10:00")
    mails.plan(session, now)
    found = events(session, "work_due")
    assert [one.payload["day"] for one in found] == ["2026-11-23", "2026-11-25", "2026-11-26", "2026-11-27"]
    mails.after_due(session, found, now)
    asked = [one.payload["user_id"] for one in events(session, "mail_requested")]
    assert asked and len(asked) == len(set(asked))


def test_nothing_waits_and_nobody_is_told(session: Session) -> None:
    make_desk(session, Stage.OPEN)
    mails.plan(session, NOW)
    (event,) = events(session, "work_due")
    mails.after_due(session, [event], event.run_at)
    assert events(session, "mail_requested") == []


def test_a_day_that_was_made_a_day_off_meanwhile_is_left_alone(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    desk.receive("Một.")
    mails.plan(session, local("2026-11-26T18:00"))
    session.add(Holiday(day=local("2026-11-27T07:30").date(), kind="swapped_off", name="Hoán đổi ngày làm việc"))
    session.commit()
    (event,) = events(session, "work_due")
    mails.after_due(session, [event], event.run_at)
    assert events(session, "mail_requested") == []
    mails.plan(session, event.run_at)
    assert [one.payload["day"] for one in events(session, "work_due")] == ["2026-11-27", "2026-11-30"]


def test_the_mail_says_how_late_and_in_whose_hands(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    desk.receive("Một.")
    term = terms_of(session, [desk.matter])[desk.matter.id]
    assert term.public_day is not None
    on = clock.start_of_day(calendar.next_working_day(term.public_day + timedelta(days=3), term.holidays))
    mails.plan(session, on)
    (event,) = events(session, "work_due")
    mails.after_due(session, [event], event.run_at)
    asked = {one.payload["user_id"]: one for one in events(session, "mail_requested")}
    values = mails.values_of(session, asked[str(desk.people["leader"].id)])
    days = (clock.local_day(on) - term.public_day).days
    assert values["late"] == {"longest": days, "units": [{"unit": "", "count": 1, "longest": days}]}
    words = (
        Writer(TEMPLATES / "notices", "", "https://example.vn").write("daily/work", "vi", {"name": "", **values}).body
    )
    assert f"1 ý kiến quá hạn trả lời, lâu nhất {days} ngày" in words
    assert f"chưa giao đơn vị nào: 1 ý kiến, lâu nhất {days} ngày" in words


def test_a_mail_that_was_asked_for_by_an_earlier_release_is_still_written(session: Session) -> None:
    message = OutboxMessage(payload={"waits": {"late": 2}})
    values = mails.values_of(session, message)
    for language in ("vi", "en"):
        words = Writer(TEMPLATES / "notices", "", "https://example.vn").write(
            "daily/work", language, {"name": "", **values}
        )
        assert "2 " in words.body and "None" not in words.body


@pytest.mark.parametrize("queue", Queue)
def test_every_kind_of_work_has_its_line(queue: Queue) -> None:
    """Of five kinds the mail came, and said nothing of what it came for."""
    message = OutboxMessage(payload={"waits": {queue.value: 41_737}})
    for language in ("vi", "en"):
        assert "41737 " in written(language, mails.values_of(Session(), message))


def test_three_days_without_a_worker_tell_everybody_once_and_nobody_is_missed(session: Session) -> None:
    """Whatever waited on the days between waits still, and is in the one mail of the day on which it runs again."""
    desk = make_desk(session, Stage.RESPONDING)
    desk.receive("Một.")
    mails.plan(session, local("2026-11-24T18:00"))
    again = local("2026-11-30T08:00")
    for _ in range(3):
        mails.plan(session, again)
        mails.after_due(session, events(session, "work_due"), again)
    told = [one.payload["user_id"] for one in events(session, "mail_requested")]
    assert len(told) == len(set(told)) and str(desk.people["leader"].id) in told
