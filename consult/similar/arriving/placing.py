"""Which group a comment belongs to, found among all groups of its matter in a few statements, however many there
are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consult.similar.arriving import texts
from consult.similar.arriving.texts import SaidText
from consult.similar.grouping.families import MOST_COMPARED, asked, better, enough
from consult.similar.grouping.verdicts import Verdict, compare
from consult.similar.models import SimilarGroup, SimilarMember, SimilarPrint
from consult.similar.words import Likeness

AT_ONCE = 400
BETWEEN = " "


@dataclass(frozen=True)
class Placed:
    """The group of a comment, what it is to the sample, and the clauses it names."""

    group_id: UUID
    likeness: Likeness
    labels: str


def placed(session: Session, consultation_id: UUID, one: SaidText) -> Placed | None:
    """Where a comment belongs; None when it is like no other."""
    return _with_a_copy(session, consultation_id, one) or _beside_a_sample(session, consultation_id, one)


def beside(sample: SaidText, one: SaidText) -> Verdict | None:
    """What a comment is to the sample of a group, with place and stance: the same words about another place are not the
    same opinion, and whoever says otherwise what they are for has to be looked at."""
    if sample.leaning != one.leaning:
        return None
    found = compare(sample.reading, one.reading)
    if found is None or sample.said == one.said:
        return found
    if sample.place != one.place:
        return Verdict(Likeness.OTHER_PLACE, (*found.signature, one.place), found.share)
    if found.likeness is Likeness.IDENTICAL:
        return Verdict(Likeness.NEAR, found.signature, found.share)
    return found


def labels_of(verdict: Verdict) -> str:
    """The clauses that a comment names, as they are kept."""
    return BETWEEN.join(verdict.signature)


def _with_a_copy(session: Session, consultation_id: UUID, one: SaidText) -> Placed | None:
    """Beside who said the very same, first where a person has put them."""
    found = session.execute(
        select(SimilarMember.group_id, SimilarMember.likeness, SimilarMember.labels)
        .where(SimilarMember.consultation_id == consultation_id, SimilarMember.said == one.said)
        .order_by(SimilarMember.by_person.desc(), SimilarMember.comment_id)
        .limit(1)
    ).first()
    return Placed(*found) if found else None


def _beside_a_sample(session: Session, consultation_id: UUID, one: SaidText) -> Placed | None:
    likely = _with_the_words(session, consultation_id, one) | _sketched(session, consultation_id, one)
    rows = session.execute(
        select(SimilarGroup.id, SimilarGroup.sample_id)
        .where(SimilarGroup.consultation_id == consultation_id, SimilarGroup.id.in_(likely))
        .where(SimilarGroup.leaning == one.leaning, SimilarGroup.sample_id.is_not(None))
        .order_by(SimilarGroup.number)
    ).all()
    said = texts.by_id(session, consultation_id, [row.sample_id for row in rows])
    best, group_id = None, None
    for row in rows:
        verdict = beside(said[row.sample_id], one) if row.sample_id in said else None
        if verdict is not None and better(verdict, best):
            best, group_id = verdict, row.id
    return Placed(group_id, best.likeness, labels_of(best)) if best and group_id else None


def _with_the_words(session: Session, consultation_id: UUID, one: SaidText) -> set[UUID]:
    """Groups in which somebody uses the same words, perhaps about another place or typed without accents."""
    same = or_(SimilarMember.words == one.words, SimilarMember.folded == one.reading.folded.hex())
    found = select(SimilarMember.group_id).where(SimilarMember.consultation_id == consultation_id, same)
    return set(session.scalars(found.distinct().limit(MOST_COMPARED)))


def _sketched(session: Session, consultation_id: UUID, one: SaidText) -> set[UUID]:
    """The groups of whose sketch the largest part is found in a comment."""
    shared: dict[UUID, int] = {}
    for some in _in_parts(asked(one.reading)):
        for group_id, many in session.execute(
            select(SimilarPrint.group_id, func.count())
            .where(SimilarPrint.consultation_id == consultation_id, SimilarPrint.print.in_(some))
            .group_by(SimilarPrint.group_id)
        ):
            shared[group_id] = shared.get(group_id, 0) + many
    # Texts too short for two such numbers are copies only when their words are the same.
    sizes = _sizes(session, consultation_id, [one for one, many in shared.items() if many > 1])
    likely = [(-shared[one] / size, one) for one, size in sizes.items() if enough(shared[one], size)]
    return {one for _share, one in sorted(likely)[:MOST_COMPARED]}


def _sizes(session: Session, consultation_id: UUID, ids: Collection[UUID]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for some in _in_parts(ids):
        rows = session.execute(
            select(SimilarGroup.id, SimilarGroup.sketch_size).where(
                SimilarGroup.consultation_id == consultation_id, SimilarGroup.id.in_(some)
            )
        )
        found |= {row.id: row.sketch_size for row in rows}
    return found


def _in_parts(values: Iterable[Any]) -> list[list[Any]]:
    every = list(values)
    return [every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE)]
