"""What was taken back from those who could read it, written down outside the database and outside every backup: an
earlier backup that takes the place of the database shows it to nobody.

Only the last line about a thing counts: what was closed and opened again later is open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from consult.ledger.outside_list import OutsideList

LIST = "closings.jsonl"


@dataclass(frozen=True)
class Closing:
    """How a thing stood after something was done to it: what was done to what (`kind`), its matter (None: of none) and
    its `id`, by which row that is known (`act`), why (a code), when (ISO, UTC), and the ids `by` whom: of who proposed
    it and who confirmed it, where it takes two."""

    kind: str
    consultation_id: UUID | None
    id: UUID
    act: UUID
    at: str
    reason: str = ""
    by: tuple[UUID, ...] = ()

    @property
    def key(self) -> tuple[str, UUID, UUID]:
        """What two notes of the same state share."""
        return self.kind, self.id, self.act


class ClosingList(OutsideList[Closing]):
    """The list in `folder`, beside the checkpoints of the logs."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / LIST, _read)


def _read(said: Mapping[str, Any]) -> Closing:
    matter = UUID(said["consultation_id"]) if said["consultation_id"] is not None else None
    by = tuple(map(UUID, said["by"]))
    return Closing(
        str(said["kind"]), matter, UUID(said["id"]), UUID(said["act"]), str(said["at"]), str(said["reason"]), by
    )
