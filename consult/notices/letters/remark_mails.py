"""After a body said what it thinks of the answers to its letter: the desk is told, who owes the final answer, and the
body itself where it was entered from paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.notices import addressees
from consult.notices.addressees import Addressee
from consult.notices.letters import answerers
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.people.words import Role
from consult.policy import Action
from consult.responses.second_words.models import AnswerRemark
from consult.responses.second_words.words import Verdict
from consult.submissions.models import Comment, Submission


def after_remarked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """remarked: tells the officers of the desk, who may know whose letter it is, in one mail; who owes the final
    answer, of what does not satisfy; and the body of what was entered from its paper."""
    for message in messages:
        matter = session.get(Consultation, message.consultation_id)
        submission = session.get(Submission, (message.consultation_id, UUID(message.payload["submission"])))
        if matter is None or submission is None:
            continue
        # An event from before there were verdicts is about one answer.
        numbers = message.payload.get("numbers") or [message.payload["number"]]
        desk = addressees.of_desk(session, matter, Role.OFFICER, Action.TRIAGE, now)
        _tell(session, message, desk, "remarked", Whom.OFFICERS, now, submission=str(submission.id), said=numbers)
        owed = _unsatisfied(session, matter, numbers)
        _tell(
            session, message, _others(session, matter, owed, desk, now), "second_word", Whom.ANSWERERS, now, said=owed
        )
        if paper := message.payload.get("paper"):
            body = addressees.of_submission(session, submission, now)
            facts = {"submission": str(submission.id), "said": numbers, "paper": paper}
            _tell(session, message, body, "second_word_paper", Whom.SENDER, now, **facts)


def _tell(
    session: Session, message: OutboxMessage, found: Sequence[Addressee], name: str, whom: Whom, now: datetime,
    **facts: Any,
) -> None:  # fmt: skip
    rule = told(name, whom)
    for to in found:
        asked = MailRequest(now, message, f"{name}:{message.id}:{to.mailbox}")
        if rule is not None:
            request_for(session, asked, to, notice=rule.template, **facts)


def _unsatisfied(session: Session, matter: Consultation, numbers: Sequence[int]) -> list[int]:
    own = (AnswerRemark.consultation_id == matter.id, Comment.number.in_(numbers))
    said = select(Comment.number).join(AnswerRemark, AnswerRemark.comment_id == Comment.id)
    unsatisfied = said.where(*own, AnswerRemark.verdict == Verdict.UNSATISFIED)
    return list(session.scalars(unsatisfied.order_by(Comment.number)))


def _others(
    session: Session, matter: Consultation, owed: Sequence[int], desk: Sequence[Addressee], now: datetime
) -> list[Addressee]:
    """Who owes a final answer and was not told with the desk."""
    known = {one.mailbox for one in desk}
    found = answerers.of_comments(session, matter, owed, now) if owed else []
    return [one for one in found if one.mailbox not in known]
