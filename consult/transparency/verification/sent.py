"""What was sent, against the entries that received it: submissions with their receipts, comments, versions, files."""

from datetime import datetime
from typing import Any
from uuid import UUID

from consult import clock
from consult.files.store import FileStore
from consult.ledger.commitment import commit
from consult.ledger.entries import moment
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving import commitments
from consult.submissions.words import Channel
from consult.transparency.replay import Entry, Log, LoggedComment
from consult.transparency.row_reading import Tampered, Told, require
from consult.transparency.verification import places
from consult.transparency.verification.sent_rows import SentRows

SELF_SERVED = frozenset({Channel.WEB, Channel.API})


def check_sent(sent: SentRows, log: Log, files: FileStore) -> None:
    """Every comment has its entry, every entry its comment, and they say the same. Raises Tampered."""
    _check_set_aside(sent, log)
    _check_hidden(sent, log)
    for number, told in log.comments.items():
        require(
            number in sent.comments,
            Told("tampered.comment_entry_received_it_it_is_missing", number=number, index=told.received["index"]),
        )
    for number, comment in sent.comments.items():
        if number not in log.comments:
            raise Tampered(Told("tampered.comment_no_entry_has_received_it", number=number, key=comment.id))
        _check_comment(sent, comment, log.comments[number], files)
    unsent = next((row for row in sent.submissions.values() if row.id not in sent.checked), None)
    require(unsent is None, Told("tampered.submission_no_comment_belongs_to_it", value=unsent.number if unsent else ""))
    _check_order(sent)


def _check_comment(sent: SentRows, comment: Comment, told: LoggedComment, files: FileStore) -> None:
    name, entry = Told("tampered.comment", number=comment.number), told.received
    submission = sent.submissions.get(comment.submission_id)
    if submission is None:
        raise Tampered(Told("tampered.its_submission_does_not_exist", name=name))
    if submission.id not in sent.checked:
        _check_submission(submission, entry)
        _check_shared(sent, submission, entry, files)
        sent.checked.add(submission.id)
    require(
        submission.number == entry["submission"],
        Told("tampered.it_stands_under_another_submission_than_in_the_log", name=name),
    )
    places.check_received(sent, comment, entry)
    places.check_moved(sent, comment, told)
    whole = sent.comments.get(entry["part_of"]) if entry["part_of"] else None
    require(
        _received_with(sent, comment, (whole or submission).received_at, entry),
        Told("tampered.received_at_is_not_that_of_its_submission", name=name),
    )
    require(
        comment.split_from_id == (whole.id if whole else None),
        Told("tampered.split_from_id_is_not_as_the_log_says", name=name),
    )
    _check_versions(sent, comment, told)


def _received_with(sent: SentRows, comment: Comment, received_at: datetime, entry: Entry) -> bool:
    """Whether a comment was received with its submission (a part: with its whole), or when its sender amended the
    letter; its entry tells the day."""
    if clock.local_day(comment.received_at).isoformat() != entry["day"]:
        return False
    amended = (moment(one.at) for one in sent.letters.get(comment.submission_id, [])[1:])
    return comment.received_at == received_at or (moment(comment.received_at) <= entry["at"] and entry["at"] in amended)


def _check_submission(submission: Submission, entry: Entry) -> None:
    name = Told("tampered.submission", number=submission.number)
    columns = {
        "submission": submission.number,
        "submission_kind": submission.kind.value,
        "channel": submission.channel.value,
        "day": clock.local_day(submission.received_at).isoformat(),
    }
    for field_name, value in columns.items():
        require(
            entry[field_name] == value,
            Told("tampered.its_is_not_as_entry_says", name=name, field_name=field_name, index=entry["index"]),
        )
    if entry["part_of"] is None:
        require(
            moment(submission.recorded_at) == entry["at"],
            Told("tampered.recorded_at_is_not_that_of_its_entry", name=name),
        )
    if submission.channel in SELF_SERVED:
        require(
            submission.arrived_at == submission.received_at,
            Told("tampered.it_arrived_at_another_moment_than_received", name=name),
        )


def _check_shared(sent: SentRows, submission: Submission, entry: Entry, files: FileStore) -> None:
    """The commitments that all comments of a submission share."""
    name = Told("tampered.submission", number=submission.number)
    area = sent.areas.get(submission.area_id) if submission.area_id else None
    require(area is not None or submission.area_id is None, Told("tampered.its_area_does_not_exist", name=name))
    key = (area.code, area.valid_from) if area else None
    attached = sent.attachments.get(submission.id, [])
    first = next((one.letter for one in sent.letters.get(submission.id, [])), None)
    identity = commitments.identity_value(submission, key, sent.critiques.get(submission.id), first)
    values = {
        "identity": (identity, submission.identity_salt),
        "contact": (commitments.contact_value(submission), submission.contact_salt),
        "attachments": (commitments.attachments_value(attached), submission.attachments_salt),
    }  # fmt: skip
    for part, (value, salt) in values.items():
        _check_opens(sent, name, part, value, salt, entry["commitments"][part], entry["index"])
    if "shown" in entry and submission.identity_salt is not None:
        value, salt = commitments.shown_value(submission, key), commitments.shown_salt(submission)
        _check_opens(sent, name, "shown", value, salt, entry["shown"], entry["index"])
    for kept in (one for one in attached if one.lost_at is None):
        try:
            files.get(kept.file_hash)
        except (KeyError, ValueError) as lost:
            raise Tampered(
                Told("tampered.attachment_its_file_is_missing_or_changed", key=kept.id, file_hash=kept.file_hash)
            ) from lost


def _check_opens(
    sent: SentRows, name: Told, part: str, value: Any, salt: bytes | None, expected: str, index: int
) -> None:
    if salt is None:
        sent.erased += 1
        return
    try:
        holds = commit(part, value, salt) == expected
    except ValueError:
        holds = False
    require(holds, _not_committed(name, part, index))


def _not_committed(name: Told, part: str, index: int) -> Told:
    return Told("tampered.its_or_the_salt_of_it_is_not_what_entry_commits_to", name=name, part=part, index=index)


def _check_versions(sent: SentRows, comment: Comment, told: LoggedComment) -> None:
    name, versions = Told("tampered.comment", number=comment.number), sent.versions.get(comment.id, [])
    require(
        len(versions) == len(told.texts),
        Told("tampered.the_log_knows_versions_not", name=name, value=len(told.texts), value_2=len(versions)),
    )
    for place, (version, entry) in enumerate(zip(versions, told.texts, strict=True), start=1):
        require(version.version == place, Told("tampered.version_is_missing", name=name, place=place))
        expected = entry["commitments"]["text"] if place == 1 else entry["text"]
        value = commitments.text_value(comment, version)
        own = Told("tampered.version", name=name, place=place)
        _check_opens(sent, own, "text", value, version.text_salt, expected, entry["index"])
        # Words go with their salt: otherwise whoever takes a salt away may have anything read.
        gone = version.text_salt is not None or not (version.text or version.proposed or version.reason)
        require(gone, _not_committed(own, "text", entry["index"]))
        require(
            sent.happened(comment.id, version.at, entry["at"]),
            Told("tampered.version_its_moment_is_not_that_of_its_entry", name=name, place=place),
        )


def _check_order(sent: SentRows) -> None:
    """Comments of a submission stand in the order of their numbers."""
    last: dict[UUID, int] = {}
    for number, comment in sorted(sent.comments.items()):
        before = last.get(comment.submission_id, 0)
        require(
            comment.position == before + 1,
            Told("tampered.comment_its_position_in_its_submission_is_wrong", number=number),
        )
        last[comment.submission_id] = comment.position


def _check_hidden(sent: SentRows, log: Log) -> None:
    """Whose name is public no more. What was taken back before the log told of it has no entry."""
    hidden = {one.number for one in sent.submissions.values() if one.name_hidden_at is not None}
    left = {entry["submission"] for entry in log.all("name_hidden")} - hidden
    require(not left, Told("tampered.name_hidden", number=min(left, default=0)))


def _check_set_aside(sent: SentRows, log: Log) -> None:
    left = {entry["submission"]: entry["scans"] for entry in log.all("scan_set_aside")}
    for submission in sent.submissions.values():
        scans = sum(one.set_aside_at is not None for one in sent.attachments.get(submission.id, []))
        # What was set aside before the log told of it has no entry.
        told = left.pop(submission.number, 0) or scans
        require(told == scans, Told("tampered.scans_set_aside", number=submission.number))
    require(not left, Told("tampered.scans_set_aside", number=min(left, default=0)))
