"""What a critique says beside its clauses stands in the official table, each under its name."""

import csv
from io import StringIO

from sqlalchemy.orm import Session

from consult.exports.service import Format
from consult.people.words import Level, OrganisationKind
from consult.submissions.acts import service as acts
from consult.submissions.inputs import CritiqueInput, Sender
from consult.submissions.words import SubmissionKind
from tests.builders import NOW, make_organisation
from tests.exports.test_table import file_of, json_of, printed, sheet_of, word_rows
from tests.responses.desk_builder import Desk, comment, make_desk

SAID = CritiqueInput("written", {"balance": "Chưa hài hòa.", "necessity": "Cần thiết."}, "1. Giảm phí.\n2. Lùi hạn.")
NAMED = ["phản biện: sự cần thiết", "phản biện: bảo đảm hài hòa lợi ích của Nhà nước, Nhân dân, tổ chức",
         "phản biện: kết luận, kiến nghị", "phản biện: kết luận, kiến nghị"]  # fmt: skip


def with_critique(session: Session) -> Desk:
    """A comment by clause and four parts of a critique, and a citizen's general comment behind them."""
    desk = make_desk(session)
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban Mặt trận")
    own = {"kind": SubmissionKind.CRITIQUE, "sender": Sender(organisation_id=front.id), "critique": SAID}
    numbers = desk.receive(comment(), **own)
    numbers += desk.receive(comment("Nói chung đồng ý.", ""))
    acts.release(session, desk.matter, numbers, desk.officer, NOW)
    return desk


def test_each_stands_in_every_format(session: Session) -> None:
    desk = with_critique(session)
    assert printed(desk) == [6, 2, 3, 4, 5, 1]
    told = {one["number"]: one for one in json_of(desk)["comments"]}
    assert [told[number]["critique_part"] for number in range(1, 7)] == [
        None, "necessity", "balance", "conclusion", "conclusion", None,
    ]  # fmt: skip
    assert [told[number]["place"] for number in range(2, 6)] == NAMED
    rows = list(csv.DictReader(StringIO(file_of(desk, Format.CSV).decode("utf-8-sig"))))
    assert [row["critique_part"] for row in rows][1:3] == ["necessity", "balance"]
    words = [" ".join(row) for row in word_rows(desk)]
    assert any("Phản biện: sự cần thiết" in row and "Cần thiết." in row for row in words)
    assert any("Phản biện: kết luận, kiến nghị" in row and "2. Lùi hạn." in row for row in words)
    assert [line.place for line in sheet_of(desk).lines] == ["Ý kiến chung", *NAMED, "khoản 1 Điều 2"]
