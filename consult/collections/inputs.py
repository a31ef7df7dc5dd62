"""What every way in hands to `recording.service.record`: the page of a branch, a spreadsheet, a program, a pile of
scans, a page that wrote without a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consult.collections.words import FileKind, Gathered, WayIn

MOST_PEOPLE = 100_000
MOST_OPINIONS = 10_000
MOST_FILES = 400


@dataclass(frozen=True)
class NewFile:
    """A file already kept in the store (`file_hash`), of a media type found by its content."""

    kind: FileKind
    file_hash: str
    file_name: str
    media_type: str
    file_size: int


@dataclass(frozen=True)
class NewGathering:
    """One meeting, pile, visit, call or file. Of a meeting place and day are needed, which identify its minutes: they
    have no number. `people` is how many took part, 0 when nobody counted."""

    how: Gathered
    way_in: WayIn = WayIn.PAGE
    place: str = ""
    held_on: date | None = None
    people: int = 0
    note: str = ""
    minutes_signed: bool = False
    files: tuple[NewFile, ...] = ()


@dataclass(frozen=True)
class NewOpinion:
    """One opinion as typed or read. `anchor` as `?tai=` writes it, `stance` its code or nothing; `file` is the place
    of its page among the files of the gathering. `untyped`: its words stand on that page and are typed later. `code` is
    the look-up code printed on the tear-off; without one a code is made."""

    text: str = ""
    anchor: str = ""
    stance: str = ""
    proposed: str = ""
    reason: str = ""
    differing: bool = False
    people: int = 1
    person_name: str = ""
    contact: str = ""
    file: int | None = None
    untyped: bool = False
    code: str = ""


@dataclass(frozen=True)
class Recorded:
    """What came in: the number of the gathering, the numbers of its opinions in their order with their look-up codes
    (empty for one that cannot be made again), and whether it had come in before."""

    gathering: int
    numbers: Sequence[int]
    codes: Sequence[str]
    repeated: bool = False
