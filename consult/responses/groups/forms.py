"""The forms of groups as plain values: texts that were ticked, by one or a bundle at once, and numbers in short."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult.errors import Invalid, NotFound
from consult.responses.desk.forms import passages, ticked_warnings
from consult.responses.groups.covering import MOST
from consult.responses.groups.opened import OpenGroup
from consult.similar.words import Likeness
from consult.text import one_line

Form = MultiDict[str, str]
BETWEEN, UNTIL = " ", "-"


@dataclass(frozen=True)
class GroupAnswer:
    """An answer to a group as typed; `started_from` is the version that was before the writer's eyes, `ticked` the
    warnings that they saw."""

    disposition: str = ""
    text: str = ""
    change: str = ""
    change_path: str = ""
    started_from: int = 0
    ticked: list[str] = field(default_factory=list)
    passages: list[UUID] = field(default_factory=list)


def page(typed: Form) -> int:
    """Which page of a list; the first for whatever is no number."""
    return _number(typed.get("page", "")) or 1


def chosen(typed: Form, group: OpenGroup) -> list[str]:
    """The texts of a page that were ticked, those of ticked bundles among them."""
    bundles, ticked = set(typed.getlist("bundle")), set(typed.getlist("said"))
    return [one.said for one in group.texts if one.likeness.value in bundles or one.said in ticked]


def moved(typed: Form) -> tuple[int, int | None]:
    """Which comment is moved and to which group (None: one of its own). Raises Invalid for what is no number."""
    said, to = typed.get("number", "").strip(), typed.get("to", "").strip()
    errors = {} if _number(said) else {"number": "no_such_number" if said else "required"}
    if to and not _number(to):
        errors["to"] = "no_such_number"
    if errors:
        raise Invalid(errors)
    return _number(said), _number(to) or None


def answer(typed: Form) -> GroupAnswer:
    """An answer as it was typed."""
    return GroupAnswer(
        disposition=typed.get("disposition", ""),
        text=typed.get("text", ""),
        change=typed.get("change", ""),
        change_path=one_line(typed.get("change_path", "")),
        started_from=_number(typed.get("started_from", "")),
        ticked=ticked_warnings(typed),
        passages=passages(typed),
    )


def in_short(numbers: Iterable[int]) -> str:
    """Numbers as one short field: "1-20 35 37-90"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return BETWEEN.join(f"{first}" if first == last else f"{first}{UNTIL}{last}" for first, last in runs)


def covers(typed: Form) -> list[int]:
    """The numbers of such a field. Raises NotFound for what is none, and for too many."""
    found: list[int] = []
    for run in typed.get("covers", "").split():
        first, _until, last = run.partition(UNTIL)
        start, end = _number(first), _number(last or first)
        if not start or end < start or end - start + len(found) >= MOST:
            raise NotFound
        found += range(start, end + 1)
    if not found:
        raise NotFound
    return found


def bundles() -> list[Likeness]:
    """What differs from a sample, in the order in which it is shown."""
    return [one for one in Likeness if one is not Likeness.IDENTICAL]


def _number(text: str) -> int:
    """A number from 1 on; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 9 else 0
