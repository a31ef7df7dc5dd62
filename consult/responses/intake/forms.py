"""The form for what came on paper, as plain values; everything wrong with it is told at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult import size_limits
from consult.errors import Invalid, NotFound
from consult.people.organisations import LONGEST_NAME
from consult.people.words import Level, OrganisationKind
from consult.responses.desk.typing.pasted_points import Point
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.responses.intake.service import PAPER, Paper
from consult.responses.intake.typed_bodies import KINDS, LEVELS, TypedBody
from consult.submissions.inputs import AttachmentInput, CommentInput, CritiqueInput, Letter, Sender
from consult.submissions.words import CRITIQUE_TEXTS, PROCEEDINGS, Channel, Stance, SubmissionKind, Topic
from consult.text import blank, day_of, one_line

Form = MultiDict[str, str]
MOST_COMMENTS = size_limits.COMMENTS
COMMENT_FIELDS = ("place", "stance", "text", "proposed", "reason", "topic")


def blocks(typed: Mapping[str, str]) -> int:
    """How many comments the form shows: one for what is no number, never more than a submission may have and one that
    is told to be too many."""
    given = typed.get("blocks", "")
    return min(max(1, int(given)), MOST_COMMENTS + 1) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def with_room(typed: Mapping[str, str], after: int) -> dict[str, str]:
    """What was typed, with an empty comment after the one at the place `after`; those behind it move on."""
    count = blocks(typed)
    if count >= MOST_COMMENTS:
        return dict(typed)
    rest = {name: value for name, value in typed.items() if not name.startswith("comments.")}
    rows = [_row(typed, index) for index in range(count)]
    rows.insert(min(after + 1, count), {})
    return rest | _rows(rows)


def with_points(typed: Mapping[str, str], points: Sequence[Point]) -> dict[str, str]:
    """What was typed, with these points after it, each a comment of its own with its place as it was typed; where there
    is no room for all the pasted text stays where it was."""
    rows = [row for row in (_row(typed, index) for index in range(blocks(typed))) if any(row.values())]
    if not points or len(rows) + len(points) > MOST_COMMENTS:
        return dict(typed)
    rest = {name: value for name, value in typed.items() if not name.startswith("comments.")}
    return rest | {"pasted": ""} | _rows([*rows, *map(_of_point, points)])


def _of_point(point: Point) -> dict[str, str]:
    said = {"place": point.place, "text": point.text, "proposed": point.proposed, "reason": point.reason}
    return {name: words for name, words in said.items() if words}


def _row(typed: Mapping[str, str], index: int) -> dict[str, str]:
    return {name: typed.get(f"comments.{index}.{name}", "") for name in COMMENT_FIELDS}


def _rows(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    told = {f"comments.{at}.{name}": value for at, row in enumerate(rows) for name, value in row.items()}
    return told | {"blocks": str(len(rows))}


def paper(
    typed: Form,
    places: NamedPlaces,
    organisations: Collection[str],
    areas: Collection[str],
    scans: tuple[AttachmentInput, ...],
    today: date,
) -> Paper:
    """What an officer entered; `organisations` and `areas` are the ids offered. Raises Invalid."""
    errors: dict[str, str] = {}
    kind = _word(typed, "kind", SubmissionKind, errors)
    channel = _word(typed, "channel", Channel, errors)
    if channel is not None and channel not in PAPER:
        errors["channel"] = "not_a_choice"
    body = _typed_body(typed, errors)
    sender = _sender(typed, organisations, areas, kind if body is None else None, errors)
    received_on = _day(typed, "received_on", errors) or today
    letter, critique = _letter(typed, errors), _critique(typed, kind, errors)
    comments = _comments(typed, places, errors, alone=critique is None)
    if errors or kind is None or channel is None:
        raise Invalid(errors)
    return Paper(
        kind=kind,
        channel=channel,
        comments=comments,
        sender=sender,
        letter=letter,
        received_on=received_on,
        received_reason=typed.get("received_reason", ""),
        idempotency_key=typed.get("key", ""),
        scans=scans,
        critique=critique,
        typed_body=body,
    )


def _typed_body(typed: Form, errors: dict[str, str]) -> TypedBody | None:
    """A body that is not on the list, by its name; one that was chosen from the list too is one too many."""
    name = one_line(typed.get("new_body", ""))
    if not name:
        return None
    if typed.get("organisation"):
        errors["new_body"] = "one_body_only"
    if len(name) > LONGEST_NAME:
        errors["new_body"] = "too_long"
    kind = _word(typed, "new_body_kind", OrganisationKind, errors)
    level = _word(typed, "new_body_level", Level, errors)
    for field, word, offered in (("new_body_kind", kind, KINDS), ("new_body_level", level, LEVELS)):
        if word is not None and word not in offered:
            errors[field] = "not_a_choice"
    return TypedBody(name, kind, level) if kind is not None and level is not None else None


def _word(typed: Form, name: str, words: Any, errors: dict[str, str]) -> Any:
    given = typed.get(name, "")
    if given in set(words):
        return words(given)
    errors[name] = "not_a_choice" if given else "required"
    return None


def _key(typed: Form, name: str, known: Collection[str], errors: dict[str, str]) -> UUID | None:
    given = typed.get(name, "")
    if given and given not in known:
        errors[name] = "not_a_choice"
    return UUID(given) if given and given in known else None


def _day(typed: Form, name: str, errors: dict[str, str]) -> date | None:
    given = typed.get(name, "").strip()
    if not given:
        return None
    day = day_of(given)
    if day is None:
        errors[name] = "not_a_date"
    return day


def _sender(
    typed: Form,
    organisations: Collection[str],
    areas: Collection[str],
    kind: SubmissionKind | None,
    errors: dict[str, str],
) -> Sender:
    organisation = _key(typed, "organisation", organisations, errors)
    if kind in {SubmissionKind.FORMAL, SubmissionKind.CRITIQUE} and organisation is None and "new_body" not in errors:
        errors.setdefault("organisation", "required")
    if kind is SubmissionKind.COMMENT and organisation is not None:
        errors["organisation"] = "organisation_sends_letters"
    return Sender(
        name=typed.get("name", ""),
        publish_name=bool(typed.get("publish_name")),
        area_id=_key(typed, "area", areas, errors),
        contact=typed.get("contact", ""),
        organisation_id=organisation,
    )


def _letter(typed: Form, errors: dict[str, str]) -> Letter:
    return Letter(
        number=typed.get("letter_number", ""),
        on=_day(typed, "letter_on", errors),
        signatory_name=typed.get("signatory_name", ""),
        signatory_office=typed.get("signatory_office", ""),
        signing_line=typed.get("signing_line", ""),
        place=typed.get("letter_place", ""),
    )


def _critique(typed: Form, kind: SubmissionKind | None, errors: dict[str, str]) -> CritiqueInput | None:
    if kind is not SubmissionKind.CRITIQUE:
        return None
    said = {name: typed.get(f"criterion_{name}", "") for name in CRITIQUE_TEXTS}
    return CritiqueInput(
        form=typed.get("form", ""),
        criteria={name: text for name, text in said.items() if not blank(text)},
        conclusion=typed.get("conclusion", ""),
        held_on=_day(typed, "held_on", errors),
        participants=typed.get("participants", ""),
        agreement_number=typed.get("agreement_number", ""),
        agreement_on=_day(typed, "agreement_on", errors),
        proceedings={name: text for name in PROCEEDINGS if not blank(text := typed.get(name, ""))},
    )


def _comments(typed: Form, places: NamedPlaces, errors: dict[str, str], alone: bool) -> tuple[CommentInput, ...]:
    """Those that say anything; an empty block in between is nobody's comment. What says nothing beside them, `alone`,
    has one at least."""
    found = []
    for index in range(blocks(typed)):
        given = {name: typed.get(f"comments.{index}.{name}", "") for name in COMMENT_FIELDS}
        if all(blank(text) for text in given.values()):
            continue
        if blank(given["text"]):
            errors[f"comments.{index}.text"] = "required"
        if given["stance"] and given["stance"] not in set(Stance):
            errors[f"comments.{index}.stance"] = "not_a_choice"
        if given["topic"] and given["topic"] not in set(Topic):
            errors[f"comments.{index}.topic"] = "not_a_choice"
        try:
            anchor = places.find(given["place"])
        except NotFound:
            errors[f"comments.{index}.place"] = "unknown_place"
            continue
        stance = Stance(given["stance"]) if given["stance"] in set(Stance) else None
        topic = Topic(given["topic"]) if given["topic"] in set(Topic) else None
        found.append(CommentInput(given["text"], anchor, stance, given["proposed"], given["reason"], topic))
    if alone and not found and not any(name.startswith("comments.") for name in errors):
        errors["comments.0.text"] = "required"
    return tuple(found)
