"""An outage at the end of a period, and what the rule that was announced gives for it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar, outages
from consult.consultations.models import Consultation, Outage, PeriodExtension
from consult.consultations.preparation import outage_extension
from consult.errors import Invalid, NotFound, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.stages import Stage, stage_of
from tests.builders import NOW
from tests.responses.desk_builder import Desk, make_desk

MINUTES = st.integers(0, 3_000)


def end_of(matter: Consultation) -> datetime:
    """The end of its public period."""
    assert matter.closes_at is not None
    return matter.closes_at


def down(session: Session, starts: datetime, minutes: int, observed: bool = False) -> Outage:
    """The site was down so long."""
    row = Outage(
        starts_at=starts, ends_at=starts + timedelta(minutes=minutes), observed=observed, evidence="Biên bản", at=NOW
    )
    session.add(row)
    session.commit()
    return row


def extend(desk: Desk, now: datetime, reason: str = "Hệ thống ngừng hoạt động.") -> list[PeriodExtension]:
    """The publisher presses the button on the page that they see."""
    seen = outage_extension.version_of(outages.owed(desk.session, desk.matter, now))
    return outage_extension.extend_after_outage(desk.session, desk.matter, reason, seen, desk.publisher, now)


@pytest.mark.parametrize(("minutes", "found"), [(59, 0), (60, 1), (600, 1)])
def test_an_hour_in_the_last_day_counts(session: Session, minutes: int, found: int) -> None:
    desk = make_desk(session, Stage.OPEN)
    down(session, end_of(desk.matter) - timedelta(hours=11), minutes)
    assert len(outages.owed(session, desk.matter, end_of(desk.matter))) == found


@pytest.mark.parametrize(
    ("before", "minutes", "lost"),
    [
        (timedelta(hours=25), 119, 0),
        (timedelta(hours=25), 120, 60),
        (timedelta(minutes=60), 600, 60),
        (timedelta(minutes=59), 600, 0),
        (timedelta(0), 600, 0),
    ],
)
def test_only_what_lies_in_the_last_hours_is_lost(session: Session, before: timedelta, minutes: int, lost: int) -> None:
    desk = make_desk(session, Stage.OPEN)
    down(session, end_of(desk.matter) - before, minutes)
    found = outages.owed(session, desk.matter, end_of(desk.matter))
    assert [one.minutes for one in found] == ([lost] if lost else [])


def test_the_end_is_the_next_working_day(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    end = end_of(desk.matter)
    down(session, end - timedelta(hours=2), 120)
    (found,) = outages.owed(session, desk.matter, end - timedelta(minutes=1))
    last = calendar.last_day_of(end)
    assert found.last_day == calendar.next_working_day(last + timedelta(days=1), calendar.holidays(session))


def test_who_acts_days_later_gives_whole_days_all_the_same(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    end = end_of(desk.matter)
    down(session, end - timedelta(hours=2), 120)
    now = end + timedelta(days=5, hours=9)
    (found,) = outages.owed(session, desk.matter, now)
    assert found.last_day > clock.local_day(now)


def test_one_act_extends_leaves_its_entry_and_opens_the_matter_again(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    end, size = end_of(desk.matter), len(session.scalars(select(LedgerEntry)).all())
    row = down(session, end - timedelta(hours=2), 120)
    now = end + timedelta(hours=8)
    assert stage_of(desk.matter, now) is Stage.RESPONDING
    (made,) = extend(desk, now)
    assert stage_of(desk.matter, now) is Stage.OPEN and made.previous_closes_at == end
    assert made.outage is not None and made.outage["outages"][0]["id"] == str(row.id)
    assert made.outage["minutes"] == 120 and made.outage["rule"]["minutes"] == 60
    entries = session.scalars(select(LedgerEntry).order_by(LedgerEntry.index)).all()
    assert len(entries) == size + 1
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "matter_changed")).all()
    assert [one.payload["change"] for one in told][-1:] == ["extended"]


def test_an_outage_extends_a_period_once(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    end = end_of(desk.matter)
    down(session, end - timedelta(hours=2), 120)
    extend(desk, end)
    assert outages.owed(session, desk.matter, end) == []
    with pytest.raises(Refused, match="no_outage_extension"):
        extend(desk, end)


def test_a_long_look_back_does_not_count_an_outage_twice(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    rules = dict(desk.matter.profile_rules or {})
    longer = {**rules["rules"][outages.RULE], "hours": 240}
    desk.matter.profile_rules = rules | {"rules": rules["rules"] | {outages.RULE: longer}}
    session.commit()
    end = end_of(desk.matter)
    down(session, end - timedelta(hours=2), 120)
    extend(desk, end)
    assert outages.owed(session, desk.matter, end) == []


def test_another_outage_at_the_new_end_counts_again(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    end = end_of(desk.matter)
    down(session, end - timedelta(hours=2), 120)
    extend(desk, end)
    down(session, end_of(desk.matter) - timedelta(hours=3), 90)
    (found,) = outages.owed(session, desk.matter, end_of(desk.matter))
    assert found.minutes == 90


def test_what_was_no_outage_extends_nothing(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    row = down(session, end_of(desk.matter) - timedelta(hours=2), 120)
    row.taken_back_at = NOW
    session.commit()
    assert outages.owed(session, desk.matter, end_of(desk.matter)) == []


def test_a_matter_that_was_published_without_the_rule_has_none(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    rules = dict(desk.matter.profile_rules or {})
    desk.matter.profile_rules = rules | {
        "rules": {key: one for key, one in rules["rules"].items() if key != outages.RULE}
    }
    session.commit()
    down(session, end_of(desk.matter) - timedelta(hours=2), 120)
    assert outages.rule_of(desk.matter) is None and outages.owed(session, desk.matter, end_of(desk.matter)) == []


def test_what_was_shown_is_what_is_done(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    end = end_of(desk.matter)
    down(session, end - timedelta(hours=2), 70)
    seen = outage_extension.version_of(outages.owed(session, desk.matter, end))
    down(session, end - timedelta(hours=5), 30)
    with pytest.raises(Refused, match="changed_since_shown"):
        outage_extension.extend_after_outage(session, desk.matter, "Lý do.", seen, desk.publisher, end)
    assert end_of(desk.matter) == end


def test_without_a_reason_or_by_an_officer_nothing_is_extended(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    end = end_of(desk.matter)
    down(session, end - timedelta(hours=2), 120)
    with pytest.raises(Invalid):
        extend(desk, end, " ")
    seen = outage_extension.version_of(outages.owed(session, desk.matter, end))
    with pytest.raises(NotFound):
        outage_extension.extend_after_outage(session, desk.matter, "Lý do.", seen, desk.officer, end)
    assert end_of(desk.matter) == end and not session.scalars(select(PeriodExtension)).all()


@given(st.lists(st.tuples(MINUTES, st.integers(1, 500)), max_size=8), MINUTES, st.integers(1, 3_000))
def test_what_is_lost_is_the_minutes_in_which_it_was_down(times: list[tuple[int, int]], start: int, long: int) -> None:
    rows = [
        Outage(starts_at=NOW + timedelta(minutes=one), ends_at=NOW + timedelta(minutes=one + took))
        for one, took in times
    ]
    lost = outages.lost(rows, NOW + timedelta(minutes=start), NOW + timedelta(minutes=start + long))
    within = set(range(start, start + long))
    assert lost == timedelta(minutes=len(within & {m for one, took in times for m in range(one, one + took)}))
