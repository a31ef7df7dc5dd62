"""Which group a comment belongs to, found among all groups of its matter in a few statements, however many there
are."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import Session

from consult.similar.arriving import texts
from consult.similar.arriving.texts import SaidText
from consult.similar.grouping.families import MOST_COMPARED, asked, better, enough, settled
from consult.similar.grouping.verdicts import Verdict, compare
from consult.similar.models import SimilarGroup, SimilarMember, SimilarPrint
from consult.similar.words import Likeness

AT_ONCE = 400
BETWEEN = " "


@dataclass(frozen=True)
class Placed:
    """The group of a comment, what it is to the sample, and the clauses it names; whether somebody said the very same
    before."""

    group_id: UUID
    likeness: Likeness
    labels: str
    copied: bool = False


class Candidate(NamedTuple):
    """A group that a comment may belong to, in the order in which groups began."""

    number: int
    group_id: UUID
    sample_id: UUID


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
    found = session.execute(_copies(), {"matter": consultation_id, "said": one.said}).first()
    return Placed(found.group_id, found.likeness, found.labels, True) if found else None


def _beside_a_sample(session: Session, consultation_id: UUID, one: SaidText) -> Placed | None:
    likely = _with_the_words(session, consultation_id, one) | _sketched(session, consultation_id, one)
    said = texts.samples(session, consultation_id, [candidate.sample_id for candidate in likely])
    best, group_id = None, None
    for candidate in sorted(likely):
        sample = said.get(candidate.sample_id)
        verdict = beside(sample, one) if sample else None
        if verdict is not None and better(verdict, best):
            best, group_id = verdict, candidate.group_id
            if settled(verdict):
                break
    return Placed(group_id, best.likeness, labels_of(best)) if best and group_id else None


def _with_the_words(session: Session, consultation_id: UUID, one: SaidText) -> set[Candidate]:
    """Groups in which somebody uses the same words, perhaps about another place or typed without accents."""
    asked_for = {"words": one.words, "folded": one.reading.folded.hex(), "leaning": one.leaning}
    rows = session.execute(_same_words(), {"matter": consultation_id, **asked_for})
    return {Candidate(row.number, row.id, row.sample_id) for row in rows}


def _sketched(session: Session, consultation_id: UUID, one: SaidText) -> set[Candidate]:
    """The groups of whose sketch the largest part is found in a comment. Texts too short for two of its numbers are
    copies only when their words are the same."""
    shared: Counter[tuple[Candidate, int]] = Counter()
    numbers = list(asked(one.reading))
    for start in range(0, len(numbers), AT_ONCE):
        some = {"numbers": numbers[start : start + AT_ONCE], "leaning": one.leaning}
        for row in session.execute(_same_numbers(), {"matter": consultation_id, **some}):
            shared[Candidate(row.number, row.id, row.sample_id), row.sketch_size] += row.many
    likely = [
        (-many / size, candidate) for (candidate, size), many in shared.items() if many > 1 and enough(many, size)
    ]
    return {candidate for _share, candidate in sorted(likely)[:MOST_COMPARED]}


@cache
def _copies() -> Any:
    member = SimilarMember
    return (
        select(member.group_id, member.likeness, member.labels)
        .where(member.consultation_id == bindparam("matter"), member.said == bindparam("said"))
        .order_by(member.by_person.desc(), member.comment_id)
        .limit(1)
    )


@cache
def _same_words() -> Any:
    same = or_(SimilarMember.words == bindparam("words"), SimilarMember.folded == bindparam("folded"))
    return (
        select(SimilarGroup.number, SimilarGroup.id, SimilarGroup.sample_id)
        .join(SimilarGroup.members)
        .where(SimilarMember.consultation_id == bindparam("matter"), same, *_leaning_alike())
        .distinct()
        .limit(MOST_COMPARED)
    )


@cache
def _same_numbers() -> Any:
    of_group = (SimilarGroup.number, SimilarGroup.id, SimilarGroup.sample_id, SimilarGroup.sketch_size)
    numbers = SimilarPrint.print.in_(bindparam("numbers", expanding=True))
    return (
        select(*of_group, func.count().label("many"))
        .select_from(SimilarPrint)
        .join(SimilarPrint.group)
        .where(SimilarPrint.consultation_id == bindparam("matter"), numbers, *_leaning_alike())
        .group_by(*of_group)
    )


def _leaning_alike() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return SimilarGroup.leaning == bindparam("leaning"), SimilarGroup.sample_id.is_not(None)
