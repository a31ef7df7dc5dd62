"""A person confirms, splits and moves; it is kept who, when and why, and nothing found anew undoes it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.similar.arriving.following import rebuild
from consult.similar.deciding import service
from consult.similar.models import GroupAct, SimilarMember
from consult.submissions.models import Comment
from consult.submissions.words import Stance
from tests.builders import NOW
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.similar.campaign import ADDED, ALONE, NEAR, SAMPLE, SIGNED, followed, places, together


@pytest.fixture
def desk(session: Session) -> Desk:
    found = make_desk(session)
    for text in (SAMPLE, SIGNED, NEAR, ADDED, ALONE):
        found.receive(text)
    followed(found)
    return found


def said(desk: Desk, number: int) -> str:
    """The text of a comment as groups know it."""
    return desk.session.scalars(
        select(SimilarMember.said).join(SimilarMember.comment).where(Comment.number == number)
    ).one()


def acts(desk: Desk) -> list[tuple[str, str]]:
    return [(act.kind.value, act.reason) for act in desk.session.scalars(select(GroupAct).order_by(GroupAct.id))]


def split(desk: Desk, *numbers: int, reason: str = "Nói về việc khác.") -> int:
    return service.split(
        desk.session, desk.matter, 1, [said(desk, number) for number in numbers], reason, desk.officer, NOW
    )


def move(desk: Desk, number: int, to: int | None, reason: str = "Cùng một ý.") -> int:
    return service.move(desk.session, desk.matter, number, to, reason, desk.officer, NOW)


def test_a_group_is_confirmed_once(desk: Desk) -> None:
    service.confirm(desk.session, desk.matter, 1, desk.officer, NOW)
    with pytest.raises(Refused, match="group_confirmed_already"):
        service.confirm(desk.session, desk.matter, 1, desk.second_officer, NOW)
    assert acts(desk) == [("confirmed", "")]


def test_texts_that_were_taken_out_stay_out_and_their_copies_follow(desk: Desk) -> None:
    new = split(desk, 4)
    assert places(desk)[4] == (new, "identical")
    desk.receive(ADDED)
    followed(desk)
    rebuild(desk.session, desk.matter.id)
    desk.session.expire_all()
    assert together(desk) == [[1, 2, 3], [4, 6], [5]]
    assert acts(desk) == [("split", "Nói về việc khác.")] * 2


def test_a_comment_that_was_moved_stays_there(desk: Desk) -> None:
    other = places(desk)[5][0]
    assert move(desk, 3, other) == other
    for _again in range(2):
        followed(desk)
        rebuild(desk.session, desk.matter.id)
        desk.session.expire_all()
    assert together(desk) == [[1, 2, 4], [3, 5]]


def test_a_comment_can_be_put_by_itself_and_back(desk: Desk) -> None:
    alone = move(desk, 1, None)
    assert places(desk)[1] == (alone, "identical")
    assert move(desk, 1, 1) == 1
    assert together(desk) == [[1, 2, 3, 4], [5]]
    assert places(desk)[1] == (1, "identical")


def test_whom_a_person_put_there_stays_when_they_say_something_else(desk: Desk) -> None:
    move(desk, 5, 1)
    assert places(desk)[5] == (1, "near")
    followed(desk)
    assert places(desk)[5] == (1, "near")


def test_who_agrees_is_never_put_with_who_refuses(desk: Desk) -> None:
    for stance in (Stance.SUPPORT, Stance.OPPOSE):
        desk.receive(comment(ALONE, stance=stance))
    followed(desk)
    with pytest.raises(Refused, match="group_other_leaning"):
        move(desk, 6, places(desk)[7][0])


def test_what_was_looked_at_holds_for_the_texts_that_were_shown(desk: Desk) -> None:
    group = service.group_of(desk.session, desk.matter.id, 1)
    service.look(desk.session, desk.matter, 1, [said(desk, 3), "something else"], desk.officer, NOW)
    assert service.looked_at(desk.session, group) == {said(desk, 3)}
    service.look(desk.session, desk.matter, 1, [said(desk, 3)], desk.officer, NOW)
    assert len(acts(desk)) == 1


def test_nothing_is_looked_at_any_more_beside_another_sample(desk: Desk) -> None:
    group = service.group_of(desk.session, desk.matter.id, 1)
    service.look(desk.session, desk.matter, 1, [said(desk, 3)], desk.officer, NOW)
    for _one in range(3):
        desk.receive(ADDED)
    followed(desk)
    assert service.looked_at(desk.session, group) == set()


Ask = Callable[[Desk], object]
REFUSED: dict[str, tuple[Ask, type[Exception]]] = {
    "no reason to split": (lambda desk: split(desk, 3, reason=" "), Invalid),
    "no reason to move": (lambda desk: move(desk, 3, None, ""), Invalid),
    "nothing chosen": (lambda desk: service.split(desk.session, desk.matter, 1, [], "x", desk.officer, NOW), Refused),
    "the whole group": (lambda desk: split(desk, 1, 3, 4), Refused),
    "where it is": (lambda desk: move(desk, 3, 1), Refused),
    "alone already": (lambda desk: move(desk, 5, None), Refused),
    "no such group": (lambda desk: move(desk, 3, 99), NotFound),
    "no such comment": (lambda desk: move(desk, 99, 1), NotFound),
    "a publisher": (lambda desk: service.confirm(desk.session, desk.matter, 1, desk.publisher, NOW), NotFound),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_what_is_refused_leaves_nothing_behind(desk: Desk, case: str) -> None:
    before = together(desk)
    ask, wrong = REFUSED[case]
    with pytest.raises(wrong):
        ask(desk)
    assert together(desk) == before
    assert acts(desk) == []
