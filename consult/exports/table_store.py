"""Where tables that were made are kept: small ones as disposable files, of a large one the newest of each format."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from consult.exports.table_state import TableState
from consult.files.bounded_cache import BoundedCache
from consult.files.made_files import MadeFiles, NoLock
from consult.files.places.folder import FolderPlace
from consult.files.places.opening import Where


class TableStore(MadeFiles):
    """The tables at a place; small ones, which are made again whenever somebody asks for them, stay on this machine:
    under `own`, by default in the folder that the others lie in, and take about `limit` bytes at most."""

    def __init__(self, where: Where, limit: int, own: Path | None = None) -> None:
        super().__init__(where)
        self.limit = limit
        self.own = own

    @cached_property
    def beside(self) -> FolderPlace:
        """Where this machine keeps small ones. Only whoever gives tables out asks."""
        if self.own is None:
            assert isinstance(self.place, FolderPlace)
            return self.place
        return FolderPlace(self.own)

    @cached_property
    def small(self) -> BoundedCache:
        """Small ones."""
        return BoundedCache(self.beside.folder / "small", self.limit)

    def found(self, state: TableState, suffix: str) -> bytes | None:
        """The small file of this state, if it was made and is still there."""
        return self.small.get(_name(state, suffix))

    def once(self, state: TableState, suffix: str, make: Callable[[], bytes]) -> bytes | None:
        """The small file of this state, made unless it is there; None while somebody else makes one of this matter:
        nobody waits for them. On a disk without room for the lock it is made all the same, and not kept."""
        try:
            with self.beside.alone(f"{state.consultation_id.hex}.lock") as mine:
                return self._kept(state, suffix, make) if mine else self.found(state, suffix)
        except NoLock:
            return make()

    def _kept(self, state: TableState, suffix: str, make: Callable[[], bytes]) -> bytes:
        made = self.found(state, suffix)
        if made is None:
            made = make()
            self.small.put(_name(state, suffix), made)
        return made


def _name(state: TableState, suffix: str) -> str:
    return f"{state.consultation_id.hex}-{state.name}.{suffix}"
