"""What an officer narrows the list of comments by, as statements."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from consult.consultations.document_models import Document, Revision
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.consultations.revisions import draft_paths, successors
from consult.relationships import along
from consult.responses.answers import wording_states
from consult.responses.answers.due_state import overdue_expression
from consult.responses.desk.listing.joins import latest_assignment
from consult.responses.models import Assignment, ResponseTarget
from consult.submissions.comments import joiner_counts, transcripts, visible
from consult.submissions.comments.outcome import (
    Outcome,
    outcome_expression,
    visibility_expression,
)
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment, Submission

SOON = 3
NO_DRAFT = "none"


@dataclass(frozen=True)
class CaseFilters:
    """What an officer narrows the list by; empty means all. `kind` is a submission kind or `organisation` /
    `citizen`; `unit` the id of a unit or `none`; `path` a place as typed and `place` the provision meant, with all
    below it, through all drafts; `by_joiners` puts first what most people joined; `draft` is the state of the answer's
    present wording, `none` where there is no answer, and `by_me` whose wording I wrote; `soon` what is due within
    `SOON` days; `person` the id of who has it in hand; `unheard` what was spoken and not written down."""

    outcome: str = ""
    visibility: str = ""
    kind: str = ""
    unit: str = ""
    mine: bool = False
    path: str = ""
    overdue: bool = False
    words: str = ""
    topic: str = ""
    by_joiners: bool = False
    page: int = 1
    place: AnchorInput | None = None
    draft: str = ""
    by_me: bool = False
    soon: bool = False
    person: str = ""
    unheard: bool = False


@dataclass(frozen=True)
class Handler:
    """Who looks at the list: for what is mine, the person and their units; `triages` tells whether they may read what
    is in quarantine or was passed on, `senders` whether they may know who sent what where an investor answers;
    `stands_in` are the people whose place they take for a time, and whose work is theirs as well."""

    user_id: UUID | None
    unit_ids: frozenset[UUID] = frozenset()
    triages: bool = False
    senders: bool = False
    stands_in: frozenset[UUID] = frozenset()


def matching(
    consultation: Consultation,
    filters: CaseFilters,
    handler: Handler,
    term: AnswerTerm | None,
    today: date,
) -> Select[Any]:
    """The numbers of the comments that `filters` leave, as a statement without order."""
    conditions: list[Any] = [
        Comment.consultation_id == consultation.id,
        *_said(consultation, filters),
        *of_term(filters, term, today),
        *answered(consultation, filters, handler.user_id),
        *_of_kind(filters.kind),
        *in_hands(filters, handler),
    ]
    statement = select(Comment.number).select_from(Comment).where(*conditions)
    # Every comment of the matter is counted: nothing is read beside it that nobody asks for.
    if filters.kind or filters.overdue or filters.soon or filters.words:
        statement = statement.join(Comment.submission)
    if filters.unit or filters.mine or filters.person:
        statement = statement.outerjoin(Assignment, along(Assignment.comment) & latest_assignment())
    return statement


def order(filters: CaseFilters) -> list[Any]:
    """By number, or the most joined first."""
    return [joiner_counts.count_expression().desc(), Comment.number] if filters.by_joiners else [Comment.number]


def of_term(filters: CaseFilters, term: AnswerTerm | None, today: date) -> list[ColumnElement[bool]]:
    """What waits for an answer and is late on the local day `today`, or due within `SOON` days; in a statement on
    Comment and Submission."""
    found: list[ColumnElement[bool]] = []
    if filters.overdue:
        found.append(overdue_expression(term, today))
    if filters.soon:
        found += [~overdue_expression(term, today), overdue_expression(term, today + timedelta(days=SOON + 1))]
    return [outcome_expression() == Outcome.AWAITING, *found] if found else []


def answered(consultation: Consultation, filters: CaseFilters, user_id: UUID | None) -> list[ColumnElement[bool]]:
    """Where the wording of its answer stands, and whose it is."""
    if not filters.draft and not filters.by_me:
        return []
    if filters.draft == NO_DRAFT:
        begun = select(ResponseTarget.comment_id).where(ResponseTarget.consultation_id == consultation.id)
        return [Comment.id.not_in(begun), outcome_expression() == Outcome.AWAITING]
    wordings = wording_states.of_matters([consultation.id]).subquery()
    wanted = [wordings.c.state == filters.draft] if filters.draft else []
    wanted += [wordings.c.written_by_id == user_id] if filters.by_me else []
    own = (
        select(ResponseTarget.comment_id)
        .join(wordings, wordings.c.response_id == ResponseTarget.response_id)
        .where(ResponseTarget.consultation_id == consultation.id, *wanted)
    )
    return [Comment.id.in_(own)]


def _said(consultation: Consultation, filters: CaseFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.outcome:
        found.append(outcome_expression() == filters.outcome)
    if filters.visibility:
        found.append(visibility_expression() == filters.visibility)
        if filters.visibility in visible.UNSEEN:
            found.append(visible.waits_for_check_expression())
    if filters.topic:
        found.append(Comment.topic == filters.topic)
    if filters.place is not None:
        found.append(_on(consultation, filters.place))
    if filters.unheard:
        found += [*unheard(), outcome_expression() == Outcome.AWAITING]
    return found


def unheard() -> list[ColumnElement[bool]]:
    """What was spoken, and nobody has checked what was written down of it; in a statement on Comment."""
    return [transcripts.spoken_expression(), transcripts.heard_at_expression().is_(None)]


def _on(consultation: Consultation, place: AnchorInput) -> ColumnElement[bool]:
    """Whether a comment is on a provision of one draft or below it, or on what that came from or became in others; one
    on none is on nothing. A place without a path is a draft as a whole with everything in it."""
    revision = (
        select(Revision.id)
        .join(Revision.document)
        .where(Revision.consultation_id == consultation.id, Document.number == place.document)
        .where(Revision.number == place.revision)
    )
    if not place.path:
        return Comment.revision_id.in_(revision)
    own = draft_paths.ids_with_all_below(consultation.id, revision, place.path)
    lines = (successors.forebears_of(consultation.id, own), successors.heirs_of(consultation.id, own))
    return or_(Comment.provision_id.in_(own), *(Comment.provision_id.in_(line) for line in lines))


def _of_kind(kind: str) -> list[ColumnElement[bool]]:
    if kind in {"organisation", "citizen"}:
        sent = Submission.organisation_id.is_not(None)
        return [sent if kind == "organisation" else ~sent]
    return [Submission.kind == kind] if kind else []


def in_hands(filters: CaseFilters, handler: Handler) -> list[ColumnElement[bool]]:
    """Who has it in hand, in a statement on Comment and its latest Assignment."""
    found: list[ColumnElement[bool]] = []
    if filters.unit == "none":
        found.append(and_(Assignment.unit_id.is_(None), Assignment.user_id.is_(None)))
    elif filters.unit:
        found.append(Assignment.unit_id == _uuid(filters.unit))
    if filters.mine:
        units = Assignment.unit_id.in_(handler.unit_ids) if handler.unit_ids else false()
        own = Assignment.user_id == handler.user_id
        people = Assignment.user_id.in_(handler.stands_in) if handler.stands_in else false()
        found.append(or_(own, people, and_(Assignment.user_id.is_(None), units)))
    if filters.person:
        found.append(Assignment.user_id == _uuid(filters.person))
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
