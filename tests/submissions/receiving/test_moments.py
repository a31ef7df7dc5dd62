"""In time is in time, late is late: the instant of arrival decides, not the instant its turn came."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consult.consultations.invitation_models import Invitation
from consult.consultations.models import Consultation
from consult.consultations.words import Audience
from consult.db import new_id
from consult.errors import Invalid, Refused
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind
from consult.submissions.inputs import CritiqueInput, Sender
from consult.submissions.models import Submission
from consult.submissions.receiving.service import receive
from consult.submissions.words import Channel, SubmissionKind
from tests.submissions.rows import CLOSES, CODES, MIDWAY, OPENS, SIGNER, matter, new, organisation, period

SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
CRITIQUE = CritiqueInput("written", {"necessity": "Cần thiết"}, "Đồng tình về chủ trương")


def kept(session: Session, consultation: Consultation, at: Any, now: Any = None, **given: Any) -> Submission:
    receipt = receive(session, consultation, new(at=at, **given), now or at, SIGNER, CODES)
    rows = session.query(Submission).where(Submission.number == receipt.submission_number)
    return rows.where(Submission.consultation_id == consultation.id).one()


def refusal(session: Session, consultation: Consultation, at: Any, now: Any = None, **given: Any) -> str:
    with pytest.raises(Refused) as refused:
        receive(session, consultation, new(at=at, **given), now or at, SIGNER, CODES)
    return refused.value.reason


def test_the_last_second_of_the_last_day_is_in_time(session: Session) -> None:
    """23:59:59 and the instant before midnight of 21 March 2027 in Asia/Ho_Chi_Minh."""
    consultation = matter(session)
    kept(session, consultation, CLOSES - SECOND, word="last second")
    kept(session, consultation, CLOSES - INSTANT, word="last instant")
    assert refusal(session, consultation, CLOSES, word="midnight") == "too_late"
    assert refusal(session, consultation, CLOSES + SECOND, word="later") == "too_late"


def test_the_turn_may_come_after_the_end(session: Session) -> None:
    consultation = matter(session)
    row = kept(session, consultation, CLOSES - INSTANT, now=CLOSES + timedelta(minutes=5))
    assert row.arrived_at < CLOSES < row.recorded_at


def test_before_the_first_instant_nothing_is_taken(session: Session) -> None:
    consultation = matter(session)
    consultation.published_at = OPENS - 9 * DAY
    session.commit()
    assert refusal(session, consultation, OPENS - INSTANT, word="early") == "not_open_yet"
    kept(session, consultation, OPENS, word="first")


def test_a_withdrawn_matter_takes_nothing_more(session: Session) -> None:
    consultation = matter(session)
    consultation.withdrawn_at = MIDWAY
    session.commit()
    kept(session, consultation, MIDWAY - INSTANT, now=MIDWAY + SECOND, word="before")
    assert refusal(session, consultation, MIDWAY, word="after") == "withdrawn"


def body(session: Session, kind: OrganisationKind = OrganisationKind.RELIGIOUS) -> Organisation:
    return organisation(session, "Ban Trị sự", kind)


def formal(body: Organisation) -> dict[str, Any]:
    return {"kind": SubmissionKind.FORMAL, "sender": Sender(organisation_id=body.id)}


def ask(session: Session, consultation: Consultation, asked: Organisation, reply_by: date | None = None) -> None:
    session.add(
        Invitation(
            consultation_id=consultation.id,
            id=new_id(),
            organisation_id=asked.id,
            reply_by=reply_by,
            recorded_at=OPENS,
            recorded_by_id=consultation.created_by_id,
        )
    )
    session.commit()


def test_bodies_asked_have_the_later_of_both_periods(session: Session) -> None:
    consultation = matter(session)
    asked, other = body(session), body(session)
    period(session, consultation, Audience.INVITED, closes=CLOSES + 10 * DAY)
    ask(session, consultation, asked)
    kept(session, consultation, CLOSES + 10 * DAY - INSTANT, word="asked", **formal(asked))
    assert refusal(session, consultation, CLOSES + 10 * DAY, word="late", **formal(asked)) == "too_late"
    assert refusal(session, consultation, CLOSES, word="citizen") == "too_late"
    assert refusal(session, consultation, CLOSES, word="not asked", **formal(other)) == "too_late"


def test_a_body_has_the_day_its_letter_names(session: Session) -> None:
    consultation = matter(session)
    asked, other = body(session), body(session)
    ask(session, consultation, asked, date(2027, 4, 2))
    end = CLOSES + 12 * DAY
    kept(session, consultation, end - INSTANT, word="asked", **formal(asked))
    assert refusal(session, consultation, end, word="late", **formal(asked)) == "too_late"
    assert refusal(session, consultation, CLOSES, word="not asked", **formal(other)) == "too_late"


def critique(body: Organisation) -> dict[str, Any]:
    return {**formal(body), "kind": SubmissionKind.CRITIQUE, "critique": CRITIQUE}


def test_a_critique_is_taken_until_the_draft_is_submitted(session: Session) -> None:
    consultation = matter(session)
    front = body(session, OrganisationKind.FRONT_COMMITTEE)
    period(session, consultation, Audience.CRITIQUE, closes=CLOSES)
    session.commit()
    assert not kept(session, consultation, CLOSES - INSTANT, word="in time", **critique(front)).late_critique
    assert kept(session, consultation, CLOSES, word="late", **critique(front)).late_critique
    consultation.submitted_on = date(2027, 4, 1)
    session.commit()
    last = CLOSES + 11 * DAY - INSTANT
    assert kept(session, consultation, last, word="last", **critique(front)).late_critique
    assert refusal(session, consultation, last + INSTANT, word="over", **critique(front)) == "already_submitted"


def test_a_critique_is_late_after_both_its_period_and_the_day_its_letter_names(session: Session) -> None:
    consultation = matter(session)
    front = body(session, OrganisationKind.FRONT_COMMITTEE)
    period(session, consultation, Audience.CRITIQUE, closes=CLOSES)
    ask(session, consultation, front, date(2027, 3, 24))
    end = CLOSES + 3 * DAY
    assert not kept(session, consultation, end - INSTANT, word="in time", **critique(front)).late_critique
    assert kept(session, consultation, end, word="late", **critique(front)).late_critique


@pytest.mark.parametrize(
    ("kind", "level", "reason"),
    [
        (OrganisationKind.RELIGIOUS, Level.PROVINCE, "critique_not_yours"),
        (OrganisationKind.FRONT_COMMITTEE, Level.COMMUNE, "critique_other_level"),
        (OrganisationKind.SOCIO_POLITICAL, Level.PROVINCE, "critique_needs_agreement"),
    ],
)
def test_who_may_not_lead_a_critique_is_told_why(
    session: Session, kind: OrganisationKind, level: Level, reason: str
) -> None:
    consultation = matter(session)
    leading = organisation(session, "Tổ chức", kind, level)
    session.commit()
    assert refusal(session, consultation, MIDWAY, **critique(leading)) == reason


def test_paper_counts_when_it_was_handed_in(session: Session) -> None:
    consultation = matter(session)
    later = CLOSES + 3 * DAY
    paper = {"channel": Channel.POST, "consent_version": "", "received_at": CLOSES - SECOND}
    row = kept(session, consultation, later, word="paper", received_reason="Dấu bưu điện ngày 21/3", **paper)
    assert row.received_at == CLOSES - SECOND and row.recorded_at == later
    with pytest.raises(Invalid) as told:
        kept(session, consultation, later, word="no reason", **paper)
    assert told.value.errors == {"received_reason": "required"}
    late = {**paper, "received_at": CLOSES, "received_reason": "Gửi muộn"}
    assert refusal(session, consultation, later, word="late paper", **late) == "too_late"
    future = {**paper, "received_at": later + SECOND}
    with pytest.raises(Invalid) as told:
        kept(session, consultation, later, word="future", **future)
    assert told.value.errors == {"received_at": "in_the_future"}
