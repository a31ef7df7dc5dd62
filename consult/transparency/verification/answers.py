"""Published answers against their entries: wording, hash, whom they answer, who approved, and when."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.commitment import answer_hash
from consult.ledger.entries import moment
from consult.responses.answers import answer_state, list_hash
from consult.responses.answers.answer_state import Answer
from consult.responses.models import (
    ApprovalSheet,
    Response,
    ResponseApproval,
    ResponsePublication,
    ResponseTarget,
    ResponseVersion,
)
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import Tampered, Told, require, rows_of

TABLES: tuple[Any, ...] = (ResponseVersion, ResponseTarget, ResponseApproval, ResponsePublication)


def check_answers(session: Session, consultation_id: UUID, log: Log, comment_ids: Mapping[UUID, int]) -> int:
    """Every publication has its entry and every entry its publication; gives how many there are. Raises Tampered."""
    known = {row.id for row in rows_of(session, Response, consultation_id)}
    for table in TABLES:
        for row in rows_of(session, table, consultation_id):
            orphan = row.response_id not in known or getattr(row, "comment_id", None) not in {None, *comment_ids}
            name = Told("tampered.row", table=table.__tablename__, value=getattr(row, "id", None) or row.comment_id)
            require(not orphan, Told("tampered.its_answer_or_comment_does_not_exist", name=name))
    versioned = {row.response_id for row in rows_of(session, ResponseVersion, consultation_id)}
    require(known == versioned, Told("tampered.response_it_has_no_version", value=min(known - versioned, default="")))
    _check_sheets(session, consultation_id)
    entries: dict[int, list[Entry]] = {}
    for entry in log.all("answered"):
        entries.setdefault(entry["response"], []).append(entry)
    for answer in answer_state.read(session, consultation_id):
        _check_answer(answer, entries.pop(answer.response.number, []))
    missing = next(iter(entries.values()), [{}])[0].get("index")
    require(not entries, Told("tampered.response_entry_publishes_one_that_does_not_exist", missing=missing))
    return len(log.all("answered"))


def _check_sheets(session: Session, consultation_id: UUID) -> None:
    """The hash of each phiếu trình is that of its list, and every word that names one names one that is there."""
    sheets = {row.id: row for row in rows_of(session, ApprovalSheet, consultation_id)}
    for row in sheets.values():
        name = Told("tampered.row", table=ApprovalSheet.__tablename__, value=row.number)
        right = row.hash == list_hash.over(consultation_id, row.entries)
        require(right, Told("tampered.its_hash_is_not_that_of_what_it_says", name=name))
    for word in rows_of(session, ResponseApproval, consultation_id):
        name = Told("tampered.row", table=ResponseApproval.__tablename__, value=word.id)
        listed = {entry[2] for entry in sheets[word.sheet_id].entries} if word.sheet_id in sheets else set()
        good = word.sheet_id is None or word.version_hash in listed
        require(good, Told("tampered.its_answer_or_comment_does_not_exist", name=name))


def _check_answer(answer: Answer, entries: Sequence[Entry]) -> None:
    name = Told("tampered.response", number=answer.response.number)
    wording = [version.version for version in answer.versions]
    require(wording == list(range(1, len(wording) + 1)), Told("tampered.a_version_is_missing", name=name))
    _check_hash(answer, answer.latest, answer.numbers)
    published = len(answer.publications)
    require(
        published == len(entries),
        Told("tampered.published_times_but_the_log_has_entries", name=name, published=published, value=len(entries)),
    )
    if entries:
        aimed = entries[-1]["comments"]
        current = answer.latest.version == entries[-1]["version"]
        require(
            not current or answer.numbers == aimed,
            Told("tampered.it_answers_other_comments_than", name=name, aimed=aimed),
        )
    for publication, entry in zip(answer.publications, entries, strict=True):
        _check_publication(answer, publication, entry)


def _check_publication(answer: Answer, publication: ResponsePublication, entry: Entry) -> None:
    name = Told("tampered.response", number=answer.response.number)
    said = next((version for version in answer.versions if version.id == publication.version_id), None)
    if said is None or said.version != entry["version"]:
        other = {"index": entry["index"], "version": entry["version"]}
        raise Tampered(Told("tampered.entry_publishes_version_the_row_another", name=name, **other))
    found = answer_hash(
        entry["comments"], answer.response.number, said.version, said.disposition.value, said.text, said.change
    )
    same = found == entry["hash"] and said.disposition.value == entry["disposition"]
    require(
        same,
        Told(
            "tampered.version_it_does_not_say_what_entry_published",
            name=name,
            version=said.version,
            index=entry["index"],
        ),
    )
    _check_hash(answer, said, entry["comments"])
    happened = moment(publication.at) == entry["at"] or _just_after(answer, publication)
    require(
        happened,
        Told("tampered.response_publication_its_moment_is_not_that_of_entry", key=publication.id, index=entry["index"]),
    )
    _check_approval(answer, said, publication)


def _check_hash(answer: Answer, said: ResponseVersion, numbers: Sequence[int]) -> None:
    found = answer_state.version_hash(
        answer.response.number, said.version, numbers, said.disposition.value, said.text, said.change, said.change_path
    )
    name = Told(
        "tampered.response_version_response_version", key=said.id, number=answer.response.number, version=said.version
    )
    require(said.hash == found, Told("tampered.its_hash_is_not_that_of_what_it_says", name=name))


def _check_approval(answer: Answer, said: ResponseVersion, publication: ResponsePublication) -> None:
    """Somebody who wrote none of its versions so far approved exactly this wording before it was published."""
    writers = {version.written_by_id for version in answer.versions if version.version <= said.version}
    given = [one for one in answer.approvals if one.version_hash == said.hash and one.at <= publication.at]
    good = bool(given) and given[-1].approved and given[-1].by_id not in writers
    require(
        good,
        Told(
            "tampered.response_version_published_without_a_good_approval",
            number=answer.response.number,
            version=said.version,
        ),
    )


def _just_after(answer: Answer, publication: ResponsePublication) -> bool:
    """By a clock that ran behind, a publication counts from the instant after what came before (Answer.after)."""
    others = [
        *(word.at for word in answer.approvals),
        *(one.at for one in answer.publications if one is not publication),
    ]
    return any(0 < (publication.at - other).total_seconds() <= 0.000001 for other in others)
