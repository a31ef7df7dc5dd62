"""Published answers against their entries: wording, hash, whom they answer, who approved, and when."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.ledger.commitment import answer_hash
from consult.ledger.entries import moment
from consult.responses.answers import answer_state
from consult.responses.answers.answer_state import Answer
from consult.responses.models import (
    Response,
    ResponseApproval,
    ResponsePublication,
    ResponseTarget,
    ResponseVersion,
)
from consult.transparency.replay import Entry, Log
from consult.transparency.row_reading import Tampered, require, rows_of

TABLES: tuple[Any, ...] = (ResponseVersion, ResponseTarget, ResponseApproval, ResponsePublication)


def check_answers(session: Session, consultation_id: UUID, log: Log, comment_ids: Mapping[UUID, int]) -> int:
    """Every publication has its entry and every entry its publication; gives how many there are. Raises Tampered."""
    known = {row.id for row in rows_of(session, Response, consultation_id)}
    for table in TABLES:
        for row in rows_of(session, table, consultation_id):
            orphan = row.response_id not in known or getattr(row, "comment_id", None) not in {None, *comment_ids}
            name = f"{table.__tablename__} {getattr(row, 'id', None) or row.comment_id}"
            require(not orphan, f"{name}: its answer or comment does not exist")
    versioned = {row.response_id for row in rows_of(session, ResponseVersion, consultation_id)}
    require(known == versioned, f"response {min(known - versioned, default='')}: it has no version")
    entries: dict[int, list[Entry]] = {}
    for entry in log.all("answered"):
        entries.setdefault(entry["response"], []).append(entry)
    for answer in answer_state.read(session, consultation_id):
        _check_answer(answer, entries.pop(answer.response.number, []))
    missing = next(iter(entries.values()), [{}])[0].get("index")
    require(not entries, f"response: entry {missing} publishes one that does not exist")
    return len(log.all("answered"))


def _check_answer(answer: Answer, entries: Sequence[Entry]) -> None:
    name = f"response {answer.response.number}"
    wording = [version.version for version in answer.versions]
    require(wording == list(range(1, len(wording) + 1)), f"{name}: a version is missing")
    _check_hash(answer, answer.latest, answer.numbers)
    published = len(answer.publications)
    require(published == len(entries), f"{name}: published {published} times, but the log has {len(entries)} entries")
    if entries:
        aimed = entries[-1]["comments"]
        current = answer.latest.version == entries[-1]["version"]
        require(not current or answer.numbers == aimed, f"{name}: it answers other comments than {aimed}")
    for publication, entry in zip(answer.publications, entries, strict=True):
        _check_publication(answer, publication, entry)


def _check_publication(answer: Answer, publication: ResponsePublication, entry: Entry) -> None:
    name = f"response {answer.response.number}"
    said = next((version for version in answer.versions if version.id == publication.version_id), None)
    if said is None or said.version != entry["version"]:
        raise Tampered(f"{name}: entry {entry['index']} publishes version {entry['version']}, the row another")
    found = answer_hash(
        entry["comments"], answer.response.number, said.version, said.disposition.value, said.text, said.change
    )
    same = found == entry["hash"] and said.disposition.value == entry["disposition"]
    require(same, f"{name}, version {said.version}: it does not say what entry {entry['index']} published")
    _check_hash(answer, said, entry["comments"])
    happened = moment(publication.at) == entry["at"] or _just_after(answer, publication)
    require(happened, f"response_publication {publication.id}: its moment is not that of entry {entry['index']}")
    _check_approval(answer, said, publication)


def _check_hash(answer: Answer, said: ResponseVersion, numbers: Sequence[int]) -> None:
    found = answer_state.version_hash(
        answer.response.number, said.version, numbers, said.disposition.value, said.text, said.change, said.change_path
    )
    name = f"response_version {said.id} (response {answer.response.number}, version {said.version})"
    require(said.hash == found, f"{name}: its hash is not that of what it says")


def _check_approval(answer: Answer, said: ResponseVersion, publication: ResponsePublication) -> None:
    """Somebody who wrote none of its versions so far approved exactly this wording before it was published."""
    writers = {version.written_by_id for version in answer.versions if version.version <= said.version}
    given = [one for one in answer.approvals if one.version_hash == said.hash and one.at <= publication.at]
    good = bool(given) and given[-1].approved and given[-1].by_id not in writers
    require(good, f"response {answer.response.number}, version {said.version}: published without a good approval")


def _just_after(answer: Answer, publication: ResponsePublication) -> bool:
    """By a clock that ran behind, a publication counts from the instant after what came before (Answer.after)."""
    others = [
        *(word.at for word in answer.approvals),
        *(one.at for one in answer.publications if one is not publication),
    ]
    return any(0 < (publication.at - other).total_seconds() <= 0.000001 for other in others)
