"""The words of comments as the desk looks for them: folded (`text.searched`), and those written with accents beside."""

import re
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.people.models import Organisation
from consult.relationships import along
from consult.submissions.comments import transcripts
from consult.submissions.comments.outcome import author_left_expression
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.text import accented_words, searched

LONGEST_WORD = 40
ACCENTED, OF_SENDER = "=", "@"
"""Before a word: as it is written with its accents; of the names by which the list shows a sender. No word has one."""
KNOWN = ""
"""Stands in every comment whose words are kept."""

_WORD = re.compile(r"[^\W_]+")


def words_in(text: str) -> frozenset[str]:
    """The words of a text, folded."""
    return frozenset(one[:LONGEST_WORD] for one in _WORD.findall(searched(text)))


def accents_in(text: str) -> frozenset[str]:
    """Those of its words that are written with accents, as they are written."""
    return frozenset(one[:LONGEST_WORD] for one in accented_words(text))


def words_of(session: Session, consultation_id: UUID, numbers: Collection[int]) -> dict[int, frozenset[str]]:
    """What is kept of each of these comments that there is, by number, KNOWN with it. One statement."""
    wanted = _texts().where(Comment.consultation_id == consultation_id, Comment.number.in_(numbers))
    return {row.number: frozenset(_of(row)) for row in session.execute(wanted)}


def _of(row: Any) -> Iterator[str]:
    said = f"{row.text} {row.proposed}"
    yield KNOWN
    yield from words_in(said)
    yield from (ACCENTED + one for one in accents_in(said))
    if not row.left:
        sender = f"{row.sender_name} {row.organisation or ''}"
        yield from (OF_SENDER + one for one in words_in(sender))
        yield from (OF_SENDER + ACCENTED + one for one in accents_in(sender))


def _texts() -> Any:
    newest = select(func.max(CommentVersion.version)).where(along(Comment.versions)).correlate(Comment)
    return (
        select(
            Comment.number, transcripts.words_expression().label("text"), CommentVersion.proposed,
            Submission.sender_name, Organisation.name.label("organisation"), author_left_expression().label("left"),
        )
        .select_from(Comment)
        .join(Comment.submission)
        .join(Comment.versions)
        .outerjoin(Organisation, Organisation.id == Submission.organisation_id)
        .where(CommentVersion.version == newest.scalar_subquery())
    )  # fmt: skip
