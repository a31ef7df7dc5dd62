"""Organisations get what citizens get, through their people and mailboxes; staff learn whose turn it is."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.models import Consultation
from consult.consultations.preparation import publication
from consult.db import new_id
from consult.notices import recipients
from consult.notices.daily import mails as daily_mails
from consult.people import successions
from consult.people.models import Organisation, User
from consult.people.organisations import NewOrganisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.responses.answers import approval, conclusion
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import CritiqueInput, Letter, Sender
from consult.submissions.words import CommentActKind, SubmissionKind
from consult.workspace import drafts, sending
from consult.workspace.content import DraftContent
from consult.workspace.cosigning import confirming, naming
from consult.workspace.points import Point
from consult.workspace.reviewing import review
from consult.workspace.versions import saving
from tests.builders import (
    NOW,
    make_actor,
    make_consultation,
    make_organisation,
    make_unit,
    make_user,
    period_of,
)
from tests.notices.conftest import News, by_recipient
from tests.notices.mailbox import body_of
from tests.notices.test_notices import events, requested
from tests.responses.desk_builder import Desk, make_desk

LETTER = Letter("12-CV/HND", date(2026, 11, 20))
CRITIQUE = CritiqueInput("written", {"necessity": "Cần thiết"}, "Đồng tình")


@pytest.fixture
def farmers(app_session: Session) -> Organisation:
    """An organisation with a drafter, a signer, one whose account is closed, and the mailbox of the drafter's unit."""
    body = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội Nông dân")
    unit = make_unit(app_session, body, "Văn phòng")
    unit.mailbox = "van-phong@hoi.vn"
    make_unit(app_session, body, "Ban khác").mailbox = "ban-khac@hoi.vn"
    make_user(app_session, body, [Role.DRAFTER], "Bà Soạn", unit=unit, mail="soan@hoi.vn")
    make_user(app_session, body, [Role.SENDER, Role.DRAFTER], "Ông Ký", mail="ky@hoi.vn")
    make_user(app_session, body, [Role.SENDER], "Ông Nghỉ", mail="nghi@hoi.vn").disabled_at = NOW
    app_session.commit()
    return body


EVERYBODY = {"soan@hoi.vn", "ky@hoi.vn", "van-phong@hoi.vn"}


def sent(desk: Desk, body: Organisation, kind: SubmissionKind = SubmissionKind.FORMAL) -> list[int]:
    """A letter of an organisation."""
    critique = CRITIQUE if kind is SubmissionKind.CRITIQUE else None
    return desk.receive(
        "Nhất trí.", kind=kind, sender=Sender(organisation_id=body.id), letter=LETTER, critique=critique
    )


def officers(desk: Desk) -> set[str]:
    """The mailboxes of those who are told at once that a letter came."""
    return {desk.people[who].mail for who in ("officer", "second_officer")}


def test_a_letter_is_told_as_received_answered_and_ended(desk: Desk, news: News, farmers: Organisation) -> None:
    [number] = sent(desk, farmers)
    received = [mail for mail in news() if mail["To"] not in officers(desk)]
    assert set(by_recipient(received)) == EVERYBODY
    assert all(f"/to-chuc/{desk.matter.slug}/da-gui/1/" in body_of(mail) for mail in received)
    assert "Kính gửi Ông Ký," in next(body_of(mail) for mail in received if mail["To"] == "ky@hoi.vn")
    desk.answer(number)
    answered = news()
    assert set(by_recipient(answered)) == EVERYBODY
    assert all("Hội Nông dân" in body_of(mail) for mail in answered)
    desk.release(number)
    conclusion.conclude(desk.session, desk.matter, desk.publisher, NOW)
    assert set(by_recipient(news())) == EVERYBODY


@pytest.mark.parametrize("kind", ["withheld", "invalid"])
def test_a_letter_is_told_what_was_decided(desk: Desk, news: News, farmers: Organisation, kind: str) -> None:
    sent(desk, farmers)
    news()
    reason = "protected" if kind == "withheld" else "trial"
    act = acts.propose(desk.session, desk.matter, 1, CommentActKind(kind), reason, desk.officer, NOW)
    acts.confirm(desk.session, desk.matter, act.id, desk.second_officer, NOW)
    told = news()
    assert set(by_recipient(told)) == EVERYBODY and all("/to-chuc/" in body_of(mail) for mail in told)


def test_what_took_over_from_an_organisation_gets_its_mails(desk: Desk, news: News, farmers: Organisation) -> None:
    [number] = sent(desk, farmers)
    news()
    new = NewOrganisation("Hội Nông dân tỉnh mới", OrganisationKind.SOCIO_POLITICAL, Level.PROVINCE)
    successions.succeed(desk.session, farmers.id, new, clock.local_day(NOW), "NQ 1", NOW)
    desk.answer(number)
    assert set(by_recipient(news())) == EVERYBODY


def test_without_a_unit_of_its_people_all_mailboxes_are_told(desk: Desk, news: News) -> None:
    body = make_organisation(desk.session, OrganisationKind.RELIGIOUS, name="Giáo xứ")
    make_unit(desk.session, body, "Văn phòng").mailbox = "giao-xu@gx.vn"
    desk.session.commit()
    sent(desk, body)
    assert set(by_recipient(news())) == {"giao-xu@gx.vn", *officers(desk)}


def asked(session: Session, matter: Consultation, body: Organisation, actor: Actor) -> None:
    """The body is asked by letter."""
    invitations.invite(
        session, matter, NewInvitation(body.id, "7/STP", date(2026, 11, 1), date(2026, 12, 1)), actor, NOW
    )


def test_who_is_asked_is_told_when_the_matter_is_public(
    app_session: Session, news: News, farmers: Organisation
) -> None:
    lead = make_organisation(app_session, OrganisationKind.DEPARTMENT)
    publisher = make_actor(app_session, lead, Role.PUBLISHER, Role.OFFICER)
    matter = make_consultation(app_session, stage=Stage.DRAFTING, actor=publisher, lead=lead, opened_before=0)
    asked(app_session, matter, farmers, publisher)
    assert news() == []
    publication.publish(app_session, matter, publisher, NOW)
    told = news()
    assert set(by_recipient(told)) == EVERYBODY
    assert all("7/STP" in body_of(mail) and "hết ngày 1/12/2026" in body_of(mail) for mail in told)


def test_who_is_asked_later_is_told_once_and_of_an_extension(desk: Desk, news: News, farmers: Organisation) -> None:
    news()
    for _ in range(2):
        asked(desk.session, desk.matter, farmers, desk.publisher)
    assert set(by_recipient(news())) == EVERYBODY
    sent(desk, farmers)
    news()
    day = clock.local_day(NOW) + timedelta(days=30)
    period = period_of(desk.session, desk.matter)
    publication.extend(desk.session, desk.matter, period.id, day, "Bão lụt", desk.publisher, NOW)
    assert set(by_recipient(news())) == EVERYBODY
    publication.withdraw(desk.session, desk.matter, "Soạn lại.", desk.publisher, NOW)
    assert set(by_recipient(news())) == EVERYBODY


def test_a_critique_is_told_to_the_officers(desk: Desk, news: News) -> None:
    front = make_organisation(desk.session, OrganisationKind.FRONT_COMMITTEE, name="Ủy ban MTTQ")
    sent(desk, front, SubmissionKind.CRITIQUE)
    told = by_recipient(news())
    assert told == {
        desk.people[who].mail: "Đã nhận văn bản phản biện xã hội của Ủy ban MTTQ"
        for who in ("officer", "second_officer")
    }


def test_what_is_sent_back_is_told_to_who_wrote_it(desk: Desk, news: News) -> None:
    one, two, three = desk.receive("Một", "Hai", "Ba")
    mine = [desk.draft(one), desk.draft(two)]
    hers = desk.draft(three, actor=desk.second_officer)
    news()
    chosen = [(response.id, desk.hash_of(response)) for response in (*mine, hers)]
    approval.send_back(desk.session, desk.matter, chosen, "Viết rõ hơn, đồng chí", desk.leader, NOW)
    mails = news()
    assert by_recipient(mails) == {
        desk.people["officer"].mail: "Câu trả lời ý kiến số 1, 2 được gửi lại để sửa",
        desk.people["second_officer"].mail: "Câu trả lời ý kiến số 3 được gửi lại để sửa",
    }
    assert all("Viết rõ hơn" not in body_of(mail) for mail in mails)


def test_a_draft_waits_for_the_morning_to_be_told(desk: Desk, news: News) -> None:
    desk.draft(*desk.receive("Một", "Hai"))
    assert news() == [] and news(NOW + timedelta(days=1)) == []


def member(session: Session, user: User, body: Organisation, role: Role) -> Actor:
    """Somebody of an organisation as they act."""
    return make_actor(session, body, role, user=user)


def test_a_letter_handed_over_is_told_to_who_may_sign_it(
    app_session: Session, news: News, farmers: Organisation
) -> None:
    matter = make_consultation(app_session, now=NOW)
    writer = make_user(app_session, farmers, [Role.DRAFTER, Role.SENDER], "Bà Viết", mail="viet@hoi.vn")
    actor = member(app_session, writer, farmers, Role.DRAFTER)
    content = DraftContent(
        letter_number="12/HND", letter_on="2026-11-20", signatory_name="Én", signatory_office="Chủ tịch",
        signing_line="TM. BAN", comments=(Point("", "support", "Nhất trí."),),
    )  # fmt: skip
    draft = drafts.start(app_session, matter, farmers.id, SubmissionKind.FORMAL, actor, NOW)
    saving.save(app_session, matter, draft.id, content, draft.version, actor, NOW)
    for _ in range(2):
        sending.hand_over(app_session, matter, draft.id, actor, NOW)
    mails = news()
    assert set(by_recipient(mails)) == {"ky@hoi.vn"}
    assert f"/to-chuc/{matter.slug}/ban-soan/{draft.id}/kiem-tra/" in body_of(mails[0])


def test_a_reviewer_is_told_that_they_are_asked_and_who_asked_what_they_said(
    app_session: Session, news: News, farmers: Organisation
) -> None:
    matter = make_consultation(app_session, now=NOW)
    writer, boss = (
        make_user(app_session, farmers, [Role.DRAFTER], name, mail=mail)
        for name, mail in (("Bà Viết", "viet@hoi.vn"), ("Ông Duyệt", "duyet@hoi.vn"))
    )
    farmers.reviewer_id = boss.id
    app_session.commit()
    actor, reviewer = (member(app_session, one, farmers, Role.DRAFTER) for one in (writer, boss))
    draft = drafts.start(app_session, matter, farmers.id, SubmissionKind.FORMAL, actor, NOW)
    review.ask(app_session, matter, draft.id, actor, NOW)
    [asked] = news()
    assert (asked["To"], asked["Subject"].partition(":")[0]) == ("duyet@hoi.vn", "Bản soạn chờ ông/bà cho ý kiến")
    review.answer(app_session, matter, draft.id, False, reviewer, NOW)
    told = next(mail for mail in news() if mail["To"] == "viet@hoi.vn")
    assert "được người duyệt trả lại để sửa" in body_of(told)


def test_a_body_is_told_that_it_is_to_sign_too_and_who_asked_what_it_said(
    app_session: Session, news: News, farmers: Organisation
) -> None:
    matter = make_consultation(app_session, now=NOW)
    front = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, name="Mặt trận tỉnh")
    writer = make_user(app_session, front, [Role.DRAFTER], "Bà Viết", mail="viet@mttq.vn")
    signer = app_session.scalars(select(User).where(User.mail == "ky@hoi.vn")).one()
    actor = member(app_session, writer, front, Role.DRAFTER)
    draft = drafts.start(app_session, matter, front.id, SubmissionKind.FORMAL, actor, NOW)
    asked = naming.name(app_session, matter, draft.id, farmers.id, actor, NOW)
    mails = news()
    assert set(by_recipient(mails)) == {"soan@hoi.vn", "ky@hoi.vn", "van-phong@hoi.vn"}
    assert f"/to-chuc/{matter.slug}/cung-ky/{asked.id}/" in body_of(mails[0])
    signs = member(app_session, signer, farmers, Role.SENDER)
    confirming.answer(app_session, matter, asked.id, False, "Chưa thống nhất.", signs, NOW)
    [told] = news()
    assert told["To"] == "viet@mttq.vn" and "Hội Nông dân không cùng ký" in told["Subject"]
    assert "Lý do: Chưa thống nhất." in body_of(told)
    naming.name(app_session, matter, draft.id, farmers.id, actor, NOW)
    naming.take_off(app_session, matter, draft.id, asked.id, actor, NOW)
    assert news() == [], "who is asked no more is not told"


def test_events_handled_twice_ask_once_and_hold_no_words(session: Session) -> None:
    desk = make_desk(session)
    body = make_organisation(session, OrganisationKind.SOCIO_POLITICAL, name="Hội Nông dân")
    make_user(session, body, [Role.SENDER], mail=f"{new_id()}@hoi.vn")
    sent(desk, body)
    daily_mails.plan(session, NOW)
    for _ in range(2):
        recipients.after_received(session, events(session, "comment_received"), NOW)
        due = events(session, "work_due")
        daily_mails.after_due(session, due, due[0].run_at)
    found = requested(session)
    assert sorted({one["notice"] for one in found}) == ["critique_received", "daily/work", "letter_received"]
    assert len({(one["notice"], one.get("user_id")) for one in found}) == len(found)
    assert {key for one in found for key in one} <= {
        "notice",
        "submission",
        "user_id",
        "unit_id",
        "waits",
        "late",
        "until",
        "at_desk",
        "day",
    }
