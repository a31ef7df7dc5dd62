"""What takes long to find and is true of one version of a matter: found once, kept for those who ask next."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Found = TypeVar("Found")


class KeptByVersion(Generic[Found]):
    """The findings that were asked for last, at most so many, each with the version of the content it is true of."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.lock = Lock()
        self.kept: OrderedDict[Hashable, tuple[int, Found]] = OrderedDict()

    def of(self, key: Hashable, version: int, find: Callable[[], Found]) -> Found:
        """What is kept under this key for this version, or else what `find` finds."""
        with self.lock:
            there = self.kept.get(key)
            if there is not None:
                self.kept.move_to_end(key)
        if there is None or there[0] != version:
            there = version, find()
            with self.lock:
                self.kept[key] = there
                while len(self.kept) > self.most:
                    self.kept.popitem(last=False)
        return there[1]
