"""Who has not replied is reminded once before the day by the site, and by an officer; who has replied never is."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.invitations import deliveries, many
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.many import AskMany
from consult.consultations.preparation import publication
from consult.consultations.words import DeliveryKind
from consult.errors import Invalid
from consult.outbox.models import OutboxMessage
from consult.people.models import Organisation
from consult.people.words import OrganisationKind, Role
from consult.responses.asked import reminders, replies
from consult.responses.asked.reminders import Reminded
from consult.responses.asked.replies import Reply
from consult.submissions.inputs import Cosigned, Letter, Sender
from consult.submissions.words import SubmissionKind
from tests.builders import NOW, TODAY, make_organisation, make_unit, make_user
from tests.notices.conftest import News, by_recipient, news
from tests.responses.desk_builder import Desk, make_desk

__all__ = ["news"]
DAY = TODAY + timedelta(10)
MORNING = clock.start_of_day(DAY - timedelta(3)) + timedelta(hours=8)


def body(session: Session, name: str, mail: str = "") -> Organisation:
    """An organisation, with somebody who gets its mails or nobody."""
    made = make_organisation(session, OrganisationKind.SOCIO_POLITICAL, name=name)
    if mail:
        make_user(session, made, [Role.SENDER], mail=mail)
    return made


@pytest.fixture
def desk(app_session: Session) -> Desk:
    """A matter whose three bodies were asked to reply by DAY: two get mails, one nobody knows how to reach."""
    made = make_desk(app_session)
    asked = [body(app_session, "Hội A", "a@hoi.vn"), body(app_session, "Hội B", "b@hoi.vn"), body(app_session, "Hội C")]
    asking = AskMany(tuple(one.id for one in asked), reply_by=DAY)
    many.ask(app_session, made.matter, asking, made.officer, NOW)
    return made


def standing(desk: Desk) -> dict[str, replies.AskedBody]:
    """Those asked, by name."""
    desk.session.expire_all()
    return {one.invitation.organisation.name: one for one in replies.asked_bodies(desk.session, desk.matter, NOW)}


def reply(desk: Desk, name: str) -> None:
    """A letter of a body."""
    sender = Sender(organisation_id=standing(desk)[name].invitation.organisation_id)
    desk.receive("Nhất trí.", kind=SubmissionKind.FORMAL, sender=sender, letter=Letter("1/CV", TODAY))


def cosigned(desk: Desk, name: str, other: str) -> None:
    """A letter of one body that another has confirmed for itself."""
    first, second = (standing(desk)[one].invitation.organisation for one in (name, other))
    signing = {"sender": Sender(organisation_id=first.id), "cosigned": (Cosigned(second.id, other, TODAY),)}
    desk.receive("Nhất trí.", kind=SubmissionKind.FORMAL, letter=Letter("2/CV", TODAY), **signing)


def kinds(desk: Desk, name: str) -> list[DeliveryKind]:
    """What is known of the letter to a body."""
    return [one.kind for one in standing(desk)[name].deliveries]


def test_the_site_reminds_once_those_who_have_not_replied(desk: Desk, news: News) -> None:
    assert set(by_recipient(news())) == {"a@hoi.vn", "b@hoi.vn"}
    assert kinds(desk, "Hội A") == [DeliveryKind.MAIL_ACCEPTED] and kinds(desk, "Hội C") == [DeliveryKind.NO_MAILBOX]
    reply(desk, "Hội A")
    news()
    assert not news(MORNING - timedelta(minutes=1))
    reminded = by_recipient(news(MORNING))
    assert list(reminded) == ["b@hoi.vn"] and reminded["b@hoi.vn"].startswith("Nhắc cho ý kiến")
    assert kinds(desk, "Hội B") == ["mail_accepted", "reminded", "mail_accepted"]
    assert DeliveryKind.REMINDED not in kinds(desk, "Hội A")
    assert not news(MORNING + timedelta(days=2))


def test_a_letter_is_the_reply_of_every_body_that_signed_it(desk: Desk, news: News) -> None:
    news()
    cosigned(desk, "Hội C", "Hội B")
    told = {name: [(one.letter_number, one.sent_by) for one in body.sent] for name, body in standing(desk).items()}
    assert told == {"Hội A": [], "Hội B": [("2/CV", "Hội C")], "Hội C": [("2/CV", "")]}
    assert standing(desk)["Hội B"].reply is Reply.REPLIED
    news()
    assert list(by_recipient(news(MORNING))) == ["a@hoi.vn"], "who signed with others is not reminded"


def test_an_event_that_comes_twice_reminds_once(desk: Desk, news: News) -> None:
    news()
    (event,) = [one for one in _events(desk.session) if one.event == "replies_due"]
    for _again in range(2):
        reminders.after_replies_due(desk.session, [event], MORNING)
    assert len(news(MORNING)) == 2
    assert kinds(desk, "Hội B").count(DeliveryKind.REMINDED) == 1


def test_nobody_is_reminded_of_what_has_ended_or_is_past_its_day(desk: Desk, news: News) -> None:
    news()
    (event,) = [one for one in _events(desk.session) if one.event == "replies_due"]
    reminders.after_replies_due(desk.session, [event], clock.start_of_day(DAY + timedelta(1)))
    publication.withdraw(desk.session, desk.matter, "Soạn lại.", desk.publisher, NOW)
    reminders.after_replies_due(desk.session, [event], MORNING)
    assert DeliveryKind.REMINDED not in kinds(desk, "Hội B")


def test_an_officer_reminds_the_silent_and_nobody_twice_a_day(desk: Desk, news: News) -> None:
    news()
    reply(desk, "Hội A")
    everybody = {one.invitation.organisation_id for one in standing(desk).values()}
    act = (desk.session, desk.matter, everybody, desk.officer)
    assert reminders.remind(*act, NOW) == Reminded(now=2, replied=1, today=0)
    assert reminders.remind(*act, NOW) == Reminded(now=0, replied=1, today=2)
    last = reminders.last_reminder(standing(desk)["Hội B"].deliveries)
    assert last is not None and last.by_id == desk.officer.user_id
    assert [mail["To"] for mail in news() if str(mail["Subject"]).startswith("Nhắc")] == ["b@hoi.vn"]
    assert reminders.remind(*act, NOW + timedelta(days=1)).now == 2
    with pytest.raises(Invalid):
        reminders.remind(desk.session, desk.matter, set(), desk.officer, NOW)


def test_who_replied_between_the_reminder_and_its_mail_gets_none(desk: Desk, news: News) -> None:
    news()
    bodies = {standing(desk)["Hội B"].invitation.organisation_id}
    reminders.remind(desk.session, desk.matter, bodies, desk.officer, NOW)
    reply(desk, "Hội B")
    assert not [mail for mail in news() if str(mail["Subject"]).startswith("Nhắc")]


def test_a_letter_that_leaves_no_time_reminds_nobody(desk: Desk) -> None:
    near = AskMany((body(desk.session, "Hội D").id,), reply_by=TODAY + timedelta(3))
    many.ask(desk.session, desk.matter, near, desk.officer, NOW)
    assert len([one for one in _events(desk.session) if one.event == "replies_due"]) == 1


def test_who_replied_when_and_who_is_silent(desk: Desk) -> None:
    reply(desk, "Hội A")
    past = DAY + timedelta(4)
    found = {
        one.invitation.organisation.name: (one.reply, one.after)
        for one in replies.asked_bodies(desk.session, desk.matter, clock.start_of_day(past))
    }
    assert found == {"Hội A": (Reply.REPLIED, 0), "Hội B": (Reply.SILENT_AFTER, 4), "Hội C": (Reply.SILENT_AFTER, 4)}
    assert standing(desk)["Hội B"].reply is Reply.SILENT


def test_a_mailbox_of_a_unit_is_somebody_to_write_to(desk: Desk) -> None:
    made = body(desk.session, "Hội E")
    make_unit(desk.session, made).mailbox = "e@hoi.vn"
    desk.session.commit()
    reached = {one.body.name: one.by_mail for one in many.candidates(desk.session, desk.matter, many.Wanted(), NOW)}
    assert reached["Hội E"] and reached["Hội A"] and not reached["Hội C"]


def test_a_release_before_this_one_named_one_body(desk: Desk, news: News) -> None:
    news()
    one = standing(desk)["Hội A"].invitation
    (event,) = [each for each in _events(desk.session) if each.event == "body_asked"]
    event.payload, event.done_at = {"organisation": str(one.organisation_id)}, None
    desk.session.commit()
    news()
    assert len(deliveries.of_invitation(desk.session, one)) == 1
    assert invitations.invitation_of(desk.session, desk.matter.id, one.organisation_id) is not None


def _events(session: Session) -> list[OutboxMessage]:
    return list(session.scalars(select(OutboxMessage)))
