"""What has no number is known by where and when it was drawn up: entered at the desk, told wherever a letter is."""

import csv
import json
from datetime import date
from io import StringIO
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter import calendar
from consult.consultations.words import Disclosure
from consult.exports.service import Format
from consult.ledger.commitment import commit
from consult.ledger.models import LedgerEntry
from consult.submissions.inputs import Letter, Sender
from consult.submissions.models import Submission
from consult.submissions.receiving import commitments
from consult.submissions.sender import own_submission
from tests.exports.test_table import file_of, json_of, word_rows
from tests.responses.conftest import Enter
from tests.responses.desk_builder import SIGNER, Desk, make_desk

PLACE, DAY = "Thôn Nà Lầu, xã Đồng Đăng", "3/4/2026"


def _group(desk: Desk, **given: Any) -> Submission:
    """Minutes of a village, entered at the desk."""
    sender = Sender("Cuộc họp thôn Nà Lầu", publish_name=True)
    letter = Letter(on=date(2026, 4, 3), place=PLACE, signatory_name="Ông Bảy")
    desk.receive("Giữ giếng làng.", sender=sender, letter=letter, **given)
    return desk.session.scalars(select(Submission).where(Submission.consultation_id == desk.matter.id)).one()


def test_place_and_day_stand_wherever_a_letter_is_told(session: Session) -> None:
    desk = make_desk(session, disclosure=Disclosure.AT_ONCE)
    _group(desk)
    (row,) = word_rows(desk)
    assert row[1] == f"Cuộc họp thôn Nà Lầu\n({PLACE}, ngày 03/04/2026)"
    told = json_of(desk)["comments"][0]["contributor"]
    assert (told["letter_place"], told["letter_on"]) == (PLACE, "2026-04-03")
    (line,) = csv.DictReader(StringIO(file_of(desk, Format.CSV).decode("utf-8-sig")))
    assert (line["letter_place"], line["letter_on"]) == (PLACE, "2026-04-03")


def test_the_log_commits_to_the_place_and_to_nothing_new_without_one(session: Session) -> None:
    desk = make_desk(session)
    sent = _group(desk)
    value = commitments.identity_value(sent, None)
    assert value["letter_place"] == PLACE
    receipt = own_submission.receipt_file(session, sent, SIGNER)
    opening = receipt["comments"][0]["openings"]["identity"]
    assert opening["value"]["letter_place"] == PLACE
    entry = session.scalars(
        select(LedgerEntry.body).where(LedgerEntry.consultation_id == desk.matter.id, LedgerEntry.kind == "received")
    ).one()
    hashed = commit("identity", opening["value"], bytes.fromhex(opening["salt"]))
    assert json.loads(entry)["commitments"]["identity"] == hashed
    sent.letter_place = ""
    assert "letter_place" not in commitments.identity_value(sent, None)
    session.rollback()


def test_the_desk_types_it_and_is_warned_of_the_same_one(desk: Desk, enter: Enter) -> None:
    assert desk.matter.closes_at is not None
    officer, address = enter("officer"), f"/xu-ly/{desk.matter.slug}/tiep-nhan/"
    received = calendar.last_day_of(desk.matter.closes_at).isoformat()
    typed = {
        "received_on": received, "received_reason": "Theo biên bản.", "channel": "post", "name": "Cuộc họp thôn",
        "publish_name": True, "letter_place": PLACE, "letter_on": "2026-04-03", "comments.0.text": "Giữ giếng làng.",
    }  # fmt: skip
    slip = officer.get(address).submit(typed, "Tiếp nhận và in phiếu")
    assert PLACE in slip.text and DAY in slip.text
    assert PLACE in officer.get(f"/xu-ly/{desk.matter.slug}/y-kien/1/").text
    desk.release(1)
    desk.session.commit()
    told = officer.get(f"/lay-y-kien/{desk.matter.slug}/y-kien/1/").text
    assert PLACE in told and DAY in told
    assert f"({PLACE}, ngày {DAY})" in officer.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/").text
    again = officer.get(address).submit({**typed, "comments.0.text": "Giữ cả cây đa."}, "Tiếp nhận và in phiếu")
    assert again.status == 409 and f"Đã có văn bản lập tại {PLACE}" in again.text
