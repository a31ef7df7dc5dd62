"""All opinions with their answers as who takes the package may read them: JSON for programs, CSV for a spreadsheet."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from tempfile import TemporaryFile
from typing import Any

from sqlalchemy import select

from consult import clock
from consult.appraisal import readable
from consult.appraisal.package.making import Making
from consult.appraisal.readable import Taker
from consult.consultations.matter import public_numbers
from consult.exports.plain.table_csv import neutral
from consult.responses.answers.published import PublishedAnswer, published_answers
from consult.responses.desk.listing.list_rows import CaseLine
from consult.submissions import anchors
from consult.submissions.comments import visible
from consult.submissions.comments.listing import Filter, public_comments
from consult.submissions.comments.outcome import outcome_expression
from consult.submissions.comments.places import Steps, steps_of
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.models import Comment

FOLDER = "4-y-kien"
BATCH = 200
BOM = "\ufeff"
Say = Callable[..., str]
Row = dict[str, Any]
COLUMNS = (
    "number", "received_on", "channel", "submission_kind", "place", "sender", "by_body", "area", "stance", "text",
    "proposed", "reason", "visibility", "outcome", "joiners", "response", "disposition", "answer", "answered_on",
    "sent_place",
)  # fmt: skip


def write_opinions(making: Making, taker: Taker, say: Say) -> None:
    """Both files; a few hundred opinions are read at a time, once for both."""
    with TemporaryFile() as sheet:
        sheet.write((BOM + _csv(list(COLUMNS))).encode())
        with making.parts.part(f"{FOLDER}/y-kien.json") as file:
            file.write(b"[")
            for index, row in enumerate(_rows(making, taker, say)):
                file.write((b",\n" if index else b"\n") + json.dumps(row, ensure_ascii=False).encode())
                sheet.write(_csv([neutral("" if row[name] is None else str(row[name])) for name in COLUMNS]).encode())
            file.write(b"\n]\n")
        sheet.seek(0)
        making.parts.copy(f"{FOLDER}/y-kien.csv", sheet)


def _rows(making: Making, taker: Taker, say: Say) -> Iterator[Row]:
    received = public_numbers.given(making.session, making.consultation.id, "comment")
    for start in range(1, received + 1, BATCH):
        numbers = range(start, min(start + BATCH, received + 1))
        if taker is Taker.PUBLIC:
            yield from _public(making, numbers, say)
        else:
            yield from _read(making, numbers, taker, say)


def _read(making: Making, numbers: Sequence[int], taker: Taker, say: Say) -> Iterator[Row]:
    """As one of the bodies reads them."""
    session, consultation = making.session, making.consultation
    found = readable.lines(session, consultation, numbers, clock.local_day(making.now), taker)
    answers = published_answers(session, consultation, [one.id for one in found if not one.closed], to_sender=True)
    stood = steps_of(session, consultation.id, [line.id for line in found])
    for line in found:
        yield {
            **_common(line, stood.get(line.id, ()), say),
            "channel": line.channel,
            "submission_kind": line.kind,
            "sender": None if line.nameless else line.sender or None,
            "by_body": line.by_body,
            "stance": line.stance or None,
            "proposed": line.proposed_wording,
            "visibility": line.visibility,
            "outcome": line.outcome,
            **_answered(answers.get(line.id)),
        }


def _public(making: Making, numbers: Sequence[int], say: Say) -> Iterator[Row]:
    """As anybody reads them."""
    session, consultation = making.session, making.consultation
    found = public_comments(session, consultation, Filter(numbers=tuple(numbers)), limit=None)
    answers = published_answers(session, consultation, [one.id for one in found])
    own = (Comment.consultation_id == consultation.id, Comment.number.in_(numbers))
    outcomes = {number: outcome for number, outcome in session.execute(
        select(Comment.number, outcome_expression()).where(*own)
    )}  # fmt: skip
    stood = steps_of(session, consultation.id, [one.id for one in found])
    for one in sorted(found, key=lambda comment: comment.number):
        yield {
            **_common(one, stood.get(one.id, ()), say),
            "channel": one.channel.value,
            "submission_kind": one.kind.value,
            "sender": one.organisation or one.sender or None,
            "by_body": bool(one.organisation),
            "stance": one.stance.value if one.stance else None,
            "proposed": one.proposed,
            "visibility": visible.visibility_code(one.visibility),
            "outcome": visible.outcome_code(outcomes[one.number]),
            **_answered(answers.get(one.id)),
        }


def _common(one: CaseLine | PublicComment, stood: Steps, say: Say) -> Row:
    """What both tell; `sent_place` is where it was received with, if it was ever moved."""
    return {
        "number": one.number,
        "received_on": clock.local_day(one.received_at).isoformat(),
        "place": anchors.label_of(one, say),
        "sent_place": anchors.label_of(stood[0], say) if stood else None,
        "area": one.area or None,
        "text": one.text,
        "reason": one.reason,
        "joiners": one.joiners,
    }


def _answered(answer: PublishedAnswer | None) -> Row:
    return {
        "response": answer.number if answer else None,
        "disposition": answer.disposition.value if answer else None,
        "answer": answer.text if answer else None,
        "answered_on": clock.local_day(answer.at).isoformat() if answer else None,
    }


def _csv(values: list[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()
