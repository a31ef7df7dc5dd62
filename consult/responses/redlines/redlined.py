"""The drafter's own file with every accepted wording as a tracked change: made in the sandbox, and never kept."""

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy.orm import Session

from consult import sandbox
from consult.consultations.document_models import Revision
from consult.errors import Refused
from consult.outline.redlining.locating import Line
from consult.responses.redlines.accepted import Accepted, AcceptedWording
from consult.responses.redlines.clauses import Clauses, lines_of
from consult.responses.redlines.word_drafts import WordDrafts
from consult.sandbox import Limits, SandboxFailure

WRITER = "consult.outline.redlining.entry:redlined"
LIMITS = Limits(memory=768 * 1024 * 1024, processor_seconds=60, seconds=90.0)
MOST = 2_000
"""Wordings that go into one file."""

CONFLICTS = ("overlap", "table", "under_revision")

Remark = Callable[[AcceptedWording, str], Sequence[str]]
"""The lines of the comment on a wording; with the code of the conflict, of the one that says why it is not in."""


@dataclass(frozen=True)
class Outcome:
    """What became of a wording: `code` is empty for one that is in the file; `beside` are the comments whose wordings
    it collides with."""

    wording: AcceptedWording
    code: str
    beside: tuple[int, ...] = ()


@dataclass(frozen=True)
class Redlined:
    """The file, and what became of every wording."""

    file: bytes
    outcomes: Sequence[Outcome]

    @property
    def placed(self) -> list[Outcome]:
        """Those that are in the file."""
        return [one for one in self.outcomes if not one.code]

    @property
    def conflicts(self) -> list[Outcome]:
        """Those that a person has to bring together with something else."""
        return [one for one in self.outcomes if one.code in CONFLICTS]

    @property
    def left(self) -> list[Outcome]:
        """Those that have no place, each with its reason."""
        return [one for one in self.outcomes if one.code and one.code not in CONFLICTS]


def redlined(
    session: Session, found: Accepted, drafts: WordDrafts, author: Callable[[AcceptedWording], str], remark: Remark
) -> Redlined:
    """The newest draft with the wordings of `found`. Raises Refused("redline_no_room" | "redline_failed" |
    "redline_no_converter") when it cannot be made, and DamagedFile."""
    lines = lines_of(session, found.revision)
    clauses = Clauses(lines)
    codes = [one.code or clauses.why_not(one) for one in found.wordings]
    going = [number for number, code in enumerate(codes) if not code]
    codes = [code or ("too_many" if number in going[MOST:] else "") for number, code in enumerate(codes)]
    asked = [number for number, code in enumerate(codes) if not code or code in CONFLICTS]
    given = [_given(found.wordings[number], codes[number], clauses, author, remark) for number in asked]
    told = _written(found.revision, lines, given, drafts)
    became = dict(zip(asked, told["outcomes"], strict=True))
    outcomes = []
    for number, wording in enumerate(found.wordings):
        said = became.get(number, {"code": codes[number], "beside": []})
        beside = sorted(one for other in said["beside"] for one in found.wordings[asked[other]].numbers)
        outcomes.append(Outcome(wording, said["code"], tuple(beside)))
    return Redlined(b64decode(told["file"]), outcomes)


def _written(
    revision: Revision, lines: Sequence[Line], given: Sequence[Mapping[str, Any]], drafts: WordDrafts
) -> dict[str, Any]:
    try:
        with drafts.opened(revision) as file:
            told: Any = sandbox.run(WRITER, lines, given, data=file, limits=LIMITS)
    except SandboxFailure as failure:
        raise Refused("redline_no_room" if failure.blameless else "redline_failed") from failure
    return dict(told)


def _given(
    wording: AcceptedWording, code: str, clauses: Clauses, author: Callable[[AcceptedWording], str], remark: Remark
) -> dict[str, Any]:
    at = wording.version.written_at.astimezone(UTC) if wording.version else None
    return {
        "path": wording.path,
        "code": code,
        "pieces": [] if code else [[piece.op, piece.text] for piece in clauses.redline(wording)],
        "author": author(wording),
        "date": f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else "",
        "remark": remark(wording, ""),
        "apart": {code: remark(wording, code) for code in CONFLICTS},
    }
