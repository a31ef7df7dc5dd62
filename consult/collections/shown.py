"""What the pages of collections show of things that others may change meanwhile: one version of each, with its words.
Whether somebody may see them is asked by the views, before."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.consolidated_models import ConsolidatedOpinion, MeetingKit
from consult.collections.models import Branch, CollectedOpinion, Collection, Gathering
from consult.collections.paper.models import CollectedTypingCheck
from consult.collections.paper.typing_checks import latest
from consult.errors import NotFound
from consult.people.models import Area
from consult.shown import About, Kind, Shown, digest

WORDS, OPINIONS = "words", "opinions"
Finder = Callable[[Session, Any], Any]


def _kind(name: str, find: Finder, fields: Sequence[str], empty_is_nothing: bool = False) -> Kind:
    def now(about: About) -> Sequence[Shown]:
        found = find(about.session, about.values)
        if found is None and empty_is_nothing:
            return [Shown(f"{about.values['number']}", {WORDS: digest()}, {})]
        if found is None:
            raise NotFound
        texts = {field: _text(getattr(found, field)) for field in fields}
        key = str(getattr(found, "id", about.values.get("number")))
        return [Shown(key, {WORDS: digest(texts)}, texts)]

    return Kind(name, now, label=lambda field: (f"collected_field.{field}", {}))


def _text(value: Any) -> str:
    return "" if value is None else value.name if isinstance(value, Area) else str(value)


def _collection(session: Session, values: Any) -> Collection | None:
    return session.scalar(select(Collection).where(Collection.number == values["number"]))


def _branch(session: Session, values: Any) -> Branch | None:
    at = (Collection.number == values["number"], Branch.number == values["branch"])
    return session.scalar(select(Branch).join(Branch.collection).where(*at))


def _gathering(session: Session, values: Any) -> Gathering | None:
    at = (
        Collection.number == values["collection"],
        Branch.number == values["number"],
        Gathering.number == values["at"],
    )
    rows = select(Gathering).join(Gathering.branch).join(Branch.collection)
    return session.scalar(rows.where(*at))


def _gathering_now(about: About) -> Sequence[Shown]:
    """What stands of a gathering, and beside it which opinions: they are withdrawn with it."""
    found = _gathering(about.session, about.values)
    if found is None:
        raise NotFound
    fields = ("place", "held_on", "people", "note", "minutes_signed", "withdrawn_at")
    texts = {field: _text(getattr(found, field)) for field in fields}
    rows = select(CollectedOpinion.number, CollectedOpinion.version).where(
        CollectedOpinion.gathering_id == found.id, CollectedOpinion.withdrawn_at.is_(None)
    )
    there = [[number, version] for number, version in about.session.execute(rows.order_by(CollectedOpinion.number))]
    told = {**texts, OPINIONS: ", ".join(str(number) for number, _version in there)}
    return [Shown(str(found.id), {WORDS: digest(texts), OPINIONS: digest(there)}, told)]


def _looked_at(form: Any) -> Sequence[str]:
    return (WORDS, OPINIONS) if form.get("do") == "withdraw" else (WORDS,)


def _opinion(session: Session, values: Any) -> CollectedOpinion | None:
    gathering = _gathering(session, values)
    if gathering is None:
        return None
    at = (CollectedOpinion.gathering_id == gathering.id, CollectedOpinion.number == values["opinion"])
    return session.scalar(select(CollectedOpinion).where(*at))


def _check(session: Session, values: Any) -> CollectedTypingCheck | None:
    found = _opinion(session, values)
    return latest(session, found) if found is not None else None


def _check_above(session: Session, values: Any) -> CollectedTypingCheck | None:
    at = (Collection.number == values["number"], CollectedOpinion.number == values["opinion"])
    rows = select(CollectedOpinion).join(Collection, Collection.id == CollectedOpinion.collection_id).where(*at)
    found = session.scalar(rows)
    return latest(session, found) if found is not None else None


def _consolidated(session: Session, values: Any) -> ConsolidatedOpinion | None:
    """By the address of who collects, or by that of a branch in the middle, which has the number of both."""
    collection = _collection(session, {"number": values.get("collection", values["number"])})
    if collection is None:
        return None
    of = ConsolidatedOpinion.collection_id == collection.id
    return session.scalar(select(ConsolidatedOpinion).where(of, ConsolidatedOpinion.number == values["point"]))


def _kit(session: Session, values: Any) -> MeetingKit | None:
    collection = _collection(session, values)
    return session.get(MeetingKit, collection.id) if collection is not None else None


COLLECTION = _kind("collection", _collection, ("title", "asked", "closes_on", "closed_at", "spoken_in_minutes"))
BRANCH = _kind("branch", _branch, ("name", "contact_name", "telephone", "mail", "area", "key_number", "key_ended_at"))
GATHERING = Kind("gathering", _gathering_now, matters=_looked_at, label=lambda field: (f"collected_field.{field}", {}))
OPINION = _kind(
    "collected_opinion",
    _opinion,
    ("text", "anchor", "stance", "proposed", "reason", "differing", "people", "person_name", "contact", "withdrawn_at"),
)
CHECKED = ("said", "texts", "settled_at", "settled_reason")
CHECK = _kind("collected_check", _check, CHECKED)
CHECK_ABOVE = _kind("collected_check_above", _check_above, CHECKED)
CONSOLIDATED = _kind(
    "consolidated",
    _consolidated,
    ("text", "anchor", "stance", "proposed", "reason", "differing", "version", "withdrawn_at", "answer"),
)
KIT = _kind("meeting_kit", _kit, ("introduction", "clauses"), empty_is_nothing=True)
