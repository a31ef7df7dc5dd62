"""`flask --app consult create-admin`: the first administrator of a new site."""

import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.accounts import first_administrator
from consult.command_line.localized import asked, command
from consult.command_line.words import say
from consult.consultations.reference import seeding
from consult.people.organisations import organisations
from consult.people.seeding import seed_areas
from consult.sign_in import invitations
from consult.web.context import secrets, session


@command("create-admin")
@asked("--mail")
@asked("--name")
@click.option("--password-stdin", is_flag=True)
@with_appcontext
def create_admin(mail: str, name: str, password_stdin: bool) -> None:
    """Makes an administrator's account, and prints a link to set its password once."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    now = clock.now()
    _seed(session())
    user = first_administrator.create(session(), mail, name, password, now)
    click.echo(say("command.create_admin.done", name=user.name, mail=user.mail))
    if password is None:
        token = invitations.token_of(user, secrets(), now)
        link = f"{current_app.config['SITE_URL']}/dang-nhap/loi-moi/{token}/"
        click.echo(say("command.create_admin.link", link=link))


def _seed(opened: Session) -> None:
    """A new site gets its reference data with its first administrator; what is there stays as it is."""
    seeding.seed_rules(opened)
    seed_areas(opened)
    if not organisations(opened, limit=1):
        seeding.seed_bodies(opened)
