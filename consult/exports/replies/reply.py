"""What the reply to a letter says, and of a critique the report of it to the body that issues the draft (Luật Mặt trận
Tổ quốc Việt Nam, Điều 36 khoản 3): every point with its answer as a leader approved it; where none is, a blank."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consult import clock
from consult.consultations.models import Consultation
from consult.exports.heading import above
from consult.exports.official_language import official
from consult.official_papers.paper import Letterhead
from consult.policy import investor_answers
from consult.responses.answers.answer_state import Answer
from consult.responses.desk.listing.list_rows import CaseLine
from consult.responses.letters.case import LetterCase
from consult.responses.models import ResponseVersion
from consult.responses.words import AnswerState
from consult.submissions import anchors
from consult.text import one_line

APPROVED = frozenset({AnswerState.APPROVED, AnswerState.PUBLISHED})
Plain = Callable[[str], Iterable[str]]
"""The lines of a text that staff wrote."""


@dataclass(frozen=True)
class Answered:
    """A point of a letter in words, with its answer as lines; `disposition` is empty while none is approved."""

    place: str
    text: str
    proposed: str
    reason: str
    disposition: str
    answer: tuple[str, ...]
    change: str


def offered(consultation: Consultation, case: LetterCase) -> dict[str, str]:
    """The templates of the papers that may be taken of a letter, by their names in addresses. An investor answers its
    letters itself; who issues what it drafts need not be told by itself."""
    if investor_answers(consultation):
        return {}
    found = {"tra-loi": "reply"}
    if case.critique is not None and consultation.issuing_id != consultation.answering_id:
        found["bao-cao"] = "critique_report"
    return found


def told(consultation: Consultation, case: LetterCase, now: datetime, plain: Plain) -> dict[str, Any]:
    """Everything that the templates of both say."""
    body, sent, gone = consultation.answering, case.submission, case.first.left
    sender = "" if gone or case.first.closed else case.first.sender
    points = {id(one): _answered(one, plain) for one in case.owed}
    groups = [("general", case.general), ("by_clause", case.by_clause), ("at_the_end", case.at_the_end)]
    return {
        "paper": Letterhead(body.name, above(body, consultation.issuing), place=body.place),
        "matter": consultation,
        "sender": sender,
        "cosigned": [] if gone else case.cosigned,
        "letter_number": "" if gone else one_line(sent.letter_number),
        "letter_on": sent.letter_on,
        "received_on": clock.local_day(sent.received_at),
        "critique": None if case.closed else case.critique,
        "is_critique": case.critique is not None,
        "groups": [
            (name, found) for name, own in groups if (found := [points[id(one)] for one in own if id(one) in points])
        ],
        "sums": _sums(points.values()),
    }


def approved(answer: Answer | None) -> ResponseVersion | None:
    """The wording of an answer that a leader approved last: its newest, or the one that is public."""
    if answer is None:
        return None
    return answer.latest if answer.state in APPROVED else answer.published


def _answered(line: CaseLine, plain: Plain) -> Answered:
    said = approved(line.answer)
    return Answered(
        place=anchors.label_of(line, official),
        text=line.text,
        proposed=line.proposed_wording,
        reason=line.reason,
        disposition=official(f"disposition.{said.disposition}") if said else "",
        answer=tuple(plain(said.text)) if said else (),
        change=said.change if said else "",
    )


def _sums(points: Iterable[Answered]) -> dict[str, int]:
    """How many points were answered in each way, by its words."""
    found: dict[str, int] = {}
    for one in points:
        if one.disposition:
            found[one.disposition] = found.get(one.disposition, 0) + 1
    return found
