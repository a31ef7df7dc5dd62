"""What an officer narrows the list of comments by, as statements."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from consult.consultations.document_models import Document, Revision
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.matter.internal_terms import Step
from consult.consultations.models import Consultation
from consult.consultations.revisions import draft_paths, successors
from consult.relationships import along
from consult.responses.answers import outdated, wording_states
from consult.responses.answers.due_state import overdue_expression
from consult.responses.desk.left_behind import left_expression
from consult.responses.desk.listing import counted_filters
from consult.responses.desk.listing.case_filters import LEFT, NO_DRAFT, NO_UNIT, OUTDATED, SOON, CaseFilters, Handler
from consult.responses.desk.listing.joins import latest_assignment
from consult.responses.models import Assignment, ResponseTarget
from consult.responses.triage_models import CommentTag, Tag
from consult.responses.words import AnswerState
from consult.submissions.comments import joiner_counts, transcripts, visible
from consult.submissions.comments.outcome import Outcome, Visibility, visibility_expression
from consult.submissions.comments.standing import outcome_is, visibility_is
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment, Submission


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
        *of_step(filters, term, today),
        *not_done(filters.step, [consultation.id]),
        *answered(consultation, filters, handler),
        *_of_kind(filters.kind),
        *in_hands(filters, handler),
        *counted_filters.conditions(consultation, filters.counted, handler.senders, term),
    ]
    statement = select(Comment.number).select_from(Comment).where(*conditions)
    # Every comment of the matter is counted: nothing is read beside it that nobody asks for.
    of_submission = filters.kind or filters.overdue or filters.soon or filters.words or filters.step
    if of_submission or counted_filters.of_submission(filters.counted):
        statement = statement.join(Comment.submission)
    if filters.unit or filters.mine or filters.person or filters.handed:
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
    return [*found, outcome_is(Outcome.AWAITING)] if found else []


def of_step(filters: CaseFilters, term: AnswerTerm | None, today: date) -> list[ColumnElement[bool]]:
    """What waits, is not late, and should have come as far as an internal term says by the local day `today`; in a
    statement on Comment and Submission. Whether it has says `not_done`."""
    if not filters.step:
        return []
    due = term.internal.latest_due(Step(filters.step), today) if term is not None else None
    if due is None:
        return [false()]
    soon = overdue_expression(term, due + timedelta(days=1))
    return [soon, ~overdue_expression(term, today), outcome_is(Outcome.AWAITING)]


def not_done(step: str, consultation_ids: Collection[UUID]) -> list[ColumnElement[bool]]:
    """Whether an answer is not drafted (or was sent back), or is drafted and not approved: a step that is not done."""
    if not step:
        return []
    state = AnswerState.DRAFTED if step == Step.APPROVE else AnswerState.SENT_BACK
    wordings = wording_states.of_matters(consultation_ids, wording_states.stands_as(state)).subquery()
    begun = select(ResponseTarget.comment_id).where(ResponseTarget.consultation_id.in_(consultation_ids))
    joined = begun.join(wordings, wordings.c.response_id == ResponseTarget.response_id)
    if step == Step.APPROVE:
        return [Comment.id.in_(joined)]
    return [or_(Comment.id.not_in(begun), Comment.id.in_(joined))]


def answered(consultation: Consultation, filters: CaseFilters, handler: Handler) -> list[ColumnElement[bool]]:
    """Where the wording of its answer stands, and whether who looks wrote it, or somebody whose place they take."""
    if not filters.draft and not filters.by_me:
        return []
    if filters.draft == NO_DRAFT:
        begun = select(ResponseTarget.comment_id).where(ResponseTarget.consultation_id == consultation.id)
        return [Comment.id.not_in(begun), outcome_is(Outcome.AWAITING)]
    if filters.draft == OUTDATED:
        old = outdated.comments([consultation.id], handler.people if filters.by_me else None).subquery()
        return [Comment.id.in_(select(old.c.comment_id))]
    first = [wording_states.stands_as(AnswerState(filters.draft))] if filters.draft else []
    wordings = wording_states.of_matters([consultation.id], *first).subquery()
    wanted = [wordings.c.written_by_id.in_(handler.people)] if filters.by_me else []
    own = (
        select(ResponseTarget.comment_id)
        .join(wordings, wordings.c.response_id == ResponseTarget.response_id)
        .where(ResponseTarget.consultation_id == consultation.id, *wanted)
    )
    return [Comment.id.in_(own)]


def _said(consultation: Consultation, filters: CaseFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.outcome:
        found.append(outcome_is(Outcome(filters.outcome)))
    if filters.visibility:
        found += _seen_as(filters.visibility)
    if filters.topic:
        found.append(Comment.topic == filters.topic)
    if filters.place is not None:
        found.append(_on(consultation, filters.place))
    if filters.tag:
        found.append(Comment.id.in_(_tagged(consultation, filters.tag)))
    if filters.unheard:
        found += [*unheard(), outcome_is(Outcome.AWAITING)]
    return found


def _tagged(consultation: Consultation, number: int) -> Select[UUID]:
    """The ids of the comments that have the tag of this number."""
    own = (CommentTag.consultation_id == consultation.id, Tag.number == number)
    return select(CommentTag.comment_id).join(CommentTag.tag).where(*own)


def _seen_as(visibility: str) -> list[ColumnElement[bool]]:
    """Who may read it; `unchecked` is what ended before anybody decided, as `visible.told_visibility` tells it."""
    waits = visible.waits_for_check_expression()
    if visibility == visible.UNCHECKED:
        return [visibility_expression().in_(visible.UNSEEN), ~waits]
    own = visibility_is(Visibility(visibility))
    return [own, ~outcome_is(*visible.NEVER_CHECKED)] if visibility in visible.UNSEEN else [own]


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
    elif filters.unit == NO_UNIT:
        found.append(and_(Assignment.unit_id.is_(None), Assignment.user_id.is_not(None)))
    elif filters.unit:
        found.append(Assignment.unit_id == _uuid(filters.unit))
    if filters.mine:
        units = Assignment.unit_id.in_(handler.unit_ids) if handler.unit_ids else false()
        own = Assignment.user_id == handler.user_id
        people = Assignment.user_id.in_(handler.stands_in) if handler.stands_in else false()
        found.append(or_(own, people, and_(Assignment.user_id.is_(None), units)))
    if filters.handed:
        found.append(Assignment.reason != "")
    if filters.person == LEFT and handler.now is not None:
        found.append(left_expression(handler.now))
    elif filters.person:
        found.append(Assignment.user_id == _uuid(filters.person))
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
