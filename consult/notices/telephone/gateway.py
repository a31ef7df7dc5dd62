"""Where short messages go: to one HTTPS address that takes JSON, which a provider of SMS or Zalo stands behind."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from consult import outgoing
from consult.notices.sending.delivery import DeliveryFailed, RecipientRefused, SiteFault
from consult.people import telephones

SECONDS_FOR_GATEWAY = 30.0
"""How long the provider may take in all."""
TAKEN = range(200, 300)
FOR_NOW = frozenset({408, 409, 425, 429})
"""Answers that ask to come again; beside them all from 500 on."""
OF_RECIPIENT = frozenset({400, 404, 410, 422})
"""Answers that say that this number or message is none; every other refusal is of the site: its secret, its address."""
COUNTRY = "+84"


@dataclass(frozen=True)
class Message:
    """A short message: `id` is that of its row in the outbox, by which the provider knows it again."""

    id: UUID
    to: str
    text: str
    language: str


class Gateway(Protocol):
    """A way for short messages to leave."""

    def deliver(self, message: Message) -> None:
        """Sends one. Raises DeliveryFailed, SiteFault or RecipientRefused, none of which tells the number."""
        ...


@dataclass(frozen=True)
class ToAddress:
    """To a configured address by POST. It is not led elsewhere, and a certificate is checked."""

    url: str
    token: str = ""
    sender: str = ""

    def deliver(self, message: Message) -> None:
        """Sends one message in a connection of its own."""
        said = {"id": str(message.id), "to": international(message.to), "text": message.text}
        said |= {"language": message.language, "from": self.sender}
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": str(message.id)}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            status = self._posted(json.dumps(said, ensure_ascii=False).encode(), headers)
        except (OSError, http.client.HTTPException, ValueError) as failure:
            raise SiteFault(type(failure).__name__) from None
        if status in TAKEN:
            return
        if status in OF_RECIPIENT:
            raise RecipientRefused(str(status))
        raise DeliveryFailed(str(status)) if status in FOR_NOW or status >= 500 else SiteFault(str(status))

    def _posted(self, body: bytes, headers: Mapping[str, str]) -> int:
        """The status that the server answered with; nothing else of its answer is read."""
        parts = urlsplit(self.url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with outgoing.http_line(parts, SECONDS_FOR_GATEWAY) as connection:
            connection.request("POST", path, body, dict(headers))
            return connection.getresponse().status


def international(typed: str) -> str:
    """A telephone number as machines write it (E.164), whatever stands beside it; one of this country when it names
    none."""
    figures = next(iter(telephones.numbers(typed)), "")
    if figures.startswith("+"):
        return figures
    if figures.startswith("00"):
        return f"+{figures[2:]}"
    if figures.startswith("84") and len(figures) >= 11:
        return f"+{figures}"
    return COUNTRY + figures.removeprefix("0")


def gateway_of(settings: Mapping[str, Any]) -> Gateway | None:
    """The way out that the settings name; None where people call by telephone alone."""
    url: str = settings["MESSAGE_URL"]
    return ToAddress(url, settings["MESSAGE_TOKEN"], settings["MESSAGE_FROM"]) if url else None
