"""Drafting answers: versions, who may be answered, and two officers on one comment."""

import pytest
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.responses.answers import answer_state
from consult.responses.answers.drafting import draft_answer
from consult.responses.words import AnswerState
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.words import CommentActKind
from tests.builders import NOW
from tests.responses.desk_builder import comment, make_desk


def test_one_answer_to_several_comments(session: Session) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    response = desk.draft(second, first)
    told = answer_state.one(session, desk.matter.id, response.id)
    assert (told.numbers, told.response.number, told.state) == ([first, second], 1, AnswerState.DRAFTED)
    assert told.latest.version == 1


def test_every_save_is_a_version_with_a_hash_of_its_own(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    response = desk.draft(*numbers, text="Tiếp thu.")
    desk.draft(*numbers, text="Sẽ sửa.", response_id=response.id)
    desk.draft(*numbers, text="Tiếp thu.", response_id=response.id)
    told = answer_state.one(session, desk.matter.id, response.id)
    assert [version.text for version in told.versions] == ["Tiếp thu.", "Sẽ sửa.", "Tiếp thu."]
    assert len({version.hash for version in told.versions}) == 3


@pytest.mark.parametrize("disposition", ["partly_accepted", "not_accepted", "clarified", "referred"])
@pytest.mark.parametrize("text", ["", " - ", "…"])
def test_what_is_not_accepted_is_explained(session: Session, disposition: str, text: str) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    with pytest.raises(Invalid) as refused:
        desk.draft(*numbers, disposition=disposition, text=text)
    assert refused.value.errors == {"text": "required"}
    assert answer_state.read(session, desk.matter.id) == []


def test_an_acceptance_may_be_said_by_its_name(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    assert desk.draft(*numbers, text="").number == 1


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"disposition": "agreed"}, {"disposition": "not_a_choice"}),
        ({"disposition": ""}, {"disposition": "choose_one"}),
        ({"text": "a" * 20_001}, {"text": "too_long"}),
        ({"change": "a" * 2_001}, {"change": "too_long"}),
        ({"change_path": "<script>"}, {"change_path": "unknown_place"}),
    ],
)
def test_what_is_wrong_is_told_by_field(session: Session, given: dict[str, str], errors: dict[str, str]) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    with pytest.raises(Invalid) as refused:
        desk.draft(*numbers, **given)
    assert refused.value.errors == errors


def test_a_comment_has_one_answer(session: Session) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    desk.draft(first)
    with pytest.raises(Refused) as refused:
        desk.draft(first, second)
    assert (refused.value.reason, refused.value.details) == ("has_response", {"numbers": str(first)})


def test_comments_may_join_and_leave_a_draft(session: Session) -> None:
    desk = make_desk(session)
    first, second, third = desk.receive("Một.", "Hai.", "Ba.")
    response = desk.draft(first, second)
    desk.draft(second, third, response_id=response.id)
    assert answer_state.one(session, desk.matter.id, response.id).numbers == [second, third]
    desk.draft(first)


def test_whom_a_published_answer_answers_stays(session: Session) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    response = desk.answer(first)
    with pytest.raises(Refused, match="published_comments_fixed"):
        desk.draft(first, second, response_id=response.id)
    desk.draft(first, text="Đính chính.", response_id=response.id)


def test_the_second_officer_on_an_answer_sees_the_first(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    response = desk.draft(*numbers)
    desk.draft(*numbers, response_id=response.id, started_from=1, text="Lần hai.", actor=desk.second_officer)
    with pytest.raises(Refused) as refused:
        desk.draft(*numbers, response_id=response.id, started_from=1, text="Lần khác.")
    assert refused.value.reason == "changed_meanwhile"
    assert [one.text for one in answer_state.one(session, desk.matter.id, response.id).versions] == [
        "Tiếp thu.",
        "Lần hai.",
    ]


def test_what_has_ended_is_not_answered(session: Session) -> None:
    desk = make_desk(session)
    invalid, split, passed = desk.receive("Thử.", "Hai việc.", "Tố cáo.")
    act = acts.propose(session, desk.matter, invalid, CommentActKind.INVALID, "trial", desk.officer, NOW)
    acts.confirm(session, desk.matter, act.id, desk.leader, NOW)
    acts.split(session, desk.matter, split, [comment("Việc một."), comment("Việc hai.")], desk.officer, NOW)
    acts.pass_on(session, desk.matter, [passed], "", desk.officer, NOW)
    for number in (invalid, split, passed):
        with pytest.raises(Refused) as refused:
            desk.draft(number)
        assert (refused.value.reason, refused.value.details["numbers"]) == ("not_answerable", str(number))


def test_only_the_answering_body_drafts(session: Session) -> None:
    desk, other = make_desk(session), make_desk(session, title="Kế hoạch khác")
    numbers = desk.receive("Một.")
    for actor in (other.officer, desk.publisher):
        with pytest.raises(NotFound):
            draft_answer(session, desk.matter, numbers, "accepted", "", actor, NOW)


def test_a_comment_that_does_not_exist_is_not_found(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    desk.receive("Một.")
    with pytest.raises(NotFound):
        desk.draft(1, 99)
    assert answer_state.read(session, desk.matter.id) == []
