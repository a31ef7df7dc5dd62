"""Files of a form that is still being filled in: kept aside by their content, and let go when nobody sent them."""

from datetime import datetime

from consult.files.places.opening import Where
from consult.files.store import FileStore


class PendingUploads:
    """Files at a place of their own, each known by its SHA-256. They are nobody's yet, and in no backup."""

    def __init__(self, where: Where) -> None:
        self.store = FileStore(where)

    def put(self, data: bytes, now: datetime) -> str:
        """Keeps `data` from `now` on, and returns its SHA-256 (hex)."""
        return self.store.put_from(data, now.timestamp())

    def get(self, name: str) -> bytes:
        """The bytes of the file `name`; raises KeyError when it was let go."""
        return self.store.get(name)

    def forget(self, before: datetime) -> int:
        """Lets go what was kept before that instant, and says how many files that were."""
        place = self.store.place
        old = [one.name for one in place.listed() if one.modified < before.timestamp()]
        for name in old:
            place.remove(name)
        return len(old)
