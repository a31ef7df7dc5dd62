"""The names a site is known by: in production they are its own, never those of an example, which belong to nobody."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

import config
from consult.db import Database
from consult.ledger.models import LedgerEntry

NOBODYS = ("example", "invalid", "test", "localhost")
"""Last parts of names that never belong to anybody (RFC 2606, RFC 6761)."""


def check(settings: Mapping[str, Any], database: Database) -> None:
    """Raises config.Misconfigured when letters and the public log would bear somebody else's name, or nobody's."""
    _check_address(settings["SITE_URL"])
    _check_origin(settings["LEDGER_ORIGIN"], database)


def is_nobodys(host: str) -> bool:
    """Whether a name is one that examples and tests use, in whatever country: example.org, gopy.example.gov.vn."""
    labels = host.casefold().rstrip(".").split(".")
    return labels[-1] in NOBODYS or "example" in labels


def _check_address(address: str) -> None:
    host = _host_of(address)
    if not host:
        raise config.Misconfigured("not_an_address", name="CONSULT_SITE_URL", given=address)
    if is_nobodys(host) or _is_this_machine(host):
        raise config.Misconfigured("address_of_nobody", name="CONSULT_SITE_URL", host=host)


def _check_origin(origin: str, database: Database) -> None:
    if "+" in origin or any(sign.isspace() for sign in origin):
        raise config.Misconfigured("origin_with_signs", name="CONSULT_LEDGER_ORIGIN", given=origin)
    # A log that has begun under such a name cannot take another one.
    if is_nobodys(origin.partition("/")[0].partition(":")[0]) and not _has_begun(database):
        raise config.Misconfigured("origin_of_nobody", name="CONSULT_LEDGER_ORIGIN", given=origin)


def _host_of(address: str) -> str:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _is_this_machine(host: str) -> bool:
    """Whether a number leads nowhere but to the machine it is typed on."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _has_begun(database: Database) -> bool:
    """Whether something stands in the public log. A database without tables has none."""
    try:
        with database.session() as session:
            return session.scalar(select(LedgerEntry.index).limit(1)) is not None
    except SQLAlchemyError:
        return False
    finally:
        # Connections opened here must not be shared with the processes that a server forks after this.
        database.engine.dispose()
