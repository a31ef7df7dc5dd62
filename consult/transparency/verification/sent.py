"""What was sent, against the entries that received it: submissions with their receipts, comments, versions, files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Document, Page, Provision, Revision
from consult.files.store import FileStore
from consult.ledger.commitment import commit
from consult.ledger.entries import moment
from consult.people.models import Area
from consult.submissions.models import Comment, CommentAct, CommentVersion, Critique, Submission
from consult.submissions.receiving import commitments
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import Channel
from consult.transparency.replay import Entry, Log, LoggedComment
from consult.transparency.row_reading import Tampered, require, rows_of

SELF_SERVED = frozenset({Channel.WEB, Channel.API})
Key = tuple[Any, ...]
NOWHERE = UUID(int=0)


@dataclass
class SentRows:
    """The rows of what was sent, by id. `erased` counts commitments whose salt is no longer there."""

    submissions: dict[UUID, Submission]
    comments: dict[int, Comment]
    versions: dict[UUID, list[CommentVersion]]
    attachments: dict[UUID, list[Attachment]]
    critiques: dict[UUID, Critique]
    places: dict[UUID, Key]
    areas: dict[UUID, Area]
    acts: dict[UUID, list[CommentAct]]
    erased: int = 0
    checked: set[UUID] = field(default_factory=set)

    def happened(self, comment_id: UUID, at: datetime, written_at: str) -> bool:
        """Whether something about a comment is from the moment that its entry writes, or from the instant after
        something else, by a clock that ran behind (CommentState.after)."""
        before = at - timedelta(microseconds=1)
        others = [act.effective_at for act in self.acts.get(comment_id, [])]
        return moment(at) == written_at or before in [*others, *(one.at for one in self.versions[comment_id])]


def read(session: Session, consultation_id: UUID) -> SentRows:
    """All rows of what was sent. Raises Tampered when one cannot be read."""
    submissions = rows_of(session, Submission, consultation_id)
    areas = {area.id: area for area in _areas(session, {row.area_id for row in submissions if row.area_id})}
    return SentRows(
        {row.id: row for row in submissions},
        {row.number: row for row in rows_of(session, Comment, consultation_id, Comment.number)},
        _grouped(rows_of(session, CommentVersion, consultation_id, CommentVersion.version), "comment_id"),
        _grouped(rows_of(session, Attachment, consultation_id, Attachment.id), "submission_id"),
        {row.submission_id: row for row in rows_of(session, Critique, consultation_id)},
        _places(session, consultation_id),
        areas,
        _grouped(rows_of(session, CommentAct, consultation_id, CommentAct.effective_at, CommentAct.id), "comment_id"),
    )


def check_sent(sent: SentRows, log: Log, files: FileStore) -> None:
    """Every comment has its entry, every entry its comment, and they say the same. Raises Tampered."""
    for number, told in log.comments.items():
        require(number in sent.comments, f"comment {number}: entry {told.received['index']} received it, it is missing")
    for number, comment in sent.comments.items():
        if number not in log.comments:
            raise Tampered(f"comment {number} ({comment.id}): no entry has received it")
        _check_comment(sent, comment, log.comments[number], files)
    unsent = next((row for row in sent.submissions.values() if row.id not in sent.checked), None)
    require(unsent is None, f"submission {unsent.number if unsent else ''}: no comment belongs to it")
    _check_order(sent)


def _check_comment(sent: SentRows, comment: Comment, told: LoggedComment, files: FileStore) -> None:
    name, entry = f"comment {comment.number}", told.received
    submission = sent.submissions.get(comment.submission_id)
    if submission is None:
        raise Tampered(f"{name}: its submission does not exist")
    if submission.id not in sent.checked:
        _check_submission(submission, entry)
        _check_shared(sent, submission, entry, files)
        sent.checked.add(submission.id)
    require(submission.number == entry["submission"], f"{name}: it stands under another submission than in the log")
    require(comment.received_at == submission.received_at, f"{name}: received_at is not that of its submission")
    _check_place(sent, comment, entry)
    whole = sent.comments.get(entry["part_of"]) if entry["part_of"] else None
    require(comment.split_from_id == (whole.id if whole else None), f"{name}: split_from_id is not as the log says")
    _check_versions(sent, comment, told)


def _check_submission(submission: Submission, entry: Entry) -> None:
    name = f"submission {submission.number}"
    columns = {
        "submission": submission.number,
        "submission_kind": submission.kind.value,
        "channel": submission.channel.value,
        "day": clock.local_day(submission.received_at).isoformat(),
    }
    for field_name, value in columns.items():
        require(entry[field_name] == value, f"{name}: its {field_name} is not as entry {entry['index']} says")
    if entry["part_of"] is None:
        require(moment(submission.recorded_at) == entry["at"], f"{name}: recorded_at is not that of its entry")
    if submission.channel in SELF_SERVED:
        require(submission.arrived_at == submission.received_at, f"{name}: it arrived at another moment than received")


def _check_shared(sent: SentRows, submission: Submission, entry: Entry, files: FileStore) -> None:
    """The commitments that all comments of a submission share."""
    name = f"submission {submission.number}"
    area = sent.areas.get(submission.area_id) if submission.area_id else None
    require(area is not None or submission.area_id is None, f"{name}: its area does not exist")
    key = (area.code, area.valid_from) if area else None
    attached = sent.attachments.get(submission.id, [])
    values = {
        "identity": (commitments.identity_value(submission, key, sent.critiques.get(submission.id)),
                     submission.identity_salt),
        "contact": (commitments.contact_value(submission), submission.contact_salt),
        "attachments": (commitments.attachments_value(attached), submission.attachments_salt),
    }  # fmt: skip
    for part, (value, salt) in values.items():
        _check_opens(sent, name, part, value, salt, entry["commitments"][part], entry["index"])
    for kept in (one for one in attached if one.lost_at is None):
        try:
            files.get(kept.file_hash)
        except (KeyError, ValueError) as lost:
            raise Tampered(f"attachment {kept.id}: its file {kept.file_hash} is missing or changed") from lost


def _check_opens(
    sent: SentRows, name: str, part: str, value: Any, salt: bytes | None, expected: str, index: int
) -> None:
    if salt is None:
        sent.erased += 1
        return
    try:
        holds = commit(part, value, salt) == expected
    except ValueError:
        holds = False
    require(holds, f"{name}: its {part} (or the salt of it) is not what entry {index} commits to")


def _check_place(sent: SentRows, comment: Comment, entry: Entry) -> None:
    name, anchor = f"comment {comment.number}", entry["anchor"]
    nothing = (comment.document_id, comment.revision_id, comment.provision_id, comment.page_id, comment.path or None)
    if anchor is None:
        require(nothing == (None,) * 5, f"{name}: entry {entry['index']} says it is about the whole matter")
        return
    marked = bool(comment.quote) or comment.box is not None
    revision = sent.places.get(comment.revision_id or NOWHERE, ())
    told = (anchor["document"], anchor["revision"], anchor["path"], anchor["page"])
    target = comment.provision_id or comment.page_id
    found = sent.places.get(target) if target else (*revision[:2], None, None)
    same = found == told and (comment.path or None) == anchor["path"] and marked == anchor["quote"]
    same = same and revision == (*told[:2], comment.document_id)
    require(same, f"{name}: it is about another place than entry {entry['index']} says")


def _check_versions(sent: SentRows, comment: Comment, told: LoggedComment) -> None:
    name, versions = f"comment {comment.number}", sent.versions.get(comment.id, [])
    require(len(versions) == len(told.texts), f"{name}: the log knows {len(told.texts)} versions, not {len(versions)}")
    for place, (version, entry) in enumerate(zip(versions, told.texts, strict=True), start=1):
        require(version.version == place, f"{name}: version {place} is missing")
        expected = entry["commitments"]["text"] if place == 1 else entry["text"]
        value = commitments.text_value(comment, version)
        _check_opens(sent, f"{name}, version {place}", "text", value, version.text_salt, expected, entry["index"])
        require(
            sent.happened(comment.id, version.at, entry["at"]),
            f"{name}, version {place}: its moment is not that of its entry",
        )


def _check_order(sent: SentRows) -> None:
    """Comments of a submission stand in the order of their numbers."""
    last: dict[UUID, int] = {}
    for number, comment in sorted(sent.comments.items()):
        before = last.get(comment.submission_id, 0)
        require(comment.position == before + 1, f"comment {number}: its position in its submission is wrong")
        last[comment.submission_id] = comment.position


def _places(session: Session, consultation_id: UUID) -> dict[UUID, Key]:
    """Provisions and pages as (document, revision, path, page), revisions as (document, revision, document id)."""
    numbers = {row.id: row.number for row in rows_of(session, Document, consultation_id)}
    revisions = {
        row.id: (numbers.get(row.document_id), row.number, row.document_id)
        for row in rows_of(session, Revision, consultation_id)
    }
    return {**revisions, **dict(_targets(session, consultation_id, revisions))}


def _targets(session: Session, consultation_id: UUID, revisions: Mapping[UUID, Key]) -> Iterator[tuple[UUID, Key]]:
    nowhere = (None, None)
    for row in rows_of(session, Provision, consultation_id):
        yield row.id, (*revisions.get(row.revision_id, nowhere)[:2], row.path, None)
    for row in rows_of(session, Page, consultation_id):
        yield row.id, (*revisions.get(row.revision_id, nowhere)[:2], None, row.number)


def _areas(session: Session, ids: set[UUID]) -> Sequence[Area]:
    return [area for one in ids if (area := session.get(Area, one)) is not None]


def _grouped(rows: Sequence[Any], name: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found
