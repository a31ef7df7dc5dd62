"""Comments on an earlier revision at the provisions that came of those they were made about: counted, listed, told."""

from sqlalchemy.orm import Session

from consult.consultations.revisions import match_corrections, matching, next_revision
from consult.consultations.revisions.match_corrections import Side
from consult.reading.comments.current_clause import CurrentClause, later
from consult.reading.comments.filters import CommentFilters
from consult.reading.comments.listing import page_of
from consult.submissions.comments import earlier_comments
from consult.submissions.inputs import AnchorInput, CommentInput
from tests.builders import NOW
from tests.consultations.revised import SECOND, add, revise
from tests.responses.desk_builder import comment, make_desk
from tests.statements import statements_of


def test_counts_and_lists_follow_the_provisions(session: Session) -> None:
    desk = make_desk(session)
    made, actor = desk.matter, desk.publisher
    desk.receive(comment("Về khoản 2.", "d2.k2"), comment("Về điểm a.", "d2.k1.pa"), comment("Về Điều 3.", "d3"))
    second = add(session, made, actor)
    matching.match_revision(session, made, second, actor, NOW)
    match_corrections.pair(session, made, second, Side.OLD, "d2.k2", ["d4", "d2.k1"], actor, NOW)
    next_revision.publish_revision(session, made, second, actor, NOW)
    assert earlier_comments.counts_by_path(session, made, second) == {
        "d4": {1: 1}, "d2.k1": {1: 1}, "d2.k1.pa": {1: 1}, "d3": {1: 1},
    }  # fmt: skip
    desk.receive(comment("Về Điều 4 mới.", "d4"))
    third = revise(session, made, actor, SECOND + "\n\nHết.")
    assert earlier_comments.counts_by_path(session, made, third)["d4"] == {1: 1, 2: 1}

    def numbers(revision: int | None, path: str) -> set[int]:
        wanted = CommentFilters(anchor=AnchorInput(1, revision, path))
        return {item.comment.number for item in page_of(session, made, wanted, 1).items}

    assert numbers(3, "d4") == {1, 4} and numbers(2, "d4") == {1, 4} and numbers(3, "d2") == {1, 2}
    assert (
        numbers(1, "d2") == {1, 2} and numbers(1, "d4") == numbers(3, "d99") == set() and numbers(None, "d4") == {1, 4}
    )
    assert later(session, made, 1) == CurrentClause(3, ("d2.k1", "d4"))
    assert later(session, made, 2) == CurrentClause(3, ("d2.k1.pa",))


def test_statements_do_not_grow_with_comments(session: Session) -> None:
    desk = make_desk(session)
    second = revise(session, desk.matter, desk.publisher)
    for _ in ("few", "many"):
        anchors = [AnchorInput(1, 1, path) for path in ("d1", "d2.k1", "d2.k2")]
        desk.receive(*(CommentInput("Ý kiến.", anchor) for anchor in anchors))
        session.refresh(second), session.refresh(desk.matter)
        with statements_of(session) as said:
            earlier_comments.counts_by_path(session, desk.matter, second)
        assert len(said) == 2, said
