"""The names a site is known by: in production they are its own, never those of an example, which belong to nobody."""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

import config
from consult import sqlite
from consult.db import Database
from consult.ledger.models import LedgerEntry

NOBODYS = ("example", "invalid", "test", "localhost")
"""Last parts of names that never belong to anybody (RFC 2606, RFC 6761)."""


def check(settings: Mapping[str, Any], database: Database) -> None:
    """Raises config.Misconfigured when letters and the public log would bear somebody else's name, or nobody's."""
    _check_address(settings["SITE_URL"])
    _check_origin(settings["LEDGER_ORIGIN"], database)


def is_nobodys(host: str) -> bool:
    """Whether a name is one that examples and tests use, in whatever country: example.org, gopy.example.gov.vn; or
    that no machine can have, as what stands in an example to be replaced: ĐỊA_CHỈ."""
    labels = host.casefold().rstrip(".").split(".")
    return labels[-1] in NOBODYS or "example" in labels or not all(map(_is_label, labels))


def _is_label(part: str) -> bool:
    """Whether a part of a name can be one: letters of any language, figures and hyphens."""
    return bool(part) and all(sign.isalnum() or sign == "-" for sign in normalize("NFC", part))


def _check_address(address: str) -> None:
    name = "CONSULT_SITE_URL"
    host = _host_of(address)
    if not host:
        raise config.Misconfigured("not_an_address", name=name, given=address)
    number = _number_of(host)
    nobodys = number.is_loopback or number.is_unspecified if number else is_nobodys(host)
    if nobodys:
        raise config.Misconfigured("address_of_nobody", name=name, host=host)
    # The cookie of a sign-in goes over TLS alone: nobody could sign in.
    if urlsplit(address).scheme != "https":
        raise config.Misconfigured("not_over_tls", name=name, given=address)


def _check_origin(origin: str, database: Database) -> None:
    name = "CONSULT_LEDGER_ORIGIN"
    if "+" in origin or any(sign.isspace() for sign in origin):
        raise config.Misconfigured("origin_with_signs", name=name, given=origin)
    # A log that has begun under such a name cannot take another one.
    if "://" in origin and not _has_begun(database):
        raise config.Misconfigured("origin_is_address", name=name, given=origin)
    if is_nobodys(origin.partition("/")[0].partition(":")[0]) and not _has_begun(database):
        raise config.Misconfigured("origin_of_nobody", name=name, given=origin)


def _host_of(address: str) -> str:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _number_of(host: str) -> IPv4Address | IPv6Address | None:
    """The number that is given instead of a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _has_begun(database: Database) -> bool:
    """Whether something stands in the public log. A database that is not there yet, or has no tables, has none."""
    if sqlite.is_missing(database.engine.url):
        return False
    try:
        with database.session() as session:
            return session.scalar(select(LedgerEntry.index).limit(1)) is not None
    except SQLAlchemyError:
        return False
    finally:
        # Connections opened here must not be shared with the processes that a server forks after this.
        database.engine.dispose()
