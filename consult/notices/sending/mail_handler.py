"""mail_requested: reads the facts again, writes one mail and hands it over. What is gone by then is not sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.collections.branches import keys
from consult.collections.models import Branch
from consult.consultations.invitations import deliveries
from consult.consultations.words import DeliveryKind
from consult.notices import mail_limits
from consult.notices.following import values as follower_values
from consult.notices.following import works_links
from consult.notices.mail_address import Recipient
from consult.notices.programme import solved_mails
from consult.notices.sending.delivery import Delivery, DeliveryFailed, RecipientRefused, SiteFault, delivery_of
from consult.notices.sending.mail import BadAddress, BadSender, Letter, Sender, message_of
from consult.notices.sending.mail_text import Writer
from consult.notices.sending.mail_values import recipient_of
from consult.notices.typed import mails as typed_mails
from consult.outbox.failures import OwnFault, PermanentFailure
from consult.outbox.models import OutboxMessage
from consult.people.models import User
from consult.responses.answers import handing_over
from consult.responses.words import HandedOver
from consult.session_secret import Secrets, secrets_of
from consult.sign_in import invitations
from consult.submissions.inputs import Codes

TokenOf = Callable[[User, datetime], str]
"""Makes the token of a link by which a person sets their password, good from an instant on."""
KeyOf = Callable[[Branch], str]
"""Gives the key of a branch as its link has it."""
INVITED = "invited"
BRANCH_ASKED = "collected/branch_asked"
ANSWERED = frozenset({"answered", "letter_answered"})
"""Mails that tell a sender of answers to their comments."""
ASKED = "asked"
"""The mail to bodies that are asked for their opinion, or reminded of it."""
TOGETHER = frozenset({"answers", "several"})
"""Mails that say in one what would have been too many."""


@dataclass(frozen=True)
class MailHandler:
    """The handler of mail_requested, whose messages are handled one at a time."""

    writer: Writer
    sender: Sender
    delivery: Delivery
    token_of: TokenOf
    secrets: Secrets
    key_of: KeyOf

    def send(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """Sends the mails asked for. Raises DeliveryFailed (tried again later), OwnFault (until it is mended) or
        PermanentFailure."""
        for message in messages:
            try:
                found = self._recipient(session, message, now)
                if found is not None:
                    self._send(message, found)
                    _note_answers(session, message, now)
                    _note_invitation(session, message, now)
            except PermanentFailure:
                follower_values.forget(session, message)
                raise
            except (DeliveryFailed, OwnFault):
                raise
            except Exception as fault:
                # A database that is away, a text that cannot be written: no recipient can help it.
                raise OwnFault(type(fault).__name__) from fault

    def _send(self, message: OutboxMessage, to: Recipient) -> None:
        words = self.writer.write(message.payload["notice"], to.language, to.values)
        leave = self.writer.root(to.language) + to.leave if to.leave else ""
        letter = Letter(message.id, to.to, to.language, words.subject, words.body, message.created_at, leave)
        try:
            self.delivery.deliver(message_of(letter, self.sender), message.id)
        except BadAddress:
            raise PermanentFailure("bad_address") from None
        except RecipientRefused as refused:
            raise PermanentFailure(f"refused {refused}") from None
        except BadSender:
            raise OwnFault("bad_sender") from None
        except SiteFault as fault:
            raise OwnFault(str(fault)) from None

    def _recipient(self, session: Session, message: OutboxMessage, now: datetime) -> Recipient | None:
        if message.payload["notice"] in TOGETHER:
            return self._of_several(session, message)
        if "follower" in message.payload:
            return self._asked(message, follower_values.recipient_of(session, message, now))
        found = recipient_of(session, message)
        if found is not None and message.payload["notice"] == BRANCH_ASKED:
            return replace(
                found, values={**found.values, "key": self.key_of(session.get_one(Branch, found.values["own"]))}
            )
        if found is not None and message.payload["notice"] == solved_mails.NOTICE:
            return replace(found, values=solved_mails.with_link(self.secrets, message, dict(found.values)))
        if found is not None and message.payload["notice"] in typed_mails.ASKING:
            return replace(found, values=found.values | typed_mails.values(session, message, self.secrets, now))
        if found is None or message.payload["notice"] != INVITED:
            return self._asked(message, found)
        user = session.get_one(User, UUID(message.payload["user_id"]))
        return replace(found, values={**found.values, "token": self.token_of(user, now)})

    def _asked(self, message: OutboxMessage, found: Recipient | None) -> Recipient | None:
        """With the address at which they say whether what was issued works, where they are asked that."""
        if found is None or not found.values.get("asks") or message.consultation_id is None:
            return found
        works = works_links.address(self.secrets, message.consultation_id, found.to)
        return replace(found, values={**found.values, "works": works})

    def _of_several(self, session: Session, message: OutboxMessage) -> Recipient | None:
        """What somebody is told in one mail since it would have been too many: what each of those would have said."""
        gathered = mail_limits.gathered(session, message)
        mails = [(one.payload["notice"], found) for one in gathered if (found := recipient_of(session, one))]
        if not mails:
            return None
        first = mails[0][1]
        said = [
            {**one.values, "subject": self.writer.write(notice, one.language, one.values).subject}
            for notice, one in mails
        ]
        return Recipient(first.to, first.language, {"matters": said, "on": date.fromisoformat(message.payload["day"])})


def _note_answers(session: Session, message: OutboxMessage, now: datetime) -> None:
    """Of every answer that this mail told, alone or with others, that it is sent."""
    told = mail_limits.gathered(session, message) if message.payload["notice"] in TOGETHER else [message]
    for one in told:
        if one.payload["notice"] in ANSWERED and one.consultation_id is not None and "comments" in one.payload:
            handing_over.note(session, one.consultation_id, one.payload["comments"], HandedOver.MAIL, now)


def _note_invitation(session: Session, message: OutboxMessage, now: datetime) -> None:
    """Of a mail to a body that is asked or reminded, that the mail server took it."""
    named = message.payload.get("invitation")
    if message.payload["notice"] == ASKED and named and message.consultation_id is not None:
        kind = DeliveryKind.MAIL_ACCEPTED
        deliveries.note(session, message.consultation_id, UUID(named), kind, f"mail {message.id}", now)


def sending_of(settings: Mapping[str, Any], folder: Path, codes: Codes) -> MailHandler:
    """The handler that the settings describe, with the templates of mails in `folder` and the keys for receipts, by
    which the links of branches are made."""
    return MailHandler(
        writer=Writer(folder, settings["SITE_NAME"], settings["SITE_URL"]),
        sender=Sender(settings["MAIL_FROM"], settings["SITE_URL"]),
        delivery=delivery_of(settings),
        token_of=partial(_token_of, secrets_of(settings)),
        secrets=secrets_of(settings),
        key_of=partial(_key_of, codes),
    )


def _key_of(codes: Codes, branch: Branch) -> str:
    try:
        return keys.shown(keys.of_branch(branch, codes))
    except LookupError:
        return ""


def _token_of(secrets: Secrets, user: User, now: datetime) -> str:
    return invitations.token_of(user, secrets, now)
