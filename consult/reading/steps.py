"""The way of one comment step by step: received, in hand, answered, with when and by whom."""

from dataclasses import dataclass
from datetime import datetime

from consult.consultations.models import Consultation
from consult.reading.comments import Way
from consult.reading.one_comment import WAITS, OneComment
from consult.submissions.words import Channel

ONLINE = frozenset({Channel.WEB, Channel.API})


@dataclass(frozen=True)
class Step:
    """One step: `state` is `past`, `now`, `late` or `next`; `at` is empty where only a day is known."""

    way: Way
    state: str
    at: datetime | None = None
    by: str = ""


def way_of_one(consultation: Consultation, one: OneComment) -> list[Step]:
    """What was done with a comment so far, and what is still to come."""
    received = one.comment.received_at if one.comment.channel in ONLINE else None
    lead, answering = consultation.lead.name, consultation.answering.name
    if one.way in WAITS:
        here = "late" if one.days_over else "now"
        first = Step(Way.RECEIVED, "past" if one.in_hand else here, received, lead)
        in_hand = _in_hand(one, answering, here) or Step(Way.IN_HAND, "next")
        return [first, in_hand, Step(Way.ANSWERED, "next", by=answering)]
    steps = [Step(Way.RECEIVED, "past", received, lead), _in_hand(one, answering, "past")]
    if one.way is Way.ANSWERED:
        steps.append(Step(Way.ANSWERED, "past", one.answer.at if one.answer else None, answering))
    else:
        steps.append(Step(one.way, "past", one.ended_at))
    return [step for step in steps if step is not None]


def _in_hand(one: OneComment, answering: str, state: str) -> Step | None:
    if one.in_hand is None:
        return None
    return Step(Way.IN_HAND, state, one.in_hand.at, one.in_hand.unit or answering)
