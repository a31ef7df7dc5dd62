"""Internal remarks on a letter, and a reviewer's round before it is handed over."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.db import new_id
from consult.errors import Invalid, Refused
from consult.outbox.models import OutboxMessage
from consult.people import letter_roles
from consult.people.models import Membership, Organisation
from consult.people.words import OrganisationKind, Role
from consult.policy import Actor
from consult.workspace import drafts, sending
from consult.workspace.cosigning import further_drafts
from consult.workspace.models import OrganisationDraft
from consult.workspace.reviewing import notes, review
from consult.workspace.versions import saving
from tests.application import sign_in
from tests.builders import make_consultation, make_organisation, make_publisher, make_user
from tests.consultations.revised import revise
from tests.pages import Browser
from tests.submissions.rows import CODES, MIDWAY, OPENS, SIGNER, matter
from tests.workspace.test_drafts import LETTER, front_of, member, written


def test_a_letter_waits_for_its_reviewer(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter, boss, sender = (
        member(session, front, role, name=name)
        for name, role in (("An", Role.DRAFTER), ("Bình", Role.DRAFTER), ("Chi", Role.SENDER))
    )
    _seats(session, front, boss, drafter)
    letter_roles.change(session, front.id, boss.user_id, None, MIDWAY)
    draft, _version = written(session, consultation, front, drafter)
    where = (session, consultation, draft)
    with pytest.raises(Refused, match="review_first"):
        sending.hand_over(*where, drafter, MIDWAY)
    with pytest.raises(Refused, match="not_asked_to_review"):
        review.answer(*where, True, boss, MIDWAY)
    asked = review.ask(*where, drafter, MIDWAY)
    assert review.ask(*where, drafter, MIDWAY).id == asked.id
    review.answer(*where, False, boss, MIDWAY)
    with pytest.raises(Refused, match="review_first"):
        sending.hand_over(*where, drafter, MIDWAY)
    row = drafts.find(*where, drafter)
    saving.save(*where, LETTER, row.version, drafter, MIDWAY)
    saving.bring_back(*where, 1, drafter, MIDWAY)
    saving.bring_back(*where, 2, drafter, MIDWAY)
    review.ask(*where, drafter, MIDWAY)
    review.answer(*where, True, boss, MIDWAY)
    sending.hand_over(*where, drafter, MIDWAY)
    number = sending.send(*where, row.version, sender, MIDWAY, SIGNER, CODES).submission_number
    assert number == 1


def test_an_agreement_lapses_with_a_further_draft(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter, boss, sender = (
        member(session, front, role, name=name)
        for name, role in (("An", Role.DRAFTER), ("Bình", Role.DRAFTER), ("Chi", Role.SENDER))
    )
    _seats(session, front, boss, drafter)
    letter_roles.change(session, front.id, boss.user_id, None, MIDWAY)
    draft, version = written(session, consultation, front, drafter)
    where, row = (session, consultation, draft), session.get_one(OrganisationDraft, (consultation.id, draft))
    first = review.ask(*where, drafter, MIDWAY)
    review.answer(*where, True, boss, MIDWAY)
    sending.hand_over(*where, drafter, MIDWAY)
    later = MIDWAY + timedelta(hours=1)
    revise(session, consultation, make_publisher(session), "### Điều 1. Phạm vi\n\n1. Khoản một.\n", later)
    assert review.lapsed(session, first)
    with pytest.raises(Refused, match="review_first"):
        sending.send(*where, version, sender, later, SIGNER, CODES)
    rows = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "matter_changed")).all()
    for _again in range(2):
        further_drafts.after_changed(session, rows, later)
    asked = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "letter_review_asked")).all()
    assert len(asked) == 2, "asked once, and once anew"
    assert review.waiting_among(session, [row], boss) == {draft}
    review.answer(*where, True, boss, later)
    assert sending.send(*where, version, sender, later, SIGNER, CODES).submission_number == 1


def test_who_asks_the_reviewer_under_a_further_draft_asks_anew(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter, boss = (member(session, front, Role.DRAFTER, name=name) for name in ("An", "Bình"))
    _seats(session, front, boss, drafter)
    letter_roles.change(session, front.id, boss.user_id, None, MIDWAY)
    draft, _version = written(session, consultation, front, drafter)
    where = (session, consultation, draft)
    first = review.ask(*where, drafter, MIDWAY)
    review.answer(*where, True, boss, MIDWAY)
    later = MIDWAY + timedelta(hours=1)
    revise(session, consultation, make_publisher(session), "### Điều 1. Phạm vi\n\n1. Khoản một.\n", later)
    again = review.ask(*where, drafter, later)
    assert again.id != first.id and again.agreed is None
    assert review.ask(*where, drafter, later).id == again.id


def test_nobody_waits_for_a_reviewer_who_has_left(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter, boss = (member(session, front, Role.DRAFTER, name=name) for name in ("An", "Bình"))
    with pytest.raises(Invalid):
        letter_roles.change(session, front.id, boss.user_id, None, MIDWAY)
    front.reviewer_id = boss.user_id
    draft, _version = written(session, consultation, front, drafter)
    sending.hand_over(session, consultation, draft, drafter, MIDWAY)
    with pytest.raises(Refused, match="no_reviewer"):
        review.ask(session, consultation, draft, drafter, MIDWAY)


def test_a_remark_is_of_a_point_and_is_done_once(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    one, other = (member(session, front, Role.DRAFTER, name=name) for name in ("An", "Bình"))
    draft, _version = written(session, consultation, front, one)
    for _twice in range(2):
        notes.add(session, consultation, draft, {"letter": "Thiếu căn cứ.", "2": "Xem lại.", "1": " "}, one, MIDWAY)
    found = notes.notes_of(session, drafts.find(session, consultation, draft, one))
    assert {point: [item.note.text for item in those] for point, those in found.items()} == {
        "letter": ["Thiếu căn cứ."],
        "2": ["Xem lại."],
    }
    for who in (other, one):
        notes.done(session, consultation, draft, found["2"][0].note.id, who, MIDWAY)
    [marked] = notes.notes_of(session, drafts.find(session, consultation, draft, one))["2"]
    assert (marked.by, marked.done_by) == ("An", "Bình")


def _seats(session: Session, body: Organisation, *people: Actor) -> None:
    for one in people:
        assert one.user_id is not None
        held = Membership(id=new_id(), user_id=one.user_id, organisation_id=body.id, role=Role.DRAFTER, since=OPENS)
        session.add(held)
    session.commit()


@pytest.fixture
def people(app: Flask, app_session: Session) -> Callable[[str], Browser]:
    make_consultation(app_session, now=now(), slug="phan-loai-rac")
    front = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, name="Mặt trận tỉnh")
    users = {
        "mai": make_user(app_session, front, [Role.DRAFTER], "Lò Thị Mai"),
        "en": make_user(app_session, front, [Role.DRAFTER], "Hoàng Văn Én"),
    }
    front.reviewer_id = users["en"].id
    front.signatory_id = users["en"].id
    app_session.commit()

    def browser(name: str) -> Browser:
        found = Browser(app)
        sign_in(found, users[name])
        return found

    return browser


def test_a_remark_goes_to_and_fro_and_is_not_sent(people: Callable[[str], Browser]) -> None:
    page = people("mai").get("/to-chuc/").click("Soạn văn bản").submit(button="Soạn văn bản góp ý")
    assert page.form("letter_number").values()["signatory_name"] == "Hoàng Văn Én"
    said = {"comments.0.text": "Nên bỏ.", "note.1": "Hỏi lại Ban Pháp chế.", "letter_number": "12/MTTQ"}
    page = page.submit(said, "Xin ý kiến người duyệt")
    assert "Đã xin ý kiến lúc" in page.text and "Hỏi lại Ban Pháp chế." in page.text
    assert "Đồng ý với bản này" not in page.text, "who asks does not answer"
    reviewer = people("en").get("/to-chuc/").click("Văn bản góp ý: ")
    reviewer = reviewer.submit({"note.letter": "Thiếu căn cứ."}, "Trả lại để sửa")
    assert "Đã trả lại để sửa lúc" in reviewer.text
    again = page.browser.get(page.address).click("Sửa bản soạn")
    assert "Thiếu căn cứ." in again.text
    marked = again.submit(button=again.find("//button[starts-with(@value, 'note_done:')]/@value")[0])
    assert "đánh dấu xong lúc" in marked.text


def test_nobody_agrees_to_what_they_read_before_a_further_draft(
    people: Callable[[str], Browser], app_session: Session
) -> None:
    page = people("mai").get("/to-chuc/").click("Soạn văn bản").submit(button="Soạn văn bản góp ý")
    page = page.submit({"comments.0.text": "Nên bỏ.", "letter_number": "12/MTTQ"}, "Xin ý kiến người duyệt")
    read = people("en").get("/to-chuc/").click("Văn bản góp ý: ")
    made = app_session.scalars(select(Consultation)).one()
    revise(app_session, made, make_publisher(app_session), now=now())
    app_session.commit()
    refused = read.submit({"note.letter": "Thiếu căn cứ."}, "Đồng ý với bản này")
    assert "bản dự thảo lần 2" in refused.text and "Đã đồng ý lúc" not in refused.text
    assert "Thiếu căn cứ." in refused.html, "what was typed is given back"
    again = read.browser.get(read.address)
    assert "Đã đồng ý lúc" in again.submit({}, "Đồng ý với bản này").text
