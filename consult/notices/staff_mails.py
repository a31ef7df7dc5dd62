"""After what was done at a desk or inside an organisation: whose turn it is now, by `who_is_told.py`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.notices import addressees
from consult.notices.requests import MailRequest, request_for
from consult.notices.who_is_told import Whom, told
from consult.outbox.models import OutboxMessage
from consult.people.models import User
from consult.people.words import Role
from consult.responses.models import ResponseVersion
from consult.workspace.models import DraftWriter, OrganisationDraft


def after_sent_back(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """answers_sent_back: tells who wrote the wording that was sent back, in one mail of all that is theirs."""
    for message in messages:
        rule, ids = told("answers_sent_back", Whom.WRITER), [UUID(one) for one in message.payload["versions"]]
        named = (ResponseVersion.consultation_id == message.consultation_id, ResponseVersion.id.in_(ids))
        theirs: dict[UUID, list[str]] = {}
        for version in session.scalars(select(ResponseVersion).where(*named).order_by(ResponseVersion.id)):
            theirs.setdefault(version.written_by_id, []).append(str(version.response_id))
        for user_id, responses in theirs.items():
            asked = MailRequest(now, message, f"sent_back:{message.id}:{user_id}")
            if rule is not None:
                writer = addressees.of_person(session.get_one(User, user_id))
                request_for(session, asked, writer, notice=rule.template, responses=responses)


def after_transferred(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """comments_transferred: tells who has them from now on."""
    for message in messages:
        rule = told("comments_transferred", Whom.TAKER)
        unit, user = message.payload["unit"], message.payload["user"]
        if rule is None:
            continue
        for to in addressees.of_hands(session, UUID(unit) if unit else None, UUID(user) if user else None, now):
            asked = MailRequest(now, message, f"transferred:{message.id}:{to.mailbox}")
            numbers = message.payload["comments"]
            request_for(session, asked, to, notice=rule.template, numbers=numbers, unit_given=unit)


def after_handed_over(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """letter_handed_over: tells who may sign a letter for an organisation, which is nobody who wrote in it."""
    for message in messages:
        rule, key = told("letter_handed_over", Whom.SIGNERS), (message.consultation_id, UUID(message.payload["draft"]))
        draft = session.get(OrganisationDraft, key)
        if rule is None or draft is None:
            continue
        written = (DraftWriter.consultation_id == draft.consultation_id, DraftWriter.draft_id == draft.id)
        writers = {str(one) for one in session.scalars(select(DraftWriter.user_id).where(*written))}
        for to in addressees.of_organisation(session, draft.organisation_id, now, {Role.SENDER}):
            signer = dict(to.payload).get("user_id")
            if signer and signer not in writers:
                asked = MailRequest(now, message, f"handed_over:{draft.id}:{message.payload['version']}:{signer}")
                request_for(session, asked, to, notice=rule.template, draft=str(draft.id))


def after_listening_asked(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """listening_asked: tells the people of the body that a voice waits to be written down."""
    for message in messages:
        for to in addressees.of_organisation(session, UUID(message.payload["organisation"]), now, frozenset(Role)):
            if user_id := dict(to.payload).get("user_id"):
                asked = MailRequest(now, message, f"listening:{message.id}:{user_id}")
                request_for(session, asked, to, notice="listening", number=message.payload["number"])
