"""A critique as the public reads it: what it says beyond its comments by clause, each part as far as that is public."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from consult.outline.grammar.conclusions import says_something
from consult.reading.comments.progress import CommentWay
from consult.reading.comments.rows import PublicCommentRow, rows, told
from consult.submissions.comments.outcome import READABLE
from consult.submissions.models import Comment, Critique
from consult.submissions.receiving.critique_parts import parts_of
from consult.submissions.words import CritiquePart


@dataclass(frozen=True)
class CritiqueContent:
    """One thing that it says: a comment, or, of what is owed no answer of its own, only the text."""

    part: CritiquePart
    text: str
    row: PublicCommentRow | None = None

    @property
    def readable(self) -> bool:
        """Whether its text is public."""
        return self.row is None or self.row.comment.visibility in READABLE


@dataclass(frozen=True)
class CritiqueContents:
    """How a critique came about, and what it says in the order of the law."""

    form: str
    held_on: date | None
    agreement_number: str
    proceedings: Mapping[str, str]
    contents: list[CritiqueContent]


def critique_contents(session: Session, critique: Critique) -> CritiqueContents:
    """All that a critique says beyond its comments by clause, in one statement."""
    found = sorted(_contents(session, critique), key=lambda one: list(CritiquePart).index(one.part))
    return CritiqueContents(critique.form, critique.held_on, critique.agreement_number, critique.proceedings, found)


def _contents(session: Session, critique: Critique) -> Iterator[CritiqueContent]:
    statement = rows().where(
        Comment.consultation_id == critique.consultation_id,
        Comment.submission_id == critique.submission_id,
        Comment.critique_part.is_not(None),
    )
    own = told(session.execute(statement.order_by(Comment.number)).all())
    for row in own:
        part = row.comment.critique_part
        # What was split is read in its parts.
        if part is not None and row.way is not CommentWay.SPLIT:
            yield CritiqueContent(part, row.comment.text, row)
    said = [(part, text) for part, text in parts_of(critique) if text]
    if critique.divided_at is not None:
        # What became a comment is read as that says it alone: it may be withheld, changed or withdrawn.
        silent = [(part, text) for part, text in said if not says_something(text)]
        all_silent = bool(own) and len(silent) == len(said)
        said = [(part, text) for part, text in silent if not (all_silent and part is CritiquePart.CONCLUSION)]
    yield from (CritiqueContent(part, text) for part, text in said)
