"""What of a legal profile the province may set otherwise: how many days, of which kind, and by which document."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from consult.consultations.matter.calendar import DayUnit
from consult.consultations.matter.periods import BY_LAW
from consult.consultations.matter.term_kinds import TermKind, kind_of
from consult.errors import Invalid
from consult.text import one_line

Rule = Mapping[str, Any]
Place = tuple[str, str]
"""A period by its audience, or a rule by its name: ("periods", "public"), ("rules", "answer_days")."""

MOST = {"days": 400, "minutes": 10_000, "hours": 744, "shorter_days": 400}
"""The largest number that each field takes."""
TEXTS = ("label", "citation", "shorter_citation")
LONGEST = 500
PERIODS, RULES = "periods", "rules"


@dataclass(frozen=True)
class Change:
    """One value that differs: of which place and field, before and after."""

    place: Place
    field: str
    before: Any
    after: Any


def places(rules: Rule) -> Iterator[tuple[Place, Rule]]:
    """Every period and rule that has a number of days, in the order of the profile."""
    for period in rules.get(PERIODS, []):
        yield (PERIODS, period["audience"]), period
    for name, rule in rules.get(RULES, {}).items():
        if rule and rule.get("days") is not None:
            yield (RULES, name), rule


def key_of(place: Place, field: str) -> str:
    """The name of a field of the form."""
    return f"{place[0]}-{place[1]}-{field}"


def names_of(place: Place) -> list[str]:
    """The names of all fields that a place may have."""
    return [key_of(place, field) for field in (*MOST, *TEXTS, "unit", "kind")]


def typed_of(rules: Rule) -> dict[str, str]:
    """The fields of the form as they stand in a profile."""
    return {key_of(place, name): value for place, rule in places(rules) for name, value in _fields(rule, place).items()}


def with_typed(rules: Rule, form: Mapping[str, str]) -> dict[str, Any]:
    """The same profile with what was typed; a field that the form does not have stays as it is. Raises Invalid by the
    names of the fields: no number, a kind that is none, a rule of law without its citation, or a term that is shorter
    than the law has it by the same citation."""
    made, errors = deepcopy(dict(rules)), dict[str, str]()
    for (place, rule), (_place, before) in zip(places(made), places(rules), strict=True):
        given = {**_fields(rule, place), **_given(form, place)}
        errors |= {key_of(place, name): code for name, code in _wrong(given, before).items()}
        if not errors:
            rule.update(_values(given, rule))  # type: ignore[attr-defined]
    if errors:
        raise Invalid(errors)
    return made


def changes(before: Rule, after: Rule) -> list[Change]:
    """What differs between two profiles, in the order of the profile."""
    old = dict(places(before))
    return [
        Change(place, name, told[name], value)
        for place, rule in places(after)
        if place in old
        for told in [_fields(old[place], place)]
        for name, value in _fields(rule, place).items()
        if told[name] != value
    ]


def _fields(rule: Rule, place: Place) -> dict[str, str]:
    numbers = {name: str(rule[name]) for name in ("days", "minutes", "hours") if rule.get(name) is not None}
    own = {"unit": str(rule["unit"]), "kind": kind_of(rule).value}
    words = {"label": rule.get("label") or "", "citation": rule.get("citation") or ""}
    if place[0] != PERIODS or place[1] == "critique":
        return numbers | own | words
    shorter = rule.get("shorter") or {}
    cut = {"shorter_days": str(shorter.get("days", "")), "shorter_citation": shorter.get("citation", "")}
    return numbers | own | words | cut


def _given(form: Mapping[str, str], place: Place) -> dict[str, str]:
    begins = key_of(place, "")
    return {name.removeprefix(begins): one_line(form[name]) for name in form if name.startswith(begins)}


def _wrong(given: Mapping[str, str], before: Rule) -> dict[str, str]:
    errors = {
        name: "not_a_count"
        for name in MOST
        if name in given and (given[name] or name != "shorter_days") and not _counts(given[name], MOST[name])
    }
    errors |= {name: "too_long" for name in TEXTS if len(given.get(name, "")) > LONGEST}
    if given["unit"] not in set(DayUnit):
        errors["unit"] = "not_a_choice"
    if given["kind"] not in set(TermKind):
        errors["kind"] = "not_a_choice"
    elif given["kind"] == TermKind.STATUTORY and not given["citation"]:
        errors["citation"] = "citation_needed"
    if given.get("shorter_days") and not given.get("shorter_citation"):
        errors["shorter_citation"] = "citation_needed"
    return errors or _below_law(given, before)


def _below_law(given: Mapping[str, str], before: Rule) -> dict[str, str]:
    """A term that the law sets is made no shorter, and no rule of the province, without another law to cite."""
    if before.get("basis") != BY_LAW or given["citation"] != (before.get("citation") or ""):
        return {}
    if given["kind"] != TermKind.STATUTORY:
        return {"kind": "other_law_needed"}
    if given["unit"] != before["unit"] or int(given["days"]) < before["days"]:
        return {"days": "other_law_needed"}
    return {}


def _values(given: Mapping[str, str], rule: Rule) -> dict[str, Any]:
    kind = TermKind(given["kind"])
    values: dict[str, Any] = {name: int(given[name]) for name in ("days", "minutes", "hours") if name in given}
    values |= {"unit": given["unit"], "label": given["label"] or None, "citation": given["citation"] or None}
    values["basis"] = BY_LAW if kind is TermKind.STATUTORY else "province"
    if kind is TermKind.INTERNAL or "term" in rule:
        values["term"] = kind.value
    if given.get("shorter_days"):
        values["shorter"] = {"days": int(given["shorter_days"]), "citation": given["shorter_citation"]}
    elif "shorter" in rule:
        values["shorter"] = None
    return values


def _counts(typed: str, most: int) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 7 and 1 <= int(typed) <= most
