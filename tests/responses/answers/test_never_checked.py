"""What ended before anybody released it is in check no more: in the sums, in the lists, and beside the comment."""

from sqlalchemy.orm import Session

from consult.responses.answers import blockers, public_sums
from consult.submissions.acts import service as acts
from consult.submissions.words import CommentActKind
from tests.builders import NOW
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, make_desk


def ended(desk: Desk) -> tuple[int, int, int]:
    """One that waits, one that is invalid, one that was passed on: none of them was released."""
    waits, invalid, gone = desk.receive("Chờ.", "Thử.", "Tố cáo.")
    desk.by_two(invalid, CommentActKind.INVALID, "trial")
    acts.pass_on(desk.session, desk.matter, [gone], "", desk.officer, desk.now)
    return waits, invalid, gone


def test_the_sum_tells_what_nobody_will_release(session: Session) -> None:
    desk = make_desk(session)
    waits, _invalid, _gone = ended(desk)
    held, also = desk.receive("Giữ.", "Giữ nữa.")
    for number in (held, also):
        acts.quarantine(session, desk.matter, number, "", desk.officer, NOW)
    desk.by_two(also, CommentActKind.INVALID, "trial")
    _outcome, visibility = public_sums.told(session, desk.matter.id)
    assert (visibility["in_check"], visibility["quarantined"]) == (3, 2)
    assert visibility["ended"] == {"in_check": 2, "quarantined": 1}
    assert blockers.in_the_way(session, desk.matter.id).unseen == (waits, held)


def test_pages_count_as_in_check_what_waits_for_it_alone(desk: Desk, enter: Enter) -> None:
    waits, invalid, _gone = ended(desk)
    desk.answer(waits)
    desk.release(waits)
    desk.session.commit()
    officer = enter("officer")
    page = officer.get(f"/lay-y-kien/{desk.matter.slug}/")
    # Of what there is none, nothing is said.
    assert "không xét công khai" in page.text and "đang kiểm tra trước khi công khai" not in page.text
    listed = officer.get(f"/xu-ly/{desk.matter.slug}/")
    assert "0 ý kiến chờ kiểm tra để công khai" in listed.text
    assert "Thử." not in officer.get(f"/xu-ly/{desk.matter.slug}/?visibility=in_check").text
    assert "không xét công khai" in officer.get(f"/xu-ly/{desk.matter.slug}/y-kien/{invalid}/").text
    told = officer.get(f"/lay-y-kien/{desk.matter.slug}/y-kien/{invalid}/").text
    assert "ý kiến được ghi nhận là không hợp lệ" in told and "đang được kiểm tra" not in told
