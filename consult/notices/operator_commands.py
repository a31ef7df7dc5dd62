"""`flask --app consult tell-operator UNIT`: a mail to whoever keeps the site running, when something has failed.

It goes straight to the mail server and asks no database, which may be what failed; `deploy/consult-failed@.service`
calls it without the site, which may not start.
"""

import socket
from pathlib import Path

import click

import config
from consult import clock
from consult.administration import backing_up
from consult.db import new_id
from consult.notices.delivery import NeverTaken, NotTaken, delivery_of
from consult.notices.mail import BadAddress, Letter, Sender, message_of
from consult.notices.writing import Writer

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "notices"
LANGUAGE = "vi"


@click.command("tell-operator")
@click.argument("unit")
def tell_operator(unit: str) -> None:
    """Mails to CONSULT_OPERATOR_MAIL that UNIT has failed, with what is known of the backups."""
    settings = config.settings()
    operator = settings["OPERATOR_MAIL"]
    if not (operator and settings["SMTP_HOST"]):
        raise click.ClickException("Set CONSULT_OPERATOR_MAIL and CONSULT_SMTP_HOST: nobody was told.")
    known = {"unit": unit, "machine": socket.gethostname(), "backups": backing_up.state(settings["INSTANCE"])}
    words = Writer(TEMPLATES, settings["SITE_NAME"], settings["SITE_URL"]).write("failed", LANGUAGE, known)
    letter = Letter(new_id(), operator, LANGUAGE, words.subject, words.body, clock.now())
    try:
        mail = message_of(letter, Sender(settings["MAIL_FROM"], settings["SITE_URL"]))
        delivery_of(settings).deliver(mail, letter.id)
    except BadAddress as bad:
        raise click.ClickException("CONSULT_OPERATOR_MAIL or CONSULT_SMTP_FROM is no mail address.") from bad
    except (NotTaken, NeverTaken) as failed:
        raise click.ClickException(f"The mail server did not take the mail: {failed}.") from failed
    click.echo(f"{operator} was told.")
