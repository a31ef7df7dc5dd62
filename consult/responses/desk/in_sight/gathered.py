"""What an officer has before their eyes while an answer is written: the clause, what is proposed for it, what came with
the letter, and its other points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consult.comparison import Piece
from consult.consultations.document_models import Provision
from consult.consultations.models import Consultation
from consult.responses.desk.listing.list_rows import CaseLine, lines
from consult.responses.second_words.told import SecondWord, second_words
from consult.submissions.comments import page_view, places
from consult.submissions.comments.page_view import PageView
from consult.submissions.models import Comment
from consult.submissions.receiving import clause_wording
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import VOICE

MOST = 20
"""Comments of one answer that are shown with everything; the others with their words alone."""

MOST_OTHERS = 30
"""Other points of one sender."""


@dataclass(frozen=True)
class InSight:
    """What stands beside one comment. `clause` are the words that it is about, `quote` those of them that were marked,
    `redline` what it proposes laid against them; `files` came with it, `voice` is what was spoken; `others` are the
    other points of its letter, `more` how many there are beyond those; `word` is what its sender says of the answer."""

    clause: str = ""
    quote: str = ""
    redline: tuple[Piece, ...] = ()
    page: PageView | None = None
    files: Sequence[Attachment] = ()
    voice: Attachment | None = None
    others: Sequence[CaseLine] = ()
    more: int = 0
    word: SecondWord | None = None


@dataclass(frozen=True)
class _Read:
    """What was read for all of them at once."""

    comments: Mapping[UUID, Comment]
    clauses: Mapping[UUID, str]
    files: Mapping[UUID, Sequence[Attachment]]
    numbers: Mapping[UUID, Sequence[int]]
    others: Mapping[int, CaseLine] = field(default_factory=dict)


def in_sight(
    session: Session, consultation: Consultation, shown: Sequence[CaseLine], today: date, senders: bool
) -> dict[int, InSight]:
    """What stands beside the first `MOST` of these comments, by their numbers. Nothing of one that is closed to who
    looks; nothing that tells the sender of one that is nameless, nor the files without `senders`."""
    told = [line for line in shown[:MOST] if not line.closed]
    if not told:
        return {}
    read = _read(session, consultation, told, today, senders)
    words = second_words(session, consultation.id, [line.id for line in told if line.answer is not None])
    return {line.number: replace(_beside(session, line, read, senders), word=words.get(line.id)) for line in told}


def _read(session: Session, consultation: Consultation, told: Sequence[CaseLine], today: date, senders: bool) -> _Read:
    own = Comment.consultation_id == consultation.id
    comments = session.scalars(select(Comment).where(own, Comment.id.in_([line.id for line in told]))).all()
    sent = {one.submission_id for one in comments}
    numbers: dict[UUID, list[int]] = {}
    for submission_id, number in session.execute(_numbers().where(own, Comment.submission_id.in_(sent))):
        numbers.setdefault(submission_id, []).append(number)
    of_matter = Attachment.consultation_id == consultation.id
    files: dict[UUID, list[Attachment]] = {}
    for one in session.scalars(
        select(Attachment).where(of_matter, Attachment.submission_id.in_(sent)).order_by(Attachment.at, Attachment.id)
    ):
        if one.submission_id is not None and one.set_aside_at is None:
            files.setdefault(one.submission_id, []).append(one)
    others = sorted({number for found in numbers.values() for number in found[: MOST_OTHERS + 1]})
    by_number = {line.number: line for line in lines(session, consultation, others, None, today, senders=senders)}
    return _Read(
        {one.id: one for one in comments}, _clauses(session, consultation, comments), files, numbers, by_number
    )


@cache
def _numbers() -> Select[UUID, int]:
    return select(Comment.submission_id, Comment.number).order_by(Comment.number)


def _clauses(session: Session, consultation: Consultation, comments: Sequence[Comment]) -> dict[UUID, str]:
    """What each comment is about with all that stands below it; of a clause too long for that its own words."""
    clause_of = {one.id: (one.revision_id, one.path) for one in comments if one.revision_id is not None and one.path}
    whole = clause_wording.words_of(session, consultation.id, clause_of.values())
    ids = {one.provision_id for one in comments if one.provision_id is not None}
    rows = session.scalars(select(Provision).where(Provision.consultation_id == consultation.id, Provision.id.in_(ids)))
    own = {row.id: " ".join(part for part in (row.marker, row.heading, row.text) if part) for row in rows}
    return {
        one.id: whole.get(clause_of[one.id], "") if one.id in clause_of and clause_of[one.id] in whole
        else own.get(one.provision_id, "") if one.provision_id is not None else ""
        for one in comments
    }  # fmt: skip


def _beside(session: Session, line: CaseLine, read: _Read, senders: bool) -> InSight:
    comment = read.comments[line.id]
    clause = read.clauses[line.id]
    page = page_view.of_comment(session, comment.consultation_id, comment.id) if comment.page_id else None
    proposed = line.proposed_wording if places.is_worded_here(comment.moved_from) else ""
    found = InSight(clause, "", clause_wording.redline(clause, proposed), page)
    if line.nameless:
        return found
    files = read.files.get(comment.submission_id, ())
    voice = next((one for one in files if (one.role, one.comment_id) == (VOICE, comment.id)), None)
    beside = [number for number in read.numbers[comment.submission_id] if number != line.number]
    others = [read.others[number] for number in beside[:MOST_OTHERS]]
    papers = [one for one in files if one.role != VOICE] if senders else []
    return InSight(clause, comment.quote, found.redline, page, papers, voice, others, max(0, len(beside) - MOST_OTHERS))
