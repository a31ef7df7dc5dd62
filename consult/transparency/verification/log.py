"""The log itself: entries as they must be, stored nodes as they follow, checkpoints as they were signed."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger import merkle
from consult.ledger.canonical import NotCanonical, parsed
from consult.ledger.checkpoint import BadCheckpoint, VerifierKey, verify_checkpoint
from consult.ledger.entries import moment
from consult.ledger.kinds import wrong_fields
from consult.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerNode
from consult.ledger.service import Signer
from consult.transparency.replay import Entry
from consult.transparency.row_reading import Tampered, Told, require, rows_of

Origins = Callable[[int], str]
"""The origin under which a checkpoint of a size is signed."""
Nodes = dict[tuple[int, int], bytes]


def entries(session: Session, consultation_id: UUID) -> list[Entry]:
    """Every entry as an object: canonical, consecutive, and with columns that say what the body says."""
    rows = rows_of(session, LedgerEntry, consultation_id, LedgerEntry.index)
    return [_entry(place, row) for place, row in enumerate(rows)]


def check_nodes(session: Session, consultation_id: UUID) -> Nodes:
    """Recomputes every stored subtree; gives them. Raises Tampered with the first entry or node that differs."""
    rows = rows_of(session, LedgerEntry, consultation_id, LedgerEntry.index)
    nodes: Nodes = {}
    for row in rows:
        leaf = merkle.leaf_hash(row.body.encode())
        nodes.update(merkle.appended_nodes(row.index, leaf, lambda level, index: nodes[level, index]))
    stored = {(one.level, one.index): one.hash for one in rows_of(session, LedgerNode, consultation_id)}
    for (level, index), value in sorted(nodes.items(), key=lambda item: ((item[0][1] + 1) << item[0][0], item[0][0])):
        name = (
            Told("tampered.entry_its_body", index=index)
            if level == 0
            else Told("tampered.ledger_node_it", level=level, index=index)
        )
        require(
            stored.pop((level, index), None) == value,
            Told("tampered.does_not_have_the_hash_that_is_stored_for_it", name=name),
        )
    require(not stored, Told("tampered.ledger_node_it_stands_for_no_entries", value=min(stored, default="")))
    return nodes


def check_checkpoints(
    session: Session, consultation_id: UUID, nodes: Nodes, size: int, signer: Signer, origins: Origins
) -> dict[int, str]:
    """Every checkpoint that was given out, its note by its size. Raises Tampered."""
    rows = rows_of(session, LedgerCheckpoint, consultation_id, LedgerCheckpoint.size)
    for row in rows:
        origin = origins(row.size)
        check_note(
            Told("tampered.ledger_checkpoint", size=row.size),
            row.note,
            nodes,
            size,
            signer.trusted(origin),
            origin,
            row.size,
        )
    return {row.size: row.note for row in rows}


def check_note(
    name: Told, note: Any, nodes: Nodes, size: int, keys: Sequence[VerifierKey], origin: str, stated: int
) -> None:
    """A signed note of the size `stated` against the tree of `size` entries. Raises Tampered."""
    try:
        signed = verify_checkpoint(note, keys, origin)
    except (BadCheckpoint, TypeError, AttributeError) as bad:
        raise Tampered(Told("tampered.because", name=name, bad=bad)) from bad
    require(stated == signed.size <= size, Told("tampered.it_is_signed_for_entries", name=name, size=signed.size))
    root = merkle.root(signed.size, lambda level, index: nodes[level, index])
    require(
        root == signed.root,
        Told("tampered.the_first_entries_do_not_lead_to_the_root_it_signs", name=name, size=signed.size),
    )


def _entry(place: int, row: LedgerEntry) -> Entry:
    require(row.index == place, Told("tampered.entry_is_missing", place=place))
    try:
        told = parsed(row.body.encode())
    except (NotCanonical, UnicodeEncodeError) as bad:
        raise Tampered(Told("tampered.entry_its_body_is_not_canonical_json", place=place)) from bad
    if not isinstance(told, dict):
        raise Tampered(Told("tampered.entry_its_body_is_not_an_object", place=place))
    # Whoever reads our log is lenient with what they do not know; what we wrote ourselves, we know.
    wrong = wrong_fields(str(told.get("kind")), frozenset(told))
    require(not wrong, Told("tampered.entry", place=place, wrong=wrong))
    columns = {"index": row.index, "kind": row.kind, "at": moment(row.at), "comment": row.comment_number}
    for name, value in columns.items():
        require(
            told.get(name) == value,
            Told("tampered.entry_its_column_for_does_not_say_what_its_body_says", place=place, name=repr(name)),
        )
    return told
