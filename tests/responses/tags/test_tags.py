"""Tags are put on many, narrow the list, are renamed and merged, and nobody outside the desk sees one."""

import pytest
from sqlalchemy.orm import Session

from consult.errors import Invalid, Refused
from consult.responses.rules import service as rules
from consult.responses.rules.matching import NewRule
from consult.responses.tags import reading, service
from tests.builders import NOW
from tests.pages import Browser
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, make_desk


def counted(desk: Desk) -> dict[str, int]:
    """How many comments have each tag."""
    return {one.name: one.count for one in reading.counted(desk.session, desk.matter.id)}


def put_on(desk: Desk, name: str, *numbers: int) -> None:
    """An officer tags."""
    service.put_on(desk.session, desk.matter, numbers, name, desk.officer, NOW)


def test_a_name_is_known_whatever_its_accents(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", "Hai.")
    put_on(desk, "Rác thải", 1)
    put_on(desk, "  rac  THAI ", 1, 2)
    assert counted(desk) == {"Rác thải": 2}
    service.take_off(session, desk.matter, [1], "RÁC THẢI", desk.officer, NOW)
    assert counted(desk) == {"Rác thải": 1}


def test_a_merged_tag_is_gone_and_so_from_rules(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", "Hai.")
    put_on(desk, "Phí", 1, 2)
    put_on(desk, "Lệ phí", 2)
    rules.save(session, desk.matter, NewRule(tag=2, unit_id=desk.unit.id), desk.officer, NOW)
    service.merge(session, desk.matter, 2, 1, desk.officer, NOW)
    assert counted(desk) == {"Phí": 2}
    assert rules.carry_out(session, desk.matter, desk.officer, NOW).given == [1, 2]


def test_a_name_that_another_has_is_not_taken(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.")
    put_on(desk, "Phí", 1)
    put_on(desk, "Rác", 1)
    with pytest.raises(Invalid, match="tag_exists"):
        service.rename(session, desk.matter, 2, "phi", desk.officer, NOW)
    service.rename(session, desk.matter, 2, "RÁC", desk.officer, NOW)
    assert sorted(counted(desk)) == ["Phí", "RÁC"]


def test_a_tag_in_use_stays(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.")
    put_on(desk, "Phí", 1)
    with pytest.raises(Refused, match="tag_in_use"):
        service.let_go(session, desk.matter, 1, desk.officer, NOW)
    service.take_off(session, desk.matter, [1], "Phí", desk.officer, NOW)
    service.let_go(session, desk.matter, 1, desk.officer, NOW)
    assert counted(desk) == {}


def test_from_the_list_to_the_filter(desk: Desk, enter: Enter) -> None:
    first, second = desk.receive("Nên thu gom hằng ngày.", "Nên thu gom hai ngày một lần.")
    desk.release(first, second)
    officer = enter("officer")
    listed = officer.get(f"/xu-ly/{desk.matter.slug}/")
    done = listed.submit({"comment": [str(first)], "tag_name": "Lịch thu gom"}, "Gắn nhãn")
    assert "Đã gắn nhãn" in done.text
    narrowed = officer.get(f"/xu-ly/{desk.matter.slug}/?tag=1")
    assert "Nên thu gom hằng ngày." in narrowed.text and "hai ngày một lần" not in narrowed.text
    assert "Lịch thu gom" not in Browser(officer.client.application).get(f"/lay-y-kien/{desk.matter.slug}/").text
    tags = officer.get(f"/xu-ly/{desk.matter.slug}/nhan/").submit({"tag_name": "Lịch"}, "Đổi tên")
    assert "Lịch: 1 ý kiến" in tags.text


def test_what_is_wrong_is_told_at_the_field(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/").submit({"comment": [str(number)]}, "Gắn nhãn")
    assert page.status == 422 and page.errors() == ["Nhãn: Xin nhập nội dung này"]


def test_the_english_pages_of_tags_and_rules(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Một.")
    put_on(desk, "Phí", number)
    rules.save(desk.session, desk.matter, NewRule(tag=1, unit_id=desk.unit.id), desk.officer, desk.now)
    officer = enter("officer")
    assert "Phí: 1 comment" in officer.get(f"/en/xu-ly/{desk.matter.slug}/nhan/").text
    assert "with the tag “Phí” → Phòng Môi trường" in officer.get(f"/en/xu-ly/{desk.matter.slug}/quy-tac/").text
    assert "Blank comments" in officer.get(f"/en/xu-ly/{desk.matter.slug}/de-trong/").text
