"""What was erased by law, written down outside the database and outside every backup: whoever puts an earlier backup in
place of the database erases it again before the site serves."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from consult.ledger.outside_list import OutsideList

LIST = "erasures.jsonl"


@dataclass(frozen=True)
class Erasure:
    """One erasure: what `kind` of row it was, of which matter, its `id`, what of it (`scope`), when (ISO, UTC), and the
    ids `by` whom: of who proposed it and who confirmed it, where it closes something that needs two."""

    kind: str
    consultation_id: UUID
    id: UUID
    scope: tuple[str, ...]
    at: str
    by: tuple[UUID, ...] = ()

    @property
    def key(self) -> tuple[str, UUID, UUID, tuple[str, ...]]:
        """What two notes of the same erasure share."""
        return self.kind, self.consultation_id, self.id, self.scope


class ErasureList(OutsideList[Erasure]):
    """The list in `folder`, beside the checkpoints of the logs."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / LIST, _read)


def _read(said: Mapping[str, Any]) -> Erasure:
    ids = UUID(said["consultation_id"]), UUID(said["id"])
    by = tuple(map(UUID, said.get("by", ())))
    return Erasure(str(said["kind"]), *ids, tuple(map(str, said["scope"])), str(said["at"]), by)
