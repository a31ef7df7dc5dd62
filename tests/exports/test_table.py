"""The table from the database: the order of the document, only what is public, and sums that can be counted again."""

import json
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from docx import Document
from sqlalchemy.orm import Session

from consult.consultations.invitations import deliveries
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.deliveries import NewDelivery
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.words import DeliveryKind, Disclosure, Kind, Procedure
from consult.exports import page_file, service
from consult.exports.official_language import official
from consult.exports.rows import order as row_order
from consult.exports.service import Format
from consult.people.words import Level, OrganisationKind
from consult.responses.answers import public_sums
from consult.responses.answers.conclusion import conclude
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import AnchorInput, CommentInput, Letter, Sender
from consult.submissions.words import Channel, CommentActKind, ContactKind, Stance, SubmissionKind
from tests.builders import NOW, make_area, make_organisation, make_user
from tests.responses.desk_builder import Desk, comment, make_desk
from tests.statements import statements_of


def file_of(desk: Desk, wanted: Format) -> bytes:
    """The table as a file."""
    made = BytesIO()
    service.write(made, desk.session, desk.matter, wanted, NOW, official)
    return made.getvalue()


def sheet_of(desk: Desk) -> service.TablePage:
    """The first page."""
    kept = BytesIO()
    page_file.write(kept, *service.pages(desk.session, desk.matter, NOW))
    return service.sheet(desk.session, desk.matter, page_file.read(kept, 1), official)


def json_of(desk: Desk) -> Any:
    """The JSON."""
    return json.loads(file_of(desk, Format.JSON))


def word_rows(desk: Desk) -> list[list[str]]:
    """The words of the table in the Word file, below its header."""
    document = Document(BytesIO(file_of(desk, Format.DOCX)))
    return [[cell.text for cell in row.cells] for row in document.tables[1].rows][1:]


def printed(desk: Desk) -> list[int]:
    """The numbers in the order of print."""
    concluded = desk.matter.concluded_at is not None
    everything = row_order.everything(desk.session, desk.matter)
    clauses = row_order.clauses_of(desk.session, desk.matter, everything)
    entries = row_order.printed(everything, clauses, [], concluded)
    return [entry.number for entry in entries]


def withhold(desk: Desk, number: int, kind: CommentActKind, reason: str, now: datetime = NOW, **details: Any) -> None:
    """What two people decide of a comment."""
    act = acts.propose(desk.session, desk.matter, number, kind, reason, desk.officer, now, **details)
    acts.confirm(desk.session, desk.matter, act.id, desk.leader, now)


def everything_happens(session: Session) -> Desk:
    """A matter on which everything was done that can be done to a comment."""
    desk = make_desk(session)
    secret = Sender(
        name="Lý Thị Kín", area_id=make_area(session).id, contact_kind=ContactKind.MAIL, contact="kin@example.invalid"
    )
    numbers = desk.receive(
        comment("Về hiệu lực.", "d3", stance=Stance.OPPOSE, proposed="Từ năm sau.", reason="Chưa kịp."),
        comment("Xúc phạm ông B.", "d2.k1"),
        comment("Tố cáo ông C.", "d2.k1.pd"),
        comment("Hai việc.", ""),
        comment("Quảng cáo.", "d1"),
        comment("Chưa xem.", "d2.k1"),
        comment("Đáng ngờ.", "d1"),
        sender=secret,
    )
    alone = desk.receive(comment("Đồng ý.", "d2.k1"), sender=Sender(name="Hà Văn Tịch", publish_name=True))
    acts.release(session, desk.matter, [numbers[0], *alone], desk.officer, NOW)
    withhold(desk, numbers[1], CommentActKind.WITHHELD, "insult")
    acts.pass_on(session, desk.matter, [numbers[2]], "", desk.officer, NOW)
    acts.split(session, desk.matter, numbers[3], [comment("Việc một."), comment("Việc hai.", "d3")], desk.officer, NOW)
    withhold(desk, numbers[4], CommentActKind.INVALID, "advertising")
    acts.quarantine(session, desk.matter, numbers[6], "có vẻ là tố cáo", desk.officer, NOW)
    desk.answer(numbers[1], text="Trả lời riêng.", disposition="noted")
    desk.answer(numbers[0], *alone, text="Trả lời chung.", change="Sửa Điều 3.", change_path="d3")
    return desk


def test_the_order_is_that_of_the_document(session: Session) -> None:
    """General remarks, the draft as a whole, then its provisions; đ after d. What was declared invalid (5) or split (4)
    is left out; what was passed on (3) or quarantined (7) stands as what waits does."""
    desk = everything_happens(session)
    desk.receive(CommentInput("Về dự thảo.", AnchorInput()), comment("Về điểm đ.", "d2.k1.pdd"), comment("Chung.", ""))
    general, whole_draft, d1, d2_k1, points, d3 = [13], [11], [7], [2, 6, 8, 9], [3, 12], [1, 10]
    assert printed(desk) == [*general, *whole_draft, *d1, *d2_k1, *points, *d3]


def test_the_counts_are_of_opinions(session: Session) -> None:
    """Ten were received: one is invalid, one split, one passed on; 2 is answered as noted, 1 and 8 as accepted."""
    desk = everything_happens(session)
    above = sheet_of(desk).head
    assert (above.asked, above.opinions, above.joiners) == (0, 7, 0)
    assert above.dispositions == {"accepted": 2, "noted": 1}


def test_those_with_one_answer_stand_together_at_one_place(session: Session) -> None:
    desk = make_desk(session, disclosure=Disclosure.AT_ONCE)
    first, second, third, elsewhere = desk.receive("Một.", "Hai.", "Ba.", comment("Bốn.", "d3"))
    desk.answer(first, third, elsewhere, text="Đã sửa.")
    assert printed(desk) == [first, third, second, elsewhere]
    lines = sheet_of(desk).lines
    assert [line.answer or "" for line in lines] == ["Đã sửa.", "Đã sửa.", "", "Đã sửa."]


def test_the_parts_of_what_was_split_are_counted_and_the_whole_is_not(session: Session) -> None:
    desk = make_desk(session)
    first, invalid, whole = desk.receive("Một.", "Thử.", "Hai việc.")
    withhold(desk, invalid, CommentActKind.INVALID, "trial")
    parts = acts.split(session, desk.matter, whole, [comment("A."), comment("B.")], desk.officer, NOW)
    desk.answer(first, disposition="not_accepted", text="Vì trái luật.")
    assert printed(desk) == [first, *(part.number for part in parts)]
    above = sheet_of(desk).head
    assert (above.opinions, above.dispositions) == (3, {"not_accepted": 1})


def test_the_rows_can_be_counted_to_both_sums(session: Session) -> None:
    desk = everything_happens(session)
    told = json_of(desk)
    outcome, visibility = told["sums"]["outcome"], told["sums"]["visibility"]
    assert outcome == public_sums.outcome(session, desk.matter.id)
    assert visibility == public_sums.visibility(session, desk.matter.id)
    rows = told["comments"]
    assert [row["number"] for row in rows] == list(range(1, outcome["received"] + 1))

    def count(field: str, value: str) -> int:
        return sum(1 for row in rows if row[field] == value)

    assert count("outcome", "open") == outcome["awaiting"] + outcome["passed_on"]
    assert count("outcome", "invalid") == sum(outcome["invalid"].values())
    for term in ("answered", "split", "withdrawn"):
        assert count("outcome", term) == outcome[term]
    assert count("visibility", "unreleased") == visibility["in_check"] + visibility["quarantined"]
    assert count("visibility", "withheld") == sum(visibility["withheld"].values())
    assert outcome["passed_on"] == visibility["quarantined"] == 1


def test_nothing_private_is_in_any_file(session: Session) -> None:
    desk = everything_happens(session)
    pages = json.dumps([line.__dict__ for line in sheet_of(desk).lines], default=str)
    document = "\n".join(" ".join(row) for row in word_rows(desk))
    others = [file_of(desk, wanted).decode("utf-8") for wanted in (Format.CSV, Format.JSON)]
    for told in (pages, document, *others):
        for private in (
            "Kín",
            "kin@",
            "Xúc phạm",
            "Tố cáo",
            "Đáng ngờ",
            "Trả lời riêng",
            "có vẻ là",
            "Bình",
            "Chưa xem",
        ):
            assert private not in told, private
    for told in (document, *others):
        assert "Về hiệu lực." in told
        assert "Hà Văn Tịch" in told
        assert "Sửa Điều 3." in told


def test_what_was_passed_on_or_quarantined_is_like_what_waits(session: Session) -> None:
    desk = everything_happens(session)
    passed, waiting, quarantined = (json_of(desk)["comments"][index] for index in (2, 5, 6))
    personal = {"number", "place", "anchor"}
    told = [{name: row[name] for name in row if name not in personal} for row in (passed, waiting, quarantined)]
    assert told[0] == told[1] == told[2]


def test_a_split_comment_and_its_parts_name_each_other(session: Session) -> None:
    desk = everything_happens(session)
    rows = json_of(desk)["comments"]
    assert rows[3]["parts"] == [9, 10]
    assert [row["part_of"] for row in rows[8:]] == [4, 4]
    assert rows[4]["outcome_reason"] == "advertising"


def test_a_concluded_table_holds_answers_only(session: Session) -> None:
    desk = make_desk(session)
    first, second, passed = desk.receive(comment("Một.", "d3"), comment("Hai.", "d1"), comment("Ba.", "d1"))
    acts.pass_on(session, desk.matter, [passed], "", desk.officer, NOW)
    desk.answer(first, second)
    desk.release(first, second)
    conclude(session, desk.matter, desk.publisher, NOW)
    assert printed(desk) == [second, first]
    assert [row[0] for row in word_rows(desk)] == ["Điều 1\nPhạm vi điều chỉnh", "Điều 3\nHiệu lực thi hành"]


def test_the_three_blocks_of_an_eia(session: Session) -> None:
    desk = make_desk(
        session,
        Stage.OPEN,
        kind=Kind.EIA_REPORT,
        procedure=Procedure.EIA_STATUTORY,
        disclosure=Disclosure.AT_ONCE,
        project={"name": "Dự án đường Phủ Thông {1}"},
    )
    people = make_organisation(session, OrganisationKind.PEOPLES_COMMITTEE, name="Ủy ban nhân dân xã Cẩm Giàng")
    desk.receive(
        comment("Bằng văn bản.", "d1"),
        kind=SubmissionKind.FORMAL,
        sender=Sender(organisation_id=people.id),
        letter=Letter(number="12/UBND", on=NOW.date(), signatory_name="Hà Văn A", signatory_office="Chủ tịch"),
    )
    desk.receive(comment("Trên trang.", "d3"), comment("Trên trang nữa.", "d1"))
    desk.receive(
        comment("Tại họp.", "d2"), channel=Channel.MEETING, recorded_by_id=make_user(session, name="Người Ghi").id
    )
    above = sheet_of(desk).head
    assert above.heading.endswith("CỦA Dự án đường Phủ Thông {1}")
    assert above.body == desk.matter.answering.name
    rows = word_rows(desk)
    assert [row[1] if row[0].isdigit() else row[0].split(".")[0] for row in rows] == [
        "I",
        "Ý kiến số 3.\nTrên trang nữa.",
        "Ý kiến số 2.\nTrên trang.",
        "II",
        "Ý kiến số 4.\nTại họp.",
        "III",
        "Ý kiến số 1.\nBằng văn bản.",
    ]
    assert rows[-1][3] == "Ủy ban nhân dân xã Cẩm Giàng\n(Văn bản số 12/UBND ngày 23/11/2026)"


def test_bodies_held_to_agree_by_their_silence_are_named(session: Session) -> None:
    """Luật BVMT 2020, Điều 33 khoản 4: when their time is over, not before, none that has replied since, and none of
    which nothing shows that the letter reached it."""
    desk = make_desk(session, Stage.OPEN, kind=Kind.EIA_REPORT, procedure=Procedure.EIA_STATUTORY)
    bodies = [
        make_organisation(session, OrganisationKind.PEOPLES_COMMITTEE, Level.COMMUNE, f"Ủy ban nhân dân xã {place}")
        for place in ("Cẩm Giàng", "Phủ Thông", "Vĩnh Thông", "Bạch Thông", "Na Rì")
    ]
    receipt = NewDelivery(DeliveryKind.RECEIPT, NOW.date() - timedelta(20))
    for body, silence, until in zip(bodies, (True, True, False, True, True), (-1, -1, -1, 0, -1), strict=True):
        invited = NewInvitation(body.id, reply_by=NOW.date() + timedelta(until), silence_is_consent=silence)
        invitations.invite(session, desk.matter, invited, desk.publisher, NOW)
        if body is not bodies[-1]:
            deliveries.record(session, desk.matter, body.id, receipt, desk.publisher, NOW)
    agreed = "được coi là thống nhất: Ủy ban nhân dân xã Cẩm Giàng; Ủy ban nhân dân xã Phủ Thông."
    said = [paragraph.text for paragraph in Document(BytesIO(file_of(desk, Format.DOCX))).paragraphs]
    assert any(words.endswith(agreed) for words in said)
    assert json_of(desk)["silent"] == [body.name for body in bodies[:2]]
    letter = Letter(number="12/UBND", on=NOW.date(), signatory_name="Hà Văn A", signatory_office="Chủ tịch")
    desk.receive("Nhất trí.", kind=SubmissionKind.FORMAL, sender=Sender(organisation_id=bodies[1].id), letter=letter)
    assert json_of(desk)["silent"] == [bodies[0].name]


def test_statements_grow_by_batches_only(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN, disclosure=Disclosure.AT_ONCE)
    desk.receive(*(f"Ý kiến {number}." for number in range(3)))
    with statements_of(session) as few:
        file_of(desk, Format.DOCX)
    desk.receive(*(f"Ý kiến {number}." for number in range(150)))
    with statements_of(session) as many:
        file_of(desk, Format.DOCX)
    assert len(few) == len(many) <= 19, few


def test_the_same_data_gives_the_same_bytes(session: Session) -> None:
    desk = everything_happens(session)
    for wanted in Format:
        assert file_of(desk, wanted) == file_of(desk, wanted)


def test_a_letter_is_told_with_its_body_alone(session: Session) -> None:
    """Its number would say whose opinion it is that is not public yet."""
    desk = make_desk(session)
    farmers = make_organisation(session, OrganisationKind.SOCIO_POLITICAL, name="Hội Nông dân tỉnh")
    (number,) = desk.receive(
        "Nên giữ.", kind=SubmissionKind.FORMAL, sender=Sender(organisation_id=farmers.id), letter=Letter("12-CV/HND")
    )
    for told in (file_of(desk, Format.CSV).decode(), file_of(desk, Format.JSON).decode()):
        assert "12-CV/HND" not in told and "Hội Nông dân" not in told
    acts.release(session, desk.matter, [number], desk.officer, NOW)
    for told in (file_of(desk, Format.CSV).decode(), file_of(desk, Format.JSON).decode()):
        assert "12-CV/HND" in told and "Hội Nông dân" in told


def test_of_several_proposals_the_reason_that_was_confirmed_is_told(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Quảng cáo.")
    for reason in ("trial", "off_topic"):
        act = acts.propose(session, desk.matter, number, CommentActKind.INVALID, reason, desk.officer, NOW)
        if reason == "off_topic":
            acts.confirm(session, desk.matter, act.id, desk.leader, NOW)
        else:
            acts.refuse(session, desk.matter, act.id, desk.leader, NOW)
    assert [row["outcome_reason"] for row in json_of(desk)["comments"]] == ["off_topic"]
