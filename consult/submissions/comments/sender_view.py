"""What the sender of a comment is told of how it stands: what became of it and when, who may read it, and why.

On every page where somebody looks up what they sent themselves, and nowhere else: what was passed on, everybody else is
told like what still waits (`visible.outside_outcome`).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from consult.submissions.comments import visible
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import READABLE, Outcome, ending_act
from consult.submissions.comments.places import Steps
from consult.submissions.models import CommentAct

PASSED_TO = "to"
"""Where a comment was passed on to, among the details of that act: for its sender, unlike the notes of the desk."""


@dataclass(frozen=True)
class SenderView:
    """What became of a comment (`outcome`) and when, with the public reason (a code), the parts it was split into or
    where it was passed on to; `seen_as` is the code of who may read it, with the public reason of that; `places` are
    those at which it stood, if it was moved."""

    outcome: Outcome
    seen_as: str
    at: datetime | None = None
    reason: str = ""
    into: tuple[int, ...] = ()
    passed_to: str = ""
    why_seen_so: str = ""
    places: Steps = ()
    readable: bool = False

    @property
    def by_code_alone(self) -> "SenderView":
        """The same for who has the look-up code and not the second one: not where it was passed on to, which says much
        of what was said, nor why it was moved where nobody may read it."""
        places = self.places if self.readable else tuple(replace(one, reason="") for one in self.places)
        return replace(self, passed_to="", places=places)


def of(one: CommentState, places: Steps = ()) -> SenderView:
    """How a comment stands, for its sender; with its `places`, if it was ever moved."""
    end, shown = ending_act(one.acts), one.deciding_act
    return SenderView(
        one.outcome,
        visible.told_visibility(one.outcome, visible.outside_visibility(one.visibility)),
        end.effective_at if end else None,
        _public_reason(end),
        tuple(end.details.get("into", ())) if end else (),
        str(end.details.get(PASSED_TO, "")) if end else "",
        _public_reason(shown),
        places,
        one.visibility in READABLE,
    )


def _public_reason(act: CommentAct | None) -> str:
    return act.reason if act is not None and visible.is_reason_public(act.kind) else ""
