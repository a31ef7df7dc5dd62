"""Days off and swapped days that are changed: due days follow, are shown before, and say why afterwards."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.models import AdministrativeAct
from consult.administration.reference import holidays
from consult.administration.reference.holidays import HolidayKind
from consult.consultations.matter import calendar_changes
from consult.consultations.matter.answer_terms import term_of
from consult.consultations.matter.calendar import working_day
from consult.consultations.models import HolidayChange
from consult.notices.daily import calendar_mails
from consult.outbox.models import OutboxMessage
from consult.responses.answers import due_sums
from consult.stages import Stage
from consult.submissions.words import SubmissionKind
from tests.builders import NOW
from tests.days import as_typed
from tests.responses.desk_builder import Desk, make_desk


def desk_of(session: Session) -> tuple[Desk, date, date]:
    """A matter whose answers are due, that day, and a working day before it."""
    desk = make_desk(session, Stage.RESPONDING)
    term = term_of(session, desk.matter)
    assert term is not None and term.public_day is not None
    off = term.public_day - timedelta(days=1)
    while not working_day(off, term.holidays):
        off -= timedelta(days=1)
    return desk, term.public_day, off


def events(session: Session, name: str) -> list[OutboxMessage]:
    """The events of this name, the oldest first."""
    return list(session.scalars(select(OutboxMessage).where(OutboxMessage.event == name).order_by(OutboxMessage.id)))


def test_what_would_move_is_known_before_and_changes_nothing(session: Session) -> None:
    desk, due, off = desk_of(session)
    (moved,) = holidays.would_move(session, off, HolidayKind.HOLIDAY)
    assert (moved.consultation.id, moved.before) == (desk.matter.id, due) and moved.after > due
    term = term_of(session, desk.matter)
    assert term is not None and term.public_day == due and not session.scalars(select(HolidayChange)).all()


def test_a_day_off_moves_the_due_day_and_its_page_says_why(session: Session) -> None:
    desk, due, off = desk_of(session)
    holidays.put(session, off, HolidayKind.SWAPPED_OFF, "Nghỉ hoán đổi", "Thông báo của tỉnh", desk.officer, NOW)
    found = due_sums.sum_of(session, desk.matter, SubmissionKind.COMMENT, desk.matter.opens_at or NOW)
    assert found is not None and found.due > due
    (move,) = found.moves
    assert (move.code, move.before, move.after) == ("calendar_changed", due, found.due)
    assert move.reason == f"{as_typed(off)}: Nghỉ hoán đổi; Thông báo của tỉnh"


def test_taken_out_again_the_day_is_the_old_one_and_both_moves_stay(session: Session) -> None:
    desk, due, off = desk_of(session)
    holidays.put(session, off, HolidayKind.HOLIDAY, "Nghỉ", "", desk.officer, NOW)
    holidays.remove(session, off, desk.officer, NOW + timedelta(hours=1))
    found = due_sums.sum_of(session, desk.matter, SubmissionKind.COMMENT, desk.matter.opens_at or NOW)
    assert found is not None and found.due == due
    assert [(one.before, one.after) for one in found.moves] == [
        (due, found.moves[0].after),
        (found.moves[0].after, due),
    ]


def test_another_name_of_the_same_day_moves_nothing(session: Session) -> None:
    desk, _due, off = desk_of(session)
    holidays.put(session, off, HolidayKind.HOLIDAY, "Nghỉ", "", desk.officer, NOW)
    holidays.put(session, off, HolidayKind.COMPENSATORY, "Nghỉ bù", "", desk.officer, NOW)
    found = due_sums.sum_of(session, desk.matter, SubmissionKind.COMMENT, desk.matter.opens_at or NOW)
    assert found is not None and len(found.moves) == 1


def test_what_administrators_did_names_the_days_that_moved(session: Session) -> None:
    desk, due, off = desk_of(session)
    holidays.put(session, off, HolidayKind.HOLIDAY, "Nghỉ", "", desk.officer, NOW)
    act = session.scalars(select(AdministrativeAct).where(AdministrativeAct.act == "holiday_put")).one()
    assert act.details["moved"][0].startswith(f"{desk.matter.slug} {due} → ")


def test_the_cached_pages_of_the_matter_go(session: Session) -> None:
    desk, _due, off = desk_of(session)
    holidays.put(session, off, HolidayKind.HOLIDAY, "Nghỉ", "", desk.officer, NOW)
    before = desk.matter.content_version
    calendar_mails.after_moved(session, events(session, "due_day_moved"), NOW)
    assert desk.matter.content_version == before + 1


def test_the_officers_get_one_mail_for_all_days_of_an_hour(session: Session) -> None:
    desk, due, off = desk_of(session)
    for day in (off, off - timedelta(days=1)):
        holidays.put(session, day, HolidayKind.HOLIDAY, "Nghỉ", "", desk.officer, NOW)
    for _ in range(2):
        calendar_mails.after_moved(session, events(session, "due_day_moved"), NOW)
    mails = events(session, "mail_requested")
    told = [mail.payload["user_id"] for mail in mails]
    assert len(told) == len(set(told)) and str(desk.people["officer"].id) in told
    term = term_of(session, desk.matter)
    assert term is not None and calendar_mails.values_of(session, mails[0]) == {"before": due, "after": term.public_day}


def test_no_mail_goes_out_when_the_day_is_the_old_one_again(session: Session) -> None:
    desk, _due, off = desk_of(session)
    holidays.put(session, off, HolidayKind.HOLIDAY, "Nghỉ", "", desk.officer, NOW)
    calendar_mails.after_moved(session, events(session, "due_day_moved"), NOW)
    holidays.remove(session, off, desk.officer, NOW)
    assert calendar_mails.values_of(session, events(session, "mail_requested")[0]) is None


def test_a_change_of_before_the_publication_is_no_move(session: Session) -> None:
    desk, _due, off = desk_of(session)
    session.add(HolidayChange(day=off, before=None, after=None, at=datetime(2000, 1, 1, tzinfo=UTC), by_id=None))
    session.commit()
    assert desk.matter.published_at is not None
    assert calendar_changes.changes_since(session, desk.matter.published_at) == []
    assert clock.local_day(desk.matter.published_at) < off
