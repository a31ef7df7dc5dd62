"""After the sender of a comment was asked something: they are told that their word is needed; after they replied, who
asked. Where an investor asked, who posts the matter, and it once they handed the reply on.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.notices import addressees
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.people.words import Role
from consult.policy import Action
from consult.responses.questions.models import SenderQuestion
from consult.submissions.models import Comment, Submission


def after_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """question_asked: tells the sender, whatever else they were told that day, since something is asked of them."""
    rule = told("question_asked", Whom.SENDER)
    for message in messages:
        number, matter = message.payload["number"], message.consultation_id
        sent = select(Submission).join(Submission.comments).where(Comment.consultation_id == matter)
        submission = session.scalars(sent.where(Comment.number == number)).one()
        for to in addressees.of_submission(session, submission, now):
            asked = MailRequest(now, message, f"question_asked:{message.id}:{to.mailbox}")
            if rule is not None:
                request_for(
                    session,
                    asked,
                    to,
                    notice=rule.template,
                    submission=str(submission.id),
                    comments=[number],
                    change="question_asked",
                )


def after_replied(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """question_replied: tells who asked, unless the desk took the reply down."""
    rule = told("question_replied", Whom.WRITER)
    for message in messages:
        if rule is None or message.payload["by_desk"]:
            continue
        number, matter = message.payload["number"], message.consultation_id
        asked = select(SenderQuestion).join(SenderQuestion.comment).where(SenderQuestion.consultation_id == matter)
        question = session.scalars(asked.where(Comment.number == number)).one()
        writers = [addressees.of_person(question.asked_by)]
        if question.by_investor:
            consultation = session.get_one(Consultation, matter)
            writers = addressees.of_desk(session, consultation, Role.OFFICER, Action.TRIAGE, now)
        for writer in writers:
            request = MailRequest(now, message, f"question_replied:{message.id}:{writer.mailbox}")
            request_for(session, request, writer, notice=rule.template, replied=number, to_share=question.by_investor)


def after_shared(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """reply_shared: tells the investor's officer who asked."""
    rule = told("reply_shared", Whom.WRITER)
    for message in messages:
        number, matter = message.payload["number"], message.consultation_id
        asked = select(SenderQuestion).join(SenderQuestion.comment).where(SenderQuestion.consultation_id == matter)
        question = session.scalars(asked.where(Comment.number == number)).one()
        if rule is not None and question.by_investor:
            request = MailRequest(now, message, f"reply_shared:{message.id}")
            request_for(session, request, addressees.of_person(question.asked_by), notice=rule.template, replied=number)
