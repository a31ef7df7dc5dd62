"""What the worker does for groups: after each comment that came, was changed or ended, its place is found again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.db import writing
from consult.outbox.models import OutboxMessage
from consult.similar.arriving import groups, texts
from consult.similar.arriving.placing import beside, labels_of, placed
from consult.similar.arriving.texts import SaidText
from consult.similar.models import GroupAct, SimilarGroup, SimilarMember, SimilarPrint
from consult.similar.words import Likeness
from consult.submissions.models import Comment

BATCH = 50
"""So many comments are placed in one transaction, while nobody else writes to the matter."""


def after_comments(session: Session, messages: Sequence[OutboxMessage], _now: datetime) -> None:
    """After comment_received and comment_changed: the comments named; commits. The same again changes nothing."""
    numbers: dict[UUID, set[int]] = {}
    for message in messages:
        if message.consultation_id is not None:
            numbers.setdefault(message.consultation_id, set()).update(message.payload.get("comments", ()))
    for consultation_id, named in numbers.items():
        follow(session, consultation_id, sorted(named))


def prepare(session: Session, _now: datetime) -> None:
    """When the worker starts: the groups of matters that have comments and no group, as before there were any."""
    known = select(SimilarGroup.consultation_id).distinct()
    for consultation_id in session.scalars(select(Comment.consultation_id).distinct().where(
        Comment.consultation_id.not_in(known)
    )).all():  # fmt: skip
        follow(session, consultation_id, list(texts.all_numbers(session, consultation_id)))


def follow(session: Session, consultation_id: UUID, numbers: Sequence[int]) -> None:
    """Finds the places of these comments, in the order of their numbers: who came first is there first."""
    for start in range(0, len(numbers), BATCH):
        with writing(session, consultation_id):
            for one in texts.by_number(session, consultation_id, numbers[start : start + BATCH]):
                _place(session, consultation_id, one)


def rebuild(session: Session, consultation_id: UUID) -> int:
    """Makes all groups of a matter anew, but for whatever people decided: who was put somewhere stays there, and a
    group that was decided about stays a group. Returns how many comments it looked at."""
    with writing(session, consultation_id):
        _forget(session, consultation_id)
    numbers = list(texts.all_numbers(session, consultation_id))
    follow(session, consultation_id, numbers)
    return len(numbers)


def _place(session: Session, consultation_id: UUID, one: SaidText) -> None:
    member = session.get(SimilarMember, (consultation_id, one.id))
    if not one.takes_part:
        groups.leave(session, consultation_id, one.id)
    elif member is None:
        _put(session, consultation_id, one)
    elif member.said != one.said and member.by_person:
        _said_otherwise(session, member, one)
    elif member.said != one.said:
        groups.leave(session, consultation_id, one.id)
        _put(session, consultation_id, one)


def _put(session: Session, consultation_id: UUID, one: SaidText) -> None:
    found = placed(session, consultation_id, one)
    if found is None:
        found = groups.own(groups.begin(session, consultation_id, one), one)
    groups.join(session, consultation_id, one, found)


def _said_otherwise(session: Session, member: SimilarMember, one: SaidText) -> None:
    """Whom a person put there says something else now: they stay, as what they are by now, to be looked at again."""
    group = session.get_one(SimilarGroup, (member.consultation_id, member.group_id))
    said = texts.by_id(session, member.consultation_id, [group.sample_id]) if group.sample_id else {}
    verdict = beside(said[group.sample_id], one) if group.sample_id in said else None
    own = group.sample_id == one.id
    member.said, member.words, member.folded = one.said, one.words, one.reading.folded.hex()
    member.likeness = verdict.likeness if verdict else Likeness.NEAR
    member.labels = labels_of(verdict) if verdict else ""
    session.flush()
    if own:
        groups.resample(session, group, one)


def _forget(session: Session, consultation_id: UUID) -> None:
    """What nobody decided: members, and groups without acts."""
    session.execute(
        delete(SimilarMember).where(
            SimilarMember.consultation_id == consultation_id, SimilarMember.by_person.is_(False)
        )
    )
    decided = select(GroupAct.group_id).where(GroupAct.consultation_id == consultation_id)
    peopled = select(SimilarMember.group_id).where(SimilarMember.consultation_id == consultation_id)
    kept = list(session.scalars(decided.union(peopled)))
    for table, key in ((SimilarPrint, SimilarPrint.group_id), (SimilarGroup, SimilarGroup.id)):
        session.execute(delete(table).where(table.consultation_id == consultation_id, key.not_in(kept)))
    for group in _groups(session, consultation_id):
        groups.recount(session, group)


def _groups(session: Session, consultation_id: UUID) -> Iterable[SimilarGroup]:
    return session.scalars(select(SimilarGroup).where(SimilarGroup.consultation_id == consultation_id)).all()
