"""What the worker does for themes: builds them all anew, but for whatever people decided. The same comments give the
same themes under the same numbers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from consult.consultations.matter.public_numbers import next_number
from consult.db import new_id, writing
from consult.outbox.models import OutboxMessage
from consult.similar.theme_models import Theme, ThemeAct, ThemeJudgement, ThemeMember, ThemePair
from consult.similar.themes.clustering import ClosePair, FoundTheme, themes
from consult.similar.theming.items import Item, items

MOST_PAIRS = 60
"""Pairs that are proposed for judging: half of one theme each, half of two."""
AT_ONCE = 1_000


def after_due(session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
    """After themes_due: those of the matters named; commits."""
    for consultation_id in {one.consultation_id for one in messages if one.consultation_id is not None}:
        build(session, consultation_id, now)


def build(session: Session, consultation_id: UUID, now: datetime) -> int:
    """Builds the themes of a matter and returns how many there are. They are found before the transaction begins; what
    people decided meanwhile is read again inside it, and left as it is."""
    by_number, texts = items(session, consultation_id)
    found = themes(texts, MOST_PAIRS)
    session.rollback()
    with writing(session, consultation_id):
        decided = _decided(session, consultation_id)
        kept = _forget(session, consultation_id, decided, by_number.values())
        for one in found.found:
            own = [by_number[number] for number in one.numbers]
            theme_id = decided.get(one.theme or 0) or _theme(session, consultation_id, one, own, kept, now).id
            _put(session, consultation_id, theme_id, own)
        _pairs(session, consultation_id, found.pairs, by_number)
        return _tidied(session, consultation_id, set(decided.values()))


def recount(session: Session, theme: Theme) -> None:
    """How many different texts are in a theme by now; inside the transaction of whoever calls."""
    session.flush()
    theme.size = (
        session.scalar(
            select(func.count(ThemeMember.sample_id.distinct())).where(
                ThemeMember.consultation_id == theme.consultation_id, ThemeMember.theme_id == theme.id
            )
        )
        or 0
    )


def _tidied(session: Session, consultation_id: UUID, decided: Collection[UUID]) -> int:
    """Gives every theme its size, drops those that are empty and nobody decided about, and counts the others."""
    rows = session.execute(
        select(ThemeMember.theme_id, func.count(ThemeMember.sample_id.distinct()))
        .where(ThemeMember.consultation_id == consultation_id)
        .group_by(ThemeMember.theme_id)
    )
    sizes = {own: size for own, size in rows}
    for theme in session.scalars(select(Theme).where(Theme.consultation_id == consultation_id)).all():
        theme.size = sizes.get(theme.id, 0)
        if not theme.size and theme.id not in decided:
            session.delete(theme)
    session.flush()
    return len(sizes)


def _decided(session: Session, consultation_id: UUID) -> dict[int, UUID]:
    """The themes that people decided about, by number."""
    acted = select(ThemeAct.theme_id).where(ThemeAct.consultation_id == consultation_id)
    rows = session.execute(
        select(Theme.number, Theme.id).where(Theme.consultation_id == consultation_id, Theme.id.in_(acted))
    )
    return {number: own for number, own in rows}


def _forget(
    session: Session, consultation_id: UUID, decided: Mapping[int, UUID], found: Iterable[Item]
) -> dict[UUID, Theme]:
    """Takes out whom nobody put anywhere, and who says something else by now than the theme they were put into; gives
    the themes that may go on, by the comment that stood first in each."""
    sides = {own: one.side for one in found for own in one.comments.values()}
    known = {one.id: one for one in session.scalars(select(Theme).where(Theme.consultation_id == consultation_id))}
    columns = (ThemeMember.comment_id, ThemeMember.sample_id, ThemeMember.theme_id, ThemeMember.by_person)
    first: dict[UUID, UUID] = {}
    gone: list[UUID] = []
    for row in session.execute(select(*columns).where(ThemeMember.consultation_id == consultation_id)):
        theme = known[row.theme_id]
        if theme.id not in decided.values():
            first[theme.id] = min(first.get(theme.id, row.sample_id), row.sample_id)
        if not row.by_person or sides.get(row.comment_id) != (theme.stance, theme.leaning):
            gone.append(row.comment_id)
    for start in range(0, len(gone), AT_ONCE):
        some = ThemeMember.comment_id.in_(gone[start : start + AT_ONCE])
        session.execute(delete(ThemeMember).where(ThemeMember.consultation_id == consultation_id, some))
    return {sample: known[own] for own, sample in first.items()}


def _theme(
    session: Session, consultation_id: UUID, found: FoundTheme, own: Sequence[Item], kept: dict[UUID, Theme],
    now: datetime,
) -> Theme:  # fmt: skip
    """The theme of before that has the same first comment, or a new one, with what was found of it."""
    theme = kept.pop(min(one.comments[one.number] for one in own), None)
    theme = theme or _begun(session, consultation_id, own[0], now)
    theme.words, (theme.stance, theme.leaning) = found.words, own[0].side
    session.flush()
    return theme


def _begun(session: Session, consultation_id: UUID, one: Item, now: datetime) -> Theme:
    stance, leaning = one.side
    theme = Theme(
        consultation_id=consultation_id, id=new_id(), number=next_number(session, consultation_id, "theme"), name="",
        words=[], stance=stance, leaning=leaning, size=0, made_at=now,
    )  # fmt: skip
    session.add(theme)
    return theme


def _put(session: Session, consultation_id: UUID, theme_id: UUID, own: Iterable[Item]) -> None:
    """Puts comments into a theme; those that a person has put somewhere stay there, beside the text that stands for
    them now."""
    wanted = [(own_id, one.comments[one.number]) for one in own for own_id in one.comments.values()]
    for start in range(0, len(wanted), AT_ONCE):
        some = dict(wanted[start : start + AT_ONCE])
        there = session.scalars(
            select(ThemeMember).where(
                ThemeMember.consultation_id == consultation_id, ThemeMember.comment_id.in_(list(some))
            )
        ).all()
        for member in there:
            member.sample_id = some.pop(member.comment_id)
        rows = [
            {"consultation_id": consultation_id, "comment_id": own_id, "theme_id": theme_id, "sample_id": sample,
             "by_person": False}
            for own_id, sample in some.items()
        ]  # fmt: skip
        if rows:
            session.execute(insert(ThemeMember), rows)


def _pairs(session: Session, consultation_id: UUID, pairs: Sequence[ClosePair], by_number: Mapping[int, Item]) -> None:
    """Proposes these pairs; those that somebody judged stay."""
    judged: Any = select(ThemeJudgement.first_id, ThemeJudgement.second_id).where(
        ThemeJudgement.consultation_id == consultation_id
    )
    known = {tuple(row) for row in session.execute(judged)}
    session.execute(delete(ThemePair).where(ThemePair.consultation_id == consultation_id))
    wanted = [tuple(by_number[number].comments[number] for number in (one.first, one.second)) for one in pairs]
    for position, (first, second) in enumerate(dict.fromkeys([*sorted(known), *wanted])):
        session.add(ThemePair(consultation_id=consultation_id, first_id=first, second_id=second, position=position))
