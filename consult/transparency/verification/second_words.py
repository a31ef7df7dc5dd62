"""What bodies say of the answers to their letters, the papers that it came on, and the dialogues over it, against the
entries that fix them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult import clock
from consult.files.store import DamagedFile, FileStore
from consult.ledger.commitment import dialogue_hash, minutes_hash, remark_hash, second_word_hash
from consult.ledger.entries import moment
from consult.responses.intake.service import received_moment
from consult.responses.second_words.models import AnswerRemark, Dialogue, SecondWordPaper
from consult.submissions.models import Comment
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered, Told, require, rows_of

Fixed = tuple[Any, ...]


def check_remarks(session: Session, consultation_id: UUID, log: Log, comment_ids: Mapping[UUID, int]) -> int:
    """Everything that was signed has its entry, and every entry its row; gives how many. Raises Tampered."""
    told = {
        (one["comment"], one["response"], one["version"], one.get("verdict"), one.get("until"), one["hash"], one["at"])
        for kind in ("remarked", "second_word")
        for one in log.all(kind)
    }
    rows = rows_of(session, AnswerRemark, consultation_id, AnswerRemark.comment_id)
    signed = [row for row in rows if row.signed_at is not None]
    for row in signed:
        number = comment_ids.get(row.comment_id, 0)
        entry = _remark(row, number)
        require(entry in told, Told("tampered.remark_is_not_as_the_log_says", number=number))
        told.remove(entry)
    require(not told, Told("tampered.remark_is_not_as_the_log_says", number=min(told)[0] if told else 0))
    return len(signed)


def check_papers(
    session: Session, consultation_id: UUID, log: Log, comment_ids: Mapping[UUID, int], files: FileStore
) -> int:
    """Every paper on which something was said is kept and has its entry, with the comments of its letter that it speaks
    of, and every entry its paper; gives how many there are. Raises Tampered."""
    told = {one["paper"]: one for one in log.all("second_word_paper")}
    read = (joinedload(SecondWordPaper.submission), selectinload(SecondWordPaper.remarks))
    own = select(SecondWordPaper).options(*read).where(SecondWordPaper.consultation_id == consultation_id)
    found = session.scalars(own.order_by(SecondWordPaper.number)).all()
    sent = _letters_of(session, consultation_id, [one.comment_id for row in found for one in row.remarks])
    for row in found:
        numbers = sorted(comment_ids.get(one.comment_id, 0) for one in row.remarks)
        entry = told.pop(row.number, {})
        holds = _paper(row, numbers) == {name: entry.get(name) for name in _paper(row, numbers)}
        holds = holds and {sent.get(one.comment_id) for one in row.remarks} == {row.submission_id}
        # The log has the day: the moment is that of the entry, or the one that stands for an earlier day.
        received = received_moment(clock.local_day(row.received_at), row.recorded_at) or row.recorded_at
        holds = holds and row.received_at == received
        require(holds, Told("tampered.paper_is_not_as_the_log_says", number=row.number))
        try:
            files.opened(row.scan_hash).close()
        except DamagedFile as damaged:
            raise Tampered(Told("tampered.paper_is_not_kept", number=row.number)) from damaged
    require(not told, Told("tampered.paper_is_not_as_the_log_says", number=min(told, default=0)))
    return len(found)


def check_dialogues(session: Session, consultation_id: UUID, log: Log, comment_ids: Mapping[UUID, int]) -> int:
    """Every dialogue has the entries of its call and of its minutes, and every entry its dialogue; gives how many there
    are. Raises Tampered."""
    called = {one["dialogue"]: one for one in log.all("dialogue_called")}
    held = {one["dialogue"]: one for one in log.all("dialogue_held")}
    found = session.scalars(
        select(Dialogue)
        .options(selectinload(Dialogue.points))
        .where(Dialogue.consultation_id == consultation_id)
        .order_by(Dialogue.number)
    ).all()
    sent = _letters_of(session, consultation_id, [point.comment_id for one in found for point in one.points])
    for row in found:
        numbers = {comment_ids.get(point.comment_id, 0): point for point in row.points}
        call, minutes = called.pop(row.number, None), held.pop(row.number, None)
        owners = {row.submission_id, *(sent.get(point.comment_id) for point in row.points)}
        holds = call is not None and _called(row, sorted(numbers)) == _said(call, ("comments", "day", "until"))
        agreed = {number: point.agreed for number, point in numbers.items()}
        outcomes = {number: point.outcome for number, point in numbers.items()}
        if minutes is None or row.recorded_at is None:
            holds = holds and minutes is None and row.recorded_at is None
        else:
            holds = holds and _held(row, agreed, outcomes) == _said(minutes, ("agreed", "open", "minutes"))
        holds = holds and len(owners) == 1
        require(holds, Told("tampered.dialogue_is_not_as_the_log_says", number=row.number))
    left = min([*called, *held], default=0)
    require(not left, Told("tampered.dialogue_is_not_as_the_log_says", number=left))
    return len(found)


def _letters_of(session: Session, consultation_id: UUID, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """In which submission each of these comments came."""
    rows = select(Comment.id, Comment.submission_id).where(
        Comment.consultation_id == consultation_id, Comment.id.in_(ids)
    )
    return {comment_id: submission_id for comment_id, submission_id in session.execute(rows)}


def _remark(row: AnswerRemark, number: int) -> Fixed:
    said = (number, row.response or 0, row.version or 0)
    at = moment(row.signed_at) if row.signed_at else ""
    if row.verdict is None:
        return (*said, None, None, remark_hash(*said, row.text), at)
    until = row.answer_by.isoformat() if row.answer_by else None
    hashed = second_word_hash(*said, row.verdict.value, row.text)
    return (*said, row.verdict.value, until, hashed, at)


def _paper(row: SecondWordPaper, numbers: list[int]) -> dict[str, Any]:
    received, at = clock.local_day(row.received_at).isoformat(), moment(row.recorded_at)
    said = {"submission": row.submission.number, "comments": numbers, "received": received, "scan": row.scan_hash}
    return said | {"at": at}


def _called(row: Dialogue, numbers: list[int]) -> Fixed:
    day, hashed = clock.local_day(row.starts_at), dialogue_hash(row.number, moment(row.starts_at), row.place)
    return (numbers, day.isoformat(), row.answer_by.isoformat(), hashed, moment(row.called_at))


def _held(row: Dialogue, agreed: Mapping[int, bool | None], outcomes: Mapping[int, str]) -> Fixed:
    both = sorted(number for number, yes in agreed.items() if yes)
    others = sorted(number for number, yes in agreed.items() if not yes)
    at = moment(row.recorded_at) if row.recorded_at else ""
    return (both, others, row.minutes_hash, minutes_hash(row.number, outcomes), at)


def _said(entry: Mapping[str, Any], fields: tuple[str, ...]) -> Fixed:
    return (*(entry[name] for name in fields), entry["hash"], entry["at"])
