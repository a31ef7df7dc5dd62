"""Publishing answers together, with their entries in the log."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.errors import NotFound, Refused, Taken
from consult.ledger.commitment import answer_hash
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.responses.answers import answer_state, public_sums
from consult.responses.answers.publication import publish_answers
from consult.responses.models import ResponsePublication
from consult.responses.words import AnswerState
from consult.submissions.acts import service as acts
from tests.builders import NOW
from tests.responses.desk_builder import Desk, make_desk


def _entries(desk: Desk, kind: str) -> list[dict[str, object]]:
    rows = desk.session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.consultation_id == desk.matter.id, LedgerEntry.kind == kind)
        .order_by(LedgerEntry.index)
    )
    return [json.loads(row.body) for row in rows]


def test_answers_are_published_together_and_logged(session: Session) -> None:
    desk = make_desk(session)
    first, second, third = desk.receive("Một.", "Hai.", "Ba.")
    pair = desk.draft(first, second, disposition="not_accepted", text="Vì trái luật.", change="")
    single = desk.draft(third, text="Đã sửa.", change="Khoản 1 Điều 2", change_path="d2.k1")
    desk.approve(pair, single)
    before = desk.matter.content_version
    publish_answers(session, desk.matter, [single.id, pair.id], desk.publisher, NOW)
    logged = _entries(desk, "answered")
    assert [(one["comments"], one["response"], one["version"], one["disposition"]) for one in logged] == [
        ([first, second], 1, 1, "not_accepted"),
        ([third], 2, 1, "accepted"),
    ]
    assert logged[1]["hash"] == answer_hash([third], 2, 1, "accepted", "Đã sửa.", "Khoản 1 Điều 2")
    assert desk.matter.content_version == before + 1
    assert public_sums.outcome(session, desk.matter.id)["answered"] == 3


def test_the_ring_is_told_once(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.", "Hai.")
    drafted = [desk.draft(number) for number in numbers]
    desk.approve(*drafted)
    publish_answers(session, desk.matter, [one.id for one in drafted], desk.publisher, NOW)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "answers_published")).all()
    assert [(one.payload["comments"], len(one.payload["responses"])) for one in told] == [(numbers, 2)]


def test_one_unapproved_answer_holds_no_other_back(session: Session) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    ready, drafted = desk.draft(first), desk.draft(second)
    desk.approve(ready)
    with pytest.raises(Refused) as refused:
        publish_answers(session, desk.matter, [drafted.id], desk.publisher, NOW)
    assert (refused.value.reason, refused.value.details) == ("not_approved", {"numbers": str(second)})
    assert _entries(desk, "answered") == []
    assert session.query(ResponsePublication).count() == 0
    done = publish_answers(session, desk.matter, [ready.id, drafted.id], desk.publisher, NOW)
    assert done == Taken([first], {"not_approved": [second]})
    assert [one["comments"] for one in _entries(desk, "answered")] == [[first]]
    assert public_sums.outcome(session, desk.matter.id)["answered"] == 1


def test_what_was_edited_after_its_approval_is_not_published(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    response = desk.draft(*numbers)
    desk.approve(response)
    desk.draft(*numbers, response_id=response.id, text="Khác hẳn.")
    with pytest.raises(Refused, match="not_approved"):
        publish_answers(session, desk.matter, [response.id], desk.publisher, NOW)


def test_a_corrected_answer_is_approved_and_published_again(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    response = desk.answer(*numbers, text="Lần một.")
    desk.draft(*numbers, response_id=response.id, text="Lần hai.")
    told = answer_state.one(session, desk.matter.id, response.id)
    assert told.published is not None
    assert (told.published.text, told.state) == ("Lần một.", AnswerState.DRAFTED)
    desk.approve(response)
    publish_answers(session, desk.matter, [response.id], desk.publisher, NOW)
    told = answer_state.one(session, desk.matter.id, response.id)
    assert told.published is not None
    assert (told.published.text, told.state) == ("Lần hai.", AnswerState.PUBLISHED)
    assert [one["version"] for one in _entries(desk, "answered")] == [1, 2]
    assert public_sums.outcome(session, desk.matter.id)["answered"] == 1


def test_texts_shown_with_their_answers(session: Session) -> None:
    desk = make_desk(session, disclosure=Disclosure.WITH_ANSWERS)
    shown, hidden, quarantined = desk.receive("Một.", "Hai.", "Ba.")
    acts.quarantine(session, desk.matter, quarantined, "", desk.officer, NOW)
    desk.answer(shown, quarantined)
    assert [one["comment"] for one in _entries(desk, "released")] == [shown]
    told = public_sums.visibility(session, desk.matter.id)
    assert (told["public"], told["in_check"], told["quarantined"]) == (1, 1, 1)
    assert hidden


def test_a_sender_who_withdrew_is_not_answered_any_more(session: Session) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    response = desk.draft(first, second)
    desk.approve(response)
    acts.pass_on(session, desk.matter, [second], "", desk.officer, NOW)
    with pytest.raises(Refused) as refused:
        publish_answers(session, desk.matter, [response.id], desk.publisher, NOW)
    assert (refused.value.reason, refused.value.details) == ("target_ended", {"numbers": str(second)})
    desk.draft(first, response_id=response.id)
    desk.approve(response)
    publish_answers(session, desk.matter, [response.id], desk.publisher, NOW)
    assert _entries(desk, "answered")[0]["comments"] == [first]


def test_only_a_publisher_publishes(session: Session) -> None:
    desk = make_desk(session)
    response = desk.draft(*desk.receive("Một."))
    desk.approve(response)
    for actor in (desk.officer, desk.leader):
        with pytest.raises(NotFound):
            publish_answers(session, desk.matter, [response.id], actor, NOW)


def test_who_publishes_has_seen_the_very_wording(session: Session) -> None:
    """It was written, approved and so sent back between looking and pressing: another wording was approved since."""
    desk = make_desk(session)
    (number,) = desk.receive("Một.")
    response = desk.draft(number, text="Lần một.")
    desk.approve(response)
    seen = {response.id: desk.hash_of(response)}
    desk.draft(number, text="Lần hai.", response_id=response.id)
    desk.approve(response)
    with pytest.raises(Refused) as refused:
        publish_answers(session, desk.matter, [response.id], desk.publisher, NOW, seen)
    assert (refused.value.reason, refused.value.details) == ("changed_meanwhile", {"numbers": str(number)})
    publish_answers(session, desk.matter, [response.id], desk.publisher, NOW, {response.id: desk.hash_of(response)})
    assert len(_entries(desk, "answered")) == 1
