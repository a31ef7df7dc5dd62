"""What was restored, held against its own log, its files, and what is known of the logs outside of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.command_line.error_messages import WRITTEN
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.db import Base
from consult.files.store import FileStore
from consult.ledger.checkpoint import BadCheckpoint, verify_checkpoint
from consult.ledger.checkpoint_store import CheckpointStore, KeptCheckpoint
from consult.ledger.guard import agrees
from consult.ledger.log import Log
from consult.ledger.service import Signer
from consult.programme import heads
from consult.responses.data_requests.forgetting import FILE_COLUMNS
from consult.transparency.commands import published
from consult.transparency.drill.place import DrillFailed
from consult.transparency.row_reading import UNREADABLE
from consult.transparency.verification.programme.service import verify_programme
from consult.transparency.verification.service import Tampered, verify


@dataclass(frozen=True)
class Loss:
    """A log that would be set back: its matter (its id where the backup does not know it), how many entries the backup
    has, and how many were signed and are known outside. `forked`: of the same number another history is known."""

    name: str
    here: int
    known: int
    forked: bool

    @property
    def entries(self) -> int:
        """How many entries would be lost."""
        return max(self.known - self.here, 0)


def check_logs(session: Session, files: FileStore, signer: Signer) -> int:
    """Holds every public matter against its log; gives how many there are. Raises DrillFailed at what does not hold."""
    slugs = published(session)
    broken = [why for why in (_why_not(session, slug, files, signer) for slug in slugs) if why]
    if broken:
        raise DrillFailed("does_not_hold", said="; ".join(broken))
    return len(slugs)


def _why_not(session: Session, slug: str, files: FileStore, signer: Signer) -> str:
    try:
        logged = queries.logged(session, slug)
        programme = logged.kind is Kind.PROGRAMME
        for _line in (
            verify_programme(session, heads.public(session, slug), files, signer)
            if programme
            else verify(session, logged, files, signer)
        ):
            pass
    except Tampered as found:
        return f"{slug}: {found.told.in_language(WRITTEN)}"
    except UNREADABLE as unreadable:
        return f"{slug}: {unreadable}"
    return ""


def check_files(session: Session, files: FileStore) -> int:
    """Opens every file that a row names; gives how many there are. Raises DrillFailed for those that are not what they
    were."""
    names = named_files(session)
    gone = [name for name in sorted(names) if not _whole(files, name)]
    if gone:
        raise DrillFailed("files_gone", count=len(gone), name=gone[0])
    return len(names)


def named_files(session: Session) -> set[str]:
    """The hashes of all files that the rows of this database name."""
    columns = (
        column for table in Base.metadata.tables.values() for column in table.columns if column.name in FILE_COLUMNS
    )
    found = {name for column in columns for name in session.scalars(select(column).distinct())}
    return {name for name in found if name}


def _whole(files: FileStore, name: str) -> bool:
    try:
        files.opened(name).close()
    except (KeyError, ValueError):
        return False
    return True


def losses(session: Session, store: CheckpointStore, notes: Iterable[str], signer: Signer) -> list[Loss]:
    """What of the logs a restore of this database would lose, by the checkpoints that are kept outside and by `notes`
    that people or witnesses hold. Raises DrillFailed for a note that the site did not sign."""
    slugs = {own_id: slug for own_id, slug in session.execute(select(Consultation.id, Consultation.slug))}
    known = {own_id: last for own_id in store.logs() if (last := store.last(own_id)) is not None}
    for note in notes:
        own_id, held = _signed(note, slugs, signer)
        known[own_id] = max(held, known.get(own_id, held), key=lambda one: one.order)
    found = (_loss(session, own_id, slugs, last) for own_id, last in known.items())
    return sorted((one for one in found if one is not None), key=lambda one: one.name)


def _loss(session: Session, own_id: UUID, slugs: Mapping[UUID, str], last: KeptCheckpoint) -> Loss | None:
    if own_id not in slugs:
        return Loss(str(own_id), 0, last.size, forked=False)
    log = Log(session, own_id)
    if agrees(log, last):
        return None
    return Loss(slugs[own_id], log.size, last.size, forked=last.epoch == log.epoch and last.size <= log.size)


def _signed(note: str, slugs: Mapping[UUID, str], signer: Signer) -> tuple[UUID, KeptCheckpoint]:
    origin = note.partition("\n")[0]
    for own_id in slugs:
        epoch = signer.epoch_of(origin, own_id)
        if epoch is not None:
            try:
                signed = verify_checkpoint(note, signer.trusted(origin), origin)
            except BadCheckpoint as bad:
                raise DrillFailed("not_signed", name=origin) from bad
            return own_id, KeptCheckpoint(epoch, signed.size, signed.root, note)
    raise DrillFailed("not_signed", name=origin)
