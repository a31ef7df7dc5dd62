"""Publishing, extending, withdrawing and submitting a matter, on both databases."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Revision
from consult.consultations.matter.calendar import end_of
from consult.consultations.models import Consultation
from consult.consultations.preparation import publication
from consult.consultations.preparation import service as preparation
from consult.consultations.words import Audience, Kind, Procedure
from consult.errors import Invalid, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.stages import Stage, stage_of
from tests.builders import NOW, TODAY, make_consultation, make_publisher, new_matter, period_of

LATER = TODAY + timedelta(days=40)


def entries_of(session: Session, consultation: Consultation) -> list[dict[str, Any]]:
    """The entries of a matter's ledger as the public reads them."""
    rows = session.scalars(
        select(LedgerEntry).where(LedgerEntry.consultation_id == consultation.id).order_by(LedgerEntry.index)
    )
    return [json.loads(row.body) for row in rows]


def events_of(session: Session, consultation: Consultation) -> list[OutboxMessage]:
    """The messages left for the worker."""
    rows = session.scalars(select(OutboxMessage).where(OutboxMessage.consultation_id == consultation.id))
    return sorted(rows, key=lambda row: row.run_at)


@pytest.mark.parametrize("stage", list(Stage))
def test_the_builder_makes_each_stage(session: Session, stage: Stage) -> None:
    assert stage_of(make_consultation(session, stage), NOW) is stage


def test_publishing_opens_records_and_tells(session: Session) -> None:
    consultation = make_consultation(session, Stage.DRAFTING, opened_before=0)
    publication.publish(session, consultation, make_publisher(session), NOW)
    assert stage_of(consultation, NOW) is Stage.OPEN
    assert consultation.opens_at == NOW and consultation.closes_at == end_of(date(2026, 12, 14))
    assert consultation.profile_rules is not None and consultation.profile_rules["code"] == "vbqppl_2025"
    (entry,) = entries_of(session, consultation)
    assert entry["kind"] == "published" and entry["documents"][0]["document"] == 1
    assert entry["periods"][0] == {
        "audience": "public", "opens": "2026-11-23T03:00:00Z", "closes": "2026-12-14T17:00:00Z"
    }  # fmt: skip
    published, closed = events_of(session, consultation)
    assert published.event == "matter_published"
    assert (closed.event, closed.run_at) == (
        "matter_closed_period",
        end_of(date(2026, 12, 14)) + clock.STILL_ON_THE_WAY,
    )
    assert session.scalars(select(Revision.published_at)).all() == [NOW]


def test_the_rules_of_a_published_matter_are_its_own(session: Session) -> None:
    consultation = make_consultation(session)
    consultation.profile.rules = {}
    session.commit()
    assert consultation.profile_rules is not None and consultation.profile_rules["table"]["form"] == "mau_10"


def test_what_is_missing_is_told_all_at_once(session: Session) -> None:
    consultation = preparation.create(session, new_matter(session), make_publisher(session), NOW)
    with pytest.raises(Invalid) as refused:
        publication.publish(session, consultation, make_publisher(session), NOW)
    assert refused.value.errors == {"documents": "main_draft_needed", "periods": "periods_needed"}
    assert not entries_of(session, consultation)


def test_an_opening_that_is_past_is_set_anew(session: Session) -> None:
    consultation = make_consultation(session, Stage.DRAFTING, opened_before=1)
    with pytest.raises(Invalid) as refused:
        publication.publish(session, consultation, make_publisher(session), NOW)
    assert refused.value.errors == {"periods": "opening_is_past"}


def test_nothing_is_published_twice_or_edited_afterwards(session: Session) -> None:
    consultation = make_consultation(session)
    slug = consultation.slug
    with pytest.raises(Refused, match="already_published"):
        publication.publish(session, consultation, make_publisher(session), NOW)
    with pytest.raises(Refused, match="already_published"):
        preparation.edit(session, consultation, new_matter(session, slug="khac"), make_publisher(session), NOW)
    with pytest.raises(Refused, match="already_published"):
        preparation.schedule(session, consultation, LATER, {}, make_publisher(session), NOW)
    assert consultation.slug == slug and len(entries_of(session, consultation)) == 1


def test_extending_takes_a_later_day_and_a_reason(session: Session) -> None:
    consultation = make_consultation(session)
    version = consultation.content_version
    period = period_of(session, consultation)
    before = period.closes_at
    extension = publication.extend(session, consultation, period.id, LATER, "Bão lụt", make_publisher(session), NOW)
    assert extension.previous_closes_at == before
    assert consultation.closes_at == end_of(LATER) and consultation.content_version == version + 1
    assert entries_of(session, consultation)[-1]["closes"] == "2027-01-02T17:00:00Z"
    assert events_of(session, consultation)[-1].run_at == end_of(LATER) + clock.STILL_ON_THE_WAY


def test_a_period_is_never_made_shorter(session: Session) -> None:
    consultation = make_consultation(session)
    period = period_of(session, consultation)
    assert period.closes_at is not None
    same_day = date(2026, 12, 8)
    assert period.closes_at == end_of(same_day)
    for day in (same_day, same_day - timedelta(days=1), date(1999, 1, 1)):
        with pytest.raises(Invalid) as refused:
            publication.extend(session, consultation, period.id, day, "Lý do", make_publisher(session), NOW)
        assert refused.value.errors == {"last_day": "not_later_than_now"}
    with pytest.raises(Invalid) as silent:
        publication.extend(session, consultation, period.id, LATER, " … ", make_publisher(session), NOW)
    assert silent.value.errors == {"reason": "required"}


def test_a_period_that_is_over_is_opened_again_into_the_future_only(session: Session) -> None:
    consultation = make_consultation(session, Stage.RESPONDING)
    period = period_of(session, consultation)
    actor = make_publisher(session)
    with pytest.raises(Invalid):
        publication.extend(session, consultation, period.id, TODAY - timedelta(days=1), "Lý do", actor, NOW)
    publication.extend(session, consultation, period.id, TODAY, "Lý do", actor, NOW)
    assert stage_of(consultation, NOW) is Stage.OPEN


def test_a_critique_has_no_closing_day_to_extend(session: Session) -> None:
    consultation = make_consultation(session)
    critique = period_of(session, consultation, Audience.CRITIQUE)
    with pytest.raises(Invalid) as refused:
        publication.extend(session, consultation, critique.id, LATER, "Lý do", make_publisher(session), NOW)
    assert refused.value.errors == {"last_day": "no_closing_day"}


@pytest.mark.parametrize(
    ("stage", "reason"),
    [(Stage.DRAFTING, "not_published_yet"), (Stage.CONCLUDED, "concluded"), (Stage.WITHDRAWN, "withdrawn")],
)
def test_withdrawing_and_extending_have_their_time(session: Session, stage: Stage, reason: str) -> None:
    consultation = make_consultation(session, stage)
    actor = make_publisher(session)
    with pytest.raises(Refused, match=reason):
        publication.withdraw(session, consultation, "Lý do", actor, NOW)
    with pytest.raises(Refused, match=reason):
        publication.extend(session, consultation, period_of(session, consultation).id, LATER, "Lý do", actor, NOW)


def test_a_withdrawn_matter_keeps_its_reason_in_public(session: Session) -> None:
    consultation = make_consultation(session)
    publication.withdraw(session, consultation, "Soạn lại", make_publisher(session), NOW)
    assert stage_of(consultation, NOW) is Stage.WITHDRAWN and consultation.withdrawn_reason == "Soạn lại"
    last = entries_of(session, consultation)[-1]
    assert (last["kind"], last["reason"]) == ("withdrawn_matter", "Soạn lại")


def test_submission_comes_after_the_comments_and_not_in_the_future(session: Session) -> None:
    with pytest.raises(Refused, match="still_open"):
        publication.record_submission(session, make_consultation(session), TODAY, make_publisher(session), NOW)
    over = make_consultation(session, Stage.RESPONDING)
    for day, code in ((TODAY + timedelta(days=1), "day_to_come"), (date(2026, 1, 1), "before_publication")):
        with pytest.raises(Invalid) as refused:
            publication.record_submission(session, over, day, make_publisher(session), NOW)
        assert refused.value.errors == {"submitted_on": code}
    publication.record_submission(session, over, TODAY, make_publisher(session), NOW)
    assert over.submitted_on == TODAY


def test_a_shorter_period_is_refused_by_law_and_noticed_otherwise(session: Session) -> None:
    local = preparation.create(session, new_matter(session), make_publisher(session), NOW)
    soon = {Audience.PUBLIC: TODAY + timedelta(days=5)}
    assert preparation.schedule(session, local, TODAY, soon, make_publisher(session), NOW) == ["shorter_than_usual"]
    new = new_matter(session, Kind.EIA_REPORT, Procedure.EIA_STATUTORY)
    statutory = preparation.create(session, new, make_publisher(session), NOW)
    with pytest.raises(Invalid) as refused:
        preparation.schedule(session, statutory, TODAY, soon, make_publisher(session), NOW)
    assert refused.value.errors == {"last_day_public": "shorter_than_law"}
