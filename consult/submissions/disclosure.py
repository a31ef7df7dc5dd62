"""When the text of a comment becomes public by itself: the one rule for whatever may happen to it."""

from enum import StrEnum

from consult.consultations.words import Disclosure
from consult.submissions.comments.outcome import Outcome, Visibility


class Event(StrEnum):
    """What happens to a comment that may make its text public by itself."""

    RECEIVED = "received"
    AMENDED = "amended"
    SPLIT = "split"
    TRANSCRIBED = "transcribed"
    ANSWERED = "answered"


_AS_IT_WAS = {Event.AMENDED: Visibility.PUBLIC, Event.SPLIT: Visibility.PUBLIC}
"""Words that take the place of others are public by themselves only where those were; at any other event, only what
nobody has decided anything of."""


def shows_by_itself(
    disclosure: Disclosure,
    event: Event,
    before: Visibility = Visibility.IN_CHECK,
    outcome: Outcome = Outcome.AWAITING,
    heard: bool = True,
    kept_back: bool = False,
) -> bool:
    """Whether a text becomes public with `event`, without an act of the desk: by the matter's disclosure, by who might
    read it `before`, and if all that was said can be read (what was spoken can when a transcript is checked); never
    when two people have `kept_back` what it comes of, or its very words."""
    if not heard or kept_back or before is not _AS_IT_WAS.get(event, Visibility.IN_CHECK):
        return False
    if disclosure is Disclosure.AT_ONCE:
        return event is not Event.ANSWERED
    answered = outcome is Outcome.ANSWERED or (event is Event.ANSWERED and outcome is Outcome.AWAITING)
    return told_with_answers(disclosure) and answered


def told_with_answers(disclosure: Disclosure) -> bool:
    """Whether a matter shows texts only with their answers, so that nobody releases them before."""
    return disclosure is Disclosure.WITH_ANSWERS


def waits_for_release(disclosure: Disclosure) -> bool:
    """Whether a matter shows no text before an officer has released it."""
    return disclosure is Disclosure.ON_RELEASE
