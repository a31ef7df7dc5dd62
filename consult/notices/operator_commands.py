"""`flask --app consult tell-operator UNIT`: a mail to whoever keeps the site running, when something has failed.

It goes straight to the mail server and asks no database, which may be what failed; `deploy/consult-failed@.service`
calls it without the site, which may not start.
"""

import socket

import click

import config
from consult import clock
from consult.administration import backups
from consult.administration.backups import last_drill
from consult.command_line.localized import command, failed
from consult.command_line.words import say
from consult.db import new_id
from consult.notices.sending.delivery import DeliveryFailed, RecipientRefused, delivery_of
from consult.notices.sending.mail import BadAddress, BadSender, Letter, Sender, message_of
from consult.notices.sending.mail_text import Writer
from consult.resource_paths import TEMPLATES

LANGUAGE = "vi"


@command("tell-operator", bare=True)
@click.argument("unit")
def tell_operator(unit: str) -> None:
    """Mails to CONSULT_OPERATOR_MAIL that UNIT has failed, with what is known of the backups."""
    settings = config.settings()
    operator = settings["OPERATOR_MAIL"]
    if not (operator and settings["SMTP_HOST"]):
        raise failed("command.tell_operator.nobody", names="CONSULT_OPERATOR_MAIL, CONSULT_SMTP_HOST")
    known = {"unit": unit, "machine": socket.gethostname(), "backups": backups.state(settings["INSTANCE"]),
             "drill": last_drill.state(settings["INSTANCE"])}  # fmt: skip
    words = Writer(TEMPLATES / "notices", settings["SITE_NAME"], settings["SITE_URL"]).write("failed", LANGUAGE, known)
    letter = Letter(new_id(), operator, LANGUAGE, words.subject, words.body, clock.now())
    try:
        mail = message_of(letter, Sender(settings["MAIL_FROM"], settings["SITE_URL"]))
        delivery_of(settings).deliver(mail, letter.id)
    except (BadAddress, BadSender) as bad:
        raise failed("command.tell_operator.no_address", names="CONSULT_OPERATOR_MAIL, CONSULT_SMTP_FROM") from bad
    except (DeliveryFailed, RecipientRefused) as refused:
        raise failed("command.tell_operator.not_taken", said=refused) from refused
    click.echo(say("command.tell_operator.done", mail=operator))
