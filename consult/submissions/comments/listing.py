"""Comments as the public sees them: every number and clause, and of texts and names only what is public.

What is here does not tell who is in quarantine and what was passed on under another law: both look like what still
waits, and nobody's name stands beside a comment that was sent together with one that was passed on.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from consult.compiled_statements import CompiledStatement
from consult.consultations.document_models import Document, Page, Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions import draft_paths, fates
from consult.consultations.revisions.lineages import drafts_expression
from consult.people.models import Area, Organisation
from consult.postgresql import PLANNED_ONCE
from consult.relationships import along
from consult.submissions.comments import joiner_counts, transcripts
from consult.submissions.comments.outcome import Visibility
from consult.submissions.comments.public_view import PublicComment, shown
from consult.submissions.comments.standing import visibility_is
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.words import Stance, SubmissionKind

PAGE_SIZE = 50

BY_PATH = CompiledStatement(
    select(Comment.path, func.count())
    .where(
        Comment.consultation_id == bindparam("consultation_id"),
        Comment.revision_id == bindparam("revision_id"),
        Comment.path != "",
    )
    .group_by(Comment.path)
)

Window = tuple[UUID, Select[Any]]
"""Some comments of a matter, as a statement that gives their numbers."""


@dataclass(frozen=True)
class Filter:
    """What somebody looks for; empty fields do not count. `path` finds a provision and all below it in one revision of
    a document, the first public one that has it when none is named."""

    path: str = ""
    document: int | None = None
    revision: int | None = None
    page: int | None = None
    stance: Stance | None = None
    kind: SubmissionKind | None = None
    submission_id: UUID | None = None
    numbers: tuple[int, ...] | None = None


def public_comments(
    session: Session,
    consultation: Consultation,
    wanted: Filter = Filter(),
    after: int = 0,
    limit: int | None = PAGE_SIZE,
    offset: int = 0,
) -> list[PublicComment]:
    """Comments by ascending number, those behind the number `after`, in three statements however many there are."""
    if wanted == Filter() and limit is not None:
        own = (Comment.consultation_id == consultation.id, Comment.number > after)
        numbers = select(Comment.number).where(*own).order_by(Comment.number).limit(limit).offset(offset)
        statement = public_rows((consultation.id, numbers)).order_by(Comment.number)
    else:
        wider = _matching(public_rows(), consultation.id, wanted).where(Comment.number > after)
        statement = wider.order_by(Comment.number).limit(limit).offset(offset)
    rows = session.execute(statement).all()
    return shown(session, consultation.id, rows)


def public_comment(session: Session, consultation: Consultation, number: int) -> PublicComment | None:
    """One comment by its number; None when no comment has it."""
    found = public_comments(session, consultation, Filter(numbers=(number,)))
    return found[0] if found else None


def counts_by_path(session: Session, consultation: Consultation, revision: Revision) -> dict[str, int]:
    """How many comments each provision of a revision has itself, in one statement; also those not yet public, whose
    number and clause are. Withdrawn ones stay counted: they were received."""
    asked = {"consultation_id": consultation.id, "revision_id": revision.id}
    return {path: count for path, count in BY_PATH.all(session, **asked)}


def counts_by_page(session: Session, consultation: Consultation, revision: Revision) -> dict[int, int]:
    """The same for the pages of a revision, by page number."""
    rows = session.execute(
        select(Page.number, func.count())
        .join(Comment, along(Comment.page))
        .where(Page.consultation_id == consultation.id, Page.revision_id == revision.id)
        .group_by(Page.number)
    )
    return {number: count for number, count in rows}


def public_rows(window: Window | None = None) -> Select[Any]:
    """The statement on Comment that `showing` makes public comments of; of those in `window`, if one is given.

    A window stands first among the tables: of so many PostgreSQL joins as they are written, and would otherwise bring
    together all comments of the matter before it looks which of them are wanted. Written so, one plan is right for
    every matter.
    """
    latest = (
        select(func.max(CommentVersion.version)).where(along(Comment.versions)).correlate(Comment).scalar_subquery()
    )
    # Of document and revision nothing but their names: their rows hold whole tables of contents, read for each comment.
    columns = select(Comment, CommentVersion, Submission).add_columns(
        Document.number.label("document"),
        Document.title.label("document_title"),
        Revision.number.label("revision"),
        Page.number.label("page"),
        Area.name.label("area_name"),
        Area.code.label("area_code"),
        Area.valid_from.label("area_since"),
        Organisation.name.label("organisation_name"),
        joiner_counts.count_expression().label("joiners"),
        drafts_expression().label("drafts"),
    )
    return transcripts.with_transcript(
        _joined(columns, window)
        .join(Comment.versions)
        .outerjoin(Area, Area.id == Submission.area_id)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .where(CommentVersion.version == latest)
    )


def _joined(columns: Select[Any], window: Window | None = None) -> Select[Any]:
    if window is None:
        begun = columns.select_from(Comment)
    else:
        here = window[1].subquery("window")
        own = (Comment.consultation_id == window[0]) & (Comment.number == here.c[0])
        begun = columns.select_from(here).join(Comment, own).execution_options(**PLANNED_ONCE)
    return (
        begun.join(Comment.submission).outerjoin(Comment.document).outerjoin(Comment.revision).outerjoin(Comment.page)
    )


def _matching(statement: Select[Any], consultation_id: UUID, wanted: Filter) -> Select[Any]:
    conditions: list[Any] = [Comment.consultation_id == consultation_id]
    if wanted.path:
        conditions.append(Comment.provision_id.in_(_provisions(consultation_id, wanted)))
    if wanted.document is not None:
        conditions.append(Document.number == wanted.document)
    if wanted.revision is not None:
        conditions.append(Revision.number == wanted.revision)
    if wanted.page is not None:
        conditions.append(Page.number == wanted.page)
    if wanted.kind is not None:
        conditions.append(Submission.kind == wanted.kind)
    if wanted.submission_id is not None:
        conditions.append(Comment.submission_id == wanted.submission_id)
    if wanted.numbers is not None:
        conditions.append(Comment.number.in_(wanted.numbers))
    if wanted.stance is not None:
        # Only what is public may be found by what it says.
        conditions += [_latest_stance() == wanted.stance, visibility_is(Visibility.PUBLIC)]
    return statement.where(*conditions)


def _provisions(consultation_id: UUID, wanted: Filter) -> Select[UUID]:
    document = wanted.document or 1
    first = fates.first_expression(consultation_id, document, wanted.path)
    revision = (
        select(Revision.id)
        .join(Revision.document)
        .where(Revision.consultation_id == consultation_id, Document.number == document)
        .where(Revision.number == (first if wanted.revision is None else wanted.revision))
    )
    return draft_paths.ids_with_all_below(consultation_id, revision, wanted.path)


def _latest_stance() -> Any:
    return (
        select(CommentVersion.stance)
        .where(along(Comment.versions))
        .order_by(CommentVersion.version.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )
