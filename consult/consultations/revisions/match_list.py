"""The matches of one revision as an officer looks at them: by kind, in the order of reading, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.comparison import Piece, word_differences
from consult.consultations.document_models import ProvisionMatch, Revision
from consult.consultations.revisions import changes, matching
from consult.consultations.revisions.change_groups import ProvisionChange, words_of
from consult.consultations.words import MatchKind

PAGE_SIZE = 50
LONGEST = 1_500


@dataclass(frozen=True)
class MatchLine:
    """What became of one provision (or of several together), with how its words begin on either side."""

    kind: MatchKind
    olds: tuple[Any, ...]
    news: tuple[Any, ...]
    corrected: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Lines:
    """A page of lines, how many there are of each kind, and of the kind asked for."""

    lines: list[MatchLine]
    kinds: dict[MatchKind, int]
    total: int


def counts(session: Session, revision: Revision) -> dict[MatchKind, int]:
    """How many matches of each kind are stored; empty while nobody has asked for them."""
    rows = session.execute(
        select(ProvisionMatch.kind, func.count()).where(*matching.of_revision(revision)).group_by(ProvisionMatch.kind)
    )
    found = {kind: count for kind, count in rows}
    return {kind: found[kind] for kind in MatchKind if kind in found}


def lines(session: Session, before: Revision, revision: Revision, kind: MatchKind | None, page: int) -> Lines:
    """Page `page` (from 1) of the matches of a kind; without one, of everything that is not simply as it was."""
    found = changes.changes(session, [before, revision])
    kinds = {one: sum(change.kind is one for change in found.all) for one in MatchKind}
    wanted = [one for one in found.all if (one.kind is not MatchKind.UNCHANGED if kind is None else one.kind is kind)]
    shown = wanted[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Lines([_line(found, change) for change in shown], kinds, len(wanted))


def _line(found: changes.Changes, change: ProvisionChange) -> MatchLine:
    olds = tuple(found.old.provisions[one] for one in change.olds)
    news = tuple(found.new.provisions[one] for one in change.news)
    return MatchLine(change.kind, olds, news, change.corrected, word_differences(_words(olds), _words(news)))


def _words(provisions: Sequence[Any]) -> str:
    text = "\n".join(" ".join(part for part in (one.marker, words_of(one)) if part) for one in provisions)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
