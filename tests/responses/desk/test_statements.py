"""The number of statements of a desk page does not grow with comments; and who has what in hand."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.answer_terms import term_of
from consult.db import new_id
from consult.errors import Invalid, NotFound
from consult.responses.answers.conclusion import in_the_way
from consult.responses.desk.assignment import assign
from consult.responses.desk.comment_case import case_of
from consult.responses.desk.counts import counts
from consult.responses.desk.listing import case_list
from consult.responses.desk.listing.case_filters import CaseFilters, Handler
from consult.responses.desk.proposals import waiting
from consult.responses.desk.shown_comments import COMMENTS
from consult.responses.sheets.review_list import sheet
from consult.responses.words import AnswerState
from consult.shown import About
from consult.submissions.acts import service as acts
from consult.submissions.models import Comment, Joiner
from consult.submissions.words import CommentActKind
from tests.builders import NOW, TODAY, make_unit
from tests.responses.desk_builder import Desk, make_desk
from tests.statements import statements_of


def _listed(desk: Desk, filters: CaseFilters) -> case_list.CasePage:
    term = term_of(desk.session, desk.matter)
    return case_list.listed(desk.session, desk.matter, filters, Handler(None), term, TODAY)


ASKED: dict[str, Callable[[Desk], object]] = {
    "list": lambda desk: _listed(desk, CaseFilters()),
    "search": lambda desk: _listed(desk, CaseFilters(words="y kien")),
    "overdue": lambda desk: _listed(desk, CaseFilters(overdue=True, mine=True)),
    "comment": lambda desk: case_of(desk.session, desk.matter, 1, None, TODAY, True),
    "approval": lambda desk: sheet(desk.session, desk.matter, AnswerState.DRAFTED, None, TODAY),
    "proposals": lambda desk: waiting(desk.session, desk.matter, None, TODAY),
    "counts": lambda desk: counts(desk.session, desk.matter),
    "in the way": lambda desk: in_the_way(desk.session, desk.matter.id),
}


def _fill(desk: Desk, how_many: int) -> None:
    numbers = desk.receive(*(f"Ý kiến {number}." for number in range(how_many)))
    assign(desk.session, desk.matter, numbers, desk.unit.id, None, desk.officer, desk.now)
    desk.draft(*numbers[: how_many // 2])
    for number in numbers[how_many // 2 : how_many // 2 + 20]:
        desk.draft(number, disposition="not_accepted", text="Vì trái luật.")
    acts.propose(desk.session, desk.matter, numbers[0], CommentActKind.WITHHELD, "insult", desk.officer, desk.now)


def test_statements_do_not_grow_with_comments(session: Session) -> None:
    desk = make_desk(session)
    sent: dict[str, list[int]] = {}
    for how_many in (5, 200):
        _fill(desk, how_many)
        for name, ask in ASKED.items():
            session.expire_all()
            assert desk.matter.closes_at
            with statements_of(session) as statements:
                ask(desk)
            sent.setdefault(name, []).append(len(statements))
    assert all(few == many <= 18 for few, many in sent.values()), sent


def test_what_a_form_shows_of_many_is_read_at_once(session: Session) -> None:
    desk = make_desk(session)
    _fill(desk, 30)
    sent = []
    for how_many in (2, 30):
        session.expire_all()
        asked = About(session, desk.officer, desk.now, desk.matter, {"numbers": list(range(1, how_many + 1))})
        assert desk.matter.closes_at
        with statements_of(session) as statements:
            assert all(one.texts["hands"] == desk.unit.name for one in COMMENTS.now(asked))
        sent.append(len(statements))
    assert sent[0] == sent[1], sent


def test_the_most_joined_come_first_when_asked(session: Session) -> None:
    desk = make_desk(session)
    first, second, third = desk.receive("Thu gom ban đêm.", "Thu gom ban ngày.", "Đốt rác.")
    for count, number in enumerate((first, third, third)):
        comment = session.scalars(select(Comment).where(Comment.number == number)).one()
        code = f"{number}-{count}"
        session.add(
            Joiner(consultation_id=desk.matter.id, id=new_id(), number=count + 1, comment_id=comment.id, at=NOW,
                   receipt={}, idempotency_hash=code, code_hash=code, secret_hash=code)
        )  # fmt: skip
    session.flush()
    assert [line.number for line in _listed(desk, CaseFilters(by_joiners=True)).lines] == [third, first, second]
    found = _listed(desk, CaseFilters(by_joiners=True, words="thu gom")).lines
    assert [line.number for line in found] == [first, second]


def test_the_latest_assignment_counts(session: Session) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    other = make_unit(session, desk.body, "Phòng Pháp chế")
    assign(session, desk.matter, [first, second], desk.unit.id, None, desk.officer, NOW)
    assign(session, desk.matter, [first], other.id, desk.people["second_officer"].id, desk.officer, NOW)
    lines = case_list.listed(session, desk.matter, CaseFilters(), Handler(None), None, TODAY).lines
    assert [(line.unit, line.person) for line in lines] == [("Phòng Pháp chế", "Lê Thị Cúc"), ("Phòng Môi trường", "")]
    assign(session, desk.matter, [first], None, None, desk.officer, NOW)
    mine = Handler(desk.people["second_officer"].id, frozenset({desk.unit.id}))
    numbers = [
        line.number for line in case_list.listed(session, desk.matter, CaseFilters(mine=True), mine, None, TODAY).lines
    ]
    assert numbers == [second]


def test_what_is_set_apart_is_found_by_nobody_by_what_it_says(session: Session) -> None:
    """Who deals with it opens it, which is recorded: a search would read it for them."""
    desk = make_desk(session)
    open_one, hidden, elsewhere = desk.receive("Thu gom rác một.", "Thu gom rác hai.", "Thu gom rác ba.")
    acts.quarantine(session, desk.matter, hidden, "", desk.officer, NOW)
    acts.pass_on(session, desk.matter, [elsewhere], "complaint", desk.officer, NOW)
    listed = case_list.listed(
        session, desk.matter, CaseFilters(words="thu gom rac"), Handler(None, senders=True), None, TODAY
    )
    assert [line.number for line in listed.lines] == [open_one] and listed.total == 1


def test_comments_are_given_to_people_of_the_desk_only(session: Session) -> None:
    desk, other = make_desk(session), make_desk(session, title="Kế hoạch khác")
    (number,) = desk.receive("Một.")
    with pytest.raises(Invalid) as wrong:
        assign(session, desk.matter, [number], other.unit.id, other.people["officer"].id, desk.officer, NOW)
    assert wrong.value.errors == {"unit": "not_a_choice", "user": "not_a_choice"}
    with pytest.raises(NotFound):
        assign(session, desk.matter, [number], desk.unit.id, None, other.officer, NOW)


def test_critiques_and_refusals_stand_first(session: Session) -> None:
    desk = make_desk(session)
    plain, refused = desk.receive("Một.", "Hai.")
    desk.draft(plain)
    desk.draft(refused, disposition="partly_accepted", text="Một phần.")
    found = sheet(session, desk.matter, AnswerState.DRAFTED, None, TODAY).drafts
    assert [draft.answer.numbers for draft in found] == [[refused], [plain]]
