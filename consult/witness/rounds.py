"""The worker's round: every witness is asked to sign the logs that have grown since it signed them."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.queries import HAS_LOG
from consult.consultations.models import Consultation
from consult.db import writing
from consult.ledger import cosignatures, service
from consult.ledger.guard import NotSigning
from consult.ledger.log import Log
from consult.ledger.service import SignedLog
from consult.ledger.signer import Signer
from consult.ledger.site_entries import SITE_LOG
from consult.witness.asking import Answer, asked, question_of
from consult.witness.settings import Witness
from consult.witness.words import REFUSALS, Said

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(days=1)
"""When a witness that refused a log is asked about the same size again."""


class WitnessRound:
    """The witnesses that are reached over the network, and the keys of the site."""

    def __init__(self, witnesses: Sequence[Witness], signer: Signer) -> None:
        self.witnesses = [one for one in witnesses if one.url]
        self.signer = signer

    def ask(self, session: Session, now: datetime) -> None:
        """Asks all about all: a chore of the worker. No transaction is open while a witness is waited for, and one
        that is silent is not waited for again in this round."""
        silent: set[str] = set()
        for own_id in logged(session) if self.witnesses else ():
            for witness in self.witnesses:
                answer = self._about(session, own_id, witness, witness.name in silent, now)
                if answer is not None and answer.said is Said.SILENT:
                    silent.add(witness.name)

    def _about(self, session: Session, own_id: UUID, witness: Witness, silent: bool, now: datetime) -> Answer | None:
        """What a witness says of one log; None when there is nothing to ask."""
        signed = _signed(session, own_id, self.signer, now)
        current = Log(session, own_id)
        old = cosignatures.last_signed(session, own_id, current.epoch, witness.name)
        if signed is None or not signed.size or old >= signed.size or _refused(session, current, signed, witness, now):
            return None
        question = question_of(session.connection().engine, own_id, signed.size, signed.note)
        # Nothing is held while the witness is waited for.
        session.rollback()
        answer = Answer(Said.SILENT) if silent else asked(witness, question, old)
        return keep(session, own_id, witness, signed, answer, self.signer, now)


def logged(session: Session) -> Sequence[UUID]:
    """The logs of the site, that of all logs first, then those of matters and programmes, the newest first."""
    found = session.scalars(
        select(Consultation.id).where(HAS_LOG).order_by(Consultation.created_at.desc(), Consultation.id)
    ).all()
    session.rollback()
    return sorted(found, key=lambda own_id: own_id != SITE_LOG)


def keep(
    session: Session, own_id: UUID, witness: Witness, signed: SignedLog, answer: Answer, signer: Signer, now: datetime
) -> Answer:
    """Writes down what a witness said of a checkpoint, and returns what that means now; commits. Nothing is kept when
    the log began a new epoch meanwhile."""
    with writing(session, own_id):
        current = Log(session, own_id)
        if signer.origin(own_id, current.epoch) != signed.origin:
            return answer
        answer = _now(answer, current)
        if answer.cosigned is not None:
            cosignatures.note_signed(session, current, signed.size, signed.note, witness.name, answer.cosigned)
        cosignatures.note_answer(session, current, signed.size, witness.name, answer.said, answer.theirs, now)
    if answer.said in REFUSALS:
        log.error("witness %s refuses the log %s: %s", witness.name, signed.origin, answer.said)
    return answer


def _now(answer: Answer, current: Log) -> Answer:
    """What it said, now that the log may have grown: a witness that somebody else asked meanwhile is not ahead."""
    grown = answer.said is Said.AHEAD and answer.theirs is not None and answer.theirs <= current.size
    return replace(answer, said=Said.ELSEWHERE) if grown else answer


def _signed(session: Session, own_id: UUID, signer: Signer, now: datetime) -> SignedLog | None:
    try:
        return service.signed(session, own_id, now, signer)
    except NotSigning:
        return None


def _refused(session: Session, current: Log, signed: SignedLog, witness: Witness, now: datetime) -> bool:
    """Whether it said of this very size, less than a day ago, that it does not sign it."""
    last = cosignatures.answers(session, current.consultation_id).get(witness.name)
    if last is None or last.said in {Said.SILENT, Said.ELSEWHERE}:
        return False
    return (last.epoch, last.size) == (current.epoch, signed.size) and now < last.at + AGAIN_AFTER
