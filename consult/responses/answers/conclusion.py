"""The end of a matter: its log is sealed when the periods are over, and it is concluded when everything is answered and
nothing else is open."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Refused
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.ledger.canonical import canonical
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.responses.answers import public_sums
from consult.responses.answers.blockers import in_the_way
from consult.responses.majority import tally
from consult.responses.majority.tally import Tally


def conclude(
    session: Session, consultation: Consultation, actor: Actor, now: datetime, shown: str | None = None,
    final_answers: bool = True,
) -> None:  # fmt: skip
    """Ends a matter in which every comment has its outcome; both sums go into the log as they stand, which is as they
    were `shown` (see `version`) to who does it.

    Raises Refused: the policy's reason (`still_open`, `concluded` …), `still_on_the_way` (what was sent in the last
    minutes of the period may still come in), `changed_since_shown`, with `numbers` of comments the first of what
    `blockers.in_the_way` finds (`final_answers` as there), and `majority_undecided`: most people are against a place,
    and what is decided of it is not written yet.
    """
    with writing(session, consultation.id):
        require(actor, Action.CONCLUDE, consultation, now)
        if not _nothing_comes(consultation, now):
            raise Refused("still_on_the_way")
        for reason, numbers in in_the_way(session, consultation.id, final_answers).reasons:
            raise Refused(reason, numbers=", ".join(map(str, numbers)))
        decided = tally.tallies(session, consultation)
        if missing := [one for one in decided if one.to_decide and one.decision is None]:
            raise Refused("majority_undecided", count=len(missing))
        both = public_sums.outcome(session, consultation.id), public_sums.visibility(session, consultation.id)
        if shown is not None and shown != version(*both):
            raise Refused("changed_since_shown")
        told = [one for each in decided if (one := _told(each)) is not None]
        ledger.append(session, consultation.id, [*told, entries.concluded(*both)], now)
        consultation.concluded_at = now
        emit(session, "matter_changed", now, consultation.id, change="concluded")
        consultation.touch()
        session.flush()


def _told(one: Tally) -> entries.Act | None:
    """What is decided of a place where most people are against; the reason itself stands in the table."""
    if not one.to_decide or one.decision is None:
        return None
    place = entries.Anchor(one.place.document, one.place.revision, one.place.path) if one.place else None
    return entries.majority_answered(place, one.in_favour, one.against, one.decision.follows, one.decision.text)


def version(outcome: Mapping[str, Any], visibility: Mapping[str, Any]) -> str:
    """A digest of both sums, to tell whether they are still those that somebody saw."""
    return sha256(canonical([dict(outcome), dict(visibility)])).hexdigest()


def seal(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """Handler of `matter_closed_period`: puts the size and root of the log into the log itself. Idempotent.

    A period that was extended meanwhile has another message for its new end. A message that comes while something may
    still be on its way (that of a version which did not wait) is put off until nothing is.
    """
    for consultation_id in sorted({message.consultation_id for message in messages if message.consultation_id}):
        with writing(session, consultation_id):
            consultation = session.get(Consultation, consultation_id)
            if consultation is None or consultation.sealed_at is not None or consultation.withdrawn_at is not None:
                continue
            if _nothing_comes(consultation, now):
                _seal(session, consultation, now)
            elif consultation.closes_at is not None and consultation.closes_at <= now:
                _put_off(session, consultation.id, consultation.closes_at + clock.STILL_ON_THE_WAY, now)


def _nothing_comes(consultation: Consultation, now: datetime) -> bool:
    """Whether the public period is over, and nothing that arrived in it can still be on its way into the log."""
    return consultation.closes_at is not None and consultation.closes_at + clock.STILL_ON_THE_WAY <= now


def _put_off(session: Session, consultation_id: UUID, until: datetime, now: datetime) -> None:
    key = f"sealing:{consultation_id}:{until.isoformat()}:{now.isoformat()}"
    emit(session, "matter_closed_period", now, consultation_id, dedupe_key=key, run_at=until)


def _seal(session: Session, consultation: Consultation, now: datetime) -> None:
    log = ledger.Log(session, consultation.id)
    received = session.scalar(
        select(func.count()).where(LedgerEntry.consultation_id == consultation.id, LedgerEntry.kind == "received")
    )
    log.append([entries.sealed(log.size, log.root(), received or 0)], now)
    log.store()
    consultation.sealed_at = now
    consultation.touch()
    session.flush()
