"""All themes of a matter, each with some of its texts and how well it was judged: for who writes about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.models import Consultation
from consult.responses.desk.listing import list_rows
from consult.responses.desk.listing.list_rows import CaseLine
from consult.similar.theme_models import Theme, ThemeMember
from consult.similar.theming import judging
from consult.submissions.models import Comment

SAMPLES = 3
BATCH = 200


@dataclass(frozen=True)
class ToldTheme:
    """A theme with its first texts, as far as who asks may read them. Of `judged` pairs of its texts two people said
    the same, and of `good` that both are about the same thing."""

    theme: Theme
    samples: Sequence[CaseLine]
    judged: int
    good: int


def told(session: Session, consultation: Consultation, today: date, senders: bool) -> Iterator[ToldTheme]:
    """The rare ones first, as the page has them; statements grow with every BATCH of themes. `senders` is as in
    `list_rows.lines`."""
    wanted = select(Theme).where(Theme.consultation_id == consultation.id, Theme.size > 0)
    ordered = wanted.order_by(Theme.size, Theme.number).options(joinedload(Theme.signed_by))
    themes = session.scalars(ordered).all()
    judged = judging.by_theme(session, consultation.id)
    for start in range(0, len(themes), BATCH):
        some = themes[start : start + BATCH]
        texts = _samples(session, consultation, [one.id for one in some], today, senders)
        for one in some:
            yield ToldTheme(one, texts.get(one.id, ()), *judged.get(one.id, (0, 0)))


def _samples(
    session: Session, consultation: Consultation, ids: Sequence[UUID], today: date, senders: bool
) -> dict[UUID, list[CaseLine]]:
    """The first texts of each theme by the number of the comment that stands for them."""
    texts = (
        select(ThemeMember.theme_id, Comment.number)
        .select_from(ThemeMember)
        .join(ThemeMember.sample)
        .where(ThemeMember.consultation_id == consultation.id, ThemeMember.theme_id.in_(ids))
        .distinct()
        .subquery()
    )
    place = func.row_number().over(partition_by=texts.c.theme_id, order_by=texts.c.number).label("place")
    placed = select(texts.c.theme_id, texts.c.number, place).subquery()
    rows = session.execute(
        select(placed.c.theme_id, placed.c.number)
        .where(placed.c.place <= SAMPLES)
        .order_by(placed.c.theme_id, placed.c.number)
    ).all()
    numbers = [number for _own, number in rows]
    lines = list_rows.lines(session, consultation, numbers, None, today, senders=senders, answers=False)
    by_number = {line.number: line for line in lines}
    found: dict[UUID, list[CaseLine]] = {}
    for own, number in rows:
        if not by_number[number].closed:
            found.setdefault(own, []).append(by_number[number])
    return found
