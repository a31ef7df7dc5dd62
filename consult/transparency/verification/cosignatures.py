"""What witnesses signed, as it is stored: each over a checkpoint of this very log, and with the key of its witness."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.checkpoint import BadCheckpoint
from consult.ledger.cosignature import WitnessKey, cosigned_by
from consult.ledger.models import Cosignature
from consult.ledger.service import Signer
from consult.transparency.row_reading import Tampered, Told, require, rows_of
from consult.transparency.verification.log import Nodes, Origins, check_note


def check_cosignatures(
    session: Session, own_id: UUID, nodes: Nodes, size: int, signer: Signer, origins: Origins,
    keys: Iterable[WitnessKey],
) -> int:  # fmt: skip
    """Every stored cosignature of the present tree; gives how many. The key of a witness that is no longer asked is not
    known any more, and the line is only compared with the name beside it. What was signed in an epoch that ended, of
    entries that are lost since, can be held against nothing. Raises Tampered."""
    known = {key.name: key for key in keys}
    rows = rows_of(session, Cosignature, own_id, Cosignature.epoch, Cosignature.size, Cosignature.witness)
    for row in rows:
        name = Told("tampered.cosignature", witness=row.witness, size=row.size)
        require(row.line.startswith(f"\u2014 {row.witness} "), Told("tampered.cosignature_of_another", name=name))
        origin = signer.origin(own_id, row.epoch)
        if row.size > size:
            require(origin != origins(size), Told("tampered.it_is_signed_for_entries", name=name, size=row.size))
        elif origins(row.size) == origin:
            check_note(name, row.note, nodes, size, signer.trusted(origin), origin, row.size)
        if row.witness in known:
            _check_line(known[row.witness], row, name)
    return len(rows)


def _check_line(key: WitnessKey, row: Cosignature, name: Told) -> None:
    try:
        signed = cosigned_by(key, row.note, row.line)
    except BadCheckpoint as bad:
        raise Tampered(Told("tampered.because", name=name, bad=bad)) from bad
    require(signed.at == row.at, Told("tampered.cosignature_at_another_time", name=name))
