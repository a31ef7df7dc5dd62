"""What is known before the start of whether mails can leave: else every one of them would fail, one by one."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import config
from consult.administration.site import names
from consult.people import mail_addresses

OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def check(settings: Mapping[str, Any]) -> None:
    """Raises config.Misconfigured for a sender, operator, server or sign-in that no mail could be sent with, and for an
    address that no message should go to."""
    _check_messages(settings)
    operator = settings["OPERATOR_MAIL"]
    if operator and mail_addresses.problem(operator):
        raise config.Misconfigured("not_a_mail", name="CONSULT_OPERATOR_MAIL", given=operator)
    for one in settings["ALERT_MAIL"]:
        if mail_addresses.problem(one):
            raise config.Misconfigured("not_a_mail", name="CONSULT_ALERT_MAIL", given=one)
    sender = _sender(settings)
    if not settings["SMTP_HOST"]:
        return
    _check_server(settings["SMTP_HOST"])
    for name in ("SMTP_USER", "SMTP_PASSWORD"):
        if not settings[name].isascii() or not settings[name].isprintable():
            raise config.Misconfigured("not_ascii", name=f"CONSULT_{name}")
    if settings["ENVIRONMENT"] == "production" and names.is_nobodys(domain := sender.rpartition("@")[2]):
        raise config.Misconfigured("address_of_nobody", name="CONSULT_SMTP_FROM", host=domain)


def _check_messages(settings: Mapping[str, Any]) -> None:
    """Numbers of people go over a line that nobody else reads, or within the machine."""
    if settings["MESSAGE_URL"] and not _is_safe(settings["MESSAGE_URL"], settings["ENVIRONMENT"]):
        # Not what was given: there may be a password in it.
        raise config.Misconfigured("not_https", name="CONSULT_MESSAGE_URL")
    if not settings["MESSAGE_TOKEN"].isascii() or not settings["MESSAGE_TOKEN"].isprintable():
        raise config.Misconfigured("not_ascii", name="CONSULT_MESSAGE_TOKEN")


def _is_safe(url: str, environment: str) -> bool:
    try:
        parts = urlsplit(url)
        plain = url.isascii() and url.isprintable() and " " not in url
        whole = plain and bool(parts.hostname) and parts.port != 0 and not parts.username
    except ValueError:
        return False
    own = parts.scheme == "http" and parts.hostname in OWN_MACHINE and environment != "production"
    return whole and (parts.scheme == "https" or own)


def _sender(settings: Mapping[str, Any]) -> str:
    """The address that mails come from, as far as one must be known."""
    given, name = settings["MAIL_FROM"], "CONSULT_SMTP_FROM"
    if given:
        try:
            return mail_addresses.of_sender(given)[1]
        except ValueError as bad:
            raise config.Misconfigured("not_a_sender", name=name, given=given) from bad
    host = urlsplit(settings["SITE_URL"]).hostname or ""
    own = f"no-reply@{host}"
    # A machine of one's own tries mails as nobody; in production the address of the site is never one (`names.py`).
    if settings["SMTP_HOST"] and host not in OWN_MACHINE and mail_addresses.problem(own):
        raise config.Misconfigured("no_sender", name=name)
    return own


def _check_server(host: str) -> None:
    """A server is a name of a machine or its number; in a network of one's own a name has no dot."""
    try:
        ip_address(host)
        return
    except ValueError:
        pass
    try:
        labels = host.encode("idna").decode("ascii").removesuffix(".").split(".")
    except UnicodeError:
        labels = []
    if not labels or not all(label and label.replace("-", "").replace("_", "").isalnum() for label in labels):
        raise config.Misconfigured("not_a_mail_server", name="CONSULT_SMTP_HOST", given=host)
