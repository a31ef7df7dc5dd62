"""Which comments stand in the table and in what order, without their texts: so that lines can be read a few at a time.

The order is that of the prescribed table: general remarks first, then as the newest main draft is, then what is about
further documents; opinions with one answer at one place stand together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import NOWHERE, Lineages, lineages
from consult.relationships import along
from consult.responses.models import ResponseTarget, ResponseVersion
from consult.similar.models import SimilarMember
from consult.submissions.comments import visible
from consult.submissions.comments.outcome import Outcome, outcome_expression
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.words import Channel, CritiquePart, SubmissionKind

GENERAL, PROVISIONS, OTHER = "general", "provisions", "other"
_SECTIONS = (GENERAL, PROVISIONS, OTHER)
_PARTS = (None, *CritiquePart)
COPY_WEIGHT = -250
"""A copy is a name in a list: much less than the rest of a row, which is counted for every entry."""
AT_A_TIME = 500
"""So many rows of the database are held at once."""
_GONE = frozenset({Outcome.WITHDRAWN, Outcome.INVALID, Outcome.SPLIT})


@dataclass(frozen=True, slots=True)
class OrderedComment:
    """A comment and its place in the table. `response_id` is that of its public answer; `weight` counts the letters of
    comment and answer, as a measure for cutting pages; `copy` is the same for comments in the very same words."""

    id: UUID
    number: int
    document: int
    path: str
    page: int | None
    block: str
    outcome: Outcome
    response_id: UUID | None
    split_from_id: UUID | None
    heading: str = ""
    weight: int = 0
    revision: int = 0
    provision_id: UUID | None = None
    critique_part: CritiquePart | None = None
    copy: str = ""

    @property
    def section(self) -> str:
        """Which of the three parts of the table it stands in."""
        if self.document > 1:
            return OTHER
        return PROVISIONS if self.path or self.page is not None else GENERAL

    @property
    def group(self) -> str:
        """What it has in common with the other comments on its place."""
        own = f"{self.document}/{self.revision}/{self.path}/{self.page or ''}"
        place = (self.critique_part or "") if self.section == GENERAL else own
        return f"{self.block}:{self.section}:{place}"


def everything(session: Session, consultation: Consultation) -> list[OrderedComment]:
    """Every comment received, by number, in one statement. Its rows are let go a few hundred at a time, and what many
    comments have in common is kept once: of a large matter this list is most of what an export has in memory."""
    in_order = _statement(consultation.id).order_by(Comment.number).execution_options(yield_per=AT_A_TIME)
    once: dict[Any, Any] = {}
    return [_entry(row, once) for row in session.execute(in_order)]


def printed(
    entries: Iterable[OrderedComment], clauses: Lineages, blocks: Iterable[str], concluded: bool
) -> list[OrderedComment]:
    """Those that stand in the printed table, in its order.

    Opinions that were withdrawn, declared invalid or split are not in it. Those passed on under another law look like
    those that wait, and both are left out of the table of a concluded matter.
    """
    wanted = [entry for entry in entries if entry.outcome not in _GONE]
    if concluded:
        wanted = [entry for entry in wanted if entry.outcome is Outcome.ANSWERED]
    ranks = {block: rank for rank, block in enumerate(blocks)}
    placed = [replace(entry, block=entry.block if ranks else "", heading=_heading(entry, clauses)) for entry in wanted]
    placed.sort(key=lambda entry: (ranks.get(entry.block, 0), *_order(entry, clauses)))
    return [one for _group, same in groupby(placed, key=lambda entry: entry.group) for one in _together(same)]


def again(
    session: Session, consultation: Consultation, places: Iterable[tuple[int, str]], blocks: bool
) -> list[OrderedComment]:
    """The printed entries of these comments (numbers and headings) as they are now, in the order given, in one
    statement; what has left the table since then is not in it."""
    headings = dict(places)
    rows = session.execute(_statement(consultation.id).where(Comment.number.in_(headings)))
    found = {entry.number: entry for entry in (_entry(row, {}) for row in rows) if entry.outcome not in _GONE}
    return [
        replace(found[number], heading=heading, block=found[number].block if blocks else "")
        for number, heading in headings.items()
        if number in found
    ]


def weighed(session: Session, consultation: Consultation, entries: Iterable[OrderedComment]) -> list[OrderedComment]:
    """The same entries with their weights, in two statements; an answer weighs once for all that stand together."""
    said = CommentVersion
    comments = _lengths(
        session,
        select(
            said.comment_id,
            func.max(func.length(said.text) + func.length(said.proposed) + func.length(said.reason)),
        )
        .where(said.consultation_id == consultation.id)
        .group_by(said.comment_id),
    )
    written = ResponseVersion
    answers = _lengths(
        session,
        select(written.response_id, func.max(func.length(written.text) + func.length(written.change)))
        .where(written.consultation_id == consultation.id)
        .group_by(written.response_id),
    )
    found: list[OrderedComment] = []
    for entry in entries:
        repeated = found and found[-1].group == entry.group and found[-1].response_id == entry.response_id
        answer = 0 if repeated or entry.response_id is None else answers.get(entry.response_id, 0)
        # Of a copy only who sent it is printed.
        copied = found and entry.copy and entry.copy == found[-1].copy and found[-1].response_id == entry.response_id
        own = COPY_WEIGHT if copied else comments.get(entry.id, 0)
        found.append(replace(entry, weight=own + answer))
    return found


def _lengths(session: Session, statement: Any) -> dict[UUID, int]:
    return {row[0]: row[1] or 0 for row in session.execute(statement)}


def _statement(consultation_id: UUID) -> Any:
    comment = Comment
    return (
        select(
            comment.id, comment.number, comment.path, comment.split_from_id, comment.provision_id,
            comment.critique_part,
            Document.number.label("document"), Revision.number.label("revision"),
            Page.number.label("page"), Submission.kind, Submission.channel, ResponseTarget.response_id,
            outcome_expression().label("outcome"), SimilarMember.said.label("copy"),
        )
        .join(comment.submission)
        .outerjoin(comment.document)
        .outerjoin(comment.revision)
        .outerjoin(comment.page)
        .outerjoin(ResponseTarget, along(ResponseTarget.comment))
        .outerjoin(SimilarMember, along(SimilarMember.comment))
        .where(comment.consultation_id == consultation_id)
    )  # fmt: skip


def _entry(row: Any, once: dict[Any, Any]) -> OrderedComment:
    """The entry of a row; what is in `once` already is taken from there."""
    outcome = Outcome(row.outcome)
    return OrderedComment(
        id=row.id,
        number=row.number,
        document=row.document or 0,
        revision=row.revision or 0,
        provision_id=once.setdefault(row.provision_id, row.provision_id),
        path=once.setdefault(row.path, row.path),
        page=row.page,
        block=block_of(row.kind, row.channel),
        outcome=visible.outside_outcome(outcome),
        response_id=once.setdefault(row.response_id, row.response_id) if outcome is Outcome.ANSWERED else None,
        split_from_id=row.split_from_id,
        critique_part=row.critique_part,
        copy=once.setdefault(row.copy, row.copy) or "",
    )


def block_of(kind: SubmissionKind, channel: Channel) -> str:
    """Which of the three forms of consultation on an EIA an opinion came by (Luật BVMT 2020, Điều 33 khoản 4): a
    meeting, a body's written opinion, or, for whatever else reached us, the posting on the site."""
    if channel is Channel.MEETING:
        return "meeting"
    return "web" if kind is SubmissionKind.COMMENT else "written"


def clauses_of(session: Session, consultation: Consultation, entries: Iterable[OrderedComment]) -> Lineages:
    """The clauses that these comments are about."""
    commented = [entry.provision_id for entry in entries if entry.provision_id is not None]
    return lineages(session, consultation.id, commented)


def _order(entry: OrderedComment, clauses: Lineages) -> Any:
    """A clause stands where the newest draft has it, what was said of it in the first draft before the rest; a clause
    that is gone, behind what stood before it."""
    place = clauses.places[entry.provision_id] if entry.provision_id is not None else None
    rank = (entry.page,) if entry.page is not None else place.rank if place else NOWHERE
    own = place.position if place else 0
    part = _PARTS.index(entry.critique_part)
    return _SECTIONS.index(entry.section), entry.document, rank, entry.revision, own, part, entry.number


def _heading(entry: OrderedComment, clauses: Lineages) -> str:
    """The heading of the clause in the draft that the comment is about."""
    return clauses.places[entry.provision_id].heading if entry.provision_id is not None else ""


def _together(entries: Iterable[OrderedComment]) -> list[OrderedComment]:
    """The entries of one place, those with one answer side by side at the place of the first of them, and among them
    those in the very same words."""
    by_answer: dict[Any, dict[Any, list[OrderedComment]]] = {}
    for entry in entries:
        same = by_answer.setdefault(entry.response_id or entry.copy or entry.id, {})
        same.setdefault(entry.copy or entry.id, []).append(entry)
    return [entry for same in by_answer.values() for copies in same.values() for entry in copies]
