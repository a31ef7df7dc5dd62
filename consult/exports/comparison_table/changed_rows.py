"""The rows of the comparison of two drafts: what a provision was, what it is, and where the change came from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from consult.comparison import Piece, word_differences
from consult.consultations.document_models import ChangeSource
from consult.consultations.models import Consultation
from consult.consultations.revisions import changes
from consult.consultations.revisions.change_groups import WHOLES, ProvisionChange, words_of
from consult.consultations.revisions.change_sources import sources_of
from consult.consultations.revisions.changes import Changes
from consult.consultations.revisions.successors import Line
from consult.consultations.words import MatchKind
from consult.responses.answers.published import PublishedAnswer, all_published
from consult.responses.changes import causes
from consult.submissions.comments.listing import Filter, public_comments
from consult.submissions.comments.public_view import PublicComment

MOST_NAMED = 20
"""Comments that are named behind one change; of others only the number is told."""
BATCH = 500


@dataclass(frozen=True)
class ChangedRow:
    """One change: the paths in both drafts, the words with their differences, and what led to it: the comments with
    their published answers (so many `more` are not named), or the source that was told."""

    kind: MatchKind
    olds: Sequence[str]
    news: Sequence[str]
    before: Sequence[Piece]
    after: Sequence[Piece]
    comments: Sequence[tuple[PublicComment, PublishedAnswer | None]]
    more: int
    source: ChangeSource | None
    unasked: bool


def rows(session: Session, consultation: Consultation, line: Line) -> Iterator[ChangedRow]:
    """Every change from the first draft of `line` to its last, in the order of reading; statements grow with every five
    hundred comments that are named."""
    found = changes.changes(session, line)
    behind = causes.behind(session, consultation, found, line)
    told = sources_of(session, consultation.id, line[1:])
    without = {id(change) for change in causes.unasked(behind)}
    numbers = {id(change): behind.of(change) for change in found.told}
    named = _named(session, consultation, {one for those in numbers.values() for one in those[:MOST_NAMED]})
    answers = {number: one for one in all_published(session, consultation).values() for number in one.numbers}
    for change in found.told:
        own = numbers[id(change)]
        before, after = _words(found, change)
        yield ChangedRow(
            kind=change.kind,
            olds=[found.old.provisions[one].path for one in change.olds],
            news=[found.new.provisions[one].path for one in change.news],
            before=before,
            after=after,
            comments=[(named[number], answers.get(number)) for number in own[:MOST_NAMED]],
            more=max(0, len(own) - MOST_NAMED),
            source=told.get(causes.key_of(change)),
            unasked=id(change) in without,
        )


def _words(found: Changes, change: ProvisionChange) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """What both sides say: shared words as `same`, the others as what goes and what comes."""
    old = _said(found.old.provisions[one] for one in change.olds)
    new = _said(found.new.provisions[one] for one in change.news)
    if change.kind in WHOLES:
        draft = found.old if change.olds else found.new
        whole = _said(draft.provisions[one] for one in (*change.olds, *change.news, *change.below))
        return ([Piece("removed", whole)], []) if change.olds else ([], [Piece("added", whole)])
    pieces = word_differences(old, new)
    return [one for one in pieces if one.op != "added"], [one for one in pieces if one.op != "removed"]


def _said(provisions: Iterable[Any]) -> str:
    lines = (" ".join(part for part in (row.marker, words_of(row)) if part) for row in provisions)
    return "\n".join(line.replace("\t", " | ") for line in lines)


def _named(session: Session, consultation: Consultation, numbers: Iterable[int]) -> dict[int, PublicComment]:
    wanted = sorted(numbers)
    found: dict[int, PublicComment] = {}
    for start in range(0, len(wanted), BATCH):
        some = Filter(numbers=tuple(wanted[start : start + BATCH]))
        found |= {one.number: one for one in public_comments(session, consultation, some, limit=None)}
    return found
