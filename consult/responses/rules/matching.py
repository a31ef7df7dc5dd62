"""Which comments a rule is for: what it says, as the filters of the desk's list, so that both mean the same."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.relationships import along
from consult.responses.desk.listing.case_filters import CaseFilters, Handler
from consult.responses.desk.listing.filters import matching
from consult.responses.models import Assignment
from consult.responses.triage_models import CommentTag, Tag, TriageRule
from consult.submissions.comments.outcome import Outcome
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment

MAIN = 1


@dataclass(frozen=True)
class NewRule:
    """What a rule says: for comments on this place (with all below it, through all drafts), of this kind, with this
    tag (its number); to whom they go, and which tag (its name) they get. Whatever is empty does not count."""

    place: AnchorInput | None = None
    kind: str = ""
    tag: int = 0
    unit_id: UUID | None = None
    user_id: UUID | None = None
    set_tag: str = ""


def as_new(session: Session, rule: TriageRule) -> NewRule:
    """A rule that is kept, as it was said."""
    tag = session.get(Tag, (rule.consultation_id, rule.tag_id)) if rule.tag_id else None
    place = AnchorInput(rule.document or MAIN, rule.revision, rule.path) if rule.revision else None
    set_tag = session.get(Tag, (rule.consultation_id, rule.set_tag_id)) if rule.set_tag_id else None
    return NewRule(
        place, rule.kind, tag.number if tag else 0, rule.unit_id, rule.user_id, set_tag.name if set_tag else ""
    )


def to_give(
    session: Session, consultation: Consultation, rule: NewRule, today: date, among: Collection[int] | None = None
) -> list[tuple[int, UUID]]:
    """The numbers and ids of what `rule` gives to somebody: what waits for an answer and was never given to anybody,
    by a person or a rule; what a person took back from somebody stays with nobody. `among` these numbers alone."""
    if rule.unit_id is None and rule.user_id is None:
        return []
    given = select(Assignment.id).where(along(Assignment.comment)).correlate(Comment).exists()
    return _found(session, _waiting(consultation, rule, today, among).where(~given))


def to_tag(
    session: Session, consultation: Consultation, rule: NewRule, tag_id: UUID | None, today: date,
    among: Collection[int] | None = None,
) -> list[tuple[int, UUID]]:  # fmt: skip
    """The same of what gets the tag of the rule and has it not yet; `tag_id` is None for one that is to begin."""
    if not rule.set_tag:
        return []
    statement = _waiting(consultation, rule, today, among)
    if tag_id is not None:
        there = select(CommentTag.comment_id).where(
            CommentTag.consultation_id == consultation.id, CommentTag.tag_id == tag_id
        )
        statement = statement.where(Comment.id.not_in(there))
    return _found(session, statement)


def _waiting(consultation: Consultation, rule: NewRule, today: date, among: Collection[int] | None) -> Select[Any]:
    filters = CaseFilters(outcome=Outcome.AWAITING, kind=rule.kind, place=rule.place, tag=rule.tag)
    statement = matching(consultation, filters, Handler(None), None, today).add_columns(Comment.id)
    return statement if among is None else statement.where(Comment.number.in_(among))


def _found(session: Session, statement: Select[Any]) -> list[tuple[int, UUID]]:
    return [(row.number, row.id) for row in session.execute(statement.order_by(Comment.number))]
