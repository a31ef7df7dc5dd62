"""A file of the store that is fetched in parts, as it is read: what is large is sent on before all of it came."""

import io

from consult.files.s3.client import Client, Stat

PIECE = 1024 * 1024


class Parts(io.RawIOBase):
    """The object that stood at `name` when `known` was found; of another one in its place nothing is read."""

    def __init__(self, client: Client, name: str, known: Stat) -> None:
        self.client = client
        self.name = name
        self.known = known
        self.place = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self.place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to a byte; nothing is fetched."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.place, io.SEEK_END: self.known.size}[whence]
        self.place = max(0, start + offset)
        return self.place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes. Raises FileNotFoundError when it was taken away, StoreAway."""
        size = min(len(buffer), PIECE, self.known.size - self.place)
        if size <= 0:
            return 0
        buffer[:size] = self.client.get_part(self.name, self.known.tag, self.place, self.place + size - 1)
        self.place += size
        return size
