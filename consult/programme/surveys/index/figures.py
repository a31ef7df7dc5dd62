"""The figures of answers, as they are published: rounded once, as text, the same for everybody who reckons them again
from the public table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consult.programme.surveys.index import estimates, scores
from consult.programme.surveys.index.estimates import Estimate, Stratum
from consult.programme.surveys.questions.question import Question

Said = Mapping[str, Any]
Figures = dict[str, Any]


@dataclass(frozen=True)
class Answers:
    """The answers of one block, which stand for so many people."""

    population: int
    said: Sequence[Said]


def figures_of(
    blocks: Sequence[Answers], questions: Sequence[Question], counts: Callable[[Said], bool] = lambda _said: True
) -> Figures:
    """Index and share of satisfied, of all and by question; of those alone for whom `counts`."""
    by_question = {one.name: _of_question(blocks, one, counts) for one in questions if one.counted}
    return {
        "n": sum(counts(said) for block in blocks for said in block.said),
        "index": _told(index_estimate(blocks, questions, counts)),
        "questions": by_question,
    }


def index_estimate(
    blocks: Sequence[Answers], questions: Sequence[Question], counts: Callable[[Said], bool] = lambda _said: True
) -> Estimate | None:
    """The index with its interval; None where nobody answered."""
    return _mean(blocks, lambda said: scores.index_of(said, questions), counts)


def plain(said: Sequence[Said], questions: Sequence[Question]) -> Figures:
    """The same of answers that nobody drew: as they came, without weights and without intervals, since they stand for
    nobody else."""
    found = figures_of([Answers(len(said), said)], questions)
    for one in (found["index"], *(each for by in found["questions"].values() for each in by.values())):
        if one is not None:
            one.update(low=None, high=None)
    return found


def _of_question(blocks: Sequence[Answers], one: Question, counts: Callable[[Said], bool]) -> Figures:
    def score(said: Said) -> float | None:
        return one.score(said.get(one.name))

    return {"mean": _told(_mean(blocks, score, counts)), "share": _told(_share(blocks, score, counts), 100)}


def _mean(
    blocks: Sequence[Answers], score: Callable[[Said], float | None], counts: Callable[[Said], bool]
) -> Estimate | None:
    return estimates.mean([
        Stratum(block.population, [score(said) if counts(said) else None for said in block.said]) for block in blocks
    ])  # fmt: skip


def _share(
    blocks: Sequence[Answers], score: Callable[[Said], float | None], counts: Callable[[Said], bool]
) -> Estimate | None:
    return estimates.share([
        Stratum(block.population, [scores.satisfied(score(said)) if counts(said) else None for said in block.said])
        for block in blocks
    ])  # fmt: skip


def _told(one: Estimate | None, times: int = 1) -> dict[str, Any] | None:
    if one is None:
        return None
    value, low, high = (f"{each * times:.1f}" for each in (one.value, one.low, one.high))
    return {"n": one.n, "value": value, "low": low, "high": high}
