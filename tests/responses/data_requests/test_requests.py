"""What people ask of their data: taken down, its clock, copies and corrections; and what an erasure refuses."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.api import comments
from consult.consultations.words import Disclosure
from consult.errors import Invalid, NotFound, Refused
from consult.exports.official_language import official
from consult.files.store import FileStore
from consult.ledger.models import LedgerEntry
from consult.people.models import Correction
from consult.policy import Actor
from consult.responses.answers import repeated
from consult.responses.data_requests import copies, correcting, erasure, service, standing
from consult.responses.data_requests.models import DataRequest
from consult.responses.data_requests.words import Checked, RequestKind
from consult.submissions.acts import service as acts
from consult.submissions.inputs import NewSubmission, Sender
from consult.submissions.joining.service import NewJoining, join
from consult.submissions.models import CommentVersion, Submission
from consult.submissions.receiving.commitments import name_corrected
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind, ContactKind
from consult.transparency.verification.service import verify
from tests.application import CODES
from tests.builders import DRAFT, NOW, make_organisation
from tests.pages import Browser, Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import SIGNER, Desk, comment, make_desk

SENDER = Sender("Nguyễn Thị Hoa", contact_kind=ContactKind.MAIL, contact="hoa@example.test", place_said="Xóm Đông")
DAYS = 2


def sent_by(desk: Desk, number: int) -> Submission:
    """What the comment of this number was sent in."""
    rows = select(Submission).join(Submission.comments)
    return next(one for one in desk.session.scalars(rows) if number in [own.number for own in one.comments])


def ask(desk: Desk, kind: str, number: int = 1, said: str = "Xin giúp.") -> int:
    """The sender of a comment asks by both codes."""
    return service.ask(desk.session, desk.matter, sent_by(desk, number), kind, said, NOW).number


def erase(desk: Desk, number: int, *scope: str, by: Actor | None = None) -> None:
    """One officer proposes, another confirms."""
    erasure.propose(desk.session, desk.matter, number, scope, desk.officer, NOW)
    erasure.confirm(desk.session, desk.matter, number, by or desk.second_officer, NOW)


def test_the_clock_counts_working_days(session: Session) -> None:
    # Tuesday, 24 November is a holiday of 2026.
    desk = make_desk(session)
    desk.receive("Một.", sender=SENDER)
    number = ask(desk, "copy")
    found = standing.one_of(session, desk.matter.id, number, DAYS)
    assert found.due_on == date(2026, 11, 26) and not found.overdue(date(2026, 11, 26))
    assert found.overdue(date(2026, 11, 27)) and standing.how_many_wait(session, desk.matter.id) == 1
    service.note_copy(session, desk.matter, number, desk.officer, NOW)
    found = standing.one_of(session, desk.matter.id, number, DAYS)
    assert not found.is_open and not found.overdue(date(2027, 1, 1))
    assert standing.how_many_wait(session, desk.matter.id) == 0


def test_the_same_is_not_asked_twice_while_it_waits(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", sender=SENDER)
    number = ask(desk, "erasure")
    with pytest.raises(Refused, match="data_asked_already"):
        ask(desk, "erasure")
    service.decline(session, desk.matter, number, "Không phải người gửi.", desk.officer, NOW)
    assert ask(desk, "erasure") == number + 1
    with pytest.raises(Refused, match="data_request_ended"):
        service.decline(session, desk.matter, number, "Lần nữa.", desk.officer, NOW)


def test_a_body_is_no_person(session: Session) -> None:
    desk = make_desk(session)
    body = make_organisation(session)
    desk.receive("Một.", sender=Sender("Sở Tư pháp", organisation_id=body.id))
    with pytest.raises(Refused, match="data_of_a_body"):
        ask(desk, "erasure")


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (("", "", "codes"), {"data_kind": "choose_one"}),
        (("correction", "  ", "codes"), {"said": "required"}),
        (("copy", "x" * 2_001, "codes"), {"said": "too_long"}),
        (("copy", "", "name"), {"checked": "choose_one"}),
    ],
)
def test_what_is_taken_down_at_the_desk(session: Session, typed: tuple[str, str, str], errors: dict[str, str]) -> None:
    desk = make_desk(session)
    desk.receive("Một.")
    with pytest.raises(Invalid) as invalid:
        service.take_down(session, desk.matter, 1, *typed, desk.officer, NOW)
    assert invalid.value.errors == errors and session.scalars(select(DataRequest)).all() == []
    with pytest.raises(Invalid) as invalid:
        service.take_down(session, desk.matter, 9, *typed, desk.officer, NOW)
    # How a sender can be known is known with the comment.
    assert invalid.value.errors == {"comment": "no_such_comment", **{k: v for k, v in errors.items() if k != "checked"}}


def test_a_copy_has_everything_that_is_held(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", "Hai.", sender=SENDER)
    ask(desk, "copy")
    made = copies.copy_of(session, desk.matter, sent_by(desk, 1), NOW)
    assert made["sender"]["name"] == "Nguyễn Thị Hoa" and made["sender"]["contact"] == "hoa@example.test"
    assert [one["versions"][0]["text"] for one in made["comments"]] == ["Một.", "Hai."]
    assert made["requests"][0]["said"] == "Xin giúp." and json.dumps(made)


def test_a_name_is_put_right_and_the_log_holds(session: Session, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    files.put(DRAFT.encode())
    desk = make_desk(session)
    desk.receive("Một.", sender=SENDER)
    number = ask(desk, "correction")
    correcting.correct(session, desk.matter, number, "Nguyễn Thị Hòa", "Xóm Đông", "", desk.officer, NOW)
    assert sent_by(desk, 1).sender_name == "Nguyễn Thị Hòa"
    kept = session.scalars(select(Correction)).one()
    assert (kept.field, kept.old, kept.new) == ("sender_name", "Nguyễn Thị Hoa", "Nguyễn Thị Hòa")
    session.expire_all()
    assert list(verify(session, desk.matter, files, SIGNER))


def test_what_outsiders_cannot_check_any_more_is_shown_no_more(session: Session, verifier: ModuleType) -> None:
    desk = make_desk(session, disclosure=Disclosure.AT_ONCE)
    desk.receive("Một.", sender=replace(SENDER, publish_name=True))
    [before] = comments.page(session, desk.matter, 0, official)
    number = ask(desk, "correction")
    correcting.correct(session, desk.matter, number, "Nguyễn Thị Hòa", "Xóm Đông", "", desk.officer, NOW)
    session.expire_all()
    [after] = comments.page(session, desk.matter, 0, official)
    assert before["sender"] == "Nguyễn Thị Hoa" and after["sender"] is None
    entries = session.scalars(select(LedgerEntry.body).where(LedgerEntry.kind == "received"))
    [received] = [json.loads(body) for body in entries]
    for told in (before, after):
        verifier.check_sender(1, received, told, set())


def test_a_page_says_why_a_name_that_was_public_is_gone(app: Flask, desk: Desk) -> None:
    session = desk.session
    [number] = desk.receive("Một.", sender=replace(SENDER, publish_name=True))
    [other] = desk.receive("Hai.", sender=SENDER)
    [moved] = desk.receive("Ba.", sender=replace(SENDER, publish_name=True))
    desk.release(number, other, moved)
    told = [("Nguyễn Thị Hòa", "Xóm Đông"), ("Nguyễn Thị Hòa", "Xóm Đông"), ("Nguyễn Thị Hoa", "Xóm Tây")]
    for one, (name, place) in enumerate(told, start=1):
        asked = service.take_down(
            session, desk.matter, one, RequestKind.CORRECTION, "Xin giúp.", Checked.CODES, desk.officer, NOW
        )
        correcting.correct(session, desk.matter, asked.number, name, place, "", desk.officer, NOW)
    session.commit()
    address = f"/lay-y-kien/{desk.matter.slug}/y-kien"
    why = "thông tin người gửi đã được sửa nên họ tên không còn hiển thị"
    said, unnamed, placed = (Browser(app).get(f"{address}/{one}/").text for one in (number, other, moved))
    assert why in said and "Nguyễn Thị Ho" not in said and why not in unnamed
    assert why in placed and "Nguyễn Thị Ho" not in placed, "a place that was put right is no name that was"


def test_no_page_says_that_a_correction_hid_a_name_that_its_owner_took_back(app: Flask, desk: Desk) -> None:
    """Their reason is theirs; the desk is told that the name is not public, either way."""
    session = desk.session
    [number] = desk.receive("Một.", sender=replace(SENDER, publish_name=True))
    desk.release(number)
    amendment.hide_name(session, sent_by(desk, 1), NOW)
    for name in ("Nguyễn Thị Hòa", "Nguyễn Thị Hoà Bình"):
        asked = ask(desk, "correction")
        correcting.correct(session, desk.matter, asked, name, "Xóm Đông", "", desk.officer, NOW)
    session.commit()
    page = Browser(app).get(f"/lay-y-kien/{desk.matter.slug}/y-kien/{number}/")
    assert "thông tin người gửi đã được sửa" not in page.text and "Nguyễn Thị Ho" not in page.text
    assert not name_corrected(sent_by(desk, 1)) and sent_by(desk, 1).shown_name == "Nguyễn Thị Hoà Bình"
    app.extensions["consult.files"].put(DRAFT.encode())
    assert list(verify(session, desk.matter, app.extensions["consult.files"], SIGNER))


def test_who_proposed_an_erasure_does_not_confirm_it(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", sender=SENDER)
    number = ask(desk, "erasure")
    with pytest.raises(Refused, match="second_person_needed"):
        erase(desk, number, "words", by=desk.officer)
    assert session.scalars(select(CommentVersion.text)).all() == ["Một."]
    erasure.refuse(session, desk.matter, number, desk.second_officer, NOW)
    with pytest.raises(Refused, match="already_decided"):
        erasure.confirm(session, desk.matter, number, desk.second_officer, NOW)


def test_something_has_to_be_chosen(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", sender=SENDER)
    number = ask(desk, "erasure")
    with pytest.raises(Invalid, match="choose_one"):
        erasure.propose(session, desk.matter, number, ("everything",), desk.officer, NOW)
    with pytest.raises(NotFound):
        service.note_copy(session, desk.matter, number, desk.officer, NOW)


def test_what_is_set_apart_is_not_erased(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", sender=SENDER)
    acts.quarantine(session, desk.matter, 1, "Nghi là tố cáo", desk.officer, NOW)
    number = ask(desk, "erasure")
    with pytest.raises(Refused, match="passed_on_not_erased"):
        erase(desk, number, "words")
    erase(desk, number, "sender")
    assert sent_by(desk, 1).sender_name == ""


def test_what_others_joined_is_theirs_too(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", sender=SENDER)
    desk.release(1)
    when = (desk.matter.opens_at or NOW) + timedelta(days=3)
    join(session, desk.matter, 1, NewJoining(f"{'joined':-<32}", when), when, SIGNER, CODES)
    number = ask(desk, "erasure")
    with pytest.raises(Refused, match="joined_not_erased"):
        erase(desk, number, "words")


def test_nothing_that_was_erased_is_made_public_again(session: Session) -> None:
    """Neither by what waited for a second person when it was erased, nor afterwards."""
    desk = make_desk(session)
    [number] = desk.receive("Một.", sender=SENDER)
    desk.release(number)
    desk.answer(number)
    given = CommentActKind.REDACTED, "personal_data"
    waits = acts.propose(session, desk.matter, number, *given, desk.officer, NOW, {"text": "M…"})
    erase(desk, ask(desk, "erasure"), "words")
    with pytest.raises(Refused, match="words_erased"):
        acts.confirm(session, desk.matter, waits.id, desk.second_officer, NOW)
    acts.refuse(session, desk.matter, waits.id, desk.officer, NOW)
    with pytest.raises(Refused, match="words_erased"):
        desk.by_two(number, CommentActKind.RELEASED)


def test_answers_that_repeat_what_was_said_are_named(session: Session) -> None:
    desk = make_desk(session)
    said = "Bãi rác ở cạnh nhà văn hóa của xóm rất bẩn."
    desk.receive(said, "Hai.", "Ba.", sender=SENDER)
    desk.draft(1, text=f"Ông bà nói: “{said}” Cơ quan tiếp thu.")
    desk.draft(2, text="Cảm ơn bà NGUYỄN THỊ HOA đã góp ý.")
    desk.draft(3, text="Tiếp thu.")
    assert repeated.repeating(session, desk.matter, sent_by(desk, 1)) == [1, 2]


def opened_own(app: Flask, desk: Desk) -> Page:
    """What a sender sent, opened with both codes."""
    then = (desk.matter.opens_at or NOW) + timedelta(days=1)
    new = NewSubmission((comment("Một."),), then, f"{'own':-<32}", sender=SENDER)
    receipt = receive(desk.session, desk.matter, new, then, SIGNER, app.extensions["consult.codes"])
    return Browser(app).get(f"/tra-cuu/{receipt.code}/").submit({"ma_bi_mat": receipt.secret}, button="Mở")


def test_a_sender_asks_with_both_codes_and_reads_what_came_of_it(app: Flask, desk: Desk, enter: Enter) -> None:
    asked = opened_own(app, desk).submit({"data_kind": "erasure", "said": "Xin xóa hết."}, "Gửi yêu cầu")
    assert "Đã gửi yêu cầu về dữ liệu cá nhân" in asked.text and "xóa dữ liệu – đang chờ" in asked.text
    listed = enter("officer").get(f"/xu-ly/{desk.matter.slug}/du-lieu-ca-nhan/1/")
    assert "Xin xóa hết." in listed.text and "Nguyễn Thị Hoa" in listed.text
    listed.submit({"reason": "Cần gặp để biết rõ người hỏi."}, "Không thực hiện")
    assert "Cần gặp để biết rõ người hỏi." in asked.browser.get(asked.address).text


def test_a_sender_takes_a_copy_home(app: Flask, desk: Desk) -> None:
    copy = opened_own(app, desk).submit({}, "Tải bản sao dữ liệu của tôi (JSON)")
    assert copy.json["sender"]["contact"] == "hoa@example.test"


def test_an_empty_correction_is_told_at_its_field(app: Flask, desk: Desk) -> None:
    page = opened_own(app, desk).submit({"data_kind": "correction"}, "Gửi yêu cầu")
    assert page.status == 422 and page.errors() == ["Nội dung yêu cầu: Xin nhập nội dung này"]


def test_the_desk_hands_a_copy_over(desk: Desk, enter: Enter) -> None:
    desk.receive("Một.", sender=SENDER)
    address = f"/xu-ly/{desk.matter.slug}/du-lieu-ca-nhan/"
    typed = {"comment": "1", "data_kind": "copy", "checked": "name"}
    page = enter("officer").get(address).submit(typed, "Ghi yêu cầu")
    assert page.browser.get(f"{address}1/ban-sao.json").json["sender"]["name"] == "Nguyễn Thị Hoa"
    assert "đã giao bản sao" in page.submit({}, "Đã giao bản sao cho người hỏi").text


def test_an_unknown_number_is_told_at_its_field(desk: Desk, enter: Enter) -> None:
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/du-lieu-ca-nhan/")
    wrong = page.submit({"comment": "99", "data_kind": "copy", "checked": "codes"}, "Ghi yêu cầu")
    assert wrong.status == 422 and wrong.errors() == ["Số ý kiến: Không có ý kiến nào mang số này"]


def test_all_that_lacks_is_told_at_once(desk: Desk, enter: Enter) -> None:
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/du-lieu-ca-nhan/")
    told = page.submit({}, "Ghi yêu cầu").errors()
    assert [one.partition(":")[0] for one in told] == [
        "Số ý kiến",
        "Người gửi yêu cầu",
        "Đã kiểm tra người hỏi bằng cách",
    ]


def test_the_english_pages(desk: Desk, enter: Enter) -> None:
    desk.receive("Một.", sender=SENDER)
    ask(desk, "erasure")
    officer = enter("officer")
    assert "Requests about personal data" in officer.get(f"/en/xu-ly/{desk.matter.slug}/du-lieu-ca-nhan/").text
    page = officer.get(f"/en/xu-ly/{desk.matter.slug}/du-lieu-ca-nhan/1/")
    assert "Request 1: erasure of the data" in page.text and "Propose erasure" in page.text
