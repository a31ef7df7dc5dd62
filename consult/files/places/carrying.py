"""Files of one place carried over to another, each read again there: it can be repeated, and copies nothing twice."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from typing import cast

from consult.files.places.place import Place

MADE_HERE = "small/"
"""Tables that every machine makes for itself."""
LOCK = ".lock"


@dataclass(frozen=True)
class Carried:
    """A file: its name, whether it is `good` there now (what it was, and what its name says where that is a hash), and
    whether it was there `before`."""

    name: str
    good: bool
    before: bool


def carry(source: Place, target: Place, hashed: bool) -> Iterator[Carried]:
    """Carries every file of `source` that is not of this machine alone; with `hashed` a name ends in the hash of its
    content, and one that does not stays where it is. Raises OSError, after which it can be begun again."""
    for one in source.listed():
        if not one.name.startswith(MADE_HERE) and not one.name.endswith(LOCK):
            yield _one(source, target, one.name, hashed)


def _one(source: Place, target: Place, name: str, hashed: bool) -> Carried:
    with source.open(name) as file:
        told = hashlib.file_digest(cast(BufferedIOBase, file), "sha256").hexdigest()
        if hashed and name.rpartition("/")[2] != told:
            return Carried(name, good=False, before=False)
        if _hash(target, name) == told:
            return Carried(name, good=True, before=True)
        target.copy_in(name, cast(BufferedIOBase, file))
    return Carried(name, _hash(target, name) == told, before=False)


def _hash(place: Place, name: str) -> str:
    try:
        with place.open(name) as file:
            return hashlib.file_digest(cast(BufferedIOBase, file), "sha256").hexdigest()
    except FileNotFoundError:
        return ""
