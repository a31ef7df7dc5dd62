"""The receipts that were handed over, as they are kept, against the log."""

from collections.abc import Mapping
from typing import Any

from consult.ledger import entries as written
from consult.ledger import merkle
from consult.ledger.canonical import canonical
from consult.submissions.models import Joiner, Submission
from consult.submissions.words import SubmissionKind
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered, Told, require
from consult.transparency.verification.log import Origins


def check_receipt(
    submission: Submission, log: Log, nodes: Mapping[tuple[int, int], bytes], origins: Origins, notes: Mapping[int, str]
) -> None:
    """The receipt that was handed over, against the log; `notes` are the checkpoints by size. Raises Tampered."""
    name, receipt = Told("tampered.submission_its_receipt", number=submission.number), submission.receipt
    try:
        size = int(receipt["checkpoint"].split("\n")[1])
        head = receipt["v"], receipt["origin"], receipt["submission"]
        require(
            head == (written.VERSION, origins(size), submission.number),
            Told("tampered.is_of_something_else", name=name),
        )
        require(
            notes.get(size) == receipt["checkpoint"],
            Told("tampered.ledger_checkpoint_is_missing_or_another", name=name, size=size),
        )
        for given in receipt["comments"]:
            _check_proof(name, given, log, nodes, size)
        require([given["number"] for given in receipt["comments"]] == _sent_first(submission, log, size),
                Told("tampered.lacks_a_comment", name=name))  # fmt: skip
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise Tampered(Told("tampered.is_malformed", name=name)) from error


def _sent_first(submission: Submission, log: Log, size: int) -> list[int]:
    """What was received when the receipt was signed for a log of `size`: not what was split from it, nor what
    a critique of before its contents were comments was divided into later."""
    of_critique = submission.kind is SubmissionKind.CRITIQUE
    return [
        number
        for number, told in log.comments.items()
        if told.received["submission"] == submission.number
        and told.received["part_of"] is None
        and (not of_critique or told.received["index"] < size)
    ]


def check_joining(
    joiner: Joiner,
    entry: Any,
    nodes: Mapping[tuple[int, int], bytes],
    origins: Origins,
    notes: Mapping[int, str],
    log: Log,
) -> None:
    """The receipt of a joining, which `entry` wrote down. Raises Tampered."""
    name, receipt = Told("tampered.joiner_its_receipt", number=joiner.number), joiner.receipt
    try:
        size = int(receipt["checkpoint"].split("\n")[1])
        head = receipt["v"], receipt["origin"], receipt["joiner"], receipt["joined"]["index"]
        require(
            head == (written.VERSION, origins(size), joiner.number, entry["index"]),
            Told("tampered.is_of_something_else", name=name),
        )
        require(
            notes.get(size) == receipt["checkpoint"],
            Told("tampered.ledger_checkpoint_is_missing_or_another", name=name, size=size),
        )
        _check_proof(name, {**receipt["joined"], "number": receipt["joined"]["comment"]}, log, nodes, size)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise Tampered(Told("tampered.is_malformed", name=name)) from error


def _check_proof(name: Told, given: Any, log: Log, nodes: Mapping[tuple[int, int], bytes], size: int) -> None:
    index = given["index"]
    entry = log.entries[index]
    require(canonical(entry).decode() == given["entry"], Told("tampered.has_another_entry", name=name, index=index))
    require(
        entry.get("comment") == given["number"],
        Told("tampered.names_another_comment_for_entry", name=name, index=index),
    )
    proof = [node.hex() for node in merkle.inclusion_proof(index, size, lambda level, place: nodes[level, place])]
    require(proof == given["proof"], Told("tampered.has_a_wrong_proof_of_entry", name=name, index=index))
