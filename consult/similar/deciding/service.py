"""Confirming a group, taking texts out of it, moving a comment, and looking at what differs: each an act that is kept.

Nothing here is public, and nobody's opinion changes by it: it decides which comments the desk may answer together.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action, Actor, require
from consult.similar.arriving import groups, texts
from consult.similar.arriving.placing import Placed, beside, labels_of
from consult.similar.arriving.texts import SaidText
from consult.similar.models import GroupAct, SimilarGroup, SimilarMember
from consult.similar.words import GroupActKind, Likeness
from consult.text import blank, stored

REASON_LIMIT = 2_000
DECIDING = Action.DRAFT_ANSWER
"""Who may answer comments together decides which ones belong together."""


def confirm(session: Session, consultation: Consultation, number: int, actor: Actor, now: datetime) -> None:
    """Says that a group is one. Raises NotFound; Refused: the policy's reason, `group_confirmed_already`."""
    with writing(session, consultation.id):
        require(actor, DECIDING, consultation, now)
        group = group_of(session, consultation.id, number)
        if group.confirmed_at is not None:
            raise Refused("group_confirmed_already")
        group.confirmed_at, group.confirmed_by_id = now, person(actor)
        _note(session, group, GroupActKind.CONFIRMED, actor, now)


def look(
    session: Session, consultation: Consultation, number: int, said: Collection[str], actor: Actor, now: datetime
) -> None:
    """Notes that these texts of a group (`SimilarMember.said`) were looked at beside its sample. Raises NotFound;
    Refused: the policy's reason, `nothing_chosen`."""
    with writing(session, consultation.id):
        require(actor, DECIDING, consultation, now)
        group = group_of(session, consultation.id, number)
        new = sorted(set(said) & _texts_of(session, group) - looked_at(session, group))
        if not said:
            raise Refused("nothing_chosen")
        if new:
            _note(session, group, GroupActKind.LOOKED, actor, now, sample=str(group.sample_id), said=new)


def split(
    session: Session, consultation: Consultation, number: int, said: Collection[str], reason: str, actor: Actor,
    now: datetime,
) -> int:  # fmt: skip
    """Makes these texts of a group a group of their own, and returns its number; copies that come later follow them.

    Raises NotFound; Invalid({"reason": code}); Refused: the policy's reason, `nothing_chosen`, `group_whole` (nobody
    would be left in the old one).
    """
    kept = _reason(reason)
    with writing(session, consultation.id):
        require(actor, DECIDING, consultation, now)
        group = group_of(session, consultation.id, number)
        wanted = set(said) & _texts_of(session, group)
        if not wanted:
            raise Refused("nothing_chosen")
        if wanted == _texts_of(session, group):
            raise Refused("group_whole")
        moved = _said(session, group, wanted)
        new = _new_group(session, group, moved)
        numbers = [one.number for one in moved]
        for one_act, other in ((group, new), (new, group)):
            _note(session, one_act, GroupActKind.SPLIT, actor, now, kept, numbers=numbers, other=other.number)
        return new.number


def move(
    session: Session, consultation: Consultation, comment: int, to: int | None, reason: str, actor: Actor,
    now: datetime,
) -> int:  # fmt: skip
    """Puts one comment into the group `to`, or into one of its own (None), and returns that group's number.

    Raises NotFound; Invalid({"reason": code}); Refused: the policy's reason, `group_same`, `group_other_leaning`
    (whoever agrees is never put with those who refuse).
    """
    kept = _reason(reason)
    with writing(session, consultation.id):
        require(actor, DECIDING, consultation, now)
        one = _one(session, consultation.id, comment)
        old = _group_with(session, consultation.id, one.id)
        target = group_of(session, consultation.id, to) if to is not None else None
        if target is old or (target is None and old.size == 1):
            raise Refused("group_same")
        if target is not None and target.leaning * one.leaning < 0:
            raise Refused("group_other_leaning")
        # Before the comment leaves: then a group that it was alone in stays, with what was decided.
        said: dict[str, Any] = {"numbers": [comment]}
        _note(session, old, GroupActKind.MOVED, actor, now, kept, **said, other=target.number if target else None)
        new = _moved(session, consultation.id, one, target)
        _note(session, new, GroupActKind.MOVED, actor, now, kept, **said, other=old.number)
        return new.number


def group_of(session: Session, consultation_id: UUID, number: int) -> SimilarGroup:
    """The group with this number; NotFound."""
    found = session.scalar(
        select(SimilarGroup).where(SimilarGroup.consultation_id == consultation_id, SimilarGroup.number == number)
    )
    if found is None:
        raise NotFound
    return found


def acts_of(session: Session, group: SimilarGroup) -> Sequence[GroupAct]:
    """Everything that was decided about a group, oldest first."""
    return session.scalars(
        select(GroupAct)
        .where(GroupAct.consultation_id == group.consultation_id, GroupAct.group_id == group.id)
        .order_by(GroupAct.at, GroupAct.id)
    ).all()


def looked_at(session: Session, group: SimilarGroup) -> set[str]:
    """The texts that somebody looked at beside the sample that the group has now."""
    found: set[str] = set()
    for act in acts_of(session, group):
        if act.kind is GroupActKind.LOOKED and act.details.get("sample") == str(group.sample_id):
            found.update(act.details["said"])
    return found


def _reason(reason: str) -> str:
    if blank(reason):
        raise Invalid({"reason": "required"})
    if len(reason) > REASON_LIMIT:
        raise Invalid({"reason": "too_long"})
    return stored(reason)


def _texts_of(session: Session, group: SimilarGroup) -> set[str]:
    return set(session.scalars(select(SimilarMember.said).where(*_members(group)).distinct()))


def _members(group: SimilarGroup) -> Any:
    return SimilarMember.consultation_id == group.consultation_id, SimilarMember.group_id == group.id


def _said(session: Session, group: SimilarGroup, said: Iterable[str]) -> list[SaidText]:
    """The comments with these texts, by number."""
    ids = session.scalars(select(SimilarMember.comment_id).where(*_members(group), SimilarMember.said.in_(said))).all()
    return sorted(texts.by_id(session, group.consultation_id, ids).values(), key=lambda one: one.number)


def _new_group(session: Session, old: SimilarGroup, moved: Sequence[SaidText]) -> SimilarGroup:
    """A group of these comments around the text that most of them have."""
    many: dict[str, int] = {}
    for one in moved:
        many[one.said] = many.get(one.said, 0) + 1
    sample = max(moved, key=lambda one: (many[one.said], -one.number))
    new = groups.begin(session, old.consultation_id, sample)
    for one in moved:
        _put(session, one, sample, new)
    return new


def _moved(session: Session, consultation_id: UUID, one: SaidText, target: SimilarGroup | None) -> SimilarGroup:
    """The group that a comment was put into; one without comments is made anew around it."""
    known = texts.by_id(session, consultation_id, [target.sample_id]) if target and target.sample_id else {}
    group = target or groups.begin(session, consultation_id, one)
    sample = known.get(group.sample_id, one) if group.sample_id else one
    _put(session, one, sample, group)
    if group.sample_id is None:
        groups.resample(session, group, one)
    return group


def _put(session: Session, one: SaidText, sample: SaidText, group: SimilarGroup) -> None:
    groups.leave(session, group.consultation_id, one.id)
    verdict = beside(sample, one)
    likeness = verdict.likeness if verdict else Likeness.NEAR
    placed = Placed(group.id, likeness, labels_of(verdict) if verdict else "")
    groups.join(session, group.consultation_id, one, placed, by_person=True)


def _one(session: Session, consultation_id: UUID, number: int) -> SaidText:
    found = texts.by_number(session, consultation_id, [number])
    if not found:
        raise NotFound
    return found[0]


def _group_with(session: Session, consultation_id: UUID, comment_id: UUID) -> SimilarGroup:
    member = session.get(SimilarMember, (consultation_id, comment_id))
    if member is None:
        raise NotFound
    return session.get_one(SimilarGroup, (consultation_id, member.group_id))


def _note(
    session: Session, group: SimilarGroup, kind: GroupActKind, actor: Actor, now: datetime, reason: str = "",
    **details: Any,
) -> None:  # fmt: skip
    session.add(
        GroupAct(
            consultation_id=group.consultation_id, id=new_id(), group_id=group.id, kind=kind, at=now,
            by_id=person(actor), reason=reason, details=details,
        )
    )  # fmt: skip
    session.flush()
