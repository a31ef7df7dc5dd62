"""What themes are built of: of every group of like comments one text for each stance that its people took."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from consult.relationships import along
from consult.similar.arriving import texts
from consult.similar.grouping.reading import Reading, read
from consult.similar.grouping.verdicts import leaning
from consult.similar.models import SimilarGroup, SimilarMember
from consult.similar.theme_models import Theme, ThemeMember
from consult.similar.themes.clustering import ThemeText
from consult.submissions.models import Comment, CommentVersion

AT_ONCE = 1_000
Side = tuple[str, int]
"""A stance; and of those who took none, for what their words are (1), against (-1) or neither."""
Decided = Mapping[UUID, tuple[int, Side]]


@dataclass
class Item:
    """Comments that say the same with the same stance, by their numbers; `theme` is what a person put them into."""

    side: Side
    comments: dict[int, UUID] = field(default_factory=dict)
    theme: int | None = None

    @property
    def number(self) -> int:
        """The number of the first of them, whose text stands for all."""
        return min(self.comments)


def items(session: Session, consultation_id: UUID) -> tuple[dict[int, Item], list[ThemeText]]:
    """All of a matter by their numbers, and their texts as themes are found by them. Two statements, and one for each
    thousand groups."""
    groups: dict[UUID, list[Any]] = defaultdict(list)
    for row in session.execute(_members(consultation_id)):
        groups[row.sample_id].append(row)
    decided = _decided(session, consultation_id)
    found: dict[int, Item] = {}
    said: list[ThemeText] = []
    for sample_id, text in _texts(session, consultation_id, sorted(groups)):
        reading = read(text)
        for item in _by_side(groups[sample_id], reading):
            item.theme = _put_into(item, decided)
            found[item.number] = item
            said.append(ThemeText(item.number, item.side, text, reading, item.theme))
    return found, said


def _texts(session: Session, consultation_id: UUID, ids: Sequence[UUID]) -> Iterator[tuple[UUID, str]]:
    for start in range(0, len(ids), AT_ONCE):
        for own, one in texts.samples(session, consultation_id, ids[start : start + AT_ONCE]).items():
            yield own, "\n".join(filter(None, (one.text, one.proposed, one.reason)))


def _by_side(rows: Iterable[Any], reading: Reading) -> Iterable[Item]:
    leans = leaning([word.key for word in reading.words])
    found: dict[Side, Item] = {}
    for row in rows:
        side = (row.stance.value, 0) if row.stance else ("", leans)
        found.setdefault(side, Item(side)).comments[row.number] = row.comment_id
    return found.values()


def _put_into(item: Item, decided: Decided) -> int | None:
    """The first theme of their stance into which a person put any of them."""
    put = (decided[one] for one in item.comments.values() if one in decided)
    return min((number for number, side in put if side == item.side), default=None)


def _decided(session: Session, consultation_id: UUID) -> Decided:
    rows = session.execute(
        select(ThemeMember.comment_id, Theme.number, Theme.stance, Theme.leaning)
        .join(ThemeMember.theme)
        .where(ThemeMember.consultation_id == consultation_id, ThemeMember.by_person.is_(True))
    )
    return {own: (number, (stance, leans)) for own, number, stance, leans in rows}


def _members(consultation_id: UUID) -> Any:
    later = aliased(CommentVersion)
    latest = select(func.max(later.version)).where(along(Comment.versions.of_type(later))).correlate(Comment)
    return (
        select(SimilarGroup.sample_id, SimilarMember.comment_id, Comment.number, CommentVersion.stance)
        .select_from(SimilarMember)
        .join(SimilarMember.group)
        .join(SimilarMember.comment)
        .join(Comment.versions)
        .where(SimilarMember.consultation_id == consultation_id, SimilarGroup.sample_id.is_not(None))
        .where(CommentVersion.version == latest.scalar_subquery())
    )
