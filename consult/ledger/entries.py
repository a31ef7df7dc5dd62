"""The entries of the log, exactly as docs/ledger.md defines them: one function per kind of act, and their bytes.

Each function gives an `Act`; `written` puts it at its place in the log. Codes are passed as text (a StrEnum is text).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from consult.ledger.canonical import canonical
from consult.ledger.kinds import wrong_fields

VERSION = 1
DOCUMENT = ("document", "outline", "revision", "role", "sha256", "title")
CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Act:
    """A public act before it has a place: its kind, its own fields, and the number of the comment it is about."""

    kind: str
    fields: Mapping[str, Any]
    comment_number: int | None = None


@dataclass(frozen=True)
class Anchor:
    """What a comment is about, by public numbers. Neither path nor page means the document as a whole."""

    document: int
    revision: int
    path: str | None = None
    page: int | None = None
    quote: bool = False


def written(act: Act, index: int, at: datetime) -> bytes:
    """The exact bytes of `act` as entry `index` (from 0), recorded at `at` (an aware moment; kept to the second).

    Raises ValueError for an act that has not exactly the fields of its kind (`kinds.KINDS`).
    """
    entry = {**act.fields, "v": VERSION, "index": index, "kind": act.kind, "at": moment(at)}
    if act.comment_number is not None:
        entry["comment"] = act.comment_number
    if wrong := wrong_fields(act.kind, frozenset(entry)):
        raise ValueError(wrong)
    return canonical(entry)


def moment(value: datetime) -> str:
    """An aware moment as entries write it, in UTC to the second. Raises ValueError for one without a time zone."""
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def published(
    title: str,
    matter: str,
    procedure: str,
    disclosure: str,
    facts: str,
    documents: Sequence[Mapping[str, Any]],
    periods: Sequence[tuple[str, datetime, datetime | None]],
) -> Act:
    """Opened for comment: `facts` is the hex SHA-256 of the matter's facts, `documents` have exactly the members that
    docs/ledger.md names, periods are (audience, opens, closes)."""
    if any(tuple(sorted(document)) != DOCUMENT for document in documents):
        raise ValueError(f"a published document has exactly {', '.join(DOCUMENT)}")
    return Act(
        "published",
        {
            "title": title,
            "matter": code(matter),
            "procedure": code(procedure),
            "disclosure": code(disclosure),
            "facts": facts,
            "documents": [dict(document) for document in documents],
            "periods": [
                {"audience": code(audience), "opens": moment(opens), "closes": moment(closes) if closes else None}
                for audience, opens, closes in periods
            ],
        },
    )


def extended(audience: str, closes: datetime, reason: str) -> Act:
    """A period now closes later, for a public reason."""
    return Act("extended", {"audience": code(audience), "closes": moment(closes), "reason": reason})


def answers_extended(closes: datetime, reason: str) -> Act:
    """The answers of the matter are now due later, for a public reason."""
    return Act("answers_extended", {"closes": moment(closes), "reason": reason})


def issued(revision: int, number: str, day: date) -> Act:
    """This revision of the main draft was issued under a number on a day."""
    return Act("issued", {"revision": revision, "number": number, "day": day.isoformat()})


def in_force(day: date | None) -> Act:
    """The text that was issued holds from a day on; None where that is no more known."""
    return Act("in_force", {"day": day.isoformat() if day is not None else None})


def withdrawn_matter(reason: str) -> Act:
    """The whole matter is withdrawn, for a public reason."""
    return Act("withdrawn_matter", {"reason": reason})


def sealed(size: int, root: bytes, received_count: int) -> Act:
    """The periods are over: the log had `size` entries with this root, `received_count` of them received comments."""
    return Act("sealed", {"size": size, "root": root.hex(), "received": received_count})


def concluded(outcome: Mapping[str, Any], visibility: Mapping[str, Any]) -> Act:
    """Both sums as they stand, in the form the API gives them."""
    return Act("concluded", {"outcome": dict(outcome), "visibility": dict(visibility)})


def majority_answered(place: Anchor | None, in_favour: int, against: int, follows: bool, text: str) -> Act:
    """What is decided of a place (None: the draft as a whole) that most people are against: as they want (`follows`)
    or otherwise; of the reason the hash."""
    told = hashlib.sha256(text.encode()).hexdigest()
    return Act("majority_answered", {
        "anchor": asdict(place) if place else None, "in_favour": in_favour, "against": against, "follows": follows,
        "text": told,
    })  # fmt: skip


def signed_copy(copy: int, paper: str, hash_of_file: str, size: int, number: str, day: date) -> Act:
    """A paper of the concluded matter as it was signed: its file, and the number and day that it bears."""
    fields = {"copy": copy, "paper": code(paper), "hash": hash_of_file, "size": size, "number": number}
    return Act("signed_copy", {**fields, "day": day.isoformat()})


def signed_copy_set_aside(copy: int, reason: str) -> Act:
    """A signed copy is not given out any more, for a public reason: another file was put in, say."""
    return Act("signed_copy_set_aside", {"copy": copy, "reason": reason})


def scan_set_aside(submission: int, scans: int) -> Act:
    """One more scan was found to be no part of a letter; so many of it are by now. It stays, with its commitment."""
    return Act("scan_set_aside", {"submission": submission, "scans": scans})


def codes_issued(submission: int) -> Act:
    """New codes were given at the desk for a submission whose sender had lost theirs."""
    return Act("codes_issued", {"submission": submission})


def letter_amended(submission: int, version: int, letter: str) -> Act:
    """The sender changed the data of a letter, or what a critique says: `letter` is the commitment to them."""
    return Act("letter_amended", {"submission": submission, "version": version, "letter": letter})


def handed_to_appraisal(package: int, hash_of_archive: str, size: int) -> Act:
    """The package of this number was handed to the body that appraises the report: an archive of this hash and size."""
    return Act("handed_to_appraisal", {"package": package, "hash": hash_of_archive, "size": size})


def epoch(number: int, size: int, root: bytes, checkpoint: str, reason: str) -> Act:
    """The database was set back, and the log goes on as epoch `number`: the last signed checkpoint that is known of the
    one before, with its size and root."""
    fields = {"epoch": number, "size": size, "root": root.hex(), "checkpoint": checkpoint, "reason": reason}
    return Act("epoch", fields)


def code(value: str) -> str:
    """A code as entries write it. Raises ValueError for what is none."""
    if not CODE.fullmatch(value):
        raise ValueError(f"{value!r} is not a code")
    return str(value)
