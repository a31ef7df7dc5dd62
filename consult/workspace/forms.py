"""The form of an organisation's draft, as plain values; nothing in it is required until it is handed over."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult.errors import Invalid
from consult.submissions.words import IMPACT_FACETS, SubmissionKind
from consult.text import one_line, stored
from consult.workspace.content import PLAIN_CRITERIA, TEXTS, DraftContent
from consult.workspace.points import FIRST, PARTS, Point, new_key

NOTE = "note."
"""How the names of fields for internal remarks begin."""
KEY = re.compile(r"[0-9a-z]{1,32}")
"""How the names of points are written."""
LETTERS = {kind.value: kind for kind in (SubmissionKind.FORMAL, SubmissionKind.CRITIQUE)}


def content(form: MultiDict[str, str]) -> DraftContent:
    """What was typed, as typed but for signs that no page can show."""
    comments: list[Point] = []
    while f"comments.{len(comments)}.text" in form:
        start = f"comments.{len(comments)}."
        key = form.get(f"{start}key", "")
        named = key if KEY.fullmatch(key) else str(len(comments) + 1)
        named = new_key() if any(one.key == named for one in comments) else named
        comments.append(Point(**{name: stored(form.get(start + name, "")) for name in PARTS}, key=named))
    texts: dict[str, Any] = {name: stored(form.get(name, "")) for name in TEXTS}
    return DraftContent(
        comments=tuple(comments) or (FIRST,),
        criteria=_said(form, "criteria", PLAIN_CRITERIA),
        impact=_said(form, "impact", IMPACT_FACETS),
        **texts,
    )


def _said(form: MultiDict[str, str], group: str, names: Sequence[str]) -> dict[str, str]:
    """What was said under each name of a group; what was left empty is left out."""
    texts = {name: stored(form.get(f"{group}.{name}", "")) for name in names}
    return {name: text for name, text in texts.items() if text}


def taken_out(form: MultiDict[str, str]) -> frozenset[int]:
    """The numbers of the comments of a letter that its sender takes out."""
    return frozenset(number(one) for one in form.getlist("out") if number(one))


def version(form: MultiDict[str, str]) -> int:
    """The version that the form was made from; 0, which no draft has, for what no form of ours sends."""
    return number(form.get("version", ""))


def step(form: MultiDict[str, str]) -> tuple[str, str]:
    """The button that was pressed and what it is about ("remove:2")."""
    name, _, about = form.get("do", "").partition(":")
    return name, about


def number(text: str) -> int:
    """A number of at most nine digits; 0 for anything else."""
    return int(text) if digits(text) else 0


def digits(text: str) -> bool:
    """Whether it is a number of at most nine digits."""
    return text.isascii() and text.isdigit() and len(text) < 10


def chosen(form: MultiDict[str, str]) -> tuple[UUID, SubmissionKind]:
    """For which organisation, and which kind of letter; raises Invalid."""
    errors = {}
    kind = LETTERS.get(form.get("kind", ""))
    if kind is None:
        errors["kind"] = "not_a_choice"
    found = key(form.get("organisation", ""))
    if found is None:
        errors["organisation"] = "not_a_choice"
    if kind is None or found is None:
        raise Invalid(errors)
    return found, kind


def key(text: str) -> UUID | None:
    """An id as our pages write it; None for anything else."""
    try:
        return UUID(one_line(text))
    except ValueError:
        return None


def notes(form: MultiDict[str, str]) -> dict[str, str]:
    """The internal remarks that were typed, by the names of the points."""
    told = {name.removeprefix(NOTE): text for name, text in form.items() if name.startswith(NOTE)}
    return {point: text for point, text in told.items() if KEY.fullmatch(point)}
