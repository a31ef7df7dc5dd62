"""The acts on comments against their entries, both ways, and whether the two tell the same of every comment."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from consult.ledger.commitment import commit
from consult.ledger.entries import moment
from consult.submissions.comments import visible
from consult.submissions.comments.outcome import visibility_of
from consult.submissions.models import Comment, CommentAct
from consult.submissions.receiving import commitments
from consult.submissions.words import CommentActKind
from consult.transparency.replay import Entry, Log, LoggedComment
from consult.transparency.row_reading import Tampered, require
from consult.transparency.verification.sent import SentRows

UNLOGGED = frozenset({CommentActKind.QUARANTINED, CommentActKind.PASSED_ON, CommentActKind.ANSWERED})
"""A quarantine leaves no entry; what was passed on, one that names no comment; an answer, one for all its comments."""

PROPOSED = frozenset(
    {CommentActKind.WITHHELD, CommentActKind.REDACTED, CommentActKind.INVALID, CommentActKind.REINSTATED}
)
"""Always the act of two people."""


def check_acts(sent: SentRows, log: Log) -> int:
    """Every act that counts has its entry and every entry its act; gives how many acts count. Raises Tampered."""
    comments = {comment.id: comment for comment in sent.comments.values()}
    acts: dict[UUID, list[CommentAct]] = {}
    for comment_id, done in sent.acts.items():
        for act in done:
            require(comment_id in comments, f"comment_act {act.id}: its comment does not exist")
            _check_eyes(act)
        acts[comment_id] = [act for act in done if act.effective_at is not None]
    for number, told in log.comments.items():
        _check_one(sent, sent.comments[number], acts.get(sent.comments[number].id, []), told)
    _check_passed_on(acts, log)
    return sum(len(done) for done in acts.values())


def _check_eyes(act: CommentAct) -> None:
    name = f"comment_act {act.id}"
    require(act.confirmed_by_id is None or act.confirmed_by_id != act.by_id, f"{name}: one person did and confirmed it")
    if act.kind in PROPOSED and act.effective_at is not None:
        require(act.confirmed_by_id is not None, f"{name}: it counts though nobody confirmed it")
    at_once = act.confirmed_by_id is None and act.effective_at is not None
    require(act.at == act.effective_at if at_once else True, f"{name}: it counts from another moment than it was done")
    require(act.effective_at is None or act.refused_at is None, f"{name}: it was refused and counts")


def _check_one(sent: SentRows, comment: Comment, acts: Sequence[CommentAct], told: LoggedComment) -> None:
    name = f"comment {comment.number}"
    left = [act for act in acts if act.kind not in UNLOGGED]
    for entry in told.acts:
        found = next((act for act in left if act.kind.value == entry["kind"]), None)
        if found is None:
            raise Tampered(f"{name}: entry {entry['index']} says {entry['kind']}, but no act does")
        left.remove(found)
        _check_pair(sent, comment, found, entry)
    require(not left, f"comment_act {left[0].id if left else ''}: no entry says so of {name}")
    for act in acts:
        decided = act.details.get("as_whole") in {None, told.received["part_of"]}
        require(decided, f"comment_act {act.id}: it was decided of another comment than {name} is part of")
    _check_answered(sent, comment, [act for act in acts if act.kind is CommentActKind.ANSWERED], told)
    latest = sent.versions[comment.id][-1]
    stored = visibility_of(acts, latest.at).value
    shown = visible.visibility_code(stored)
    require(shown == told.visibility, f"{name}: it is {stored} by its acts, but {told.visibility} by the log")


def _check_answered(sent: SentRows, comment: Comment, left: list[CommentAct], told: LoggedComment) -> None:
    """Every entry that answers this comment has its act, and every such act its entry."""
    name = f"comment {comment.number}"
    for entry in told.answered:
        given = {"response": entry["response"], "version": entry["version"]}
        found = next((act for act in left if act.details == given), None)
        if found is None:
            raise Tampered(f"{name}: entry {entry['index']} answers it, but no act does")
        left.remove(found)
        _check_pair(sent, comment, found, entry)
    require(not left, f"comment_act {left[0].id if left else ''}: no entry answers {name} so")


def _check_pair(sent: SentRows, comment: Comment, act: CommentAct, entry: Entry) -> None:
    name = f"comment_act {act.id} ({act.kind.value} of comment {comment.number})"
    require(act.reason == entry.get("reason", ""), f"{name}: its reason is not that of entry {entry['index']}")
    happened = sent.happened(comment.id, act.effective_at or act.at, entry["at"])
    require(happened, f"{name}: its moment is not that of entry {entry['index']}")
    if act.kind is CommentActKind.SPLIT:
        require(act.details.get("into") == entry["into"], f"{name}: it names other parts than entry {entry['index']}")
    if act.kind is CommentActKind.REDACTED:
        try:
            shown = commit(
                "redacted", commitments.redacted_value(comment, act.details), bytes.fromhex(act.details["salt"])
            )
        except (LookupError, ValueError, TypeError) as error:
            raise Tampered(f"{name}: its text or salt is malformed") from error
        require(shown == entry["text"], f"{name}: its text is not what entry {entry['index']} commits to")


def _check_passed_on(acts: Mapping[UUID, Sequence[CommentAct]], log: Log) -> None:
    kind = CommentActKind.PASSED_ON
    done = Counter(
        moment(act.effective_at) for row in acts.values() for act in row if act.kind is kind and act.effective_at
    )
    told: Counter[str] = Counter()
    for entry in log.all("passed_on"):
        told[entry["at"]] += entry["count"]
    first = min((done - told) + (told - done), default="")
    require(done == told, f"comment_act: {done[first]} are passed on at {first}, the log says {told[first]}")
