"""The themes of a matter as pages: listed, the rare ones first, and one opened with its texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.models import Consultation
from consult.responses.desk.listing import list_rows
from consult.responses.desk.listing.list_rows import CaseLine
from consult.similar.theme_models import Theme, ThemeMember
from consult.submissions.models import Comment

PAGE_SIZE = 30


@dataclass(frozen=True)
class ThemeLine:
    """A theme with one of its texts as the desk's list has it; None where that is not there to be read."""

    theme: Theme
    sample: CaseLine | None


@dataclass(frozen=True)
class ThemePage:
    """One page of themes."""

    lines: list[ThemeLine]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class OpenTheme:
    """A theme with one page of its texts: by the comment that stands for a text (`samples`), as the list has them."""

    theme: Theme
    lines: list[CaseLine]
    page: int
    pages: int


def listed(
    session: Session, consultation: Consultation, page: int, largest_first: bool, today: date, senders: bool
) -> ThemePage:
    """One page; the number of statements does not grow with themes. `senders` is as in `list_rows.lines`."""
    own = (Theme.consultation_id == consultation.id, Theme.size > 0)
    total = session.scalar(select(func.count()).where(*own)) or 0
    at, pages = _within(page, total)
    order = [Theme.size.desc() if largest_first else Theme.size, Theme.number]
    wanted = select(Theme).where(*own).order_by(*order).offset((at - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    found = session.scalars(wanted).all()
    lines = _samples(session, consultation, [one.id for one in found], today, senders)
    return ThemePage([ThemeLine(one, lines.get(one.id)) for one in found], total, at, pages)


def opened(
    session: Session, consultation: Consultation, number: int, page: int, today: date, senders: bool
) -> OpenTheme | None:
    """One theme and a page of its texts; None where there is no such theme."""
    wanted = select(Theme).where(Theme.consultation_id == consultation.id, Theme.number == number)
    theme = session.scalar(wanted.options(joinedload(Theme.signed_by)))
    if theme is None:
        return None
    at, pages = _within(page, theme.size)
    numbers = session.scalars(
        select(Comment.number)
        .select_from(ThemeMember)
        .join(ThemeMember.sample)
        .where(ThemeMember.consultation_id == consultation.id, ThemeMember.theme_id == theme.id)
        .distinct()
        .order_by(Comment.number)
        .offset((at - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return OpenTheme(theme, _lines(session, consultation, numbers, today, senders), at, pages)


def of_comments(session: Session, consultation: Consultation, ids: Sequence[UUID], today: date, senders: bool) -> Any:
    """These comments as the desk's list has them, by their ids."""
    rows = session.execute(
        select(Comment.id, Comment.number).where(Comment.consultation_id == consultation.id, Comment.id.in_(ids))
    )
    numbers = [number for _id, number in rows]
    return {line.id: line for line in _lines(session, consultation, numbers, today, senders)}


def _samples(
    session: Session, consultation: Consultation, ids: Sequence[UUID], today: date, senders: bool
) -> dict[UUID, CaseLine]:
    first = (
        select(ThemeMember.theme_id, func.min(Comment.number).label("number"))
        .select_from(ThemeMember)
        .join(ThemeMember.sample)
        .where(ThemeMember.consultation_id == consultation.id, ThemeMember.theme_id.in_(ids))
        .group_by(ThemeMember.theme_id)
    )
    by_theme = {own: number for own, number in session.execute(first)}
    lines = {line.number: line for line in _lines(session, consultation, list(by_theme.values()), today, senders)}
    return {own: lines[number] for own, number in by_theme.items() if number in lines}


def _lines(
    session: Session, consultation: Consultation, numbers: Sequence[int], today: date, senders: bool
) -> list[CaseLine]:
    return list_rows.lines(session, consultation, numbers, None, today, senders=senders, answers=False)


def _within(page: int, total: int) -> tuple[int, int]:
    pages = max(1, -(-total // PAGE_SIZE))
    return min(max(1, page), pages), pages
