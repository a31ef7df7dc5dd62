"""What comes after the seal: nothing that came over the site, until the period is made longer."""

from collections.abc import Sequence

from consult.submissions.words import Channel, SubmissionKind
from consult.transparency.replay import Entry
from consult.transparency.row_reading import Told, require

_AT_ONCE = frozenset({Channel.WEB.value, Channel.API.value})


def check_sealed(entries: Sequence[Entry]) -> None:
    """Raises Tampered with the first entry that stands behind a seal and should not, as docs/ledger.md says there."""
    sealed = False
    for entry in entries:
        require(
            not (sealed and _too_late(entry)),
            Told("tampered.entry_it_comes_after_the_log_was_sealed", index=entry["index"]),
        )
        if entry["kind"] == "sealed":
            sealed = True
        elif entry["kind"] == "extended" and entry["audience"] == "public":
            sealed = False


def _too_late(entry: Entry) -> bool:
    if entry["kind"] != "received":
        return bool(entry["kind"] == "joined")
    whole = entry["part_of"] is None and entry["channel"] in _AT_ONCE
    return whole and entry["submission_kind"] == SubmissionKind.COMMENT.value
