"""A draft takes up proposals: once each, told on both sides."""

import pytest

from consult.consultations.words import Kind
from consult.errors import Invalid, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.responses.taken_up import service
from consult.stages import Stage
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import log as verifying_log
from consult.transparency.verification import referrals as verifying
from tests.builders import NOW, make_consultation
from tests.responses.desk_builder import comment, make_desk


@pytest.fixture
def desk(session):
    made = make_desk(session, Stage.OPEN, text=None, kind=Kind.PROPOSALS, days=20, title="Kiến nghị năm 2026")
    made.receive(comment("Nên hỗ trợ thu gom rác.", ""), comment("Chưa ai đọc.", ""))
    made.release(1)
    return made


@pytest.fixture
def draft(session, desk):
    return make_consultation(session, Stage.OPEN, lead=desk.body)


def test_both_sides_name_each_other(session, desk, draft):
    before = desk.matter.content_version
    service.take_up(session, draft, desk.matter.id, 1, desk.officer, NOW)
    [name] = service.names_of(session, draft)
    assert (name.slug, name.title, name.number) == (desk.matter.slug, "Kiến nghị năm 2026", 1)
    assert [one.id for one in service.drafts_of(session, desk.matter, 1)] == [draft.id]
    assert [one.comment.text for one in service.of_draft(session, draft)] == ["Nên hỗ trợ thu gom rác."]
    session.refresh(desk.matter)
    assert desk.matter.content_version == before + 1, "its cached pages go"


def test_the_same_twice_is_once_in_the_log(session, desk, draft):
    for _ in range(2):
        service.take_up(session, draft, desk.matter.id, 1, desk.officer, NOW)
    assert session.query(LedgerEntry).filter_by(consultation_id=draft.id, kind="taken_up").count() == 1
    told = session.query(OutboxMessage).filter_by(event="comment_changed", consultation_id=desk.matter.id)
    assert [one.payload["change"] for one in told].count("taken_up") == 1


@pytest.mark.parametrize("number", [0, 2, 3])
def test_what_is_not_public_is_not_taken_up(session, desk, draft, number):
    with pytest.raises(Invalid) as wrong:
        service.take_up(session, draft, desk.matter.id, number, desk.officer, NOW)
    assert wrong.value.errors == {"number": "no_public_proposal"} and not service.names_of(session, draft)


def test_only_from_a_matter_of_proposals_into_a_draft(session, desk, draft):
    other = make_consultation(session, Stage.OPEN, lead=desk.body)
    with pytest.raises(Invalid) as wrong:
        service.take_up(session, draft, other.id, 1, desk.officer, NOW)
    assert wrong.value.errors == {"proposals": "not_a_choice"}
    with pytest.raises(Refused, match="nothing_drafted"):
        service.take_up(session, desk.matter, desk.matter.id, 1, desk.officer, NOW)


def test_another_proposal_than_the_log_has_is_found(session, desk, draft):
    made = service.take_up(session, draft, desk.matter.id, 1, desk.officer, NOW)
    log = Log(verifying_log.entries(session, draft.id))
    assert verifying.check_taken_up(session, draft.id, log) == 1
    made.number = 2
    with pytest.raises(Tampered):
        verifying.check_taken_up(session, draft.id, log)
