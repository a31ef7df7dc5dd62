"""Approval: two pairs of eyes, and the version that was seen; what may not be is left, and named."""

import pytest
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused, Taken
from consult.people.words import Role
from consult.responses.answers import answer_state
from consult.responses.answers.approval import approve, send_back
from consult.responses.models import ResponseApproval
from consult.responses.words import AnswerState
from consult.submissions.acts import service as acts
from tests.builders import NOW, make_actor
from tests.responses.desk_builder import Desk, make_desk


def _state(desk: Desk, response_id: object) -> AnswerState:
    return next(one for one in answer_state.read(desk.session, desk.matter.id) if one.response.id == response_id).state


def test_many_are_approved_at_once(session: Session) -> None:
    desk = make_desk(session)
    drafted = [desk.draft(number) for number in desk.receive("Một.", "Hai.", "Ba.")]
    desk.approve(*drafted)
    assert [_state(desk, one.id) for one in drafted] == [AnswerState.APPROVED] * 3


def test_who_wrote_any_version_does_not_approve(session: Session) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    own = desk.draft(first, actor=desk.leader)
    desk.draft(first, response_id=own.id, text="Sửa lại.", actor=desk.officer)
    others = desk.draft(second)
    with pytest.raises(Refused) as refused:
        desk.approve(own)
    assert (refused.value.reason, refused.value.details) == ("wrote_it_yourself", {"numbers": str(first)})
    assert session.query(ResponseApproval).count() == 0
    chosen = [(one.id, desk.hash_of(one)) for one in (others, own)]
    done = approve(session, desk.matter, chosen, desk.leader, NOW)
    assert done == Taken([second], {"wrote_it_yourself": [first]})
    assert (_state(desk, others.id), _state(desk, own.id)) == (AnswerState.APPROVED, AnswerState.DRAFTED)


def test_persons_count_not_seats(session: Session) -> None:
    desk = make_desk(session)
    both = make_actor(session, desk.body, Role.OFFICER, Role.LEADER, user=desk.people["officer"])
    response = desk.draft(*desk.receive("Một."), actor=desk.officer)
    with pytest.raises(Refused, match="wrote_it_yourself"):
        approve(session, desk.matter, [(response.id, desk.hash_of(response))], both, NOW)


def test_a_later_edit_voids_the_approval(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    response = desk.draft(*numbers)
    seen = desk.hash_of(response)
    desk.approve(response)
    desk.draft(*numbers, text="Khác.", response_id=response.id)
    assert _state(desk, response.id) is AnswerState.DRAFTED
    with pytest.raises(Refused, match="changed_meanwhile"):
        approve(session, desk.matter, [(response.id, seen)], desk.leader, NOW)
    desk.draft(*numbers, text="Tiếp thu.", response_id=response.id)
    assert _state(desk, response.id) is AnswerState.DRAFTED, "going back to the approved wording approves nothing"


def test_many_are_sent_back_with_a_note(session: Session) -> None:
    desk = make_desk(session)
    drafted = [desk.draft(number) for number in desk.receive("Một.", "Hai.")]
    chosen = [(one.id, desk.hash_of(one)) for one in drafted]
    desk.approve(drafted[0])
    send_back(session, desk.matter, chosen, "Cần nêu căn cứ.", desk.leader, NOW)
    told = answer_state.read(session, desk.matter.id)
    assert [(one.state, one.decision and one.decision.note) for one in told] == [
        (AnswerState.SENT_BACK, "Cần nêu căn cứ.")
    ] * 2


def test_sending_back_says_why(session: Session) -> None:
    desk = make_desk(session)
    response = desk.draft(*desk.receive("Một."))
    with pytest.raises(Invalid) as refused:
        send_back(session, desk.matter, [(response.id, desk.hash_of(response))], " . ", desk.leader, NOW)
    assert refused.value.errors == {"note": "required"}


def test_nothing_chosen_is_nothing_done(session: Session) -> None:
    desk = make_desk(session)
    with pytest.raises(Refused, match="nothing_chosen"):
        approve(session, desk.matter, [], desk.leader, NOW)


def test_a_draft_whose_comment_ended_is_not_approved(session: Session) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    fine, orphan = desk.draft(first), desk.draft(second)
    acts.pass_on(session, desk.matter, [second], "", desk.officer, NOW)
    chosen = [(one.id, desk.hash_of(one)) for one in (fine, orphan)]
    done = approve(session, desk.matter, chosen, desk.leader, NOW)
    assert done == Taken([first], {"target_ended": [second]})
    with pytest.raises(Refused, match="target_ended"):
        approve(session, desk.matter, chosen[1:], desk.leader, NOW)
    assert _state(desk, orphan.id) is AnswerState.DRAFTED


def test_only_a_leader_of_the_answering_body_approves(session: Session) -> None:
    desk, other = make_desk(session), make_desk(session, title="Kế hoạch khác")
    response = desk.draft(*desk.receive("Một."))
    chosen = [(response.id, desk.hash_of(response))]
    for actor in (desk.second_officer, desk.publisher, other.leader):
        with pytest.raises(NotFound):
            approve(session, desk.matter, chosen, actor, NOW)
    assert _state(desk, response.id) is AnswerState.DRAFTED
