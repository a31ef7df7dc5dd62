"""Whatever a critique says is answered: none of its rows is declared invalid or passed on, and nothing is concluded
while one waits."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import Refused
from consult.people.words import Level, OrganisationKind
from consult.responses.answers import public_sums
from consult.responses.answers.conclusion import conclude, in_the_way
from consult.submissions.acts import service as acts
from consult.submissions.comments.act_rules import possible_acts, possible_proposals
from consult.submissions.comments.comment_state import read
from consult.submissions.inputs import CritiqueInput, Sender
from consult.submissions.words import CommentActKind, SubmissionKind
from tests.application import sign_in
from tests.builders import make_organisation
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk

SAID = CritiqueInput(
    "conference",
    {"necessity": "Rất cần thiết.", "conformity": "Không có ý kiến"},
    "Đề nghị:\n1. Giảm phí.\n2. Lùi hạn.",
)


@dataclass
class Sent:
    """A desk with a citizen's comment (1) and a critique: its comment by clause (2) and its three parts."""

    desk: Desk
    numbers: list[int]


@pytest.fixture
def sent(app_session: Session) -> Sent:
    desk = make_desk(app_session, now=clock.now())
    moment = (desk.matter.opens_at or desk.now) + timedelta(days=1)
    desk.receive("Một ý kiến.", at=moment)
    front = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban Mặt trận")
    given: dict[str, Any] = {"kind": SubmissionKind.CRITIQUE, "sender": Sender(organisation_id=front.id)}
    return Sent(desk, desk.receive(comment(), at=moment, critique=SAID, **given))


def test_none_of_its_rows_is_invalid_or_passed_on(sent: Sent) -> None:
    desk, session = sent.desk, sent.desk.session
    for number in sent.numbers:
        with pytest.raises(Refused, match="of_a_critique"):
            acts.propose(session, desk.matter, number, CommentActKind.INVALID, "says_nothing", desk.officer, desk.now)
        with pytest.raises(Refused, match="of_a_critique"):
            acts.pass_on(session, desk.matter, [number], "", desk.officer, desk.now)
    first, *own = read(session, desk.matter.id, [1, *sent.numbers])
    assert CommentActKind.INVALID in possible_proposals(first, desk.matter)
    assert not any(CommentActKind.INVALID in possible_proposals(one, desk.matter) for one in own)
    assert not any(CommentActKind.PASSED_ON in possible_acts(one, desk.matter) for one in own)


def test_a_proposal_of_before_is_not_confirmed(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, session = sent.desk, sent.desk.session
    with monkeypatch.context() as before:
        before.setattr("consult.submissions.acts.decisions.act_rules.refuse_unless", lambda *given: None)
        act = acts.propose(session, desk.matter, 3, CommentActKind.INVALID, "says_nothing", desk.officer, desk.now)
    with pytest.raises(Refused, match="of_a_critique"):
        acts.confirm(session, desk.matter, act.id, desk.second_officer, desk.now)


def test_a_part_is_split_into_parts_of_the_same_name(sent: Sent) -> None:
    desk = sent.desk
    made = acts.split(desk.session, desk.matter, 4, [comment("Giảm", ""), comment("phí", "")], desk.officer, desk.now)
    assert [one.critique_part for one in made] == ["conclusion", "conclusion"]
    with pytest.raises(Refused, match="of_a_critique"):
        acts.propose(
            desk.session, desk.matter, made[0].number, CommentActKind.INVALID, "off_topic", desk.officer, desk.now
        )


def test_nothing_is_concluded_while_one_waits(sent: Sent) -> None:
    desk, session = sent.desk, sent.desk.session
    acts.release(session, desk.matter, [1, *sent.numbers], desk.officer, desk.now)
    desk.answer(1, *sent.numbers[:-1])
    assert in_the_way(session, desk.matter.id).awaiting == (sent.numbers[-1],)
    with pytest.raises(Refused, match="still_awaiting"):
        conclude(session, desk.matter, desk.publisher, clock.now())
    desk.answer(sent.numbers[-1])
    conclude(session, desk.matter, desk.publisher, clock.now())
    assert public_sums.outcome(session, desk.matter.id)["answered"] == 5


def test_the_desk_names_each_and_offers_no_invalid(sent: Sent, app: Flask) -> None:
    browser = Browser(app)
    sign_in(browser, sent.desk.people["officer"])
    address = f"/xu-ly/{sent.desk.matter.slug}/"
    listed = browser.get(f"{address}?kind=critique").text
    assert "phản biện: sự cần thiết" in listed.lower() and "kết luận, kiến nghị" in listed
    page = browser.get(f"{address}y-kien/3/")
    assert "Rất cần thiết." in page.text and "Đề xuất ghi nhận là không hợp lệ" not in page.text
    assert "không ghi nhận là không hợp lệ" in page.text
    assert "Đề xuất ghi nhận là không hợp lệ" in browser.get(f"{address}y-kien/1/").text


def test_public_pages_the_table_and_the_api_have_each(sent: Sent, app: Flask) -> None:
    desk, session = sent.desk, sent.desk.session
    slug, browser = desk.matter.slug, Browser(app)
    acts.release(session, desk.matter, [2, 3, 4], desk.officer, desk.now)
    act = acts.propose(session, desk.matter, 3, CommentActKind.WITHHELD, "insult", desk.officer, desk.now)
    acts.confirm(session, desk.matter, act.id, desk.second_officer, desk.now)
    page = browser.get(f"/lay-y-kien/{slug}/y-kien/2/").text
    assert "1. Giảm phí." in page and "Không có ý kiến" in page
    assert "Rất cần thiết." not in page and "2. Lùi hạn." not in page
    assert "phản biện: kết luận, kiến nghị" in browser.get(f"/lay-y-kien/{slug}/y-kien/?nguon=critique").text
    told = {one["number"]: one for one in browser.get(f"/api/v1/consultations/{slug}/comments").json["comments"]}
    assert [told[number]["critique_part"] for number in range(1, 6)] == [
        None, None, "necessity", "conclusion", "conclusion",
    ]  # fmt: skip
    assert told[4]["text"]["critique_part"] == "conclusion" and "critique_part" not in told[2]["text"]
    assert told[3]["text"] is None and told[4]["label"] == "phản biện: kết luận, kiến nghị"
