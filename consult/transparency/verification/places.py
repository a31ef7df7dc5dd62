"""Where comments stand, and stood: their rows against the entries that received and moved them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from consult.submissions.models import Comment
from consult.submissions.place_models import CommentPlace
from consult.submissions.words import CommentActKind, MovedFrom
from consult.transparency.replay import Entry, LoggedComment
from consult.transparency.row_reading import Told, require
from consult.transparency.verification.sent_rows import SentRows

NOWHERE = UUID(int=0)
COLUMNS = ("document_id", "revision_id", "provision_id", "page_id", "path")


def check_received(sent: SentRows, comment: Comment, entry: Entry) -> None:
    """The place that a comment was received with, which is kept when it is moved. Raises Tampered."""
    name, anchor = Told("tampered.comment", number=comment.number), entry["anchor"]
    first = next(iter(sent.kept_places.get(comment.id, ())), comment)
    if anchor is None:
        nothing = Told("tampered.entry_says_it_is_about_the_whole_matter", name=name, index=entry["index"])
        require(_is_nowhere(first), nothing)
        return
    elsewhere = Told("tampered.it_is_about_another_place_than_entry_says", name=name, index=entry["index"])
    require(_is_at(sent, first, _is_marked(comment), anchor), elsewhere)


def check_moved(sent: SentRows, comment: Comment, told: LoggedComment) -> None:
    """Every later place has its act and its entry, and the comment stands at the last. Raises Tampered."""
    name, places = Told("tampered.comment", number=comment.number), sent.kept_places.get(comment.id, [])
    acts = [act for act in sent.acts.get(comment.id, ()) if act.kind is CommentActKind.MOVED]
    made = [None, *(act.id for act in acts)] if acts else []
    require([one.act_id for one in places] == made, Told("tampered.its_places_are_not_those_of_its_acts", name=name))
    numbered = [one.version for one in places] == list(range(1, len(places) + 1))
    require(numbered, Told("tampered.its_places_are_not_those_of_its_acts", name=name))
    for place, entry in zip(places[1:], (one for one in told.acts if one["kind"] == "moved"), strict=True):
        marked = _is_marked(comment) and _columns(place) == _columns(places[0])
        same = _is_at(sent, place, marked, entry["anchor"]) if entry["anchor"] else _is_nowhere(place)
        elsewhere = Told("tampered.it_is_about_another_place_than_entry_says", name=name, index=entry["index"])
        require(same and place.version == entry["place"], elsewhere)
    _check_stands(comment, places, name)


def _check_stands(comment: Comment, places: Sequence[CommentPlace], name: Told) -> None:
    away = bool(places) and _columns(places[0]) != _columns(comment)
    first = MovedFrom.CLAUSE if places and places[0].provision_id else MovedFrom.ELSEWHERE
    stands = not places or _columns(places[-1]) == _columns(comment)
    stands = stands and comment.moved_from == (first if away else None)
    require(stands, Told("tampered.it_stands_at_another_place_than_its_last", name=name))


def _is_marked(comment: Comment) -> bool:
    return bool(comment.quote) or comment.box is not None


def _columns(row: Comment | CommentPlace) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in COLUMNS)


def _is_nowhere(row: Comment | CommentPlace) -> bool:
    return _columns(row) == (None, None, None, None, "")


def _is_at(sent: SentRows, row: Comment | CommentPlace, marked: bool, anchor: Entry) -> bool:
    """Whether a row is at the place that an entry names."""
    revision = sent.places.get(row.revision_id or NOWHERE, ())
    told = (anchor["document"], anchor["revision"], anchor["path"], anchor["page"])
    target = row.provision_id or row.page_id
    found = sent.places.get(target) if target else (*revision[:2], None, None)
    same = found == told and (row.path or None) == anchor["path"] and marked == anchor["quote"]
    return same and revision == (*told[:2], row.document_id)
