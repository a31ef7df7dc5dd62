"""What witnesses have signed of a log, as it is stored: each signature, and that the log still goes on from it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.checkpoint import BadCheckpoint, Checkpoint, verify_checkpoint
from consult.ledger.cosignature import WitnessKey, cosigned_by
from consult.ledger.log import Log
from consult.ledger.models import Cosignature, LedgerEpoch
from consult.ledger.service import Signer
from consult.transparency.row_reading import Tampered, Told, require, rows_of


def check_cosignatures(
    session: Session, consultation_id: UUID, signer: Signer, keys: Mapping[str, WitnessKey]
) -> tuple[int, int]:
    """How many stored cosignatures are good, and how many are of witnesses whose key the site knows no more: of those
    only the checkpoint is checked. Raises Tampered at the first that does not hold.

    Of an epoch that was ended by a restore, what lies beyond the restored entries is not here to be compared.
    """
    log = Log(session, consultation_id)
    ends = _ends(session, log)
    checked = unknown = 0
    for row in rows_of(session, Cosignature, consultation_id, Cosignature.epoch, Cosignature.size, Cosignature.witness):
        name = Told("tampered.cosignature", size=row.size, witness=row.witness)
        signed = _checkpoint(name, row, signer)
        _check_root(name, signed, log, row.epoch, ends)
        if row.witness in keys:
            _check_signature(name, row, keys[row.witness])
            checked += 1
        else:
            unknown += 1
    return checked, unknown


def _ends(session: Session, log: Log) -> dict[int, int]:
    """Up to which size this database has the entries of each epoch."""
    begun = {row.number: row.index for row in rows_of(session, LedgerEpoch, log.consultation_id)}
    return {number - 1: index for number, index in begun.items()} | {log.epoch: log.size}


def _checkpoint(name: Told, row: Cosignature, signer: Signer) -> Checkpoint:
    origin = signer.origin(row.consultation_id, row.epoch)
    try:
        signed = verify_checkpoint(row.note, signer.trusted(origin), origin)
    except (BadCheckpoint, TypeError, AttributeError) as bad:
        raise Tampered(Told("tampered.because", name=name, bad=bad)) from bad
    require(signed.size == row.size, Told("tampered.it_is_signed_for_entries", name=name, size=signed.size))
    return signed


def _check_root(name: Told, signed: Checkpoint, log: Log, epoch: int, ends: Mapping[int, int]) -> None:
    if epoch == log.epoch:
        require(signed.size <= log.size, Told("tampered.it_is_signed_for_entries", name=name, size=signed.size))
    elif signed.size > ends.get(epoch, 0):
        return
    require(
        log.root(signed.size) == signed.root,
        Told("tampered.the_first_entries_do_not_lead_to_the_root_it_signs", name=name, size=signed.size),
    )


def _check_signature(name: Told, row: Cosignature, key: WitnessKey) -> None:
    try:
        cosigned = cosigned_by(key, row.note, row.line)
    except BadCheckpoint as bad:
        raise Tampered(Told("tampered.because", name=name, bad=bad)) from bad
    require(cosigned.at == row.at, Told("tampered.cosignature_at", name=name))
