"""What the worker does for search: after each event the facts are read again, and the index follows them."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.outbox.models import OutboxMessage
from consult.search import facts, opinions
from consult.search.engines.seam import IndexBusy, IndexChange, Search, Unavailable
from consult.search.engines.selection import forget_earlier

log = logging.getLogger(__name__)

REVISED = "revised"
"""The change of a matter after which a comment may be found at another clause: a further draft, a match put right."""


@dataclass(frozen=True)
class IndexHandlers:
    """The handlers of a search engine."""

    engine: Search

    def matters(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """After matter_published and matter_changed: the matters and their texts; and what was said about them where a
        further draft, or a match put right, gives its clauses other numbers."""
        wanted = {message.consultation_id for message in messages}
        revised = {message.consultation_id for message in messages if message.payload.get("change") == REVISED}
        self._follow(session, lambda: (facts.text_change(session, one, now) for one in _matters(session, wanted)), now)
        if revised:
            self._follow(session, lambda: _all_opinions(session, revised, now), now)

    def opinions(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """After comment_received, comment_changed and answers_published: the comments named and their answers."""
        numbers: dict[UUID | None, set[int]] = {}
        for message in messages:
            numbers.setdefault(message.consultation_id, set()).update(message.payload.get("comments", ()))

        def read() -> Iterator[IndexChange]:
            for one in _matters(session, numbers):
                yield from facts.opinion_changes(session, one, numbers[one.id], now)

        self._follow(session, read, now)

    def erased(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """After data_erased: the index is made anew, so that no piece of it holds what was taken out."""
        self.rebuild(session, now)

    def prepare(self, session: Session, now: datetime) -> None:
        """When the worker starts: builds the index where there is none that can be read, or none that is right for so
        many texts. On several machines with one index the first worker does it for all."""
        if not self.engine.ready():
            try:
                self.rebuild(session, now)
            except IndexBusy:
                log.info("another worker is at the search index")
        forget_earlier(self.engine)

    def rebuild(self, session: Session, now: datetime) -> int:
        """Builds the index from the database and returns how many documents it has."""
        return self.engine.rebuild(lambda: facts.everything(session, now))

    def _follow(self, session: Session, read: Callable[[], Iterable[IndexChange]], now: datetime) -> None:
        try:
            self.engine.index(read)
        except Unavailable:
            log.warning("the search index is missing or broken and is built again")
            session.rollback()
            self.rebuild(session, now)
            return
        if not self.engine.ready():
            log.info("the search index has outgrown its engine and is built for the next one")
            self.rebuild(session, now)


def _all_opinions(session: Session, ids: Iterable[UUID | None], now: datetime) -> Iterator[IndexChange]:
    for one in _matters(session, ids):
        for numbers in opinions.in_batches(opinions.all_numbers(session, one)):
            yield from facts.opinion_changes(session, one, numbers, now)


def _matters(session: Session, ids: Iterable[UUID | None]) -> Iterator[Consultation]:
    for consultation_id in ids:
        found = session.get(Consultation, consultation_id) if consultation_id else None
        if found is not None:
            yield found
