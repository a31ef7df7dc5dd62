"""The acts on comments against their entries, both ways, and whether the two tell the same of every comment."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from consult.ledger.commitment import commit, move_hash
from consult.ledger.entries import moment
from consult.submissions.comments import visible
from consult.submissions.comments.outcome import Visibility, deciding_act, is_ahead_of_log, visibility_of
from consult.submissions.models import Comment, CommentAct
from consult.submissions.receiving import commitments
from consult.submissions.words import CommentActKind, WithheldReason
from consult.transparency.replay import Entry, Log, LoggedComment
from consult.transparency.row_reading import Tampered, Told, require
from consult.transparency.verification.sent_rows import SentRows

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
            require(comment_id in comments, Told("tampered.comment_act_its_comment_does_not_exist", key=act.id))
        said = [act for act in done if not _is_owed(sent, act)]
        for act in said:
            _check_eyes(act)
        acts[comment_id] = [act for act in said if act.effective_at is not None]
    for number, told in log.comments.items():
        _check_one(sent, sent.comments[number], acts.get(sent.comments[number].id, []), told)
    _check_passed_on(acts, log)
    _say_what_is_owed(sent, log)
    return sum(len(done) for done in acts.values())


def _is_owed(sent: SentRows, act: CommentAct) -> bool:
    """Whether it withholds what was erased in a database that was set back, and its entry is still to come: whoever
    would withhold anything else without an entry has the words and their salts to explain. What its sender said later
    is no part of that."""
    then = [one for one in sent.versions[act.comment_id] if act.effective_at and one.at <= act.effective_at]
    erased = bool(then) and all(one.text_salt is None for one in then)
    as_erased = act.kind is CommentActKind.WITHHELD and act.reason == WithheldReason.SENDER_ASKED.value
    return as_erased and is_ahead_of_log(act) and erased


def _say_what_is_owed(sent: SentRows, log: Log) -> None:
    """Has the log say of such comments what it says once it takes entries, so that both sums agree."""
    for number, comment in sent.comments.items():
        decides = deciding_act(sent.acts.get(comment.id, []), sent.versions[comment.id][-1].at)
        if decides is not None and _is_owed(sent, decides):
            log.comments[number].visibility, log.comments[number].reason = Visibility.WITHHELD.value, decides.reason
            sent.owed += 1


def _check_eyes(act: CommentAct) -> None:
    name = Told("tampered.comment_act", key=act.id)
    require(
        act.confirmed_by_id is None or act.confirmed_by_id != act.by_id,
        Told("tampered.one_person_did_and_confirmed_it", name=name),
    )
    if act.kind in PROPOSED and act.effective_at is not None:
        require(act.confirmed_by_id is not None, Told("tampered.it_counts_though_nobody_confirmed_it", name=name))
    at_once = act.confirmed_by_id is None and act.effective_at is not None
    require(
        act.at == act.effective_at if at_once else True,
        Told("tampered.it_counts_from_another_moment_than_it_was_done", name=name),
    )
    require(act.effective_at is None or act.refused_at is None, Told("tampered.it_was_refused_and_counts", name=name))


def _check_one(sent: SentRows, comment: Comment, acts: Sequence[CommentAct], told: LoggedComment) -> None:
    name = Told("tampered.comment", number=comment.number)
    left = [act for act in acts if act.kind not in UNLOGGED]
    for entry in told.acts:
        found = next((act for act in left if act.kind.value == entry["kind"]), None)
        if found is None:
            raise Tampered(
                Told("tampered.entry_says_but_no_act_does", name=name, index=entry["index"], kind=entry["kind"])
            )
        left.remove(found)
        _check_pair(sent, comment, found, entry)
    require(not left, Told("tampered.comment_act_no_entry_says_so_of", value=left[0].id if left else "", name=name))
    for act in acts:
        decided = act.details.get("as_whole") in {None, told.received["part_of"]}
        require(decided, Told("tampered.comment_act_of_another_whole", key=act.id, name=name))
    _check_answered(sent, comment, [act for act in acts if act.kind is CommentActKind.ANSWERED], told)
    latest = sent.versions[comment.id][-1]
    stored = visibility_of(acts, latest.at).value
    shown = visible.visibility_code(stored)
    require(
        shown == told.visibility,
        Told("tampered.it_is_by_its_acts_but_by_the_log", name=name, stored=stored, visibility=told.visibility),
    )


def _check_answered(sent: SentRows, comment: Comment, left: list[CommentAct], told: LoggedComment) -> None:
    """Every entry that answers this comment has its act, and every such act its entry."""
    name = Told("tampered.comment", number=comment.number)
    for entry in told.answered:
        given = {"response": entry["response"], "version": entry["version"]}
        found = next((act for act in left if act.details == given), None)
        if found is None:
            raise Tampered(Told("tampered.entry_answers_it_but_no_act_does", name=name, index=entry["index"]))
        left.remove(found)
        _check_pair(sent, comment, found, entry)
    require(not left, Told("tampered.comment_act_no_entry_answers_so", value=left[0].id if left else "", name=name))


def _check_pair(sent: SentRows, comment: Comment, act: CommentAct, entry: Entry) -> None:
    name = Told("tampered.comment_act_of_comment", key=act.id, value=act.kind.value, number=comment.number)
    told = _is_reason_told(sent, comment, act, entry)
    require(told, Told("tampered.its_reason_is_not_that_of_entry", name=name, index=entry["index"]))
    happened = sent.happened(comment.id, act.effective_at or act.at, entry["at"])
    require(happened, Told("tampered.its_moment_is_not_that_of_entry", name=name, index=entry["index"]))
    if act.kind is CommentActKind.SPLIT:
        require(
            act.details.get("into") == entry["into"],
            Told("tampered.it_names_other_parts_than_entry", name=name, index=entry["index"]),
        )
    if act.kind is CommentActKind.REDACTED:
        _check_redacted(sent, comment, act, entry, name)


def _check_redacted(sent: SentRows, comment: Comment, act: CommentAct, entry: Entry, name: Told) -> None:
    if "salt" not in act.details:
        # Its words were erased with their salt.
        sent.erased += 1
        holds = not any(act.details.get(part) for part in ("text", "proposed", "reason"))
    else:
        try:
            value, salt = commitments.redacted_value(comment, act.details), bytes.fromhex(act.details["salt"])
            holds = commit("redacted", value, salt) == entry["text"]
        except (LookupError, ValueError, TypeError) as error:
            raise Tampered(Told("tampered.its_text_or_salt_is_malformed", name=name)) from error
    require(holds, Told("tampered.its_text_is_not_what_entry_commits_to", name=name, index=entry["index"]))


def _is_reason_told(sent: SentRows, comment: Comment, act: CommentAct, entry: Entry) -> bool:
    """Whether an entry has the reason of an act: the code, or of a move the hash of its words, which may be erased."""
    if act.kind is not CommentActKind.MOVED:
        return bool(act.reason == entry.get("reason", ""))
    if not act.reason:
        sent.erased += 1
        return True
    return bool(move_hash(comment.number, entry["place"], act.reason) == entry["hash"])


def _check_passed_on(acts: Mapping[UUID, Sequence[CommentAct]], log: Log) -> None:
    kind = CommentActKind.PASSED_ON
    done = Counter(
        moment(act.effective_at) for row in acts.values() for act in row if act.kind is kind and act.effective_at
    )
    told: Counter[str] = Counter()
    for entry in log.all("passed_on"):
        told[entry["at"]] += entry["count"]
    first = min((done - told) + (told - done), default="")
    require(
        done == told,
        Told("tampered.comment_act_are_passed_on_at_the_log_says", done=done[first], first=first, told=told[first]),
    )
