"""A new epoch of a log: how a matter goes on when its database was set back behind what the site has signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Impossible
from consult.ledger.checkpoint import BadCheckpoint, verify_checkpoint
from consult.ledger.checkpoint_store import KeptCheckpoint
from consult.ledger.guard import agrees
from consult.ledger.log import Log
from consult.ledger.service import Signer
from consult.text import one_line

LONGEST_REASON = 1_000


class NoEpoch(Impossible):
    """A new epoch cannot be begun; the sentence says why."""

    family = "epoch"


@dataclass(frozen=True)
class Loss:
    """What of a log the database lacks: the last checkpoint that is known outside, and how many entries it has."""

    last: KeptCheckpoint
    size: int
    epoch: int

    @property
    def entries(self) -> tuple[int, int] | None:
        """The first and the last entry that are lost; None when there is another history of no greater length."""
        return (self.size, self.last.size - 1) if self.last.size > self.size else None

    @property
    def number(self) -> int:
        """The number of the epoch to begin."""
        return max(self.epoch, self.last.epoch) + 1


def loss(session: Session, consultation: Consultation, notes: Iterable[str], signer: Signer) -> Loss | None:
    """What the database lacks of a log, by what is kept outside and by `notes`: signed checkpoints that people hold;
    None when it agrees with all of them. Raises NoEpoch for a note that the site did not sign for this log."""
    log = Log(session, consultation.id)
    known = [_known(note, consultation, signer) for note in notes]
    kept = log.guard.store.last(consultation.id) if log.guard is not None else None
    known += [kept] if kept is not None else []
    wrong = [one for one in known if not agrees(log, one)]
    last = max(wrong, key=lambda one: one.order, default=None)
    return Loss(last, log.size, log.epoch) if last is not None else None


def begin(
    session: Session, consultation: Consultation, notes: Iterable[str], reason: str, signer: Signer, now: datetime
) -> Loss:
    """Begins a new epoch of a log that was set back; commits, with its first entry signed and kept. Raises NoEpoch
    (also when nothing is lost: then there is no ground for one), and NotSigning when the place takes nothing."""
    said = one_line(reason)
    if not said or len(said) > LONGEST_REASON:
        raise NoEpoch("no_reason")
    given = list(notes)
    with writing(session, consultation.id):
        found = loss(session, consultation, given, signer)
        if found is None:
            raise NoEpoch("nothing_lost", slug=consultation.slug)
        log = Log(session, consultation.id)
        log.begin_epoch(found.number, found.last, said, now)
        log.checkpoint(now, signer)
        consultation.touch()
    return found


def _known(note: str, consultation: Consultation, signer: Signer) -> KeptCheckpoint:
    origin = note.partition("\n")[0]
    epoch = signer.epoch_of(origin, consultation.id)
    if epoch is None:
        raise NoEpoch("other_log", slug=consultation.slug)
    try:
        signed = verify_checkpoint(note, signer.trusted(origin), origin)
    except BadCheckpoint as bad:
        raise NoEpoch("not_signed", why=bad) from bad
    return KeptCheckpoint(epoch, signed.size, signed.root, note)
