"""The rows of groups: begun, given a sample, joined and left. All inside the transaction of whoever calls."""

from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from consult.consultations.matter.public_numbers import next_number
from consult.db import new_id
from consult.similar.arriving import texts
from consult.similar.arriving.placing import Placed, beside, labels_of
from consult.similar.arriving.texts import SaidText
from consult.similar.grouping.families import MOST_SAMPLES, sketch
from consult.similar.grouping.verdicts import signature_of
from consult.similar.models import GroupAct, SimilarGroup, SimilarMember, SimilarPrint
from consult.similar.words import Likeness
from consult.submissions.models import Comment

MOST_TEXTS = 2_000
"""So many different texts of a group are held against a new sample at once; the others stay what they were called."""
BETWEEN = " "


def begin(session: Session, consultation_id: UUID, sample: SaidText) -> SimilarGroup:
    """A group with this sample, and nobody in it yet."""
    group = SimilarGroup(
        consultation_id=consultation_id,
        id=new_id(),
        number=next_number(session, consultation_id, "similar_group"),
        sample_id=sample.id,
        leaning=sample.leaning,
        sketch_size=0,
        size=0,
    )
    session.add(group)
    session.flush()
    _sketch(session, group, sample)
    return group


def own(group: SimilarGroup, one: SaidText) -> Placed:
    """The place of the sample in its own group."""
    return Placed(group.id, Likeness.IDENTICAL, BETWEEN.join(signature_of(one.reading)))


def join(session: Session, consultation_id: UUID, one: SaidText, placed: Placed, by_person: bool = False) -> None:
    """Puts a comment into a group; where its words are there more often than those of the sample, it is the sample."""
    session.add(
        SimilarMember(
            consultation_id=consultation_id, comment_id=one.id, group_id=placed.group_id, said=one.said,
            words=one.words, folded=one.reading.folded.hex(), labels=placed.labels, likeness=placed.likeness,
            by_person=by_person,
        )
    )  # fmt: skip
    group = session.get_one(SimilarGroup, (consultation_id, placed.group_id))
    group.size += 1
    session.flush()
    # The first with its words is no more than the sample is.
    if placed.likeness is not Likeness.IDENTICAL and (placed.copied or by_person):
        _prefer(session, group, one)


def leave(session: Session, consultation_id: UUID, comment_id: UUID) -> None:
    """Takes a comment out of its group; who is left has another sample where it was that, and a group in which nobody
    is left goes, unless people decided about it."""
    member = session.get(SimilarMember, (consultation_id, comment_id))
    if member is None:
        return
    group = session.get_one(SimilarGroup, (consultation_id, member.group_id))
    session.delete(member)
    session.flush()
    group.size -= 1
    if group.sample_id == comment_id:
        _choose_another(session, group)
    session.flush()


def resample(session: Session, group: SimilarGroup, sample: SaidText) -> None:
    """Makes a comment the sample, and says anew what the other texts are to it."""
    group.sample_id, group.leaning = sample.id, sample.leaning
    session.execute(delete(SimilarPrint).where(*_of(SimilarPrint, group)))
    _sketch(session, group, sample)
    firsts = session.execute(
        select(SimilarMember.said, func.min(Comment.number).label("number"))
        .join(SimilarMember.comment)
        .where(*_of(SimilarMember, group))
        .group_by(SimilarMember.said)
        .order_by(func.min(Comment.number))
        .limit(MOST_TEXTS)
    ).all()
    for one in texts.by_number(session, group.consultation_id, [row.number for row in firsts]):
        _say_anew(session, group, sample, one)


def recount(session: Session, group: SimilarGroup) -> None:
    """The size of a group as its rows have it."""
    group.size = session.scalar(select(func.count()).select_from(SimilarMember).where(*_of(SimilarMember, group))) or 0


def _say_anew(session: Session, group: SimilarGroup, sample: SaidText, one: SaidText) -> None:
    verdict = beside(sample, one)
    likeness = verdict.likeness if verdict else Likeness.NEAR
    labels = labels_of(verdict) if verdict else ""
    session.execute(
        update(SimilarMember)
        .where(*_of(SimilarMember, group), SimilarMember.said == one.said)
        .values(likeness=likeness, labels=labels)
    )


def _prefer(session: Session, group: SimilarGroup, one: SaidText) -> None:
    sample = session.get(SimilarMember, (group.consultation_id, group.sample_id)) if group.sample_id else None
    if sample is not None and _copies(session, group, one.said) > _copies(session, group, sample.said):
        resample(session, group, one)


def _copies(session: Session, group: SimilarGroup, said: str) -> int:
    found = select(func.count()).select_from(SimilarMember).where(*_of(SimilarMember, group))
    return session.scalar(found.where(SimilarMember.said == said)) or 0


def _choose_another(session: Session, group: SimilarGroup) -> None:
    """The first who said what most say now."""
    first = func.min(Comment.number)
    number = session.scalar(
        select(first)
        .select_from(SimilarMember)
        .join(SimilarMember.comment)
        .where(*_of(SimilarMember, group))
        .group_by(SimilarMember.said)
        .order_by(func.count().desc(), first)
        .limit(1)
    )
    if number is not None:
        resample(session, group, texts.by_number(session, group.consultation_id, [number])[0])
        return
    session.execute(delete(SimilarPrint).where(*_of(SimilarPrint, group)))
    group.sample_id = None
    session.flush()
    if session.scalar(select(GroupAct.id).where(*_of(GroupAct, group)).limit(1)) is None:
        session.delete(group)


def _sketch(session: Session, group: SimilarGroup, sample: SaidText) -> None:
    """Numbers that very many samples have already tell nothing, and are not added once more."""
    numbers = sketch(sample.reading)
    full = set(
        session.scalars(
            select(SimilarPrint.print)
            .where(SimilarPrint.consultation_id == group.consultation_id, SimilarPrint.print.in_(numbers))
            .group_by(SimilarPrint.print)
            .having(func.count() >= MOST_SAMPLES)
        )
    )
    group.sketch_size = len(numbers)
    session.add_all(
        SimilarPrint(consultation_id=group.consultation_id, print=number, group_id=group.id)
        for number in numbers
        if number not in full
    )
    session.flush()


def _of(
    table: type[SimilarMember] | type[SimilarPrint] | type[GroupAct], group: SimilarGroup
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.consultation_id == group.consultation_id, table.group_id == group.id
