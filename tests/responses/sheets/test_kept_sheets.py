"""What a leader approves is what stands on the paper: one hash over the list, kept with each approval."""

from hashlib import sha256

import pytest
from sqlalchemy.orm import Session

from consult.errors import NotFound, Refused
from consult.responses.answers import answer_state, kept_sheets, list_hash
from consult.responses.answers.approval import send_back
from consult.responses.models import ResponseApproval
from consult.responses.sheets import listed
from tests.builders import NOW
from tests.responses.desk_builder import Desk, make_desk


def _sheets_of(desk: Desk) -> dict[int, int]:
    """By the number of an answer: the number of the sheet on which it was decided."""
    found = answer_state.read(desk.session, desk.matter.id)
    sheets = kept_sheets.decided_on(desk.session, desk.matter.id, found)
    return {one.response.number: sheets[one.response.id].number for one in found if one.response.id in sheets}


def test_what_is_approved_later_in_parts_names_the_sheet_that_was_laid(session: Session) -> None:
    desk = make_desk(session)
    drafts = [desk.draft(number) for number in desk.receive("Một.", "Hai.", "Ba.")]
    sheet = kept_sheets.draw_up(session, desk.matter, desk.officer, NOW)
    desk.approve(drafts[0])
    chosen = [(drafts[1].id, desk.hash_of(drafts[1]))]
    send_back(session, desk.matter, chosen, "Nêu rõ.", desk.leader, NOW)
    desk.approve(drafts[2])
    assert _sheets_of(desk) == {1: 1, 2: 1, 3: 1}
    found = listed.listed(session, sheet)
    assert [one.word.approved for one in found if one.word] == [True, False, True]
    assert listed.intact(sheet, found)


def test_a_newer_version_is_on_another_sheet(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    draft = desk.draft(*numbers)
    first = kept_sheets.draw_up(session, desk.matter, desk.officer, NOW)
    desk.draft(*numbers, text="Khác.", response_id=draft.id)
    desk.approve(draft)
    assert _sheets_of(desk) == {1: 2}
    (one,) = listed.listed(session, first)
    assert (one.version.version, one.changed, one.word) == (1, True, None)


def test_without_a_paper_the_decision_makes_its_own_sheet(session: Session) -> None:
    desk = make_desk(session)
    drafts = [desk.draft(number) for number in desk.receive("Một.", "Hai.")]
    desk.approve(drafts[1])
    (sheet,) = kept_sheets.all_of(session, desk.matter.id)
    assert sheet.entries == [[2, 1, desk.hash_of(drafts[1])]]
    assert session.query(ResponseApproval).one().sheet_id == sheet.id


def test_the_same_list_is_the_same_sheet_and_nothing_is_none(session: Session) -> None:
    desk = make_desk(session)
    with pytest.raises(Refused, match="nothing_to_approve"):
        kept_sheets.draw_up(session, desk.matter, desk.officer, NOW)
    desk.draft(*desk.receive("Một."))
    assert len({kept_sheets.draw_up(session, desk.matter, desk.officer, NOW).number for _time in (1, 2)}) == 1
    desk.draft(*desk.receive("Hai."))
    assert kept_sheets.draw_up(session, desk.matter, desk.officer, NOW).number == 2
    with pytest.raises(NotFound):
        kept_sheets.draw_up(session, desk.matter, desk.publisher, NOW)


def test_a_hash_is_computed_again_by_anybody_and_tells_what_was_tampered_with(session: Session) -> None:
    desk = make_desk(session)
    desk.draft(*desk.receive("Một."))
    sheet = kept_sheets.draw_up(session, desk.matter, desk.officer, NOW)
    assert sha256(list_hash.written(desk.matter.id, sheet.entries)).hexdigest() == sheet.hash
    number, version, _hash = sheet.entries[0]
    sheet.entries = [[number, version, "0" * 64]]
    assert not listed.intact(sheet, listed.listed(session, sheet))
