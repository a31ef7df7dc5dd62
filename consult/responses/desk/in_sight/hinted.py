"""What of a comment is pointed out to who decides whether it is read by anybody: what may be personal data, with the
redaction prepared, and what looks like a denunciation. Nothing is kept of it, and nothing done by it."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.hints import personal
from consult.hints.denunciation import looks_like_one
from consult.hints.personal import Piece
from consult.responses.desk.listing.joins import latest_version
from consult.submissions.comments import transcripts
from consult.submissions.models import Comment, CommentVersion


class Said(Protocol):
    """The words of a comment, as a line of the desk has them."""

    @property
    def text(self) -> str:
        """What was said."""

    @property
    def proposed_wording(self) -> str:
        """What should stand in the draft."""

    @property
    def reason(self) -> str:
        """Why."""


@dataclass(frozen=True)
class Hinted:
    """What was found in the words of a comment: pieces of each text, how often each kind, the texts without it, and
    whether it looks like a denunciation."""

    text: list[Piece]
    proposed: list[Piece]
    reason: list[Piece]
    kinds: dict[str, int]
    redacted: dict[str, str]
    denounces: bool


def hinted(said: Said, own_names: Iterable[str] = ()) -> Hinted:
    """What is pointed out in a comment; `own_names` are those of its sender that are not public."""
    names = [one for one in own_names if one]
    texts = {"text": said.text, "proposed": said.proposed_wording, "reason": said.reason}
    found = {name: personal.hints(text, names) for name, text in texts.items()}
    cut = {name: personal.pieces(texts[name], hints) for name, hints in found.items()}
    return Hinted(
        **cut,
        kinds=dict(Counter(one.kind.value for hints in found.values() for one in hints)),
        redacted={name: personal.blacked_out(texts[name], hints) for name, hints in found.items()},
        denounces=looks_like_one(*texts.values()),
    )


def wants_a_look(said: Said) -> bool:
    """Whether anything in the words of a comment should be looked at before anybody reads it."""
    return _wants((said.text, said.proposed_wording, said.reason))


def to_look_at(session: Session, consultation_id: UUID, numbers: Collection[int]) -> list[int]:
    """Which of these comments should be, in one statement."""
    rows = session.execute(
        select(Comment.number, transcripts.words_expression(), CommentVersion.proposed, CommentVersion.reason)
        .join(Comment.versions)
        .where(Comment.consultation_id == consultation_id, Comment.number.in_(numbers))
        .where(CommentVersion.version == latest_version())
        .order_by(Comment.number)
    )
    return [row[0] for row in rows if _wants(row[1:])]


def _wants(texts: Sequence[str | None]) -> bool:
    said = [text for text in texts if text]
    return looks_like_one(*said) or any(personal.hints(text) for text in said)
