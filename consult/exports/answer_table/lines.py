"""The rows of the table that leaves: one for each answer, and one for each comment without an answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.exports import cell_texts
from consult.exports.cell_texts import Say
from consult.exports.internal import as_at_the_desk
from consult.exports.lines import TableLine
from consult.exports.rows import reader as row_reader
from consult.exports.rows.order import OrderedComment
from consult.official_papers.wordml import Paragraph, Words
from consult.responses.answer_tables import cells, codes
from consult.responses.answer_tables.codes import RowCode
from consult.responses.answers.answer_state import Answer
from consult.responses.desk.listing import list_rows
from consult.responses.desk.listing.list_rows import CaseLine
from consult.responses.desk.typing import typed_places
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.submissions.models import Comment, CommentVersion
from consult.submissions.words import SubmissionKind

NO_DRAFT, ALL = "none", "all"
MOST_TOGETHER = 5
"""So many comments of one answer stand in its row; the others are counted."""


@dataclass(frozen=True)
class OutLine:
    """A row as it leaves: its code, what each column says as paragraphs, and the result as a code and the rest of the
    answer as one text."""

    code: RowCode
    written: str
    topic: Sequence[Paragraph]
    contributor: Sequence[Paragraph]
    opinion: Sequence[Paragraph]
    disposition: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Wanted:
    """Which rows: the comments that the desk's list left, all of them or those without a draft; `senders` whether who
    takes them out may know who sent what, `today` the local day."""

    numbers: frozenset[int]
    which: str
    senders: bool
    today: date


def lines(
    session: Session, consultation: Consultation, entries: Sequence[OrderedComment], wanted: Wanted, say: Say
) -> Iterator[OutLine]:
    """The rows in the order of the table, a batch of comments at a time. An answer to several comments stands where the
    first of them does, with all that it is for."""
    chosen = [entry for entry in entries if entry.number in wanted.numbers]
    by_number = {entry.number: entry for entry in entries}
    places, met = typed_places.places(session, consultation, say), set[int]()
    for start in range(0, len(chosen), row_reader.BATCH):
        some = chosen[start : start + row_reader.BATCH]
        cases = _cases(session, consultation, [entry.number for entry in some], wanted)
        more = {number for case in cases.values() if case.answer for number in case.answer.numbers[:MOST_TOGETHER]}
        beside = _cases(session, consultation, sorted(more - cases.keys()), wanted)
        known = {**beside, **cases}
        shown = [by_number[number] for number in sorted(known) if number in by_number]
        told = {line.number: line for line in row_reader.lines(session, consultation, shown, say)}
        versions = _versions(session, consultation, cases.values())
        for entry in some:
            case = cases[entry.number]
            if not _stands(case, wanted) or (case.answer and case.answer.response.number in met):
                continue
            if case.answer is None:
                yield _unanswered(consultation, case, told[entry.number], versions, say)
            else:
                met.add(case.answer.response.number)
                yield _answered(consultation, case.answer, known, told, versions, places, say)


def _cases(session: Session, consultation: Consultation, numbers: Sequence[int], wanted: Wanted) -> dict[int, CaseLine]:
    found = list_rows.lines(session, consultation, numbers, None, wanted.today, senders=wanted.senders)
    return {case.number: case for case in found}


def _stands(case: CaseLine, wanted: Wanted) -> bool:
    """What waits for its first answer, or has one; nothing of what is set apart or not for who takes it out."""
    if case.closed or case.unread:
        return False
    return case.answerable if case.answer is None else wanted.which == ALL


def _versions(session: Session, consultation: Consultation, cases: Iterable[CaseLine]) -> dict[int, int]:
    """The version of the words of each comment, and of all others that their answers are for."""
    numbers = {case.number for case in cases} | {
        number for case in cases if case.answer for number in case.answer.numbers
    }
    rows = session.execute(
        select(Comment.number, func.max(CommentVersion.version))
        .join(Comment.versions)
        .where(Comment.consultation_id == consultation.id, Comment.number.in_(numbers))
        .group_by(Comment.number)
    )
    return {number: version for number, version in rows}


def _unanswered(
    consultation: Consultation, case: CaseLine, line: TableLine, versions: dict[int, int], say: Say
) -> OutLine:
    version = versions[case.number]
    code = RowCode(codes.COMMENT, case.number, version, codes.of_comments([(case.number, version)]))
    told = _told(line, case)
    return OutLine(
        code, codes.written(consultation.id, code), cell_texts.topic(told, say), _contributor(told, say),
        cell_texts.opinion(told, say),
    )  # fmt: skip


def _answered(
    consultation: Consultation, answer: Answer, known: dict[int, CaseLine], told: dict[int, TableLine],
    versions: dict[int, int], places: NamedPlaces, say: Say,
) -> OutLine:  # fmt: skip
    latest = answer.latest
    comments = codes.of_comments([(number, versions[number]) for number in answer.numbers])
    code = RowCode(codes.ANSWER, answer.response.number, latest.version, comments)
    shown = [_told(told[number], known[number]) for number in answer.numbers if _readable(number, known, told)]
    shown = shown[:MOST_TOGETHER]
    rest = len(answer.numbers) - len(shown)
    more: list[Paragraph] = [[Words(say("exports.answer_table.and_more", count=rest), "italic")]] if rest else []
    place = places.words_of(latest.change_path) if latest.change_path else ""
    return OutLine(
        code, codes.written(consultation.id, code), _distinct(cell_texts.topic(one, say) for one in shown),
        [*_distinct(_contributor(one, say) for one in shown), *more],
        [*(part for one in shown for part in cell_texts.opinion(one, say)), *more],
        latest.disposition.value, cells.written(latest.disposition, latest.text, latest.change, place, say, False),
    )  # fmt: skip


def _readable(number: int, known: dict[int, CaseLine], told: dict[int, TableLine]) -> bool:
    return number in known and number in told and not known[number].closed and not known[number].unread


def _told(line: TableLine, case: CaseLine) -> TableLine:
    """What the desk reads. A body is named, a person only as far as the public may know: the file leaves the desk."""
    said = as_at_the_desk(line, case)
    if case.kind != SubmissionKind.COMMENT and case.by_body and not case.nameless:
        return replace(said, sender="", organisation=case.sender, area=case.area)
    return said


def _contributor(line: TableLine, say: Say) -> list[Paragraph]:
    return cell_texts.sender(replace(line, visibility="public"), say)


def _distinct(several: Iterable[Sequence[Paragraph]]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for paragraphs in several:
        found += [one for one in paragraphs if one not in found]
    return found
