"""What the forms of a branch sent, as plain values."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from itsdangerous import BadSignature
from werkzeug.datastructures import FileStorage

from consult.collections.inputs import NewFile, NewGathering, NewOpinion
from consult.collections.words import FileKind, Gathered
from consult.errors import Invalid, NotFound
from consult.files import letter_scans
from consult.text import blank, day_of, one_line
from consult.web import context

WAYS = {"hop": Gathered.MEETING, "tham": Gathered.VISIT, "goi": Gathered.CALL, "phieu": Gathered.PAPER}
"""What is recorded, as addresses name it."""
ADDRESSES = {how: name for name, how in WAYS.items()}
PURPOSE = "branch files"
MOST_AT_ONCE = 20
NOT_A_NUMBER = -1


def gathering(form: Any, how: Gathered, files: Sequence[NewFile] = ()) -> NewGathering:
    """A gathering as typed. Raises Invalid for a day that is none."""
    held_on = day_of(form.get("held_on", ""))
    if held_on is None and not blank(form.get("held_on", "")):
        raise Invalid({"gathering.held_on": "not_a_date"})
    return NewGathering(
        how=how,
        place=form.get("place", ""),
        held_on=held_on,
        people=number(form.get("people", "")),
        note=form.get("note", ""),
        minutes_signed=form.get("minutes_signed") == "1",
        files=tuple(files),
    )


def opinion(form: Any) -> NewOpinion:
    """One opinion as typed."""
    return NewOpinion(
        text=form.get("text", ""),
        anchor=form.get("anchor", ""),
        stance=form.get("stance", ""),
        proposed=form.get("proposed", ""),
        reason=form.get("reason", ""),
        differing=form.get("differing") == "1",
        people=number(form.get("sharing", ""), 1),
        person_name=form.get("person_name", ""),
        contact=form.get("contact", ""),
    )


def said(one: NewOpinion) -> bool:
    """Whether anything was typed or chosen in the fields of an opinion."""
    return not blank(one.text + one.proposed + one.reason) or bool(one.stance)


def number(typed: str, empty: int = 0) -> int:
    """A number as people type it; `empty` for nothing, and one that no rule takes for what is none."""
    digits = one_line(typed).replace(".", "").replace(" ", "")
    if not digits:
        return empty
    return int(digits) if digits.isdecimal() and len(digits) < 7 else NOT_A_NUMBER


def files(sent: Sequence[FileStorage], kept: str, kind: FileKind) -> list[NewFile]:
    """Photographs and scans that came with a form, and those that came with it before (`kept`), in the store. Raises
    Invalid({"files": …})."""
    before = unsealed(kept)
    chosen = [file for file in sent if file.filename]
    if len(chosen) + len(before) > MOST_AT_ONCE:
        raise Invalid({"files": "too_many_files"})
    found = list(before)
    for file in chosen:
        try:
            checked = letter_scans.checked(file.read(), file.filename or "")
        except Invalid as wrong:
            raise Invalid({"files": wrong.errors["scan"]}) from wrong
        held = context.files().put(checked.data)
        found.append(NewFile(kind, held, checked.name, checked.media_type, len(checked.data)))
    return found


def sealed(kept: Sequence[NewFile]) -> str:
    """Files that came with a form that is given back, so that nobody has to choose them again."""
    said: str = context.secrets().serializer(PURPOSE).dumps([asdict(file) for file in kept]) if kept else ""
    return said


def unsealed(kept: str) -> list[NewFile]:
    """The same read again; nothing of what was not ours."""
    try:
        rows = context.secrets().serializer(PURPOSE).loads(kept) if kept else []
    except BadSignature:
        return []
    return [NewFile(**{**row, "kind": FileKind(row["kind"])}) for row in rows]


def key(typed: str) -> UUID:
    """An id in a form; raises NotFound."""
    try:
        return UUID(typed)
    except ValueError as wrong:
        raise NotFound from wrong
