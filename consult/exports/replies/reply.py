"""What the reply to a letter says, and of a critique the report of it to the body that issues the draft (Luật Mặt trận
Tổ quốc Việt Nam, Điều 36 khoản 3): every point with its answer as a leader approved it; where none is, a blank. What
its sender says of an answer stands behind that, with the dialogue and the final answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
from consult.responses.second_words.told import PointTold, SecondWord
from consult.responses.words import AnswerState
from consult.submissions import anchors
from consult.text import one_line

APPROVED = frozenset({AnswerState.APPROVED, AnswerState.PUBLISHED})
Plain = Callable[[str], Iterable[str]]
"""The lines of a text that staff wrote."""


@dataclass(frozen=True)
class Wording:
    """A wording of an answer in words; `disposition` is empty while none is approved."""

    disposition: str = ""
    answer: tuple[str, ...] = ()
    change: str = ""


@dataclass(frozen=True)
class Met:
    """A dialogue over an answer: its local day and place, and once it is `held` whether both sides agreed, on what."""

    on: date
    place: str
    held: bool
    agreed: bool
    outcome: str


@dataclass(frozen=True)
class Said:
    """What the sender says of an answer, on a local day; `verdict` in words, empty of a remark alone. `unsatisfied`
    tells that a final answer is owed or given, `due` until when while it is not public."""

    on: date | None
    verdict: str
    text: str
    unsatisfied: bool
    due: date | None
    dialogues: Sequence[Met]


@dataclass(frozen=True)
class Answered:
    """A point of a letter in words with its answer, and what is said of that; `final` is there once it did not satisfy,
    and empty as long as no final answer is approved."""

    place: str
    text: str
    proposed: str
    reason: str
    first: Wording
    said: Said | None
    final: Wording | None

    @property
    def disposition(self) -> str:
        """That of the answer that holds."""
        return self.final.disposition if self.final and self.final.disposition else self.first.disposition


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
    points = {id(one): _answered(one, case.words.get(one.id), plain) for one in case.owed}
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
        "second_words": _second_words(points.values()),
    }


def approved(answer: Answer | None) -> ResponseVersion | None:
    """The wording of an answer that a leader approved last: its newest, or the one that is public."""
    if answer is None:
        return None
    return answer.latest if answer.state in APPROVED else answer.published


def _answered(line: CaseLine, word: SecondWord | None, plain: Plain) -> Answered:
    latest = approved(line.answer)
    asked = word is not None and word.unsatisfied
    before = _version(line.answer, word) if word is not None and asked else latest
    after = latest if before is not None and latest is not None and latest.version > before.version else None
    return Answered(
        place=anchors.label_of(line, official),
        text=line.text,
        proposed=line.proposed_wording,
        reason=line.reason,
        first=_wording(before, plain),
        said=_said(word) if word is not None else None,
        final=_wording(after, plain) if asked else None,
    )


def _version(answer: Answer | None, word: SecondWord) -> ResponseVersion | None:
    """The wording of which something is said."""
    versions = answer.versions if answer is not None else []
    return next((one for one in versions if one.version == word.remark.version), None)


def _wording(said: ResponseVersion | None, plain: Plain) -> Wording:
    if said is None:
        return Wording()
    return Wording(official(f"disposition.{said.disposition}"), tuple(plain(said.text)), said.change)


def _said(word: SecondWord) -> Said:
    verdict = word.remark.verdict
    return Said(
        on=clock.local_day(word.said_at) if word.said_at else None,
        verdict=official(f"verdict.{verdict.value}") if verdict else "",
        text=word.remark.text,
        unsatisfied=word.unsatisfied,
        due=word.due if word.waits else None,
        dialogues=[_met(one) for one in word.dialogues if not one.moved],
    )


def _met(told: PointTold) -> Met:
    day, place = clock.local_day(told.dialogue.starts_at), told.dialogue.place
    return Met(day, place, told.held, bool(told.point.agreed), told.point.outcome)


def _second_words(points: Iterable[Answered]) -> dict[str, int]:
    """How many answers satisfied and how many did not, and of these how many have an approved final answer; how many
    dialogues were held over them."""
    words = [(one, one.said) for one in points if one.said is not None]
    held = {(told.on, told.place) for _one, said in words for told in said.dialogues if told.held}
    return {
        "satisfied": sum(bool(said.verdict) and not said.unsatisfied for _one, said in words),
        "unsatisfied": sum(said.unsatisfied for _one, said in words),
        "final": sum(one.final is not None and bool(one.final.disposition) for one, _said in words),
        "dialogues": len(held),
    }


def _sums(points: Iterable[Answered]) -> dict[str, int]:
    """How many points were answered in each way, by its words."""
    found: dict[str, int] = {}
    for one in points:
        if one.disposition:
            found[one.disposition] = found.get(one.disposition, 0) + 1
    return found
