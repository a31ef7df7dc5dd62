"""Rules as a page tells them: for what, to whom, how many comments they gave to somebody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import filed_drafts
from consult.responses.desk import assignment
from consult.responses.models import Assignment
from consult.responses.rules.matching import MAIN
from consult.responses.rules.service import rules_of
from consult.responses.triage_models import Tag
from consult.submissions.anchors import NamedPlace


@dataclass(frozen=True)
class DescribedRule:
    """One rule; `place` is None for one without. `idle`: its unit or person is not of the desk any more, so that it
    gives nothing. `given` counts the comments that it gave."""

    number: int
    place: NamedPlace | None
    kind: str
    tag: str
    unit: str
    person: str
    set_tag: str
    idle: bool
    given: int


def all_of(session: Session, consultation: Consultation, now: datetime) -> list[DescribedRule]:
    """The rules that count, in their order; the number of statements does not grow with comments."""
    rules = rules_of(session, consultation.id)
    if not rules:
        return []
    tags = {tag.id: tag.name for tag in session.scalars(select(Tag).where(Tag.consultation_id == consultation.id))}
    given = _given(session, consultation)
    filed = filed_drafts(session, consultation.id)
    found = []
    for rule in rules:
        place = None
        if rule.revision and (drafts := filed.get(rule.document or MAIN)) is not None:
            place = NamedPlace(rule.document or MAIN, drafts.title, rule.revision, drafts.drafts, rule.path)
        found.append(
            DescribedRule(
                rule.number, place, rule.kind, tags.get(rule.tag_id, "") if rule.tag_id else "",
                rule.unit.name if rule.unit else "", rule.user.name if rule.user else "",
                tags.get(rule.set_tag_id, "") if rule.set_tag_id else "",
                bool(assignment.wrong_hands(session, consultation, rule.unit_id, rule.user_id, now)),
                given.get(rule.id, 0),
            )
        )  # fmt: skip
    return found


def _given(session: Session, consultation: Consultation) -> dict[object, int]:
    rows = session.execute(
        select(Assignment.rule_id, func.count())
        .where(Assignment.consultation_id == consultation.id, Assignment.rule_id.is_not(None))
        .group_by(Assignment.rule_id)
    )
    return {rule_id: count for rule_id, count in rows}
