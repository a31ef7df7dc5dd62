"""Rules by which comments go to a unit or a person: kept, ended, carried out on what comes and on what waits.

A rule gives what nobody was given yet, and never takes what somebody was: whoever looks finds at each comment by which
rule it came there. Of several the first by number counts; a tag is put on by each.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.consultations.matter.preconditions import person
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action, Actor, require
from consult.responses.desk import assignment
from consult.responses.models import Assignment
from consult.responses.rules import matching
from consult.responses.rules.matching import MAIN, NewRule
from consult.responses.tags import service as tags
from consult.responses.triage_models import Tag, TriageRule

RULING = Action.TRIAGE
MOST = 50
"""So many rules a matter has at the same time at most."""


@dataclass(frozen=True)
class Effect:
    """What a rule does, or did: how many it gives to somebody, and how many get its tag; the first of them."""

    given: Sequence[int] = ()
    tagged: Sequence[int] = ()


def tried(session: Session, consultation: Consultation, new: NewRule, now: datetime) -> Effect:
    """What a rule would do to what is there at `now`; nothing is changed. Raises Invalid as `save` does."""
    _check(session, consultation, new, now)
    tag = tags.by_name(session, consultation, new.set_tag) if new.set_tag else None
    today = clock.local_day(now)
    given = matching.to_give(session, consultation, new, today)
    tagged = matching.to_tag(session, consultation, new, tag.id if tag else None, today)
    return Effect([number for number, _id in given], [number for number, _id in tagged])


def save(session: Session, consultation: Consultation, new: NewRule, actor: Actor, now: datetime) -> TriageRule:
    """Keeps a rule, for what comes from now on. Raises Invalid({"rule" | "unit" | "user" | "set_tag" | "tag": code});
    Refused: the policy's reason, `too_many_rules`."""
    by_id = person(actor)
    with writing(session, consultation.id):
        require(actor, RULING, consultation, now)
        _check(session, consultation, new, now)
        if len(rules_of(session, consultation.id)) >= MOST:
            raise Refused("too_many_rules")
        tag = _numbered(session, consultation, new.tag)
        set_tag = tags.begun(session, consultation, new.set_tag, actor, now) if new.set_tag else None
        rule = TriageRule(
            consultation_id=consultation.id, id=new_id(),
            number=next_number(session, consultation.id, "triage_rule"),
            document=(new.place.document or MAIN) if new.place else None,
            revision=new.place.revision if new.place else None,
            path=new.place.path if new.place else "",
            kind=new.kind, tag_id=tag.id if tag else None, unit_id=new.unit_id, user_id=new.user_id,
            set_tag_id=set_tag.id if set_tag else None, at=now, by_id=by_id,
        )  # fmt: skip
        session.add(rule)
        session.flush()
        return rule


def end(session: Session, consultation: Consultation, number: int, actor: Actor, now: datetime) -> None:
    """A rule counts no more; what it gave stays where it is. Raises NotFound; Refused: the policy's reason,
    `rule_ended`."""
    with writing(session, consultation.id):
        require(actor, RULING, consultation, now)
        own = (TriageRule.consultation_id == consultation.id, TriageRule.number == number)
        rule = session.scalars(select(TriageRule).where(*own)).one_or_none()
        if rule is None:
            raise NotFound
        if rule.ended_at is not None:
            raise Refused("rule_ended")
        rule.ended_at, rule.ended_by_id = now, person(actor)


def carry_out(session: Session, consultation: Consultation, actor: Actor, now: datetime) -> Effect:
    """Carries all rules out on what waits. Raises Refused: the policy's reason, `no_rules`."""
    with writing(session, consultation.id):
        require(actor, RULING, consultation, now)
        if not rules_of(session, consultation.id):
            raise Refused("no_rules")
        return apply(session, consultation, None, person(actor), now)


def apply(
    session: Session, consultation: Consultation, among: Collection[int] | None, by_id: UUID | None, now: datetime
) -> Effect:
    """The rules of a matter in their order on what waits, or `among` these numbers, inside `writing`; `by_id` who
    pressed, None for who wrote each rule. A rule whose unit or person is not of the desk any more gives nothing."""
    given, tagged = list[int](), list[int]()
    today = clock.local_day(now)
    for rule in rules_of(session, consultation.id):
        said = matching.as_new(session, rule)
        if rule.set_tag_id is not None:
            found = matching.to_tag(session, consultation, said, rule.set_tag_id, today, among)
            ids = [comment_id for _number, comment_id in found]
            tags.add(session, consultation, rule.set_tag_id, ids, by_id or rule.by_id, now, rule.id)
            tagged += [number for number, _id in found]
        if assignment.wrong_hands(session, consultation, rule.unit_id, rule.user_id, now):
            continue
        found = matching.to_give(session, consultation, said, today, among)
        session.add_all(
            Assignment(
                consultation_id=consultation.id, id=new_id(), comment_id=comment_id, unit_id=rule.unit_id,
                user_id=rule.user_id, at=now, by_id=by_id or rule.by_id, rule_id=rule.id,
            )
            for _number, comment_id in found
        )  # fmt: skip
        session.flush()
        given += [number for number, _id in found]
    if given:
        consultation.touch()
    return Effect(sorted(set(given)), sorted(set(tagged)))


def rules_of(session: Session, consultation_id: UUID) -> list[TriageRule]:
    """The rules that count, in their order, in one statement."""
    own = (TriageRule.consultation_id == consultation_id, TriageRule.ended_at.is_(None))
    said = (joinedload(TriageRule.unit), joinedload(TriageRule.user))
    return list(session.scalars(select(TriageRule).where(*own).options(*said).order_by(TriageRule.number)))


def _check(session: Session, consultation: Consultation, new: NewRule, now: datetime) -> None:
    errors = assignment.wrong_hands(session, consultation, new.unit_id, new.user_id, now)
    if new.place is None and not new.kind and not new.tag:
        errors["rule"] = "rule_for_nothing"
    if new.unit_id is None and new.user_id is None and not new.set_tag:
        errors["unit"] = "rule_does_nothing"
    if len(new.set_tag) > tags.NAME_LIMIT:
        errors["set_tag"] = "too_long"
    if new.tag and _numbered(session, consultation, new.tag) is None:
        errors["tag"] = "not_a_choice"
    if errors:
        raise Invalid(errors)


def _numbered(session: Session, consultation: Consultation, number: int) -> Tag | None:
    own = (Tag.consultation_id == consultation.id, Tag.number == number)
    return session.scalars(select(Tag).where(*own)).one_or_none() if number else None
