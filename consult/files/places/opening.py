"""A place by what a setting or another process says of it: the path of a folder, or the address of a part of a
bucket."""

from pathlib import Path

from consult.files.places.bucket import BucketPlace
from consult.files.places.folder import FolderPlace
from consult.files.places.place import Place
from consult.files.s3.address import SCHEME, address_of
from consult.files.s3.client import client_of

Where = Place | Path | str


def place_at(where: Where) -> Place:
    """The place. Raises Misconfigured for an address that is none, or one that nothing in the environment opens."""
    if isinstance(where, Place):
        return where
    if isinstance(where, str) and where.startswith(SCHEME):
        return BucketPlace(client_of(address_of(where)))
    return FolderPlace(Path(where))


def is_elsewhere(where: Where) -> bool:
    """Whether it lies on no disk of this machine."""
    return isinstance(where, BucketPlace) or (isinstance(where, str) and where.startswith(SCHEME))
