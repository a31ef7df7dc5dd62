"""The forms of the desk as plain values: what was ticked, an answer, a proposal, the parts of a comment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult.errors import Invalid, NotFound, Refused
from consult.responses.answers.warnings.words import AnswerWarning
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.submissions.inputs import AnchorInput, CommentInput
from consult.submissions.words import CommentActKind, Stance
from consult.text import blank, one_line, stored

Form = MultiDict[str, str]
MOST_NUMBERS = 5_000
MOST_TICKED = 50
PARTS_OF_COMMENT = ("text", "anchor", "stance", "proposed", "reason")
FIELD_OF_PART = {"anchor": "place", "reason": "text"}


@dataclass(frozen=True)
class AnswerForm:
    """An answer as typed; `started_from` is the version that was before the writer's eyes, `ticked` the warnings that
    they saw, `passages` what was put into it."""

    numbers: list[int] = field(default_factory=list)
    disposition: str = ""
    text: str = ""
    change: str = ""
    change_path: str = ""
    started_from: int = 0
    ticked: list[str] = field(default_factory=list)
    passages: list[UUID] = field(default_factory=list)


def numbers(typed: Form, name: str = "comment") -> list[int]:
    """The public numbers that were ticked. Raises Refused("nothing_chosen") for none, NotFound for what is none."""
    given = typed.getlist(name)
    if not given:
        raise Refused("nothing_chosen")
    found = [_number(one) for one in given[:MOST_NUMBERS]]
    if len(given) > MOST_NUMBERS or 0 in found:
        raise NotFound
    return found


def how_many(typed: Form, name: str) -> int:
    """How many there were when the form was made. Raises NotFound for no number."""
    found = _number(typed.get(name, ""))
    if not found:
        raise NotFound
    return found


def ticked(asked: Form) -> list[str]:
    """The numbers whose boxes an address has ticked, of one page of a list at most."""
    return [one for one in asked.get("chon", "").split(",")[:MOST_TICKED] if _number(one)]


def ticks(numbers: Iterable[int]) -> str:
    """The part of an address that ticks these again, none where they are more than stand on a page."""
    found = list(numbers)
    return "" if not found or len(found) > MOST_TICKED else "chon=" + ",".join(map(str, found))


def answer(typed: Form) -> AnswerForm:
    """An answer as it was typed, to be saved or given back."""
    return AnswerForm(
        numbers=numbers(typed),
        disposition=typed.get("disposition", ""),
        text=typed.get("text", ""),
        change=typed.get("change", ""),
        change_path=one_line(typed.get("change_path", "")),
        started_from=_number(typed.get("started_from", "")),
        ticked=ticked_warnings(typed),
        passages=passages(typed),
    )


def passages(typed: Form) -> list[UUID]:
    """The standard passages that were put into an answer. Raises NotFound."""
    return [key(one) for one in typed.getlist("passage")[:MOST_TICKED]]


def ticked_warnings(typed: Form) -> list[str]:
    """The codes of the warnings that a writer saw: a box stands for all that were shown there."""
    said = [code for box in typed.getlist("ticked") for code in box.split()]
    return [code for code in AnswerWarning if code in said]


def chosen_answers(typed: Form) -> list[tuple[UUID, str]]:
    """The answers that were ticked, each with the hash of the version that was shown ("id:hash"). Raises NotFound."""
    return [(key(part[0]), part[2]) for part in (one.partition(":") for one in typed.getlist("response"))]


def remarks(typed: Form) -> dict[UUID, str]:
    """What was typed of single answers ("remark-id"). Raises NotFound."""
    said = (name.partition("remark-")[2] for name in typed if name.startswith("remark-"))
    return {key(one): typed[f"remark-{one}"] for one in said if not blank(typed[f"remark-{one}"])}


def page(asked: Form) -> int:
    """Which page of several an address means; the first where it names none."""
    return _number(asked.get("page", "")) or 1


def key(text: str) -> UUID:
    """An id; raises NotFound for what is none."""
    try:
        return UUID(text)
    except ValueError as bad:
        raise NotFound from bad


def optional_key(typed: Form, name: str) -> UUID | None:
    """An id, or None when nothing was chosen."""
    return key(typed[name]) if typed.get(name) else None


def act_kind(typed: Form) -> CommentActKind:
    """What is proposed; raises NotFound for what cannot be."""
    try:
        return CommentActKind(typed.get("kind", ""))
    except ValueError as bad:
        raise NotFound from bad


def proposal(typed: Form) -> tuple[str, dict[str, Any]]:
    """The reason (a code) and details of a proposal: a note, and for a redaction the text to show instead."""
    details = {name: typed.get(f"shown_{name}", "") for name in ("text", "proposed", "reason", "stance")}
    return typed.get("reason", ""), {**details, "note": stored(typed.get("note", ""))[:2_000]}


def parts(typed: Form, how_many: int, whole: AnchorInput | None, places: NamedPlaces) -> list[CommentInput]:
    """The parts that a comment is split into: those of `how_many` with a text. A part without a place keeps that of
    the whole. Raises Invalid({"place.0": "unknown_place"})."""
    found, errors = [], {}
    for index in range(how_many):
        text = typed.get(f"text.{index}", "")
        if blank(text):
            continue
        place = typed.get(f"place.{index}", "")
        try:
            anchor = places.find(place) if not blank(place) else whole
        except NotFound:
            errors[f"place.{index}"] = "unknown_place"
            continue
        found.append(CommentInput(text, anchor, _stance(typed, index), typed.get(f"proposed.{index}", "")))
    if errors:
        raise Invalid(errors)
    return found


def errors_of_parts(typed: Form, how_many: int, errors: Mapping[str, str]) -> dict[str, str]:
    """Errors of the service, which counts the parts that have a text (`comments.1.anchor`), by the names that the form
    gives its fields (`place.4`)."""
    filled = [index for index in range(how_many) if not blank(typed.get(f"text.{index}", ""))]
    fields = {
        f"comments.{position}.{part}": f"{FIELD_OF_PART.get(part, part)}.{index}"
        for position, index in enumerate(filled)
        for part in PARTS_OF_COMMENT
    }
    return {fields.get(name, name): code for name, code in errors.items()}


def _stance(typed: Form, index: int) -> Stance | None:
    given = typed.get(f"stance.{index}", "")
    return Stance(given) if given in set(Stance) else None


def _number(text: str) -> int:
    """A number from 1 on; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 9 else 0
