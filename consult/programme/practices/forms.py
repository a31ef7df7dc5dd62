"""The forms of models, of what is recorded of them and of criteria, as plain values."""

from typing import Any

from consult.files.signed_files import KeptFile
from consult.programme.forms import Form, days, key
from consult.programme.practices.acts import NewAct
from consult.programme.practices.criteria import MOST_ITEMS
from consult.programme.practices.practice_facts import NewPractice
from consult.programme.practices.scores import NewScore

TEXTS = ("title", "setting", "kind", "summary", "village", "cost", "households", "how_started", "contact", "reason")


def practice(form: Form) -> NewPractice:
    """A model as typed. Raises Invalid for what is no day."""
    whole: dict[str, Any] = {name: form.get(name, "") for name in TEXTS} | days(form, "started_on")
    whole |= {f"{name}_id": key(form, name) for name in ("lead", "area", "parent")}
    return NewPractice(**whole)


def act(form: Form, file: KeptFile | None) -> NewAct:
    """What is recorded of a model, with its file. Raises Invalid for what is no day."""
    said = {name: form.get(name, "") for name in ("text", "year", "consent")}
    whole: dict[str, Any] = {**said, "households": form.get("counted", ""), **days(form, "day"), "file": file}
    return NewAct(form.get("act", ""), **whole)


def score(form: Form) -> NewScore:
    """Points of a residential area as typed, in the order of the checklist. Raises Invalid for what is no day."""
    points = tuple(form.get(f"points-{place}", "") for place in range(MOST_ITEMS))
    texts = {"village": form.get("village", ""), "note": form.get("note", "")}
    return NewScore(area_id=key(form, "area"), points=points, scored_on=days(form, "scored_on")["scored_on"], **texts)
