"""Tags of the desk: put on and taken off many comments at once, named anew, merged, let go of. Nobody outside the desk
sees one, and nothing of the log, the table or the public pages hangs on them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, literal, or_, select, update
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused, Taken
from consult.policy import Action, Actor, require
from consult.responses.triage_models import CommentTag, Tag, TriageRule
from consult.submissions.comments import comment_state
from consult.text import blank, folded, one_line

NAME_LIMIT = 60
MOST = 200
"""So many tags a matter has at most: more would be no order."""
TAGGING = Action.TRIAGE
"""Tags may tell who said something, so they are for those alone who know senders: never for an investor."""


def put_on(
    session: Session, consultation: Consultation, numbers: Iterable[int], name: str, actor: Actor, now: datetime
) -> Taken:
    """Puts the tag of this name on comments, which begins with its first use; on one that has it already nothing
    changes. Raises NotFound; Invalid({"tag_name": code}); Refused: the policy's reason, `too_many_tags`."""
    called, wanted = _name(name), list(numbers)
    with writing(session, consultation.id):
        require(actor, TAGGING, consultation, now)
        found = comment_state.read(session, consultation.id, wanted)
        tag = begun(session, consultation, called, actor, now)
        add(session, consultation, tag.id, [one.comment.id for one in found], person(actor), now)
        return Taken([one.comment.number for one in found])


def take_off(
    session: Session, consultation: Consultation, numbers: Iterable[int], name: str, actor: Actor, now: datetime
) -> Taken:
    """Takes the tag of this name off comments; one that has it not stays as it is. Raises NotFound;
    Invalid({"tag_name": code}); Refused with the policy's reason."""
    called, wanted = _name(name), list(numbers)
    with writing(session, consultation.id):
        require(actor, TAGGING, consultation, now)
        found = comment_state.read(session, consultation.id, wanted)
        tag = by_name(session, consultation, called)
        if tag is None:
            raise Invalid({"tag_name": "unknown_tag"})
        ids = [one.comment.id for one in found]
        session.execute(delete(CommentTag).where(*_of(tag), CommentTag.comment_id.in_(ids)))
        return Taken([one.comment.number for one in found])


def rename(session: Session, consultation: Consultation, number: int, name: str, actor: Actor, now: datetime) -> None:
    """Calls a tag otherwise. Raises NotFound; Invalid({"tag_name": "required" | "too_long" | "tag_exists"}); Refused
    with the policy's reason."""
    called = _name(name)
    with writing(session, consultation.id):
        tag = _tag(session, consultation, number, actor, now)
        other = by_name(session, consultation, called)
        if other is not None and other.id != tag.id:
            raise Invalid({"tag_name": "tag_exists"})
        tag.name, tag.folded = called, folded(called)


def merge(session: Session, consultation: Consultation, number: int, into: int, actor: Actor, now: datetime) -> None:
    """Whatever has one tag has another instead, rules too, and the first is gone. Raises NotFound;
    Invalid({"into": "not_a_choice"}); Refused with the policy's reason."""
    with writing(session, consultation.id):
        tag = _tag(session, consultation, number, actor, now)
        if into == number or not into:
            raise Invalid({"into": "not_a_choice"})
        other = _tag(session, consultation, into, actor, now)
        both = select(CommentTag.comment_id).where(*_of(other))
        session.execute(delete(CommentTag).where(*_of(tag), CommentTag.comment_id.in_(both)))
        session.execute(update(CommentTag).where(*_of(tag)).values(tag_id=other.id))
        for column in (TriageRule.tag_id, TriageRule.set_tag_id):
            rules = (TriageRule.consultation_id == consultation.id, column == tag.id)
            session.execute(update(TriageRule).where(*rules).values({column: other.id}))
        session.delete(tag)
        session.flush()


def let_go(session: Session, consultation: Consultation, number: int, actor: Actor, now: datetime) -> None:
    """A tag that nothing has any more is gone. Raises NotFound; Refused: the policy's reason, `tag_in_use`."""
    with writing(session, consultation.id):
        tag = _tag(session, consultation, number, actor, now)
        rules = exists().where(
            TriageRule.consultation_id == consultation.id,
            or_(TriageRule.tag_id == tag.id, TriageRule.set_tag_id == tag.id),
        )
        if session.scalar(select(literal(1)).where(or_(exists().where(*_of(tag)), rules))):
            raise Refused("tag_in_use")
        session.delete(tag)
        session.flush()


def by_name(session: Session, consultation: Consultation, name: str) -> Tag | None:
    """The tag that is called so, whatever its accents and case."""
    own = (Tag.consultation_id == consultation.id, Tag.folded == folded(name))
    return session.scalars(select(Tag).where(*own)).one_or_none()


def begun(session: Session, consultation: Consultation, name: str, actor: Actor, now: datetime) -> Tag:
    """The tag that is called so, begun where there is none; inside `writing`. Raises Refused: `too_many_tags`."""
    called = _name(name)
    return by_name(session, consultation, called) or _made(session, consultation, called, actor, now)


def add(
    session: Session, consultation: Consultation, tag_id: UUID, comment_ids: Iterable[UUID], by_id: UUID,
    now: datetime, rule_id: UUID | None = None,
) -> int:  # fmt: skip
    """Adds the rows for those that have the tag not; inside `writing`. Gives how many."""
    wanted = list(comment_ids)
    there = set(
        session.scalars(
            select(CommentTag.comment_id).where(
                CommentTag.consultation_id == consultation.id,
                CommentTag.tag_id == tag_id,
                CommentTag.comment_id.in_(wanted),
            )
        )
    )
    rows = [
        CommentTag(consultation_id=consultation.id, comment_id=one, tag_id=tag_id, at=now, by_id=by_id, rule_id=rule_id)
        for one in wanted
        if one not in there
    ]
    session.add_all(rows)
    session.flush()
    return len(rows)


def _made(session: Session, consultation: Consultation, name: str, actor: Actor, now: datetime) -> Tag:
    if len(session.scalars(select(Tag.id).where(Tag.consultation_id == consultation.id)).all()) >= MOST:
        raise Refused("too_many_tags")
    tag = Tag(
        consultation_id=consultation.id, id=new_id(), number=next_number(session, consultation.id, "tag"),
        name=name, folded=folded(name), at=now, by_id=person(actor),
    )  # fmt: skip
    session.add(tag)
    session.flush()
    return tag


def _tag(session: Session, consultation: Consultation, number: int, actor: Actor, now: datetime) -> Tag:
    require(actor, TAGGING, consultation, now)
    own = (Tag.consultation_id == consultation.id, Tag.number == number)
    found = session.scalars(select(Tag).where(*own)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _name(name: str) -> str:
    called = one_line(name)
    if blank(called) or len(called) > NAME_LIMIT:
        raise Invalid({"tag_name": "required" if blank(called) else "too_long"})
    return called


def _of(tag: Tag) -> tuple[ColumnElement[bool], ...]:
    return CommentTag.consultation_id == tag.consultation_id, CommentTag.tag_id == tag.id
