"""The form of a rule as plain values: sent to be tried, and the same again to be kept."""

from werkzeug.datastructures import MultiDict

from consult.errors import Invalid, NotFound
from consult.responses.desk.forms import optional_key
from consult.responses.desk.listing.forms_filters import KINDS
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.responses.rules.matching import NewRule
from consult.text import one_line

FIELDS = ("rule_place", "rule_kind", "rule_tag", "to_unit", "to_user", "set_tag")
Form = MultiDict[str, str]


def typed(form: Form) -> dict[str, str]:
    """What stands in the fields."""
    return {name: form.get(name, "")[:200] for name in FIELDS}


def is_typed(form: Form) -> bool:
    """Whether a rule was sent to be tried."""
    return any(name in form for name in FIELDS)


def new_rule(form: Form, places: NamedPlaces) -> NewRule:
    """The rule that was typed. Raises Invalid({"rule_place": "unknown_place"}) and NotFound for what no form sends."""
    try:
        place = places.find(form.get("rule_place", ""))
    except NotFound as unknown:
        raise Invalid({"rule_place": "unknown_place"}) from unknown
    kind, tag = form.get("rule_kind", ""), form.get("rule_tag", "")
    if kind and kind not in KINDS:
        raise NotFound
    return NewRule(
        place,
        kind,
        int(tag) if tag.isascii() and tag.isdigit() and len(tag) < 9 else 0,
        optional_key(form, "to_unit"),
        optional_key(form, "to_user"),
        one_line(form.get("set_tag", "")),
    )
