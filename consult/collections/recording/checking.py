"""What came in, made ready to be stored, and everything that is wrong with it by row and field."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult import clock
from consult.collections.inputs import MOST_FILES, MOST_OPINIONS, MOST_PEOPLE, NewGathering, NewOpinion
from consult.collections.models import Collection
from consult.collections.words import FileKind, Gathered
from consult.errors import Invalid, NotFound
from consult.submissions import anchors
from consult.submissions.inputs import SHORT_LIMIT, TEXT_LIMIT, AnchorInput
from consult.submissions.receiving.anchor_resolution import resolve
from consult.submissions.receiving.lookup_codes import typed, well_formed
from consult.submissions.receiving.normalization import contact_kind
from consult.submissions.receiving.validation import of_contact
from consult.submissions.words import ContactKind, Stance
from consult.text import one_line, stored


@dataclass(frozen=True)
class Checked:
    """An opinion as it is stored."""

    said: NewOpinion
    stance: Stance | None
    contact_kind: ContactKind


def gathering(new: NewGathering, opinions: int, now: datetime) -> NewGathering:
    """The gathering cleaned. Raises Invalid by fields that begin with "gathering."; minutes that are photographed and
    signed are complete by themselves, without one opinion typed."""
    cleaned = replace(new, place=one_line(new.place), note=stored(new.note))
    errors = of_gathering(cleaned, clock.local_day(now))
    if not opinions and not new.files:
        errors["opinions"] = "required"
    if errors:
        raise Invalid(errors)
    return cleaned


def of_gathering(new: NewGathering, today: date) -> dict[str, str]:
    """What is wrong with a cleaned gathering."""
    errors = {}
    if new.how is Gathered.MEETING:
        errors.update({name: "required" for name in ("place", "held_on") if not getattr(new, name)})
    if new.held_on is not None and new.held_on > today:
        errors["held_on"] = "in_the_future"
    if not 0 <= new.people <= MOST_PEOPLE:
        errors["people"] = "not_a_number"
    if len(new.place) > SHORT_LIMIT:
        errors["place"] = "too_long"
    if len(new.note) > TEXT_LIMIT:
        errors["note"] = "too_long"
    if len(new.files) > MOST_FILES:
        errors["files"] = "too_many_files"
    if new.minutes_signed and not any(file.kind is FileKind.MINUTES for file in new.files):
        errors["minutes"] = "minutes_missing"
    return {f"gathering.{name}": code for name, code in errors.items()}


def opinions(session: Session, collection: Collection, given: Sequence[NewOpinion], files: int = 0) -> list[Checked]:
    """The opinions cleaned, each with its place as the drafts of organisations write it, of the draft it means today.

    `files` is how many files came with them. Raises Invalid with every error found ({"opinions.3.text": "required"}).
    """
    if len(given) > MOST_OPINIONS:
        raise Invalid({"opinions": "too_many_opinions"})
    errors: dict[str, str] = {}
    places = _places(session, collection, given, errors)
    checked = []
    for row, (one, place) in enumerate(zip(given, places, strict=True)):
        cleaned = _cleaned(one, place)
        errors.update({f"opinions.{row}.{name}": code for name, code in of_opinion(cleaned, files).items()})
        stance = Stance(cleaned.stance) if cleaned.stance in set(Stance) else None
        checked.append(Checked(cleaned, stance, contact_kind(cleaned.contact)))
    if errors:
        raise Invalid(errors)
    return checked


def of_opinion(one: NewOpinion, files: int) -> dict[str, str]:
    """What is wrong with a cleaned opinion. A box that was ticked says something by itself."""
    errors = {}
    if not (one.text or one.proposed or one.stance or (one.untyped and one.file is not None)):
        errors["text"] = "required"
    errors.update({name: "too_long" for name in ("text", "proposed", "reason") if len(getattr(one, name)) > TEXT_LIMIT})
    if one.stance and one.stance not in set(Stance):
        errors["stance"] = "not_a_choice"
    if not 1 <= one.people <= MOST_PEOPLE:
        errors["people"] = "not_a_number"
    if len(one.person_name) > SHORT_LIMIT:
        errors["person_name"] = "too_long"
    errors.update(of_contact(contact_kind(one.contact), one.contact))
    if one.file is not None and not 0 <= one.file < files:
        errors["file"] = "not_a_choice"
    if one.code and not well_formed(one.code):
        errors["code"] = "not_a_code"
    return errors


def _cleaned(one: NewOpinion, place: str) -> NewOpinion:
    return replace(
        one,
        anchor=place,
        text=stored(one.text),
        proposed=stored(one.proposed),
        reason=stored(one.reason),
        person_name=one_line(one.person_name),
        contact=one_line(one.contact),
        code=typed(one.code) if one.code else "",
    )


def _places(session: Session, collection: Collection, given: Sequence[NewOpinion], errors: dict[str, str]) -> list[str]:
    """Where each is about, in a handful of statements whatever their number; a place that is none is an error."""
    parsed: list[AnchorInput | None] = []
    for row, one in enumerate(given):
        try:
            parsed.append(anchors.parse(one_line(one.anchor)))
        except NotFound:
            parsed.append(None)
            errors[f"opinions.{row}.anchor"] = "unknown_place"
    if collection.consultation_id is None:
        errors.update({f"opinions.{row}.anchor": "unknown_place" for row, one in enumerate(parsed) if one})
        return [""] * len(given)
    found, unknown = resolve(session, collection.consultation_id, parsed)
    errors.update({f"opinions.{row}.anchor": code for row, code in unknown.items()})
    return [anchors.written(one.document, one.revision, one.path, one.page, one.box) if one else "" for one in found]
