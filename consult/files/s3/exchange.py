"""One request to the store, signed anew for each try, and what is made of an answer that is not what was hoped for."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import sleep
from typing import TypeVar

from consult.files.s3 import signature
from consult.files.s3.address import Address
from consult.files.s3.connections import SHORT, TRIES, Answer, Body, Broken, Connections, Late
from consult.files.s3.failures import StoreAway, Why
from consult.files.s3.settings import Credentials

PAUSE = 0.2
"""Seconds before the second try; twice as many before the third."""
FAILING = frozenset({429, 500, 502, 503, 504})

_CODE = re.compile(rb"<Code>([A-Za-z0-9]{1,60})</Code>")
Given = TypeVar("Given")


@dataclass(frozen=True)
class Request:
    """What is asked: of the bucket itself where `key` is empty. `body` gives the body from its beginning, `told` is its
    SHA-256 (hex)."""

    method: str
    address: Address
    key: str
    asked: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Callable[[], Body] = bytes
    told: str = signature.NOTHING

    @property
    def path(self) -> str:
        """The path, not encoded yet."""
        return f"/{self.address.bucket}/{self.key}".rstrip("/")

    @property
    def target(self) -> str:
        """Path and query as they are sent."""
        query = signature.query_of(self.asked)
        return signature.encoded(self.path) + (f"?{query}" if query else "")

    def signed(self, credentials: Credentials, now: datetime) -> dict[str, str]:
        """Its headers, good for some minutes from `now`."""
        own = {"host": self.address.endpoint.authority, **self.headers}
        region = self.address.endpoint.region
        return signature.signed(self.method, self.path, self.asked, own, self.told, credentials, region, now)


@dataclass(frozen=True)
class Exchange:
    """Requests to one server, as who is known by `credentials`."""

    connections: Connections
    credentials: Credentials
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    rest: Callable[[float], None] = sleep

    def ask(self, request: Request, take: Callable[[Answer], Given]) -> Given:
        """What `take` makes of the answer, which it may be given more than once. Raises StoreAway when the connection
        failed, or the server said that it fails, every time, or it did not go on in time."""
        self.connections.check_reachable()
        failure = StoreAway(Why.AWAY)
        for number in range(TRIES):
            if number:
                self.rest(PAUSE * 2 ** (number - 1))
            try:
                headers = request.signed(self.credentials, self.clock())
                with self.connections.asked(request.method, request.target, headers, request.body()) as answer:
                    if answer.status not in FAILING:
                        return take(answer)
                    failure = StoreAway(Why.FAILING, code_in(answer) or str(answer.status))
            except Broken as broken:
                failure = StoreAway(Why.AWAY, str(broken))
                if isinstance(broken, Late):
                    break
        raise self.connections.leave_alone(failure)


def refusal(answer: Answer) -> StoreAway:
    """What an answer means that is neither what was asked for nor a failure of the server: keys, rights, clock."""
    return StoreAway(Why.REFUSED, code_in(answer) or str(answer.status))


def code_in(answer: Answer) -> str:
    """The word by which the server says what is wrong; empty where it says none (as to HEAD). Raises Broken."""
    found = _CODE.search(answer.whole(SHORT))
    return found[1].decode() if found else ""
