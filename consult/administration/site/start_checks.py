"""What is looked at before the site starts: its mails can leave, production is no demonstration and no example,
and nothing splits it in two."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

import config
from consult import sqlite
from consult.administration.models import InstallationFact
from consult.administration.site import mail_settings, names, one_site
from consult.administration.site.installation import made_by_demo
from consult.command_line.startup import is_command
from consult.db import Database

MAINTENANCE = "maintenance"
"""The command that says to everybody that the site is being worked on."""


def check(settings: Mapping[str, Any], database: Database) -> None:
    """Raises config.Misconfigured when no mail could leave, and when production would be a demonstration, bear the
    names of an example, or be split in two."""
    mail_settings.check(settings)
    if settings["ENVIRONMENT"] != "production":
        return
    if settings["DEMO"]:
        raise config.Misconfigured("demo_in_production", name="CONSULT_DEMO")
    one_site.check(settings)
    try:
        _check_database(settings, database)
    except SQLAlchemyError:
        # It asks no database, and is wanted most when that is away.
        if not is_command(MAINTENANCE):
            raise


def _check_database(settings: Mapping[str, Any], database: Database) -> None:
    if is_demo_database(database):
        raise config.Misconfigured("demo_database", name="CONSULT_DATABASE_URL")
    names.check(settings, database)


def is_demo_database(database: Database) -> bool:
    """Whether the demo made this database; one that does not exist or has no tables yet was made by nobody.
    Raises OperationalError when it cannot be reached: that may pass, and a setting is not what is wrong."""
    if sqlite.is_missing(database.engine.url):
        return False
    try:
        if not inspect(database.engine).has_table(InstallationFact.__tablename__):
            return False
        with database.session() as session:
            return made_by_demo(session)
    finally:
        # Connections opened here must not be shared with the processes that a server forks after this.
        database.engine.dispose()
