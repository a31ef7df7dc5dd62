"""Provisions of two revisions put together by what became of which, judged, and told in the order of reading."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from consult.consultations.document_models import Revision
from consult.consultations.words import MatchKind

Steps = Mapping[UUID, Sequence[UUID]]
"""From each provision to those of the next (or the one before) revision."""

Kinds = Mapping[tuple[UUID | None, UUID | None], MatchKind]
"""What is stored of a pair."""

WHOLES = frozenset({MatchKind.ADDED, MatchKind.REMOVED})


@dataclass(frozen=True)
class Draft:
    """A revision with its provisions by id, in the order of reading."""

    revision: Revision
    provisions: Mapping[UUID, Any]


@dataclass(frozen=True)
class ProvisionChange:
    """What became of one provision, or of several that were split or merged: their ids in both revisions.

    When a provision came or went with all that stands in it, `below` are the ids of that. One that only `follows` what
    it stands in has not changed itself, or is told there.
    """

    kind: MatchKind
    olds: tuple[UUID, ...]
    news: tuple[UUID, ...]
    corrected: bool = False
    follows: bool = False
    below: tuple[UUID, ...] = field(default=())

    @property
    def is_change(self) -> bool:
        """Whether there is something to be told."""
        return not self.follows and self.kind is not MatchKind.UNCHANGED


def closure(start: Iterable[UUID], steps: Steps) -> set[UUID]:
    """Everything that `steps` lead to from `start`, itself included."""
    found: set[UUID] = set()
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += steps.get(one, ())
    return found


def words_of(provision: Any) -> str:
    """The words of a provision itself, with those of its table; what it is called by is none of them."""
    cells = ["\t".join(str(cell.get("text", "")) for cell in row) for row in provision.rows or ()]
    return "\n".join(part for part in (provision.heading, provision.text, *cells) if part)


def same_content(one: Any, other: Any) -> bool:
    """Whether two provisions say and show the same."""
    return words_of(one) == words_of(other) and file_shown(one) == file_shown(other)


def file_shown(provision: Any) -> str:
    """The file that a picture shows; empty for all others, and for one that cannot be shown."""
    return str((provision.picture or {}).get("file", ""))


def grouped(old: Draft, new: Draft, later: Steps, kinds: Kinds, corrected: set[UUID]) -> list[ProvisionChange]:
    """All provisions of both revisions, each in exactly one change."""
    heirs = {one: closure((one,), later) & new.provisions.keys() for one in old.provisions}
    found = [_judged(olds, news, old, new, heirs, kinds) for olds, news in _groups(old, new, heirs)]
    marked = [replace(one, corrected=True) if corrected & {*one.olds, *one.news} else one for one in found]
    return list(_folded(_in_order(marked, old, new), old, new))


def _groups(
    old: Draft, new: Draft, heirs: Mapping[UUID, set[UUID]]
) -> Iterator[tuple[tuple[UUID, ...], tuple[UUID, ...]]]:
    """What belongs together, both sides in the order of reading."""
    both: dict[UUID, list[UUID]] = {one: list(found) for one, found in heirs.items()}
    for one, found in heirs.items():
        for heir in found:
            both.setdefault(heir, []).append(one)
    seen: set[UUID] = set()
    place = {one: number for number, one in enumerate((*old.provisions, *new.provisions))}
    for start in place:
        if start not in seen:
            group = closure((start,), both)
            seen |= group
            in_order = sorted(group, key=place.__getitem__)
            yield (
                tuple(one for one in in_order if one in old.provisions),
                tuple(one for one in in_order if one in new.provisions),
            )


def _judged(
    olds: tuple[UUID, ...],
    news: tuple[UUID, ...],
    old: Draft,
    new: Draft,
    heirs: Mapping[UUID, set[UUID]],
    kinds: Kinds,
) -> ProvisionChange:
    if not olds or not news:
        return ProvisionChange(MatchKind.REMOVED if olds else MatchKind.ADDED, olds, news)
    if len(olds) > 1 or len(news) > 1:
        return ProvisionChange(MatchKind.SPLIT if len(news) >= len(olds) else MatchKind.MERGED, olds, news)
    before, after = old.provisions[olds[0]], new.provisions[news[0]]
    same = same_content(before, after)
    stays = before.parent_id is after.parent_id is None or after.parent_id in heirs.get(before.parent_id, ())
    kind = kinds.get((olds[0], news[0])) or _kind(same, stays, before.label == after.label)
    return ProvisionChange(kind, olds, news, follows=same and stays and before.label == after.label)


def _kind(same_words: bool, stays: bool, same_label: bool) -> MatchKind:
    if not same_words:
        return MatchKind.CHANGED
    if not stays:
        return MatchKind.MOVED
    return MatchKind.UNCHANGED if same_label else MatchKind.RENUMBERED


def _in_order(found: Sequence[ProvisionChange], old: Draft, new: Draft) -> list[ProvisionChange]:
    """By the new revision; what was removed comes after what stood before it in the old one."""
    place = {one: number for number, one in enumerate(new.provisions)}
    keys: dict[int, tuple[int, int]] = {}
    of_old = {one: number for number, change in enumerate(found) for one in change.olds}
    last = -1
    for position, one in enumerate(old.provisions):
        number = of_old[one]
        if found[number].news:
            last = place[found[number].news[0]]
        else:
            keys[number] = (last, position + 1)
    for number, change in enumerate(found):
        if change.news:
            keys[number] = (place[change.news[0]], 0)
    return [found[number] for number in sorted(keys, key=keys.__getitem__)]


def _folded(found: Sequence[ProvisionChange], old: Draft, new: Draft) -> Iterator[ProvisionChange]:
    """What came or went inside something that came or went is told there."""
    parents = {one: row.parent_id for draft in (old, new) for one, row in draft.provisions.items()}
    alone = {(change.olds or change.news)[0] for change in found if change.kind in WHOLES}
    inside: dict[UUID, list[UUID]] = {}
    for one in parents:
        root = one
        while one in alone and parents[root] in alone:
            root = parents[root]
        if root != one:
            inside.setdefault(root, []).append(one)
    hidden = {one for below in inside.values() for one in below}
    for change in found:
        own = (change.olds or change.news)[0]
        below = inside.get(own, ()) if change.kind in WHOLES else ()
        yield replace(change, below=tuple(below), follows=change.follows or own in hidden)
