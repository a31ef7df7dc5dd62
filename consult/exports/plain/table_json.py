"""The table as JSON: its head, both public sums, and every comment received; docs/open-data.md names the fields."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import IO, Any

from consult import clock
from consult.exports.lines import TableHead, TableLine

_OF_HEAD = (
    "slug", "title", "kind", "procedure", "stage", "body", "form", "counting_rule", "asked", "silent", "opinions",
    "joiners",
)  # fmt: skip


def write(file: IO[bytes], head: TableHead, lines: Iterable[TableLine]) -> None:
    """Writes the JSON; `lines` are taken one by one."""
    told: dict[str, Any] = {name: getattr(head, name) for name in _OF_HEAD}
    told["counted_at"] = head.counted_at.astimezone(clock.LOCAL_ZONE).isoformat(timespec="minutes")
    told["notice"] = head.notice or None
    if head.majority:
        told["majority"] = [asdict(one) for one in head.majority]
    told["sums"] = {"outcome": head.outcome, "visibility": head.visibility}
    file.write(_text(told).removesuffix("}").encode() + b', "comments": [')
    for index, line in enumerate(lines):
        file.write((b",\n" if index else b"\n") + _text(_comment(line)).encode())
    file.write(b"\n]}\n")


def _comment(line: TableLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "submission_kind": line.kind,
        "channel": line.channel,
        "received_on": line.received_on,
        "place": line.place,
        "anchor": _anchor(line) if line.document else None,
        "moved": _moved(line) if line.sent_place else None,
        "block": line.block,
        "critique_part": line.critique_part or None,
        "contributor": {
            **_or_null(organisation=line.organisation, letter_number=line.letter_number),
            "letter_place": line.letter_place or None,
            "letter_on": line.letter_on,
            **_or_null(name=line.sender, area=line.area),
        },
        "joiners": line.joiners,
        "author_left": line.left,
        "spoken_in": line.spoken or None,
        **_or_null(visibility=line.visibility, visibility_reason=line.visibility_reason, stance=line.stance),
        **_said(line),
        **_or_null(outcome=line.outcome, outcome_reason=line.outcome_reason),
        "part_of": line.part_of,
        "parts": list(line.parts),
        "answer": _answer(line),
    }


def _moved(line: TableLine) -> dict[str, Any]:
    """That it stands elsewhere than it was received with."""
    return {"sent_place": line.sent_place, "moved_on": line.moved_on, "reason": line.moved_why or None}


def _anchor(line: TableLine) -> dict[str, Any]:
    return {
        "document": line.document,
        "document_title": line.document_title,
        "revision": line.revision,
        **_or_null(path=line.path),
        "page": line.page,
        **_or_null(quote=line.quote),
    }


def _or_null(**texts: str) -> dict[str, str | None]:
    return {name: text or None for name, text in texts.items()}


def _said(line: TableLine) -> dict[str, str | None]:
    """The texts, which are null where nobody may read them."""
    return {name: getattr(line, name) if line.readable else None for name in ("text", "proposed", "reason")}


def _answer(line: TableLine) -> dict[str, Any] | None:
    if line.response is None:
        return None
    return {
        "response": line.response,
        "disposition": line.disposition,
        "text": line.answer,
        "change": line.change,
        "change_path": line.change_path or None,
        "change_revision": line.change_revision,
        "change_place": line.change_place or None,
        "published_on": line.answered_on,
        "first_published_on": line.first_answered_on,
        "referrals": [vars(one) for one in line.passed_on],
        "second_word": _second_word(line),
    }


def _second_word(line: TableLine) -> dict[str, Any] | None:
    """What the body that sent the comment says of the answer; null while it said nothing."""
    if line.second_word_on is None:
        return None
    said = {"verdict": line.second_word or None, "said_on": line.second_word_on, "text": line.second_word_text or None}
    return {**said, "dialogues": [vars(one) for one in line.dialogues], "final_answer": line.final_answer}


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, default=date.isoformat)
