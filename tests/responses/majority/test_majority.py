"""Where most people are against a clause, the matter is not concluded before it is written what is decided and why."""

import json
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.exports import service as tables
from consult.exports.official_language import official
from consult.exports.service import Format
from consult.ledger.models import LedgerEntry
from consult.responses.answers.conclusion import conclude
from consult.responses.majority import service, tally
from tests.builders import NOW
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, make_desk
from tests.responses.majority.scene import people_say, under_the_law


@pytest.fixture
def asked(session: Session) -> Desk:
    """A matter whose first clause most people are against, all of them answered."""
    made = make_desk(session)
    under_the_law(made)
    made.answer(*people_say(made))
    return made


def test_people_for_and_against_are_counted(asked: Desk) -> None:
    people_say(asked, in_favour=5, against=0)
    people_say(asked, in_favour=3, against=3, path="")
    whole, clause = tally.tallies(asked.session, asked.matter)
    assert (whole.place, whole.in_favour, whole.against, whole.to_decide) == (None, 3, 3, False)
    assert (clause.in_favour, clause.against, clause.others, clause.opinions) == (6, 6, 0, 12)
    assert clause.place is not None and clause.place.path == "d2.k1" and not clause.to_decide


def test_of_fewer_than_five_nothing_is_told_or_asked(session: Session) -> None:
    desk = make_desk(session)
    under_the_law(desk)
    people_say(desk, in_favour=0, against=4)
    assert tally.tallies(session, desk.matter) == []


def test_under_other_rules_nothing_is_asked(session: Session) -> None:
    desk = make_desk(session)
    desk.answer(*people_say(desk))
    conclude(session, desk.matter, desk.publisher, NOW)
    assert desk.matter.concluded_at is not None


def test_it_is_not_concluded_before_a_decision_is_written(asked: Desk) -> None:
    with pytest.raises(Refused) as refused:
        conclude(asked.session, asked.matter, asked.publisher, NOW)
    assert (refused.value.reason, refused.value.details) == ("majority_undecided", {"count": 1})
    assert asked.matter.concluded_at is None


def test_the_log_tells_numbers_and_the_hash_of_the_reason(asked: Desk) -> None:
    [one] = tally.tallies(asked.session, asked.matter)
    service.decide(asked.session, asked.matter, one.provision_id, False, "Luật đã định.", asked.officer, NOW)
    conclude(asked.session, asked.matter, asked.publisher, NOW)
    rows = asked.session.query(LedgerEntry).filter(LedgerEntry.consultation_id == asked.matter.id)
    *_, told, last = [json.loads(row.body) for row in rows.order_by(LedgerEntry.index)]
    assert (told["kind"], last["kind"]) == ("majority_answered", "concluded")
    assert (told["in_favour"], told["against"], told["follows"], told["anchor"]["path"]) == (1, 6, False, "d2.k1")


def test_who_decides_otherwise_says_why(asked: Desk) -> None:
    [one] = tally.tallies(asked.session, asked.matter)
    with pytest.raises(Invalid) as wrong:
        service.decide(asked.session, asked.matter, one.provision_id, False, " ", asked.officer, NOW)
    assert wrong.value.errors == {"text": "required"}
    with pytest.raises(NotFound):
        service.decide(asked.session, asked.matter, one.provision_id, True, "", asked.publisher, NOW)
    assert service.decisions(asked.session, asked.matter.id) == {}


def test_the_last_that_was_written_counts_and_nothing_after_the_end(asked: Desk) -> None:
    [one] = tally.tallies(asked.session, asked.matter)
    for text in ("Một.", "Hai."):
        service.decide(asked.session, asked.matter, one.provision_id, False, text, asked.officer, NOW)
    assert service.decisions(asked.session, asked.matter.id)[one.provision_id].text == "Hai."
    conclude(asked.session, asked.matter, asked.publisher, NOW)
    with pytest.raises(Refused, match="concluded"):
        service.decide(asked.session, asked.matter, one.provision_id, False, "Ba.", asked.officer, NOW)


def test_the_table_has_the_numbers_at_once_and_the_reason_at_the_end(asked: Desk) -> None:
    [one] = tally.tallies(asked.session, asked.matter)
    service.decide(asked.session, asked.matter, one.provision_id, False, "Luật đã định.", asked.officer, NOW)

    def words() -> str:
        made = BytesIO()
        tables.write(made, asked.session, asked.matter, Format.DOCX, NOW, official)
        return "\n".join(paragraph.text for paragraph in Document(made).paragraphs)

    assert "1 ý kiến đồng ý, 6 ý kiến không đồng ý" in words() and "Luật đã định." not in words()
    conclude(asked.session, asked.matter, asked.publisher, NOW)
    assert "Quyết định khác với ý kiến đa số, lý do: Luật đã định." in words()


def test_the_officer_writes_it_and_the_page_of_the_end_leads_there(desk: Desk, enter: Enter) -> None:
    under_the_law(desk)
    desk.answer(*people_say(desk))
    publisher = enter("publisher")
    end = publisher.get(f"/xu-ly/{desk.matter.slug}/ket-thuc/")
    assert "Còn nội dung đa số không đồng ý" in end.text and "Kết thúc và công bố kết quả" not in end.text
    here = end.link("khoản 1 Điều 2: 1 ý kiến đồng ý, 6 ý kiến không đồng ý")
    officer = enter("officer")
    wrong = officer.get(here).submit({"way": "differs"}, "Lưu")
    assert wrong.status == 422
    listed = officer.get(here).submit({"way": "differs", "Lý do": "Luật đã định."}, "Lưu")
    assert "khác với ý kiến đa số, đã nêu lý do" in listed.text
    ended = publisher.get(f"/xu-ly/{desk.matter.slug}/ket-thuc/").submit({}, "Kết thúc và công bố kết quả")
    assert "Đã kết thúc đợt lấy ý kiến" in ended.text
    public = officer.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/")
    assert "Luật đã định." in public.text
