"""The entries of the log, exactly as docs/ledger.md defines them: one function per kind of act, and their bytes.

Each function gives an `Act`; `written` puts it at its place in the log. Codes are passed as text (a StrEnum is text).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from consult.ledger.canonical import canonical
from consult.ledger.kinds import wrong_fields

VERSION = 1
DOCUMENT = ("document", "outline", "revision", "role", "sha256", "title")
COMMITTED = ("attachments", "contact", "identity", "text")
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
            "matter": _code(matter),
            "procedure": _code(procedure),
            "disclosure": _code(disclosure),
            "facts": facts,
            "documents": [dict(document) for document in documents],
            "periods": [
                {"audience": _code(audience), "opens": moment(opens), "closes": moment(closes) if closes else None}
                for audience, opens, closes in periods
            ],
        },
    )


def extended(audience: str, closes: datetime, reason: str) -> Act:
    """A period now closes later, for a public reason."""
    return Act("extended", {"audience": _code(audience), "closes": moment(closes), "reason": reason})


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


def received(
    comment: int, submission: int, submission_kind: str, channel: str, day: date, anchor: Anchor | None,
    commitments: Mapping[str, str], part_of: int | None = None,
) -> Act:  # fmt: skip
    """A comment is in: `day` is its legal day of receipt in Asia/Ho_Chi_Minh; `commitments` has all four members."""
    if tuple(sorted(commitments)) != COMMITTED:
        raise ValueError(f"a received comment commits to exactly {', '.join(COMMITTED)}")
    fields = {
        "submission": submission,
        "submission_kind": _code(submission_kind),
        "channel": _code(channel),
        "day": day.isoformat(),
        "anchor": _anchor(anchor),
        "part_of": part_of,
        "commitments": dict(commitments),
    }
    return Act("received", fields, comment)


def amended(comment: int, version: int, text: str) -> Act:
    """Its sender changed a comment; `text` is the commitment to the whole new text, `version` is 2 or more."""
    return Act("amended", {"version": version, "text": text}, comment)


def withdrawn(comment: int) -> Act:
    """Its sender withdrew a comment."""
    return Act("withdrawn", {}, comment)


def author_left(comment: int) -> Act:
    """Its sender withdrew a comment that others had joined: it stays, without them."""
    return Act("author_left", {}, comment)


def joined(comment: int, joiner: int) -> Act:
    """Somebody, of the public number `joiner`, is of one opinion with a comment."""
    return Act("joined", {"joiner": joiner}, comment)


def joining_withdrawn(comment: int, joiner: int) -> Act:
    """Whoever had joined a comment took that back."""
    return Act("joining_withdrawn", {"joiner": joiner}, comment)


def transcribed(comment: int, version: int, text: str) -> Act:
    """What was spoken is written down and checked; `text` is the commitment to the transcript and its translation
    under the field `transcript`, `version` is 1 or more."""
    return Act("transcribed", {"version": version, "text": text}, comment)


def released(comment: int) -> Act:
    """A comment's text is public from now on."""
    return Act("released", {}, comment)


def withheld(comment: int, reason: str) -> Act:
    """A comment's text is not public, for a reason (a code)."""
    return Act("withheld", {"reason": _code(reason)}, comment)


def redacted(comment: int, reason: str, text: str) -> Act:
    """A redacted text is public instead; `text` is the commitment to it under the field `redacted`."""
    return Act("redacted", {"reason": _code(reason), "text": text}, comment)


def invalid(comment: int, reason: str) -> Act:
    """Not a comment on this matter, for a reason (a code)."""
    return Act("invalid", {"reason": _code(reason)}, comment)


def reinstated(comment: int) -> Act:
    """What was found to be no comment on this matter is one after all."""
    return Act("reinstated", {}, comment)


def split(comment: int, into: Sequence[int]) -> Act:
    """A comment became several of its own, each received already with `part_of` naming this one."""
    return Act("split", {"into": sorted(into)}, comment)


def passed_on(count: int) -> Act:
    """So many comments were passed on under another law. It names none of them and is stored beside none."""
    if count < 1:
        raise ValueError("at least one comment is passed on")
    return Act("passed_on", {"count": count})


def answered(comments: Sequence[int], response: int, version: int, disposition: str, hash_of_answer: str) -> Act:
    """A version of an answer was published to these comments; the hash is that of `commitment.answer_hash`."""
    fields = {
        "comments": sorted(comments),
        "response": response,
        "version": version,
        "disposition": _code(disposition),
        "hash": hash_of_answer,
    }
    return Act("answered", fields)


def remarked(comment: int, response: int, version: int, hash_of_remark: str) -> Act:
    """The body that sent it remarks on its answer, in this version; the hash is that of `commitment.remark_hash`."""
    return Act("remarked", {"response": response, "version": version, "hash": hash_of_remark}, comment)


def question_asked(comment: int, until: date, text: str) -> Act:
    """Its sender was asked something, and is waited for until the end of a day; `text` commits to the words."""
    return Act("question_asked", {"until": until.isoformat(), "text": text}, comment)


def question_replied(comment: int, text: str) -> Act:
    """Its sender replied to what they were asked; `text` commits to the words."""
    return Act("question_replied", {"text": text}, comment)


def scan_set_aside(submission: int, scans: int) -> Act:
    """One more scan was found to be no part of a letter; so many of it are by now. It stays, with its commitment."""
    return Act("scan_set_aside", {"submission": submission, "scans": scans})


def codes_issued(submission: int) -> Act:
    """New codes were given at the desk for a submission whose sender had lost theirs."""
    return Act("codes_issued", {"submission": submission})


def letter_amended(submission: int, version: int, letter: str) -> Act:
    """The sender changed the data of a letter, or what a critique says: `letter` is the commitment to them."""
    return Act("letter_amended", {"submission": submission, "version": version, "letter": letter})


def epoch(number: int, size: int, root: bytes, checkpoint: str, reason: str) -> Act:
    """The database was set back, and the log goes on as epoch `number`: the last signed checkpoint that is known of the
    one before, with its size and root."""
    fields = {"epoch": number, "size": size, "root": root.hex(), "checkpoint": checkpoint, "reason": reason}
    return Act("epoch", fields)


def brought_back(comment: int, epoch_number: int, was: int, leaf: bytes) -> Act:
    """A comment was received again from its sender's receipt: it was entry `was`, with this leaf, of a lost epoch."""
    return Act("brought_back", {"epoch": epoch_number, "was": was, "leaf": leaf.hex()}, comment)


def _anchor(anchor: Anchor | None) -> dict[str, Any] | None:
    if anchor is None:
        return None
    if anchor.path is not None and anchor.page is not None:
        raise ValueError("an anchor has a path or a page, not both")
    return {name: getattr(anchor, name) for name in ("document", "revision", "path", "page", "quote")}


def _code(value: str) -> str:
    if not CODE.fullmatch(value):
        raise ValueError(f"{value!r} is not a code")
    return str(value)
