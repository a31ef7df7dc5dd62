"""After a dialogue over the answers to a letter is called, called anew, or recorded: its sender is told, and the people
of the desk who hold it or answer."""

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
from consult.notices.who_is_told import Told, Whom, told
from consult.outbox.models import OutboxMessage
from consult.people.models import User
from consult.people.words import Role
from consult.policy import Action
from consult.responses.second_words.models import Dialogue, DialoguePoint
from consult.submissions.models import Comment, Submission


def after_called(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """dialogue_called: tells the people of the body, and whoever else sent the letter, when and where it is held, and
    those who answer."""
    for message in messages:
        _tell(session, message, "dialogue_called", now)


def after_held(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """dialogue_held: tells them that its minutes are there."""
    for message in messages:
        _tell(session, message, "dialogue_held", now)


def _tell(session: Session, message: OutboxMessage, name: str, now: datetime) -> None:
    matter = session.get(Consultation, message.consultation_id)
    dialogue = session.get(Dialogue, (message.consultation_id, UUID(message.payload["dialogue"])))
    submission = session.get(Submission, (message.consultation_id, UUID(message.payload["submission"])))
    if matter is None or dialogue is None or submission is None:
        return
    body = addressees.of_submission(session, submission, now)
    known = {one.mailbox for one in body}
    desk = [one for one in _of_desk(session, matter, dialogue, now) if one.mailbox not in known]
    facts = {"dialogue": message.payload["dialogue"], "held": name == "dialogue_held"}
    _ask(session, message, told(name, Whom.SENDER), body, now, {**facts, "submission": str(submission.id)})
    _ask(session, message, told(name, Whom.AT_DESK), desk, now, facts)


def _ask(
    session: Session, message: OutboxMessage, rule: Told | None, found: Sequence[Addressee], now: datetime,
    facts: dict[str, Any],
) -> None:  # fmt: skip
    for to in found:
        asked = MailRequest(now, message, f"{message.event}:{message.payload['dialogue']}:{to.mailbox}")
        if rule is not None:
            request_for(session, asked, to, notice=rule.template, **facts)


def _of_desk(session: Session, matter: Consultation, dialogue: Dialogue, now: datetime) -> list[Addressee]:
    """The officers and leaders who hold it and who answers, but for the one who did it."""
    over = (DialoguePoint.consultation_id == matter.id, DialoguePoint.dialogue_id == dialogue.id)
    numbers = session.scalars(select(Comment.number).join(DialoguePoint.comment).where(*over)).all()
    roles = (Role.OFFICER, Role.LEADER)
    held = [to for role in roles for to in addressees.of_desk(session, matter, role, Action.HOLD_DIALOGUE, now)]
    did = session.get(User, dialogue.recorded_by_id or dialogue.called_by_id)
    own = addressees.of_person(did).mailbox if did is not None else ""
    found = addressees.once([*held, *answerers.of_comments(session, matter, numbers, now)])
    return [one for one in found if one.mailbox != own]
