"""What an answer counts: question by question, and as one index of who answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from consult.programme.surveys.questions.question import SATISFIED, Question


def index_of(said: Mapping[str, Any], questions: Sequence[Question]) -> float | None:
    """The mean of the points, from 0 to 100, over the questions that count; None for who said something countable to
    fewer than half of them."""
    counted = [one for one in questions if one.counted]
    scores = [score for one in counted if (score := one.score(said.get(one.name))) is not None]
    return sum(scores) / len(scores) if scores and 2 * len(scores) >= len(counted) else None


def satisfied(score: float | None) -> float | None:
    """1 for satisfied, 0 for not; None without points."""
    return None if score is None else float(score >= SATISFIED)
