"""A second word as it is typed: of one answer, or of a letter as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from consult.errors import Invalid
from consult.responses.second_words.words import Verdict
from consult.text import blank, stored

LONGEST = 3_000
REMARK = "remark"
"""What is typed for a remark without a verdict."""


@dataclass(frozen=True)
class Said:
    """Whether an answer satisfies, with the reasons; of what satisfies they may be empty. Without a verdict it is a
    remark, to which nothing is owed."""

    verdict: Verdict | None
    text: str


def checked(verdict: str, text: str) -> Said:
    """What was typed, as it is kept. Raises Invalid({"verdict" | "remark": code}): what does not satisfy has its
    reasons, and a remark its words."""
    said, errors = stored(text), {}
    if verdict not in {*Verdict, REMARK}:
        errors["verdict"] = "not_a_choice" if verdict else "required"
    if verdict in {Verdict.UNSATISFIED, REMARK} and blank(said):
        errors["remark"] = "required"
    if len(said) > LONGEST:
        errors["remark"] = "too_long"
    if errors:
        raise Invalid(errors)
    return Said(None if verdict == REMARK else Verdict(verdict), "" if blank(said) else said)


def checked_by_point(typed: Mapping[int, tuple[str, str]]) -> dict[int, Said]:
    """The same of several points by the numbers of their comments; those of which nothing was typed are left out.
    Raises Invalid with the fields `verdict-<number>` and `remark-<number>`."""
    found: dict[int, Said] = {}
    errors: dict[str, str] = {}
    for number, (verdict, text) in typed.items():
        if not verdict and blank(text):
            continue
        try:
            found[number] = checked(verdict, text)
        except Invalid as wrong:
            errors |= {f"{name}-{number}": code for name, code in wrong.errors.items()}
    if errors:
        raise Invalid(errors)
    return found


def second_words(form: Mapping[str, str]) -> tuple[dict[int, Said], Said | None]:
    """What is said of single answers by the numbers of their comments, and of a letter as a whole, None where nothing
    is. Raises Invalid with the fields of the page (`verdict-3`, `remark-3`; `verdict`, `remark` of the whole)."""
    typed = {
        _number(name.removeprefix("verdict-")): (form[name], form.get(name.replace("verdict", "remark", 1), ""))
        for name in form
        if name.startswith("verdict-")
    }
    errors: dict[str, str] = {}
    by_point: dict[int, Said] = {}
    whole = None
    try:
        by_point = checked_by_point({one: words for one, words in typed.items() if one})
    except Invalid as wrong:
        errors |= wrong.errors
    try:
        if form.get("verdict") or not blank(form.get("remark", "")):
            whole = checked(form.get("verdict", ""), form.get("remark", ""))
    except Invalid as wrong:
        errors |= wrong.errors
    if errors:
        raise Invalid(errors)
    return by_point, whole


def _number(text: str) -> int:
    """The number of a comment; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
