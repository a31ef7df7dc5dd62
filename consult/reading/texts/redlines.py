"""The changes between two revisions as a page shows them, cut into sheets that a phone on a bad line can load."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from consult.comparison import Piece, word_differences
from consult.consultations.document_models import ChangeSource
from consult.consultations.revisions.change_groups import WHOLES, ProvisionChange, file_shown, words_of
from consult.consultations.revisions.changes import Changes
from consult.consultations.words import MatchKind
from consult.responses.changes.causes import ChangeCauses, key_of, unasked

BUDGET = 90_000
"""Bytes of a sheet's page before compression, estimated: about 20 kB on the wire, frame and all."""

OVERHEAD = 900
OF_COMMENT = 600
MOST_COMMENTS = 5
"""Of so many comments behind a change the words are shown; the others are a link away."""

MOST_OF_DIFFERENCES = 20_000
"""Of longer texts most stays as it was, and is not shown."""

LONGEST_SAME = 600
KEPT_OF_SAME = 220


@dataclass(frozen=True)
class RedlineEntry:
    """One change: what became of which places, the words with their differences (twice on the page: what was beside
    what is), the numbers of the comments behind it, and where it came from if there are none.

    `key` names it within the page. What came or went as a whole has its lines; the differences of all else are looked
    for when somebody reads them. A long text that came or went stands in several entries, the later ones `continued`.
    The pictures of both revisions that the change is about are rows with their words.
    """

    key: str
    kind: MatchKind
    olds: tuple[str, ...]
    news: tuple[str, ...]
    heading: str
    before: str = ""
    after: str = ""
    lines: tuple[Piece, ...] = ()
    comments: tuple[int, ...] = ()
    unasked: bool = False
    source: ChangeSource | None = None
    continued: bool = False
    paths: frozenset[str] = field(default=frozenset())
    old_pictures: tuple[Any, ...] = ()
    new_pictures: tuple[Any, ...] = ()

    @property
    def shown(self) -> tuple[int, ...]:
        """The comments whose words are shown."""
        return self.comments[:MOST_COMMENTS]

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The words with their differences."""
        return self.lines or tuple(_shortened(word_differences(self.before, self.after)))

    @property
    def same_words(self) -> bool:
        """Whether nothing but the place or number is another."""
        return not self.lines and self.before == self.after and self.same_pictures

    @property
    def same_pictures(self) -> bool:
        """Whether the same is shown in both revisions."""
        return list(map(file_shown, self.old_pictures)) == list(map(file_shown, self.new_pictures))

    @property
    def weight(self) -> int:
        """The estimated bytes on a page."""
        words = sum(len(piece.text) + 20 for piece in self.lines)
        if not self.same_words:
            words += min(len(self.before) + len(self.after), MOST_OF_DIFFERENCES)
        return OVERHEAD + 3 * words + OF_COMMENT * len(self.shown)


def entries(found: Changes, behind: ChangeCauses, sources: dict[UUID, ChangeSource]) -> list[RedlineEntry]:
    """Every change that is told, in the order of reading."""
    without = {id(change) for change in unasked(behind)}
    made: list[RedlineEntry] = []
    for change in found.told:
        numbers = tuple(behind.of(change))
        entry = replace(
            _entry(found, change),
            comments=numbers,
            unasked=id(change) in without,
            source=next((sources[one] for one in _ids(found, change) if one in sources), None),
        )
        made += _parts(entry)
    return made


def sheets(all_entries: Sequence[RedlineEntry], budget: int = BUDGET) -> list[list[RedlineEntry]]:
    """Entries on sheets of about `budget` bytes, at least one."""
    cut: list[list[RedlineEntry]] = [[]]
    weight = 0
    for entry in all_entries:
        if cut[-1] and weight + entry.weight > budget:
            cut.append([])
            weight = 0
        cut[-1].append(entry)
        weight += entry.weight
    return cut


def sheet_with(cut: Sequence[Sequence[RedlineEntry]], path: str) -> int | None:
    """The number of the sheet that tells of the new provision at `path`, or of what is in it; `cu-` and the path names
    one that was removed. None when there is no change there."""
    inside = f"{path}."
    for number, sheet in enumerate(cut, start=1):
        if any(one == path for entry in sheet for one in entry.paths):
            return number
    for number, sheet in enumerate(cut, start=1):
        if any(one.startswith(inside) for entry in sheet for one in entry.paths):
            return number
    return None


def _ids(found: Changes, change: ProvisionChange) -> list[UUID]:
    """Under what the source of a change may be kept, the newest first."""
    return [key_of(change), *change.news, *change.olds, *found.lineage(change)]


def _entry(found: Changes, change: ProvisionChange) -> RedlineEntry:
    olds = [found.old.provisions[one] for one in change.olds]
    news = [found.new.provisions[one] for one in change.news]
    below = [(found.old if change.olds else found.new).provisions[one] for one in change.below]
    whole = change.kind in WHOLES
    return RedlineEntry(
        key=news[0].path if news else f"cu-{olds[0].path}",
        kind=change.kind,
        olds=tuple(row.path for row in olds),
        news=tuple(row.path for row in news),
        heading=(news or olds)[0].heading,
        before="" if whole else "".join(_lines(olds)),
        after="" if whole else "".join(_lines(news)),
        lines=_whole(change.kind, [*olds, *news, *below]) if whole else (),
        paths=frozenset(row.path if news else f"cu-{row.path}" for row in (*(news or olds), *below)),
        old_pictures=_pictures(olds, [] if news else below),
        new_pictures=_pictures(news, below if news else []),
    )


def _pictures(own: Sequence[Any], below: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(row for row in (*own, *below) if file_shown(row))


def _whole(kind: MatchKind, provisions: Sequence[Any]) -> tuple[Piece, ...]:
    """Provisions that came or went, line by line."""
    if kind is MatchKind.ADDED:
        return tuple(Piece("added", line) for line in _lines(provisions))
    return tuple(Piece("removed", line) for line in _lines(provisions))


def _lines(provisions: Sequence[Any]) -> list[str]:
    """Each provision as people read it, on lines of its own."""
    said = (" ".join(part for part in (row.marker, words_of(row)) if part) for row in provisions)
    lines = [line.replace("\t", " | ") for line in said]
    return [f"{line}\n" for line in lines[:-1]] + lines[-1:]


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Long runs that stayed as they were are told by their beginning and end."""
    for piece in pieces:
        if piece.op == "same" and len(piece.text) > LONGEST_SAME:
            yield Piece("same", f"{piece.text[:KEPT_OF_SAME]} […] {piece.text[-KEPT_OF_SAME:]}")
        else:
            yield piece


def _parts(entry: RedlineEntry) -> Iterator[RedlineEntry]:
    """The entry, or several when it is too long for one sheet."""
    if entry.weight <= BUDGET or len(entry.lines) < 2:
        yield entry
        return
    lines: list[Piece] = []
    first = True
    for line in entry.lines:
        if lines and replace(entry, lines=(*lines, line), comments=()).weight > BUDGET // 2:
            yield _part(entry, lines, first)
            lines, first = [], False
        lines.append(line)
    yield _part(entry, lines, first)


def _part(entry: RedlineEntry, lines: Sequence[Piece], first: bool) -> RedlineEntry:
    part = replace(entry, lines=tuple(lines))
    if first:
        return part
    return replace(part, continued=True, comments=(), paths=frozenset(), old_pictures=(), new_pictures=())
