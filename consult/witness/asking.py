"""Asking a witness about a log: the request, and what its answer means."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine

from consult.ledger.checkpoint import BadCheckpoint
from consult.ledger.cosignature import Cosigned, cosigned_by
from consult.ledger.log import Log
from consult.witness import wire
from consult.witness.settings import Witness
from consult.witness.wire import Reply
from consult.witness.words import Said

OF_STATUS = {404: Said.UNKNOWN_LOG, 403: Said.NOT_TRUSTED, 422: Said.FORKED}
DIGITS = 9
"""Those of the largest size: no log has more entries, and no column of ours."""


@dataclass(frozen=True)
class Answer:
    """What a witness said; what it signed, or the size that it knows, where it said so."""

    said: Said
    cosigned: Cosigned | None = None
    theirs: int | None = None


@dataclass(frozen=True)
class Question:
    """The checkpoint `note` of a log of `size` entries, and how it is proved to go on from an earlier size (hex)."""

    size: int
    note: str
    proof_from: Callable[[int], list[str]]

    def request(self, old: int) -> str:
        """The body of add-checkpoint: the size to go on from (0 for the first time), the proof, the checkpoint."""
        proof = self.proof_from(old) if old else []
        lines = [f"old {old}", *(base64.b64encode(bytes.fromhex(one)).decode() for one in proof), ""]
        return "\n".join(lines) + "\n" + self.note


def question_of(engine: Engine, consultation_id: UUID, size: int, note: str) -> Question:
    """The question about a log as it was signed; each proof is read on a connection of its own, which nobody holds
    while a witness is waited for."""

    def proof_from(old: int) -> list[str]:
        with engine.connect() as connection:
            return Log(connection, consultation_id).consistency(old, size)

    return Question(size, note, proof_from)


def asked(witness: Witness, question: Question, old: int) -> Answer:
    """What a witness says of a checkpoint, `old` being what it signed last as far as is known. One that knows another
    beginning of this log, since an answer of it was lost, is asked once more from there."""
    reply = wire.add_checkpoint(witness.url, question.request(old))
    theirs = size_in(reply)
    if theirs is not None and theirs != old and theirs <= question.size:
        old = theirs
        reply = wire.add_checkpoint(witness.url, question.request(old))
    return answer_of(witness, reply, old, question.size, question.note)


def answer_of(witness: Witness, reply: Reply | None, old: int, size: int, note: str) -> Answer:
    """What a reply means for the checkpoint `note` of `size` entries, which was to go on from `old`."""
    if reply is None or reply.status >= 500:
        return Answer(Said.SILENT)
    theirs = size_in(reply)
    if theirs is not None:
        return Answer(_meant(theirs, old, size), theirs=theirs)
    if reply.status != 200:
        return Answer(OF_STATUS.get(reply.status, Said.UNREADABLE))
    try:
        return Answer(Said.COSIGNED, cosigned_by(witness.key, note, reply.said), size)
    except BadCheckpoint:
        return Answer(Said.UNREADABLE)


def _meant(theirs: int, old: int, size: int) -> Said:
    """What a 409 means that names the size `theirs`: of the very size that was gone on from, that its root is another;
    of any other one, that an answer was lost, or that somebody else asked meanwhile."""
    if theirs > size:
        return Said.AHEAD
    if theirs != old:
        return Said.ELSEWHERE
    return Said.FORKED if theirs == size else Said.UNREADABLE


def size_in(reply: Reply | None) -> int | None:
    """The size that a 409 names; None in any other answer."""
    said = reply.said.strip() if reply is not None and reply.status == 409 else ""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= DIGITS else None
