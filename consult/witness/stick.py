"""Witnesses that no network reaches: requests as files on a stick, and what comes back on it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import Impossible
from consult.files.atomic_write import write_whole
from consult.ledger import cosignatures, service
from consult.ledger.checkpoint import BadCheckpoint, Checkpoint, verify_checkpoint
from consult.ledger.guard import NotSigning
from consult.ledger.log import Log
from consult.ledger.service import SignedLog
from consult.ledger.signer import Signer
from consult.witness.asking import DIGITS, Answer, answer_of, question_of
from consult.witness.rounds import keep, logged
from consult.witness.settings import Witness
from consult.witness.wire import Reply
from consult.witness.words import Said

REQUEST, SIGNED, REFUSED = ".request", ".cosignature", ".refused"
LONGEST = 64 * 1024


class BadStick(Impossible):
    """What is on a stick cannot be taken; the sentence says why."""

    family = "witness_stick"


def carry(session: Session, witness: Witness, folder: Path, signer: Signer, now: datetime) -> Iterator[str]:
    """Writes a request for every log that has grown since this witness signed it; the slugs of these. What came back
    before is taken away with the request that it answered."""
    for own_id in logged(session):
        try:
            signed = service.signed(session, own_id, now, signer)
        except NotSigning:
            continue
        log = Log(session, own_id)
        old = cosignatures.last_signed(session, own_id, log.epoch, witness.name)
        slug = session.scalar(select(Consultation.slug).where(Consultation.id == own_id))
        if signed.size > old and slug:
            question = question_of(session.connection().engine, own_id, signed.size, signed.note)
            known = _known(session, log, witness, old)
            write_whole(folder / f"{slug}{REQUEST}", question.request(min(known, signed.size)).encode())
            for answered in (SIGNED, REFUSED):
                (folder / f"{slug}{answered}").unlink(missing_ok=True)
            yield slug
        session.rollback()


def bring(
    session: Session, witness: Witness, folder: Path, signer: Signer, now: datetime
) -> Iterator[tuple[str, Answer]]:
    """Takes what a witness answered on a stick: the slug of each log, and what it said. Commits each. Raises BadStick
    for what is not an answer of this witness to a request of this site."""
    for path in sorted(folder.glob(f"*{REQUEST}")):
        reply = _reply(path)
        if reply is None:
            continue
        found = session.scalar(select(Consultation).where(Consultation.slug == path.stem))
        if found is None:
            raise BadStick("unknown", file=path.name)
        head, _, note = _text(path).partition("\n\n")
        checkpoint = _checkpoint(session, found, note, signer, path)
        answer = answer_of(witness, reply, _old(head), checkpoint.size, note)
        signed, own_id, slug = SignedLog(checkpoint.size, checkpoint.origin, note), found.id, found.slug
        session.rollback()
        yield slug, keep(session, own_id, witness, signed, answer, signer, now)


def _known(session: Session, log: Log, witness: Witness, old: int) -> int:
    """The size that a witness goes on from: what it said it was, when something that it signed did not come back."""
    last = cosignatures.answers(session, log.consultation_id).get(witness.name)
    lost = last is not None and last.said == Said.ELSEWHERE and last.epoch == log.epoch
    return last.theirs or 0 if last is not None and lost else old


def _old(head: str) -> int:
    """The size that a request goes on from; 0 where it says none that can be read."""
    said = head.partition("\n")[0].removeprefix("old ")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= DIGITS else 0


def _reply(request: Path) -> Reply | None:
    """What lies beside a request, as it would have come over the network; None while nothing does."""
    signed, refused = request.with_suffix(SIGNED), request.with_suffix(REFUSED)
    if signed.exists():
        return Reply(200, _text(signed))
    if not refused.exists():
        return None
    status, _, said = _text(refused).partition("\n")
    if not (status.isascii() and status.isdigit() and len(status) == 3):
        raise BadStick("unreadable", file=refused.name)
    return Reply(int(status), said)


def _text(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return file.read(LONGEST).decode("utf-8")
    except UnicodeDecodeError as bad:
        raise BadStick("unreadable", file=path.name) from bad


def _checkpoint(session: Session, matter: Consultation, note: str, signer: Signer, path: Path) -> Checkpoint:
    """What the note of a request says, after looking that this site signed it for this log, and for what it has now."""
    origin, log = note.partition("\n")[0], Log(session, matter.id)
    try:
        found = verify_checkpoint(note, signer.trusted(origin), origin)
    except BadCheckpoint as bad:
        raise BadStick("unreadable", file=path.name) from bad
    now = found.origin == signer.origin(matter.id, log.epoch) and found.size <= log.size
    if not now or log.root(found.size) != found.root:
        raise BadStick("other_log", file=path.name)
    return found
