"""The order in which many answers are read, what stands open, and how long a page is."""

from sqlalchemy.orm import Session

from consult.responses.sheets import reading_order
from consult.responses.sheets.reading_order import PAGE, Standing
from consult.responses.words import AnswerState
from consult.submissions.words import Stance
from tests.responses.desk_builder import Desk, comment, make_desk


def _ordered(desk: Desk, state: AnswerState = AnswerState.DRAFTED) -> list[Standing]:
    return reading_order.ordered(desk.session, desk.matter, state)


def test_refusals_and_disputed_clauses_stand_open_before_the_rest(session: Session) -> None:
    desk = make_desk(session)
    plain, refused = desk.receive(comment("Một.", "d2.k1.pdd"), comment("Hai.", "d2.k1.pdd"))
    split = desk.receive(comment("Ba.", stance=Stance.SUPPORT), comment("Bốn.", stance=Stance.OPPOSE))
    for number in (plain, *split):
        desk.draft(number)
    desk.draft(refused, disposition="not_accepted", text="Trái luật.")
    found = _ordered(desk)
    assert [one.answer.numbers[0] for one in found] == [refused, *split, plain]
    assert [one.opened for one in found] == [True, True, True, False]


def test_a_clause_is_disputed_no_more_once_one_side_is_withdrawn_or_says_another_thing(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive(comment("Một.", stance=Stance.SUPPORT), comment("Hai.", stance=Stance.SUPPORT_WITH_CHANGES))
    for number in numbers:
        desk.draft(number)
    assert not any(one.disputed for one in _ordered(desk))


def test_what_is_approved_stands_folded(session: Session) -> None:
    desk = make_desk(session)
    desk.approve(desk.draft(*desk.receive("Một."), disposition="not_accepted", text="Trái luật."))
    assert [one.opened for one in _ordered(desk, AnswerState.APPROVED)] == [False]


def test_a_page_is_filled_and_never_longer_than_it_may_be(session: Session) -> None:
    desk = make_desk(session)
    for number in desk.receive(*(f"Ý kiến {number}." for number in range(40))):
        desk.draft(number, disposition="not_accepted", text="Chưa có cơ sở pháp lý. " * 30)
    pages = reading_order.pages(_ordered(desk))
    heights = [sum(one.height for one in page) for page in pages]
    assert len(pages) > 2 and sum(map(len, pages)) == 40
    assert all(height <= PAGE for height in heights)
    assert all(height + pages[place + 1][0].height > PAGE for place, height in enumerate(heights[:-1]))


def test_an_answer_longer_than_a_page_has_one_of_its_own(session: Session) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    desk.draft(first, disposition="not_accepted", text="Không.\n" * 2_000)
    desk.draft(second, disposition="not_accepted", text="Trái luật.")
    assert [len(page) for page in reading_order.pages(_ordered(desk))] == [1, 1]
    assert reading_order.pages([]) == [[]]
