"""Who came in by the secret link of something (a branch of a collection, a village of a survey), without an account: a
browser keeps a signed mark of each that it came in for, and those who try links that lead nowhere are counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from flask import current_app, request
from itsdangerous import BadSignature
from werkzeug.wrappers import Response

from consult.errors import NotFound
from consult.web import context, limits

Found = TypeVar("Found")
MISSES_OF_ADDRESS = "60 per 10 minutes"
MISSES_EVERYWHERE = "2000 per hour"
LIFE = timedelta(days=400)
MOST = 30
"""Things that one browser works for at most; the oldest goes."""


@dataclass(frozen=True)
class LinkMarks:
    """The marks of one kind of thing: `name` is that of the cookie, and of what the misses count as (`misses`)."""

    name: str
    misses: str

    def found(self, find: Callable[[], Found]) -> Found:
        """What `find` finds by a key. Raises its NotFound, and Refused("too_many") once too many were asked for that
        there are not."""
        limits.require_left(self.misses, limits.line(), MISSES_OF_ADDRESS)
        limits.require_left(f"{self.misses}_everywhere", "", MISSES_EVERYWHERE)
        try:
            return find()
        except NotFound:
            limits.hit(self.misses, limits.line(), MISSES_OF_ADDRESS)
            limits.hit(f"{self.misses}_everywhere", "", MISSES_EVERYWHERE)
            raise

    def come_in(self, answer: Response, key_id: UUID, number: int) -> Response:
        """The answer with the mark that this browser came in by the `number`th key of the thing with this id."""
        others = (mark for mark in self._marks() if mark.split(":")[0] != str(key_id))
        marks = [f"{key_id}:{number}", *others][:MOST]
        signed = context.secrets().signer(self.name).sign(",".join(marks)).decode()
        answer.set_cookie(
            self._cookie(), signed, max_age=LIFE, path="/", secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True, samesite="Lax",
        )  # fmt: skip
        return answer

    def holds(self, key_id: UUID, number: int) -> bool:
        """Whether this browser came in by that key of that thing."""
        return f"{key_id}:{number}" in self._marks()

    def ids(self) -> list[UUID]:
        """The things that this browser came in for, by whichever key."""
        return [UUID(mark.split(":")[0]) for mark in self._marks()]

    def _marks(self) -> list[str]:
        try:
            kept = request.cookies.get(self._cookie(), "")
            return context.secrets().signer(self.name).unsign(kept).decode().split(",")
        except (BadSignature, UnicodeDecodeError):
            return []

    def _cookie(self) -> str:
        return f"__Host-{self.name}" if current_app.config["SESSION_COOKIE_SECURE"] else self.name
