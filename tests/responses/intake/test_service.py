"""Papers entered by the desk: in time when received in time, with their day, reason, scan and slip."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.errors import Invalid, NotFound, Refused
from consult.files import letter_scans
from consult.files.store import FileStore
from consult.people.words import OrganisationKind
from consult.responses.intake.service import Paper, keep_scan, record
from consult.submissions.inputs import CritiqueInput, Letter, Receipt, Sender
from consult.submissions.models import Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import Channel, SubmissionKind
from tests.builders import NOW, TODAY, make_organisation
from tests.pdfs import words_pdf
from tests.responses.desk_builder import CODES, SIGNER, Desk, comment, make_desk

PDF = words_pdf(["Công văn góp ý của Ủy ban nhân dân xã"])


def _paper(**given: Any) -> Paper:
    plain = Paper(
        kind=SubmissionKind.COMMENT,
        channel=Channel.POST,
        comments=(comment("Đề nghị thu gom hằng ngày."),),
        sender=Sender(name="Lý Thị Hoa"),
        letter=Letter(),
        received_on=TODAY,
        received_reason="",
        idempotency_key="k" * 32,
    )
    return replace(plain, **given)


def _record(desk: Desk, paper: Paper) -> Receipt:
    return record(desk.session, desk.matter, paper, desk.officer, desk.now, SIGNER, CODES)


def _last_day(desk: Desk) -> date:
    assert desk.matter.closes_at is not None
    return calendar.last_day_of(desk.matter.closes_at)


def test_what_came_in_time_is_in_time_though_it_is_typed_in_later(session: Session) -> None:
    desk = make_desk(session)
    receipt = _record(desk, _paper(received_on=_last_day(desk), received_reason="Theo dấu bưu điện."))
    kept = session.scalars(select(Submission)).one()
    assert clock.local_day(kept.received_at) == _last_day(desk)
    assert (kept.recorded_at, kept.recorded_by_id) == (NOW, desk.officer.user_id)
    assert (kept.received_reason, kept.channel) == ("Theo dấu bưu điện.", Channel.POST)
    assert receipt.comment_numbers == (1,) and receipt.code and receipt.secret


def test_what_came_late_is_late(session: Session) -> None:
    desk = make_desk(session)
    with pytest.raises(Refused, match="too_late"):
        _record(desk, _paper(received_on=_last_day(desk) + timedelta(days=1), received_reason="Dấu bưu điện."))


def test_an_earlier_day_has_its_reason(session: Session) -> None:
    desk = make_desk(session)
    with pytest.raises(Invalid) as wrong:
        _record(desk, _paper(received_on=_last_day(desk)))
    assert wrong.value.errors == {"received_reason": "required"}


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"received_on": TODAY + timedelta(days=1)}, {"received_on": "in_the_future"}),
        ({"channel": Channel.WEB}, {"channel": "not_a_choice"}),
        ({"kind": SubmissionKind.CRITIQUE}, {"critique_form": "required"}),
    ],
)
def test_what_is_wrong_is_told_by_field(session: Session, given: dict[str, Any], errors: dict[str, str]) -> None:
    desk = make_desk(session)
    with pytest.raises(Invalid) as wrong:
        _record(desk, _paper(**given))
    assert wrong.value.errors == errors


def test_a_double_click_is_one_paper(session: Session) -> None:
    desk = make_desk(session)
    paper = _paper(received_on=_last_day(desk), received_reason="Dấu bưu điện.")
    first, again = _record(desk, paper), _record(desk, paper)
    assert (again.repeated, again.code) == (True, first.code)
    assert session.query(Submission).count() == 1


def test_a_critique_on_paper_is_taken_after_the_period(session: Session) -> None:
    desk = make_desk(session)
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    critique = CritiqueInput("conference", {"necessity": "Cần thiết."}, "Cơ bản thống nhất.")
    receipt = _record(
        desk,
        _paper(
            kind=SubmissionKind.CRITIQUE,
            sender=Sender(organisation_id=front.id),
            letter=Letter(number="số ghi trên văn bản", on=TODAY, signing_line="TM. BAN THƯỜNG TRỰC"),
            critique=critique,
        ),
    )
    assert receipt.comment_numbers == (1, 2, 3)


def test_the_scan_is_kept_by_its_hash(session: Session, tmp_path: Any) -> None:
    desk, store = make_desk(session), FileStore(tmp_path)
    kept = keep_scan(store, letter_scans.checked(PDF, "C:\\quét\\Công văn.PDF"))
    paper = _paper(received_on=_last_day(desk), received_reason="Dấu công văn đến.", scans=(kept,))
    _record(desk, paper)
    row = session.scalars(select(Attachment)).one()
    assert (row.file_name, row.media_type, row.role) == ("Công văn.PDF", "application/pdf", "scan")
    assert store.get(row.file_hash) == PDF


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"<html><script>alert(1)</script></html>", "not_a_scan"),
        (b"%PDF-1.4 torn", "not_a_scan"),
        (b"\xff\xd8\xff torn", "not_a_scan"),
        (b"PK\x03\x04", "not_a_scan"),
        (b"%PDF-" + b"0" * (20 * 1024 * 1024) + b"%%EOF", "scan_too_large"),
    ],
)
def test_only_scans_are_taken(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as wrong:
        letter_scans.checked(data, "van-ban.pdf")
    assert wrong.value.errors == {"scan": code}


def test_a_file_bears_the_ending_of_what_it_is() -> None:
    assert letter_scans.checked(b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82", "anh.html").name == "anh.html.png"
    assert letter_scans.checked(b"\xff\xd8\xff....\xff\xd9", "").name == "scan.jpg"


def test_only_officers_enter_papers(session: Session) -> None:
    desk = make_desk(session)
    for actor in (desk.leader, desk.publisher):
        with pytest.raises(NotFound):
            record(session, desk.matter, _paper(), actor, NOW, SIGNER, CODES)
