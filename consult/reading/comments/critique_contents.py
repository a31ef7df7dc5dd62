"""A critique as the public reads it: what it says beyond its comments by clause, each part as far as that is public."""

from collections.abc import Iterator, Mapping, Sequence
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


PROCEEDINGS_TOLD = ("held_at", "invited", "participants", "questions", "explanations", "authority_view")
"""What is public of how a critique came about; who chaired it and who kept its minutes is for the desk."""
TOLD_AT_ONCE = frozenset({"held_at"})


@dataclass(frozen=True)
class CritiqueContents:
    """How a critique came about, and what it says in the order of the law. Of its `proceedings` only the place is told
    before all that it says may be read (`whole`): what was asked and explained may repeat any of it."""

    form: str
    held_on: date | None
    agreement_number: str
    told: Mapping[str, str]
    contents: list[CritiqueContent]

    def proceedings(self, whole: bool) -> dict[str, str]:
        """By the names of PROCEEDINGS_TOLD what is told of them."""
        return {name: text for name, text in self.told.items() if whole or name in TOLD_AT_ONCE}


def critique_contents(session: Session, critique: Critique) -> CritiqueContents:
    """All that a critique says beyond its comments by clause, in one statement."""
    statement = rows().where(
        Comment.consultation_id == critique.consultation_id,
        Comment.submission_id == critique.submission_id,
        Comment.critique_part.is_not(None),
    )
    return contents_of(critique, told(session.execute(statement.order_by(Comment.number)).all()))


def contents_of(critique: Critique, own: Sequence[PublicCommentRow]) -> CritiqueContents:
    """The same from the comments that are its parts, by number."""
    found = sorted(_contents(critique, own), key=lambda one: list(CritiquePart).index(one.part))
    said = {**critique.proceedings, "participants": critique.participants}
    shown = {name: said[name] for name in PROCEEDINGS_TOLD if said.get(name)}
    return CritiqueContents(critique.form, critique.held_on, critique.agreement_number, shown, found)


def _contents(critique: Critique, own: Sequence[PublicCommentRow]) -> Iterator[CritiqueContent]:
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
