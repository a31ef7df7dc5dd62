"""The consolidated table: the order of the document, one row for one answer, nothing private in the public one."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.people.words import OrganisationKind
from consult.responses.answers.conclusion import conclude
from consult.responses.table import counts as table_counts
from consult.responses.table import service as table
from consult.responses.table.service import Section
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import AnchorInput, CommentInput, Sender
from consult.submissions.words import CommentActKind, SubmissionKind
from tests.builders import NOW, make_area, make_organisation
from tests.responses.desk import Desk, comment, make_desk


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements that the block sends to the database."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _paths(desk: Desk, **given: bool) -> list[tuple[str, str]]:
    return [(group.section.value, group.path) for group in table.rows(desk.session, desk.matter, **given)]


def test_it_is_ordered_as_the_document_is(session: Session) -> None:
    desk = make_desk(session)
    desk.receive(
        comment("Về hiệu lực.", "d3"),
        comment("Về điểm đ.", "d2.k1.pdd"),
        comment("Về điểm d.", "d2.k1.pd"),
        comment("Về phạm vi.", "d1"),
        comment("Chung.", ""),
        CommentInput("Về dự thảo nói chung.", AnchorInput()),
    )
    assert _paths(desk) == [
        ("general", ""),
        ("general", ""),
        ("provisions", "d1"),
        ("provisions", "d2.k1.pd"),
        ("provisions", "d2.k1.pdd"),
        ("provisions", "d3"),
    ]


def test_one_answer_to_several_at_one_place_is_one_row(session: Session) -> None:
    desk = make_desk(session, disclosure=Disclosure.AT_ONCE)
    first, second, third, elsewhere = desk.receive("Một.", "Hai.", "Ba.", comment("Bốn.", "d3"))
    desk.answer(first, third, elsewhere, text="Đã sửa.")
    groups = table.rows(session, desk.matter)
    told = [[tuple(one.number for one in row.opinions) for row in group.rows] for group in groups]
    assert told == [[(first, third), (second,)], [(elsewhere,)]]
    answer = groups[0].rows[0].answer
    assert answer is not None
    assert (answer.text, answer.numbers) == ("Đã sửa.", (first, third, elsewhere))
    assert groups[0].rows[1].answer is None


def test_the_public_table_shows_only_what_is_public(session: Session) -> None:
    desk = make_desk(session)
    area = make_area(session)
    sender = Sender(name="Lý Thị Kín", area_id=area.id)
    shown, hidden, waiting = desk.receive("Mở.", "Xúc phạm.", "Chưa xem.", sender=sender)
    acts.release(session, desk.matter, [shown], desk.officer, NOW)
    act = acts.propose(session, desk.matter, hidden, CommentActKind.WITHHELD, "insult", desk.officer, NOW)
    acts.confirm(session, desk.matter, act.id, desk.leader, NOW)
    desk.answer(hidden, text="Trả lời riêng.")
    desk.answer(shown, text="Trả lời chung.")
    rows = table.rows(session, desk.matter)[0].rows
    assert [(row.opinions[0].text, row.opinions[0].shown, row.opinions[0].visibility_reason) for row in rows] == [
        ("Mở.", True, ""),
        ("", False, "insult"),
        ("", False, ""),
    ]
    assert [row.answer.text if row.answer else "-" for row in rows] == ["Trả lời chung.", None, "-"]
    assert "Kín" not in repr(rows)
    private = table.rows(session, desk.matter, include_private=True)[0].rows
    assert [row.opinions[0].text for row in private] == ["Mở.", "Xúc phạm.", "Chưa xem."]
    assert private[1].answer is not None and private[1].answer.text == "Trả lời riêng."
    assert private[0].opinions[0].sender == "Lý Thị Kín"
    assert waiting


def test_what_was_passed_on_looks_like_what_waits_and_is_never_in_the_desks_own(session: Session) -> None:
    desk = make_desk(session)
    waiting, passed = desk.receive("Chờ.", "Tố cáo ông A.")
    acts.pass_on(session, desk.matter, [passed], "", desk.officer, NOW)
    shown = [row.opinions[0] for row in table.rows(session, desk.matter)[0].rows]
    assert [(one.number, one.text, one.visibility) for one in shown] == [
        (waiting, "", shown[0].visibility),
        (passed, "", shown[0].visibility),
    ]
    assert "Tố cáo" not in repr(table.rows(session, desk.matter, include_private=True))
    desk.answer(waiting)
    conclude(session, desk.matter, desk.publisher, NOW)
    assert [row.opinions[0].number for row in table.rows(session, desk.matter)[0].rows] == [waiting]


def test_what_ended_otherwise_is_left_out_and_counted_so(session: Session) -> None:
    desk = make_desk(session)
    first, invalid, whole = desk.receive("Một.", "Thử.", "Hai việc.")
    act = acts.propose(session, desk.matter, invalid, CommentActKind.INVALID, "trial", desk.officer, NOW)
    acts.confirm(session, desk.matter, act.id, desk.leader, NOW)
    parts = acts.split(session, desk.matter, whole, [comment("A."), comment("B.")], desk.officer, NOW)
    desk.answer(first, disposition="not_accepted", text="Vì trái luật.")
    numbers = [one.number for group in table.rows(session, desk.matter) for row in group.rows for one in row.opinions]
    assert numbers == [first, *(part.number for part in parts)]
    told = table_counts.counts(session, desk.matter)
    assert (told.opinions, told.awaiting, told.asked) == (3, 2, 0)
    assert {word.value: number for word, number in told.answered.items() if number} == {"not_accepted": 1}


def test_who_contributed_in_words(session: Session) -> None:
    desk = make_desk(session, disclosure=Disclosure.AT_ONCE)
    area = make_area(session, "Xã Phong Quang")
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, name="Ủy ban Mặt trận tỉnh")
    desk.receive("Một.", sender=Sender(name="Lý A", publish_name=True, area_id=area.id))
    desk.receive("Hai.", sender=Sender(name="Lý B", area_id=area.id))
    desk.receive("Ba.")
    desk.receive("Bốn.", kind=SubmissionKind.FORMAL, sender=Sender(organisation_id=front.id))

    def say(code: str, **values: str) -> str:
        return f"{code} {values}" if values else code

    opinions = [row.opinions[0] for row in table.rows(session, desk.matter)[0].rows]
    assert [table_counts.contributor(one, say) for one in opinions] == [
        "table.named {'name': 'Lý A', 'area': 'xã Phong Quang'}",
        "table.citizen_of {'area': 'xã Phong Quang'}",
        "table.citizen",
        "Ủy ban Mặt trận tỉnh",
    ]


def test_statements_do_not_grow_with_opinions(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN, disclosure=Disclosure.AT_ONCE)
    desk.answer(*desk.receive(*(f"Ý kiến {number}." for number in range(5))))
    with counted(session) as few:
        assert sum(len(group.rows) for group in table.rows(session, desk.matter)) == 1
    for number in desk.receive(*(f"Ý kiến {number}." for number in range(200)))[:20]:
        desk.draft(number)
    with counted(session) as many:
        assert table.rows(session, desk.matter)[0].section is Section.PROVISIONS
    assert len(few) == len(many) <= 9, few
