"""The site log: the worker notes in it which checkpoint every other log has, so that one origin stands for all.

A submission pays nothing for it: nothing is noted in the transaction of an act, and the newest checkpoint of a log
stands there within minutes, with those of all others that grew meanwhile.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.command_line.words import say_in
from consult.consultations.matter.facts import own_slug
from consult.consultations.matter.queries import HAS_LOG
from consult.consultations.models import Consultation, Counter
from consult.consultations.words import Kind, Procedure
from consult.db import Lock, writing
from consult.ledger import service
from consult.ledger.checkpoint import Checkpoint, parse_checkpoint
from consult.ledger.guard import NotSigning
from consult.ledger.log import Log
from consult.ledger.models import LedgerEntry, LedgerEpoch
from consult.ledger.signer import Signer
from consult.ledger.site_entries import SITE_LOG, log_checkpoint

SLUG = "toan-trang"
"""Its address in commands, unless an old matter has that; its pages are found without it."""
SHORT_KEY = "000"
AT_ONCE = 500

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class SiteLogRound:
    """Notes in the site log what the other logs stand at; with the keys of the site."""

    signer: Signer

    def note(self, session: Session, now: datetime) -> None:
        """A chore of the worker: one entry for every log that has grown, all under one checkpoint. Nothing is written
        while none has. Raises NotSigning while the site log itself may not be added to."""
        found = self._grown(session, now)
        session.rollback()
        if found:
            _begin(session, now)
            for some in _parts(found):
                self._note(session, some, now)

    def _grown(self, session: Session, now: datetime) -> list[tuple[UUID, Checkpoint]]:
        """The logs that stand at another checkpoint than the site log says, each with its own; one that may not be
        signed is left out."""
        noted = last_noted(session)
        grown = [own_id for own_id, (epoch, size) in _standing(session).items()
                 if noted.get(own_id) != (self.signer.origin(own_id, epoch), size)]  # fmt: skip
        found = ((own_id, self._signed(session, own_id, now)) for own_id in grown)
        return [(own_id, checkpoint) for own_id, checkpoint in found if checkpoint is not None]

    def _signed(self, session: Session, own_id: UUID, now: datetime) -> Checkpoint | None:
        try:
            note = service.signed(session, own_id, now, self.signer).note
        except NotSigning:
            return None
        return parse_checkpoint(note.partition("\n\n")[0] + "\n")

    def _note(self, session: Session, found: Sequence[tuple[UUID, Checkpoint]], now: datetime) -> None:
        with writing(session, SITE_LOG):
            noted = last_noted(session)
            # Another worker may have noted them meanwhile.
            fresh = [(own_id, one) for own_id, one in found if self._is_later(own_id, one, noted.get(own_id))]
            if not fresh:
                return
            log = Log(session, SITE_LOG)
            entries = log.append([log_checkpoint(one) for _, one in fresh], now)
            log.checkpoint(now, self.signer)
            for (own_id, _), entry in zip(fresh, entries, strict=True):
                _remember(session, own_id, entry.index)

    def _is_later(self, own_id: UUID, one: Checkpoint, noted: tuple[str, int] | None) -> bool:
        """Whether a checkpoint comes after the one that was noted last: what is said of an epoch only grows."""
        if noted is None:
            return True
        order = [(self.signer.epoch_of(origin, own_id) or 0, size) for origin, size in ((one.origin, one.size), noted)]
        return order[0] > order[1]


def matter(session: Session) -> Consultation | None:
    """What lends the site log its lock, its address and its epochs; None before anything was noted."""
    return session.get(Consultation, SITE_LOG)


def last_noted(session: Session) -> dict[UUID, tuple[str, int]]:
    """The origin and size that the site log says last of every log, by the id of its matter."""
    places = {place: own_id for own_id, place in places_of(session).items()}
    found: dict[UUID, tuple[str, int]] = {}
    for some in _parts(list(places)):
        own = (LedgerEntry.consultation_id == SITE_LOG, LedgerEntry.index.in_(some))
        for index, body in session.execute(select(LedgerEntry.index, LedgerEntry.body).where(*own)):
            said = json.loads(body)
            found[places[index]] = said["origin"], said["size"]
    return found


def places_of(session: Session) -> dict[UUID, int]:
    """In which entry of the site log each log stands last, by the id of its matter."""
    rows = session.execute(select(Counter.name, Counter.value).where(Counter.consultation_id == SITE_LOG))
    return {UUID(name): value for name, value in rows}


def _standing(session: Session) -> dict[UUID, tuple[int, int]]:
    """The epoch and size of every log but this one: each is looked up in its index."""
    own = Consultation.id
    last = select(func.max(LedgerEntry.index)).where(LedgerEntry.consultation_id == own).correlate(Consultation)
    epoch = select(func.max(LedgerEpoch.number)).where(LedgerEpoch.consultation_id == own).correlate(Consultation)
    wanted = select(own, epoch.scalar_subquery(), last.scalar_subquery()).where(HAS_LOG, own != SITE_LOG)
    rows = session.execute(wanted.order_by(Consultation.created_at, own))
    return {own_id: (number or 1, index + 1) for own_id, number, index in rows if index is not None}


def _remember(session: Session, own_id: UUID, index: int) -> None:
    row = session.get(Counter, (SITE_LOG, str(own_id)))
    if row is None:
        session.add(Counter(consultation_id=SITE_LOG, name=str(own_id), value=index))
    else:
        row.value = index


def _begin(session: Session, now: datetime) -> None:
    """Makes the matter of the site log where there is none: bodies, rules and who made it are those of the first matter
    that has a log, since no page asks for them."""
    if matter(session) is not None:
        session.rollback()
        return
    with writing(session, Lock.MATTERS):
        first = session.scalars(
            select(Consultation).where(HAS_LOG).order_by(Consultation.created_at, Consultation.id).limit(1)
        ).one()
        if matter(session) is None:
            session.add(_made(first, own_slug(session, SLUG), now))


def _made(first: Consultation, slug: str, now: datetime) -> Consultation:
    return Consultation(
        id=SITE_LOG, slug=slug, short_key=SHORT_KEY, title=say_in("vi", "kind.site_log", {}),
        kind=Kind.SITE_LOG, procedure=Procedure.COMMENT,
        lead_id=first.lead_id, answering_id=first.answering_id, issuing_id=first.issuing_id,
        profile_id=first.profile_id, created_at=now, created_by_id=first.created_by_id, joining=False,
    )  # fmt: skip


def _parts(found: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    return (found[at : at + AT_ONCE] for at in range(0, len(found), AT_ONCE))
