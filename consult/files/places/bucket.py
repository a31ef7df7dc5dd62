"""A part of a bucket on a store of files as S3, which all machines of a site reach."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from io import BufferedIOBase, BufferedReader
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from consult.files.places.lease import leased
from consult.files.places.parts import PIECE, Parts
from consult.files.places.place import Hold, Kept, Overtaken, Place
from consult.files.s3.client import Client
from consult.files.s3.failures import Taken

MOST_READ = 64 * 1024 * 1024
"""Bytes of what is read into memory at once: forms, pages, what says which files are the newest."""


class BucketPlace(Place):
    """Objects of a part of a bucket. What is put there is kept when the server has said so; where it says nothing in
    time, StoreAway is raised."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @property
    def address(self) -> str:
        """The address, without what opens it."""
        return str(self.client.address)

    def below(self, name: str) -> "BucketPlace":
        """What lies under this name."""
        return BucketPlace(replace(self.client, address=self.client.address.below(name)))

    def beside(self, ending: str) -> "BucketPlace":
        """What lies under the own name with an ending."""
        own = self.client.address
        return BucketPlace(replace(self.client, address=replace(own, prefix=own.prefix + ending)))

    def read(self, name: str) -> bytes:
        """All bytes. Raises FileNotFoundError, StoreAway."""
        return self.client.get(name, MOST_READ)

    def open(self, name: str) -> BinaryIO:
        """A copy that has no name on this machine, and goes when it is closed. Raises FileNotFoundError, StoreAway."""
        file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115
        try:
            self.client.get_into(name, file)
        except BaseException:
            file.close()
            raise
        return file

    def open_parts(self, name: str) -> BufferedReader:
        """A file that is fetched in parts, as they are read. Raises FileNotFoundError, StoreAway."""
        return BufferedReader(Parts(self.client, name, self.client.stat(name)), PIECE)

    def write(self, name: str, data: bytes, durable: bool = True) -> None:
        """Raises StoreAway. The store knows no difference between what must last and what need not."""
        self.client.put(name, data)

    def version(self, name: str) -> str:
        """Its tag; empty where there is none. Raises StoreAway."""
        try:
            return self.client.stat(name).tag
        except FileNotFoundError:
            return ""

    def replace(self, name: str, data: bytes, version: str) -> None:
        """By a condition that the server sees to. Raises Overtaken, StoreAway."""
        try:
            self.client.put(name, data, {"if-match": version} if version else {"if-none-match": "*"})
        except Taken as taken:
            # An answer that got lost made us ask twice. What is not there was taken away by who overtook us.
            with suppress(FileNotFoundError):
                if self.read(name) == data:
                    return
            raise Overtaken(name) from taken

    def copy_in(self, name: str, file: BufferedIOBase) -> None:
        """Raises StoreAway."""
        self.client.put_file(name, file)

    def keep_from(self, name: str, data: bytes, at: float) -> None:
        """Put once more, its age counts from now, by the server's clock. Raises StoreAway."""
        self.client.put(name, data)

    def has(self, name: str) -> bool:
        """Raises StoreAway where that cannot be known."""
        try:
            self.client.stat(name)
        except FileNotFoundError:
            return False
        return True

    def modified(self, name: str) -> float:
        """By the server's clock. Raises FileNotFoundError, StoreAway."""
        return self.client.stat(name).modified

    def remove(self, name: str) -> None:
        """Raises StoreAway."""
        self.client.remove(name)

    def listed(self, unfinished: bool = False) -> Iterator[Kept]:
        """None of them is unfinished. Raises StoreAway."""
        return (Kept(one.name, one.size, one.modified) for one in self.client.listed())

    def alone(self, name: str) -> AbstractContextManager[Hold]:
        """A lease (`lease.py`). Raises StoreAway."""
        return leased(self.client, name)
