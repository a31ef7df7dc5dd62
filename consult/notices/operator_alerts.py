"""Mails for the operators about how the site is, straight to the mail server: the worker may be what stands still."""

import logging
import socket
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.administration.condition.alert_round import NotSent
from consult.administration.condition.alerts import Alert
from consult.administration.condition.findings import Finding
from consult.command_line.words import say_in
from consult.db import new_id
from consult.notices.sending.delivery import DeliveryFailed, RecipientRefused, delivery_of
from consult.notices.sending.mail import BadAddress, BadSender, Letter, Sender, message_of
from consult.notices.sending.mail_text import Words, Writer
from consult.resource_paths import TEMPLATES

LANGUAGE = "vi"
MOST_NAMED = 3
"""So many parts stand in the subject; the mail has all."""

log = logging.getLogger(__name__)


def addresses(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Whom the site tells: CONSULT_ALERT_MAIL, otherwise CONSULT_OPERATOR_MAIL."""
    operator = settings["OPERATOR_MAIL"]
    return settings["ALERT_MAIL"] or ((operator,) if operator else ())


class AlertMails:
    """Tells the addresses that the settings name."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.settings = settings

    def send(self, alert: Alert, now: datetime) -> None:
        """One mail to each address. Raises NotSent when it reached none of them."""
        settings = self.settings
        to = addresses(settings)
        if not to or (settings["ENVIRONMENT"] == "production" and not settings["SMTP_HOST"]):
            raise NotSent("nobody")
        words = words_of(alert, settings)
        refusals = [refusal for one in to if (refusal := self._refusal(one, words, now))]
        if len(refusals) == len(to):
            raise NotSent("not_taken", refusals[0])

    def _refusal(self, to: str, words: Words, now: datetime) -> str:
        """Why a mail did not leave; empty when it did."""
        letter = Letter(new_id(), to, LANGUAGE, words.subject, words.body, now)
        try:
            mail = message_of(letter, Sender(self.settings["MAIL_FROM"], self.settings["SITE_URL"]))
            delivery_of(self.settings).deliver(mail, letter.id)
        except (BadAddress, BadSender, DeliveryFailed, RecipientRefused) as failure:
            said = f"{type(failure).__name__} {failure}".strip()
            log.error("an alert was not taken: %s", said)
            return said
        return ""


def words_of(alert: Alert, settings: Mapping[str, Any]) -> Words:
    """Subject and body of an alert."""
    writer = Writer(TEMPLATES / "notices", settings["SITE_NAME"], settings["SITE_URL"])
    bad, standing = ([_told(one) for one in some] for some in (alert.bad, alert.standing))
    good = [say_in(LANGUAGE, f"condition.{name}", {}) for name in alert.good]
    named = [one["part"] for one in bad] or (good if not alert.daily else []) or [one["part"] for one in standing]
    shown = ", ".join(named[:MOST_NAMED]) + (", …" if len(named) > MOST_NAMED else "")
    told = {"bad": bad, "good": good, "standing": standing}
    return writer.write(
        "operator/alert",
        LANGUAGE,
        {**told, "names": shown, "daily": alert.daily, "common": alert.common, "machine": socket.gethostname()},
    )


def _told(one: Finding) -> dict[str, str]:
    return {
        "part": say_in(LANGUAGE, f"condition.{one.check}", {}),
        "state": say_in(LANGUAGE, f"condition.state.{one.state}", {}),
        "said": say_in(LANGUAGE, one.code, one.details),
    }
