"""What holds of a comment from the moment it is received: public by itself, or kept back since it was before."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from consult.consultations.words import Disclosure
from consult.ledger import comment_entries, entries
from consult.submissions.disclosure import Event, shows_by_itself
from consult.submissions.receiving import kept_back, submission_rows
from consult.submissions.receiving.kept_back import KeptBack
from consult.submissions.receiving.rows import ActRow, CommentRow, VersionRow

Sender = tuple[UUID | None, str]


def first_act(
    disclosure: Disclosure, kept: Sequence[KeptBack], sender: Sender, comment: CommentRow, version: VersionRow,
    now: datetime, heard: bool = True,
) -> tuple[ActRow, entries.Act] | None:  # fmt: skip
    """The act and its entry in the log; None for what waits to be looked at. `kept` are the versions of the matter that
    two people keep back, `sender` the body or the name of who sent it; what was spoken is not `heard` yet."""
    again = kept_back.same((before for before in kept if before.is_of(*sender)), version)
    if again is not None:
        return kept_back.withheld(again.decision, comment, now, again=again.number)
    held = kept_back.same(kept, version) is not None
    if not shows_by_itself(disclosure, Event.RECEIVED, heard=heard, kept_back=held):
        return None
    return submission_rows.released(comment, now), comment_entries.released(comment.number)
