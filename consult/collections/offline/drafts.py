"""What the page without a line sends: one gathering as its device kept it. A later release reads what an earlier one
wrote: names that are not known are passed over, and those that are missing are empty."""

import json
from collections.abc import Sequence
from typing import Any

from consult.collections.inputs import NewFile, NewGathering, NewOpinion
from consult.collections.words import Gathered, WayIn
from consult.errors import Invalid
from consult.text import blank, day_of

NOT_A_NUMBER = -1
MOST = 5_000_000
"""Characters of one gathering."""


def read(sent: str, files: Sequence[NewFile]) -> tuple[str, NewGathering, list[NewOpinion]]:
    """The idempotency key of a draft, its gathering and its opinions. Raises Invalid({"draft": "not_a_draft"}), and for
    a day that is none."""
    told = _told(sent)
    held_on = day_of(_text(told, "held_on"))
    if held_on is None and not blank(_text(told, "held_on")):
        raise Invalid({"gathering.held_on": "not_a_date"})
    how = _text(told, "how")
    gathering = NewGathering(
        how=Gathered(how) if how in set(Gathered) else Gathered.MEETING,
        way_in=WayIn.OFFLINE,
        place=_text(told, "place"),
        held_on=held_on,
        people=_number(told, "people", 0),
        note=_text(told, "note"),
        minutes_signed=bool(_text(told, "signed")) and bool(files),
        files=tuple(files),
    )
    opinions = told.get("opinions", [])
    if not isinstance(opinions, list) or not all(isinstance(one, dict) for one in opinions):
        raise Invalid({"draft": "not_a_draft"})
    return _text(told, "id"), gathering, [_opinion(one) for one in opinions]


def _told(sent: str) -> dict[str, Any]:
    try:
        told = json.loads(sent) if len(sent) <= MOST else None
    except (ValueError, RecursionError) as wrong:
        raise Invalid({"draft": "not_a_draft"}) from wrong
    if not isinstance(told, dict):
        raise Invalid({"draft": "not_a_draft"})
    return told


def _opinion(one: dict[str, Any]) -> NewOpinion:
    return NewOpinion(
        text=_text(one, "text"),
        anchor=_text(one, "anchor"),
        stance=_text(one, "stance"),
        proposed=_text(one, "proposed"),
        reason=_text(one, "reason"),
        differing=bool(_text(one, "differing")),
        people=_number(one, "sharing", 1),
        person_name=_text(one, "person_name"),
        contact=_text(one, "contact"),
    )


def _text(told: dict[str, Any], name: str) -> str:
    """Without halves of signs, which a device may cut in two: no text has them, and the draft would never come in."""
    found = told.get(name, "")
    return found.encode("utf-8", "ignore").decode() if isinstance(found, str) else ""


def _number(told: dict[str, Any], name: str, empty: int) -> int:
    digits = _text(told, name).replace(".", "").replace(" ", "")
    if not digits:
        return empty
    return int(digits) if digits.isdecimal() and len(digits) < 7 else NOT_A_NUMBER
