"""Where tables that were made are kept: small ones as disposable files, of a large one the newest of each format."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from consult.exports.table_state import TableState
from consult.files.bounded_cache import BoundedCache
from consult.files.made_files import MadeFiles, NoLock


@dataclass(frozen=True)
class TableStore(MadeFiles):
    """The tables under `folder`; small ones take about `limit` bytes at most."""

    limit: int

    @cached_property
    def small(self) -> BoundedCache:
        """Those that are made again whenever somebody asks for them."""
        return BoundedCache(self.folder / "small", self.limit)

    def found(self, state: TableState, suffix: str) -> bytes | None:
        """The small file of this state, if it was made and is still there."""
        return self.small.get(_name(state, suffix))

    def once(self, state: TableState, suffix: str, make: Callable[[], bytes]) -> bytes | None:
        """The small file of this state, made unless it is there; None while somebody else makes one of this matter:
        nobody waits for them. On a disk without room for the lock it is made all the same, and not kept."""
        try:
            with self.alone(state.consultation_id) as mine:
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
