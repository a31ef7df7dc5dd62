"""The entries of the log about one comment, exactly as docs/ledger.md defines them: one function per kind of act."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from consult.ledger.entries import Act, Anchor, code

COMMITTED = ("attachments", "contact", "identity", "text")
SHOWN = "shown"


def received(
    comment: int, submission: int, submission_kind: str, channel: str, day: date, anchor: Anchor | None,
    commitments: Mapping[str, str], part_of: int | None = None,
) -> Act:  # fmt: skip
    """A comment is in: `day` is its legal day of receipt in Asia/Ho_Chi_Minh; `commitments` has all four members, and
    where it is known what may be shown of the sender a fifth, `shown`, which is a field of its own."""
    further = {name: commitments[name] for name in commitments if name == SHOWN}
    commitments = {name: value for name, value in commitments.items() if name != SHOWN}
    if tuple(sorted(commitments)) != COMMITTED:
        raise ValueError(f"a received comment commits to exactly {', '.join(COMMITTED)}")
    fields = {
        "submission": submission,
        "submission_kind": code(submission_kind),
        "channel": code(channel),
        "day": day.isoformat(),
        "anchor": _anchor(anchor),
        "part_of": part_of,
        "commitments": commitments,
        **further,
    }
    return Act("received", fields, comment)


def amended(comment: int, version: int, text: str) -> Act:
    """Its sender changed a comment; `text` is the commitment to the whole new text, `version` is 2 or more."""
    return Act("amended", {"version": version, "text": text}, comment)


def withdrawn(comment: int) -> Act:
    """Its sender withdrew a comment."""
    return Act("withdrawn", {}, comment)


def author_left(comment: int) -> Act:
    """Its sender withdrew a comment that others had joined: it stays, without them."""
    return Act("author_left", {}, comment)


def name_hidden(submission: int) -> Act:
    """The sender of a submission no longer wants their name public."""
    return Act("name_hidden", {"submission": submission})


def joined(comment: int, joiner: int) -> Act:
    """Somebody, of the public number `joiner`, is of one opinion with a comment."""
    return Act("joined", {"joiner": joiner}, comment)


def joining_withdrawn(comment: int, joiner: int) -> Act:
    """Whoever had joined a comment took that back."""
    return Act("joining_withdrawn", {"joiner": joiner}, comment)


def transcribed(comment: int, version: int, text: str) -> Act:
    """What was spoken is written down and checked; `text` is the commitment to the transcript and its translation
    under the field `transcript`, `version` is 1 or more."""
    return Act("transcribed", {"version": version, "text": text}, comment)


def released(comment: int) -> Act:
    """A comment's text is public from now on."""
    return Act("released", {}, comment)


def withheld(comment: int, reason: str) -> Act:
    """A comment's text is not public, for a reason (a code)."""
    return Act("withheld", {"reason": code(reason)}, comment)


def redacted(comment: int, reason: str, text: str) -> Act:
    """A redacted text is public instead; `text` is the commitment to it under the field `redacted`."""
    return Act("redacted", {"reason": code(reason), "text": text}, comment)


def invalid(comment: int, reason: str) -> Act:
    """Not a comment on this matter, for a reason (a code)."""
    return Act("invalid", {"reason": code(reason)}, comment)


def reinstated(comment: int) -> Act:
    """What was found to be no comment on this matter is one after all."""
    return Act("reinstated", {}, comment)


def split(comment: int, into: Sequence[int]) -> Act:
    """A comment became several of its own, each received already with `part_of` naming this one."""
    return Act("split", {"into": sorted(into)}, comment)


def moved(comment: int, place: int, anchor: Anchor | None, hash_of_move: str) -> Act:
    """A comment stands at another place from now on: its place number `place`, 2 or more. The hash is that of
    `commitment.move_hash`."""
    return Act("moved", {"place": place, "anchor": _anchor(anchor), "hash": hash_of_move}, comment)


def passed_on(count: int) -> Act:
    """So many comments were passed on under another law. It names none of them and is stored beside none."""
    if count < 1:
        raise ValueError("at least one comment is passed on")
    return Act("passed_on", {"count": count})


def answered(comments: Sequence[int], response: int, version: int, disposition: str, hash_of_answer: str) -> Act:
    """A version of an answer was published to these comments; the hash is that of `commitment.answer_hash`."""
    fields = {
        "comments": sorted(comments),
        "response": response,
        "version": version,
        "disposition": code(disposition),
        "hash": hash_of_answer,
    }
    return Act("answered", fields)


def remarked(comment: int, response: int, version: int, hash_of_remark: str) -> Act:
    """The body that sent it remarks on its answer, in this version; the hash is that of `commitment.remark_hash`."""
    return Act("remarked", {"response": response, "version": version, "hash": hash_of_remark}, comment)


def second_word_paper(paper: int, submission: int, comments: Sequence[int], received: date, scan: str) -> Act:
    """What the body that sent a submission says of the answers to these comments, in the entries right after, came on
    paper, received on that day; `scan` is the hex SHA-256 of the paper as it was scanned."""
    fields = {
        "paper": paper,
        "submission": submission,
        "comments": sorted(comments),
        "received": received.isoformat(),
        "scan": scan,
    }
    return Act("second_word_paper", fields)


def second_word(comment: int, response: int, version: int, verdict: str, until: date | None, hash_of_word: str) -> Act:
    """The body that sent it says whether its answer, in this version, satisfies; if not, a final answer is owed until
    the end of the day `until`. The hash is that of `commitment.second_word_hash`."""
    fields = {
        "response": response,
        "version": version,
        "verdict": code(verdict),
        "until": until.isoformat() if until else None,
        "hash": hash_of_word,
    }
    return Act("second_word", fields, comment)


def dialogue_called(dialogue: int, comments: Sequence[int], day: date, until: date, hash_of_call: str) -> Act:
    """A dialogue over the answers to these comments is held on a day, their final answers follow until the end of the
    day `until`; the hash is that of `commitment.dialogue_hash`."""
    fields = {
        "dialogue": dialogue,
        "comments": sorted(comments),
        "day": day.isoformat(),
        "until": until.isoformat(),
        "hash": hash_of_call,
    }
    return Act("dialogue_called", fields)


def dialogue_held(dialogue: int, agreed: Sequence[int], open_: Sequence[int], minutes: str, hash_of_points: str) -> Act:
    """A dialogue was held: over which comments both sides agreed, and over which they did not (`open`). `minutes` is
    the hex SHA-256 of the file that was signed, the hash that of `commitment.minutes_hash`."""
    fields = {
        "dialogue": dialogue,
        "agreed": sorted(agreed),
        "open": sorted(open_),
        "minutes": minutes,
        "hash": hash_of_points,
    }
    return Act("dialogue_held", fields)


def referred(comment: int, referral: int, body: str, day: date, until: date) -> Act:
    """A comment went to another body on the local day `day`, which is asked to answer until the end of `until`."""
    fields = {"referral": referral, "body": body, "day": day.isoformat(), "until": until.isoformat()}
    return Act("referred", fields, comment)


def referral_answered(comment: int, referral: int, day: date, hash_of_reply: str) -> Act:
    """What that body answered on a local day is public; the hash is that of `commitment.referral_hash`."""
    return Act("referral_answered", {"referral": referral, "day": day.isoformat(), "hash": hash_of_reply}, comment)


def taken_up(proposals: str, proposal: int) -> Act:
    """The draft takes up a proposal: its public number in the matter of proposals with that address."""
    return Act("taken_up", {"proposals": proposals, "proposal": proposal})


def proposals_bundled(submission: int, proposals: Sequence[tuple[str, int]]) -> Act:
    """A letter of the Front puts proposals before the body: each by the address of its matter and its public number,
    in the order of the letter."""
    named = [{"matter": matter, "proposal": number} for matter, number in proposals]
    return Act("proposals_bundled", {"submission": submission, "proposals": named})


def question_asked(comment: int, until: date, text: str) -> Act:
    """Its sender was asked something, and is waited for until the end of a day; `text` commits to the words."""
    return Act("question_asked", {"until": until.isoformat(), "text": text}, comment)


def question_replied(comment: int, text: str) -> Act:
    """Its sender replied to what they were asked; `text` commits to the words."""
    return Act("question_replied", {"text": text}, comment)


def brought_back(comment: int, epoch_number: int, was: int, leaf: bytes) -> Act:
    """A comment was received again from its sender's receipt: it was entry `was`, with this leaf, of a lost epoch."""
    return Act("brought_back", {"epoch": epoch_number, "was": was, "leaf": leaf.hex()}, comment)


def _anchor(anchor: Anchor | None) -> dict[str, Any] | None:
    if anchor is None:
        return None
    if anchor.path is not None and anchor.page is not None:
        raise ValueError("an anchor has a path or a page, not both")
    return {name: getattr(anchor, name) for name in ("document", "revision", "path", "page", "quote")}
