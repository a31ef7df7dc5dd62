"""`flask --app consult create-admin`: the first administrator of a new site."""

import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from consult import clock
from consult.administration import first_administrator
from consult.consultations import seeding
from consult.errors import Invalid, Refused
from consult.people.organisations import organisations
from consult.people.seeding import seed_areas
from consult.sign_in import invitations
from consult.web.catalogue import translations
from consult.web.context import secrets, session


@click.command("create-admin")
@click.option("--mail", prompt="Mail", help="The address the administrator signs in with.")
@click.option("--name", prompt="Name", help="Family name and given names.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of printing a link."
)
@with_appcontext
def create_admin(mail: str, name: str, password_stdin: bool) -> None:
    """Makes an administrator's account, and prints a link to set its password once."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    now = clock.now()
    try:
        _seed(session())
        user = first_administrator.create(session(), mail, name, password, now)
    except Invalid as invalid:
        field, code = next(iter(invalid.errors.items()))
        raise click.ClickException(f"{field}: {_sentence(f'error.{code}')}.") from invalid
    except Refused as refused:
        raise click.ClickException(_sentence(f"reason.{refused.reason}")) from refused
    click.echo(f"{user.name} <{user.mail}> is an administrator.")
    if password is None:
        token = invitations.token_of(user, secrets(), now)
        click.echo(f"Set the password within a week: {current_app.config['SITE_URL']}/dang-nhap/loi-moi/{token}/")


def _seed(opened: Session) -> None:
    """A new site gets its reference data with its first administrator; what is there stays as it is."""
    seeding.seed_rules(opened)
    seed_areas(opened)
    if not organisations(opened, limit=1):
        seeding.seed_bodies(opened)


def _sentence(code: str) -> str:
    return translations("en").gettext(code).rstrip(".")
