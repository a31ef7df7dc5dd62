"""What an office needs of the table for its own work: with the senders' names, or with the answers still being drafted.

Neither is public, and both say so at their head and on every page. They are made anew for each who asks, never kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import IO, Any

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.exports import service
from consult.exports.cell_texts import Say
from consult.exports.lines import TableHead, TableLine
from consult.exports.rows import reader as row_reader
from consult.exports.rows.order import OrderedComment
from consult.exports.service import Format
from consult.responses.answers.answer_state import Answer
from consult.responses.desk.listing import list_rows
from consult.responses.desk.listing.list_rows import CaseLine
from consult.submissions.words import SubmissionKind

READ_AS = "public"
"""What whoever works at the desk may read stands in its table as what is public does in the public one."""


class Internal(StrEnum):
    """The tables for the office, by their names in addresses and files."""

    NAMES = "co-ten-nguoi-gui"
    DRAFTS = "ban-lam-viec"


FORMS = {
    "docx": Format.DOCX, "xlsx": Format.XLSX, "pdf": Format.PDF, "csv": Format.PRINTED_CSV,
    "json": Format.PRINTED_JSON,
}  # fmt: skip
"""The files that each of them is given as, by their endings: all of the printed form, in the columns of the profile."""


def write(
    file: IO[bytes],
    session: Session,
    consultation: Consultation,
    wanted: Internal,
    set_apart: bool,
    now: datetime,
    say: Say,
    notice: str = "",
    form: Format = Format.DOCX,
) -> None:
    """Writes the table in one of the printed `form`s; the rest as for `read`. Raises TooLong for a long PDF."""
    above, lines = read(session, consultation, wanted, set_apart, now, say, notice)
    service.write_read(file, above, lines, form, say)


def read(
    session: Session, consultation: Consultation, wanted: Internal, set_apart: bool, now: datetime, say: Say,
    notice: str = "",
) -> tuple[TableHead, Iterator[TableLine]]:  # fmt: skip
    """The head and the lines of such a table, in the order of print, which are read as they are taken. `set_apart`
    tells whether who asks may read what is in quarantine or was passed on; what they may not read stands as it does in
    public. `notice` marks made-up data; the head's says what the file is, for every page of it."""
    above, entries = service.printed(session, consultation, now)
    own = say(f"exports.internal_{wanted.name.lower()}")
    marks = (say("exports.internal"), say(f"exports.internal_{wanted.name.lower()}_mark"), notice)
    told = replace(above, heading=f"{own} {above.heading}", notice=" – ".join(part for part in marks if part))
    reader = _Reader(session, consultation, wanted, set_apart, now)
    return told, reader.lines(entries, say)


class _Reader:
    """Puts what the desk knows in the place of what the public is told."""

    def __init__(
        self, session: Session, consultation: Consultation, wanted: Internal, set_apart: bool, now: datetime
    ) -> None:
        self.session, self.consultation, self.wanted = session, consultation, wanted
        self.set_apart, self.today = set_apart, clock.local_day(now)

    def lines(self, entries: Sequence[OrderedComment], say: Say) -> Iterator[TableLine]:
        """The lines, as many at a time as the public table reads."""
        for start in range(0, len(entries), row_reader.BATCH):
            some = entries[start : start + row_reader.BATCH]
            numbers = [entry.number for entry in some]
            cases = list_rows.lines(self.session, self.consultation, numbers, None, self.today, self.set_apart)
            known = {case.number: case for case in cases}
            for line in row_reader.lines(self.session, self.consultation, some, say):
                case = known[line.number]
                yield line if case.closed else self._told(line, case)

    def _told(self, line: TableLine, case: CaseLine) -> TableLine:
        said = as_at_the_desk(line, case)
        if self.wanted is Internal.NAMES:
            return replace(said, **_names(case))
        return replace(said, **_draft(case.answer)) if case.answer is not None else said


def as_at_the_desk(line: TableLine, case: CaseLine) -> TableLine:
    """A line with what the desk reads of its comment in the place of what the public is told."""
    return replace(
        line,
        visibility=READ_AS,
        visibility_reason="",
        stance=case.stance,
        text=case.text,
        proposed=case.proposed_wording,
        reason=case.reason,
        left=case.left,
    )


def _names(case: CaseLine) -> dict[str, Any]:
    if case.kind == SubmissionKind.COMMENT:
        return {"sender": case.sender, "organisation": "", "area": case.area}
    return {"sender": "", "organisation": case.sender, "area": case.area}


def _draft(answer: Answer) -> dict[str, Any]:
    """The newest wording, public or not, and how far it has come."""
    latest = answer.latest
    return {
        "outcome": "answered",
        "response": answer.response.number,
        "disposition": latest.disposition.value,
        "answer": latest.text,
        "change": latest.change,
        "answer_state": answer.state.value,
    }
