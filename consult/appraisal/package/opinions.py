"""All opinions with their answers as who takes the package may read them: JSON for programs, CSV for a spreadsheet."""

import csv
import json
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

from consult import clock
from consult.appraisal import readable
from consult.appraisal.package.making import Making
from consult.consultations.matter import public_numbers
from consult.exports.plain.table_csv import neutral
from consult.responses.answers.published import PublishedAnswer, published_answers
from consult.responses.desk.listing.list_rows import CaseLine
from consult.submissions import anchors

FOLDER = "4-y-kien"
BATCH = 200
BOM = "\ufeff"
Say = Callable[..., str]
COLUMNS = (
    "number", "received_on", "channel", "submission_kind", "place", "sender", "by_body", "area", "stance", "text",
    "proposed", "reason", "visibility", "outcome", "joiners", "response", "disposition", "answer", "answered_on",
)  # fmt: skip


def write_opinions(making: Making, say: Say) -> None:
    """Both files; a few hundred opinions are read at a time."""
    with making.archive.part(f"{FOLDER}/y-kien.json") as file:
        file.write(b"[")
        for index, row in enumerate(_rows(making, say)):
            file.write((b",\n" if index else b"\n") + json.dumps(row, ensure_ascii=False).encode())
        file.write(b"\n]\n")
    with making.archive.part(f"{FOLDER}/y-kien.csv") as file:
        file.write((BOM + _csv(list(COLUMNS))).encode())
        for row in _rows(making, say):
            file.write(_csv([neutral("" if row[name] is None else str(row[name])) for name in COLUMNS]).encode())


def _rows(making: Making, say: Say) -> Iterator[dict[str, Any]]:
    session, consultation, today = making.session, making.consultation, clock.local_day(making.now)
    received = public_numbers.given(session, consultation.id, "comment")
    for start in range(1, received + 1, BATCH):
        numbers = range(start, min(start + BATCH, received + 1))
        found = readable.lines(session, consultation, numbers, today, making.taker)
        open_to_read = [line.id for line in found if not line.closed]
        answers = published_answers(session, consultation, open_to_read, to_sender=True)
        yield from (_row(line, answers.get(line.id), say) for line in found)


def _row(line: CaseLine, answer: PublishedAnswer | None, say: Say) -> dict[str, Any]:
    return {
        "number": line.number,
        "received_on": clock.local_day(line.received_at).isoformat(),
        "channel": line.channel,
        "submission_kind": line.kind,
        "place": anchors.label_of(line, say),
        "sender": None if line.nameless else line.sender or None,
        "by_body": line.by_body,
        "area": line.area or None,
        "stance": line.stance or None,
        "text": line.text,
        "proposed": line.proposed_wording,
        "reason": line.reason,
        "visibility": line.visibility,
        "outcome": line.outcome,
        "joiners": line.joiners,
        "response": answer.number if answer else None,
        "disposition": answer.disposition.value if answer else None,
        "answer": answer.text if answer else None,
        "answered_on": clock.local_day(answer.at).isoformat() if answer else None,
    }


def _csv(values: list[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()
