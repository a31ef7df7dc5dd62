"""What a store of files as S3 is asked: put, get, head, delete, list, with conditions where they help.

Objects are reached by the path (`/BUCKET/KEY`), not by the name of the host. Every verb here may be sent twice and does
the same; so each is tried again when the connection failed or the server says that it failed.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache, partial
from io import SEEK_END, BufferedIOBase
from typing import BinaryIO, TypeVar

from consult.files.s3.address import Address, Endpoint
from consult.files.s3.connections import SHORT, Answer, Body, Broken, Connections
from consult.files.s3.exchange import Exchange, Request, code_in, refusal
from consult.files.s3.failures import StoreAway, Taken, Why
from consult.files.s3.listing import Listed, Page, page_of
from consult.files.s3.settings import FILES, Credentials, Setting, credentials_of

PIECE = 1024 * 1024
LONGEST_LIST = 8 * 1024 * 1024
"""Bytes of a page of a list: a thousand keys, each with what stands around it."""
NOT_THERE, OTHER_CHANGE, CONDITION = 404, 409, 412
Given = TypeVar("Given")


@dataclass(frozen=True)
class Stat:
    """What is known of an object without its bytes: how many they are, by which tag its content is known, when it was
    put there and what the server's clock says now (seconds of the epoch)."""

    size: int
    tag: str
    modified: float
    now: float


@dataclass(frozen=True)
class Client:
    """A part of a bucket, on one server."""

    exchange: Exchange
    address: Address

    def put(self, name: str, data: bytes, when: Mapping[str, str] | None = None) -> str:
        """Puts `data` at `name`, over what stands there, and gives its tag; it is kept when this returns. `when` are
        the headers of a condition. Raises Taken where that does not hold, StoreAway."""
        return self._put(name, lambda: data, hashlib.sha256(data).hexdigest(), len(data), when or {})

    def put_file(self, name: str, file: BufferedIOBase) -> str:
        """The same for all that an open file has, from its beginning."""
        file.seek(0)
        told = hashlib.file_digest(file, "sha256").hexdigest()
        return self._put(name, partial(_from_beginning, file), told, file.seek(0, SEEK_END), {})

    def get(self, name: str, most: int) -> bytes:
        """The bytes of `name`. Raises FileNotFoundError, StoreAway, also for more than `most` bytes."""
        return self._read("GET", name, {}, lambda answer: answer.whole(most))

    def get_into(self, name: str, file: BinaryIO) -> None:
        """Writes the bytes of `name` into a file, which stands at its beginning then. Raises FileNotFoundError,
        StoreAway."""
        self._read("GET", name, {}, partial(_written_into, file))

    def get_part(self, name: str, tag: str, first: int, last: int) -> bytes:
        """The bytes from `first` to `last`, both included, of the object that had this tag. Raises FileNotFoundError
        when it is another one now, StoreAway."""
        wanted = {"range": f"bytes={first}-{last}", "if-match": tag}
        return self._read("GET", name, wanted, partial(_exactly, last - first + 1))

    def stat(self, name: str) -> Stat:
        """What is known of `name`. Raises FileNotFoundError, StoreAway."""
        return self._read("HEAD", name, {}, _stat)

    def remove(self, name: str) -> None:
        """Takes `name` away for good, if it is there. Raises StoreAway."""
        self.exchange.ask(Request("DELETE", self.address, self.address.key(name)), _gone)

    def listed(self) -> Iterator[Listed]:
        """Every object of this part, by its name in it. Raises StoreAway."""
        under = self.address.key("")
        page = self._page(under, {})
        while True:
            yield from (Listed(one.name.removeprefix(under), one.size, one.modified) for one in page.objects)
            if not page.after:
                return
            page = self._page(under, {"continuation-token": page.after})

    def _page(self, under: str, after: Mapping[str, str]) -> Page:
        asked = {"list-type": "2", "prefix": under, **after}
        return self.exchange.ask(Request("GET", self.address, "", asked), _page)

    def _put(self, name: str, body: Callable[[], Body], told: str, size: int, when: Mapping[str, str]) -> str:
        headers = {"content-length": str(size), **when}
        request = Request("PUT", self.address, self.address.key(name), {}, headers, body, told)
        return self.exchange.ask(request, partial(_put, name, bool(when)))

    def _read(self, method: str, name: str, headers: Mapping[str, str], take: Callable[[Answer], Given]) -> Given:
        request = Request(method, self.address, self.address.key(name), headers=headers)
        return self.exchange.ask(request, partial(_found, name, take))


def client_of(address: Address, setting: Setting = FILES) -> Client:
    """What opens this part of a bucket, as who the environment says. Raises Misconfigured."""
    return Client(_exchange(address.endpoint, credentials_of(setting=setting)), address)


@cache
def _exchange(endpoint: Endpoint, credentials: Credentials) -> Exchange:
    """All parts of one server share its connections."""
    return Exchange(Connections(endpoint), credentials)


def _from_beginning(file: BufferedIOBase) -> BufferedIOBase:
    file.seek(0)
    return file


def _put(name: str, conditional: bool, answer: Answer) -> str:
    code = code_in(answer)
    if conditional and (answer.status in (CONDITION, OTHER_CHANGE) or code == "NoSuchKey"):
        raise Taken(name)
    if answer.status != 200:
        raise StoreAway(Why.REFUSED, code or str(answer.status))
    return answer.headers.get("etag", "")


def _found(name: str, take: Callable[[Answer], Given], answer: Answer) -> Given:
    if answer.status in (NOT_THERE, CONDITION):
        # A bucket that is not there is more than a file that is not there.
        if (code := code_in(answer)) == "NoSuchBucket":
            raise StoreAway(Why.REFUSED, code)
        raise FileNotFoundError(name)
    if answer.status not in (200, 206):
        raise refusal(answer)
    return take(answer)


def _written_into(file: BinaryIO, answer: Answer) -> None:
    file.seek(0)
    file.truncate()
    for piece in answer.pieces(PIECE):
        file.write(piece)
    file.seek(0)


def _exactly(size: int, answer: Answer) -> bytes:
    part = answer.whole(size)
    if answer.status != 206 or len(part) != size:
        raise Broken("not the part")
    return part


def _stat(answer: Answer) -> Stat:
    answer.whole(SHORT)
    told = answer.headers
    modified, now = (_instant(told.get(name, "")) for name in ("last-modified", "date"))
    return Stat(int(told.get("content-length", "0")), told.get("etag", ""), modified, now)


def _instant(said: str) -> float:
    try:
        return parsedate_to_datetime(said).timestamp()
    except ValueError as bad:
        raise Broken("no date") from bad


def _gone(answer: Answer) -> None:
    if answer.status not in (200, 204, NOT_THERE):
        raise refusal(answer)
    if code_in(answer) == "NoSuchBucket":
        raise StoreAway(Why.REFUSED, "NoSuchBucket")


def _page(answer: Answer) -> Page:
    if answer.status != 200:
        raise refusal(answer)
    return page_of(answer.whole(LONGEST_LIST))
