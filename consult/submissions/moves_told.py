"""That a comment stands elsewhere than it was received with, in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from consult import clock
from consult.outline.citations import Say
from consult.submissions import anchors
from consult.submissions.comments.places import PlaceStep


@dataclass(frozen=True)
class StepTold:
    """One place in a sentence: who chose the first, and when the office put it into each later one; and why, in the
    words of the office."""

    sentence: str
    reason: str = ""


def trace(steps: Sequence[PlaceStep], say: Say, day: Callable[[date], str], reasons: bool = True) -> list[StepTold]:
    """A sentence for each place, in their order; without the reasons unless these may be told. Nothing for what was
    never moved."""
    return [StepTold(_sentence(one, say, day), one.reason if reasons else "") for one in steps]


def _sentence(step: PlaceStep, say: Say, day: Callable[[date], str]) -> str:
    place = anchors.label_of(step, say)
    if step.at is None:
        return say(f"place.chosen.{step.chosen}", place=place)
    return say("place.moved", day=day(clock.local_day(step.at)), place=place)
