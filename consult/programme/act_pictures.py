"""Pictures of what was found or done: kept beside what is said of a promise, and public with it."""

from collections.abc import Sequence
from typing import NamedTuple

from consult import size_limits
from consult.db import new_id
from consult.errors import NotFound
from consult.files.signed_files import KeptFile
from consult.programme.promise_models import Promise, PromiseAct, PromisePicture
from consult.text import one_line

MOST = 10


class Picture(NamedTuple):
    """A picture that was painted anew and is kept by now, with what is said of it."""

    file: KeptFile
    caption: str


def check(pictures: Sequence[Picture]) -> dict[str, str]:
    """What is wrong, by the fields of the form."""
    errors = {"pictures": "too_many_files"} if len(pictures) > MOST else {}
    if any(len(one_line(one.caption)) > size_limits.SHORT for one in pictures):
        errors["caption"] = "too_long"
    return errors


def rows(act: PromiseAct, pictures: Sequence[Picture]) -> list[PromisePicture]:
    """The rows of the pictures of an act."""
    return [
        PromisePicture(
            id=new_id(), consultation_id=act.consultation_id, act_id=act.id, number=number, file_hash=one.file.hash,
            file_name=one.file.name, media_type=one.file.media_type, caption=one_line(one.caption),
        )
        for number, one in enumerate(pictures, 1)
    ]  # fmt: skip


def found(promise: Promise, act: int, number: int, public: bool) -> PromisePicture:
    """A picture of what was said of a promise; only of what was released, where it is for the `public`. Raises
    NotFound."""
    own = (one for one in promise.acts if one.number == act and (one.released_at is not None or not public))
    kept = next((picture for one in own for picture in one.pictures if picture.number == number), None)
    if kept is None:
        raise NotFound
    return kept
