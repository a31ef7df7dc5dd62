"""What became of a clause, in words: for whoever follows an address of an older draft, or wrote about one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.revisions.fates import Fate, FateKind
from consult.consultations.revisions.lineages import FiledDrafts, filed_drafts
from consult.outline.citations import Say
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace


@dataclass(frozen=True)
class ToldPlace:
    """Where a clause stands in another draft: in words, below the address of the matter, and as `?tai=` writes it."""

    words: str
    address: str
    anchor: str


@dataclass(frozen=True)
class ToldFate:
    """A sentence that says what became of a clause, and where it is read in the draft that was asked for,
    which is `draft` in words."""

    words: str
    kind: FateKind
    places: Sequence[ToldPlace]
    draft: str = ""

    @property
    def has_one_place(self) -> bool:
        """Whether it is in one place there, so that what was said of it can be moved with one press."""
        return len(self.places) == 1

    @property
    def elsewhere(self) -> bool:
        """Whether it is anything but what it was, under the number that it had."""
        return self.kind is not FateKind.SAME


def told(fate: Fate, filed: Mapping[int, FiledDrafts], say: Say) -> ToldFate:
    """`fate` in words; `filed` are the documents of its matter."""
    of = filed[fate.document]

    def named(revision: int, path: str) -> NamedPlace:
        return NamedPlace(fate.document, of.title, revision, of.drafts, path)

    there = [
        _there(named(fate.asked, path), say)
        for path in (fate.paths or ("",) if fate.kind is FateKind.SAME else fate.paths)
    ]
    place = anchors.label_of(named(fate.revision, fate.path), say)
    words = say(
        f"clause_fate.{fate.kind.value}",
        place=place[:1].upper() + place[1:],
        now=", ".join(one.words for one in there),
        draft=anchors.draft_of(named(fate.asked, ""), say),
        since=anchors.draft_of(named(fate.since or fate.asked, ""), say),
    )
    return ToldFate(words, fate.kind, there, anchors.draft_of(named(fate.asked, ""), say))


def told_of(session: Session, consultation_id: UUID, fate: Fate | None, say: Say) -> ToldFate | None:
    """`fate` in words; None when there is nothing to be told, as of a clause of the newest draft."""
    if fate is None or fate.asked == fate.revision:
        return None
    return told(fate, filed_drafts(session, consultation_id), say)


def _there(place: NamedPlace, say: Say) -> ToldPlace:
    anchor = anchors.written(place.document, place.revision, place.path)
    draft = anchors.written(place.document, place.revision)
    address = f"{draft}/?tai={place.path}#{place.path}" if place.path else f"{draft}/"
    return ToldPlace(
        anchors.label_of(NamedPlace(place.document, place.document_title, path=place.path), say), address, anchor
    )
