"""Pairs of texts that two people judge, each by themselves, and how good the themes are by what both say."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import NotFound, Refused
from consult.policy import Actor, require
from consult.similar.theme_models import ThemeJudgement, ThemeMember, ThemePair
from consult.similar.theming.service import DECIDING

JUDGES = 2


@dataclass(frozen=True)
class Quality:
    """Of `judged` pairs, `agreed` are those of which two people said the same. Of these, `together` are in one theme,
    `same` are about the same as people say, and `both` are either."""

    judged: int = 0
    agreed: int = 0
    together: int = 0
    same: int = 0
    both: int = 0

    @property
    def precision(self) -> float | None:
        """How many that are together belong together (0 to 1); None where none are."""
        return self.both / self.together if self.together else None

    @property
    def recall(self) -> float | None:
        """How many that belong together are together (0 to 1); None where none do."""
        return self.both / self.same if self.same else None


def next_pair(session: Session, consultation_id: UUID, user_id: UUID) -> ThemePair | None:
    """A pair for this person: one that another person judged first, then one that nobody did; None when none is left
    of which they may say anything new. Two statements."""
    said = _said(session, consultation_id)
    pairs = session.scalars(
        select(ThemePair)
        .where(ThemePair.consultation_id == consultation_id)
        .order_by(ThemePair.position, ThemePair.second_id)
    )
    by_pair = [(one, said.get((one.first_id, one.second_id), {})) for one in pairs]
    open_ones = [(one, words) for one, words in by_pair if user_id not in words and len(words) < JUDGES]
    return min(open_ones, key=lambda one: (-len(one[1]), one[0].position), default=(None, {}))[0]


def judge(
    session: Session, consultation: Consultation, first: UUID, second: UUID, same: bool, actor: Actor, now: datetime
) -> None:
    """Notes what a person says of a pair. Raises NotFound for what is no pair; Refused: the policy's reason,
    `pair_judged`."""
    with writing(session, consultation.id):
        require(actor, DECIDING, consultation, now)
        if session.get(ThemePair, (consultation.id, first, second)) is None:
            raise NotFound
        if session.get(ThemeJudgement, (consultation.id, first, second, person(actor))) is not None:
            raise Refused("pair_judged")
        session.add(
            ThemeJudgement(
                consultation_id=consultation.id,
                first_id=first,
                second_id=second,
                by_id=person(actor),
                same=same,
                at=now,
            )
        )


def quality(session: Session, consultation_id: UUID) -> Quality:
    """How good the themes are as they stand, by the first two judgements of each pair. Two statements."""
    judged, agreed = _agreed(session, consultation_id)
    home = _themes(session, consultation_id, {one for pair in agreed for one in pair})
    together = {pair for pair in agreed if pair[0] in home and home[pair[0]] == home.get(pair[1])}
    alike = {pair for pair, same in agreed.items() if same}
    return Quality(judged, len(agreed), len(together), len(alike), len(together & alike))


def by_theme(session: Session, consultation_id: UUID) -> dict[UUID, tuple[int, int]]:
    """Of each theme: of how many pairs in it two people said the same, and of how many that both are about the same.
    Two statements."""
    _judged, agreed = _agreed(session, consultation_id)
    home = _themes(session, consultation_id, {one for pair in agreed for one in pair})
    found: dict[UUID, tuple[int, int]] = {}
    for (first, second), same in agreed.items():
        own = home.get(first)
        if own is not None and own == home.get(second):
            pairs, good = found.get(own, (0, 0))
            found[own] = pairs + 1, good + same
    return found


def _agreed(session: Session, consultation_id: UUID) -> tuple[int, dict[tuple[UUID, UUID], bool]]:
    """How many pairs two people judged, and what both said of those of which they said the same."""
    twice = [(pair, list(words.values())[:JUDGES]) for pair, words in _said(session, consultation_id).items()
             if len(words) >= JUDGES]  # fmt: skip
    return len(twice), {pair: words[0] for pair, words in twice if len(set(words)) == 1}


def _said(session: Session, consultation_id: UUID) -> dict[tuple[UUID, UUID], dict[UUID, bool]]:
    """What was said of each pair, by whom, the first first."""
    judged = ThemeJudgement
    rows = session.execute(
        select(judged.first_id, judged.second_id, judged.by_id, judged.same)
        .where(judged.consultation_id == consultation_id)
        .order_by(judged.at, judged.by_id)
    )
    found: dict[tuple[UUID, UUID], dict[UUID, bool]] = {}
    for first, second, by_id, same in rows:
        found.setdefault((first, second), {})[by_id] = same
    return found


def _themes(session: Session, consultation_id: UUID, ids: set[UUID]) -> dict[UUID, UUID]:
    wanted = select(ThemeMember.comment_id, ThemeMember.theme_id).where(
        ThemeMember.consultation_id == consultation_id, ThemeMember.comment_id.in_(ids)
    )
    return {own: theme for own, theme in session.execute(wanted)}
