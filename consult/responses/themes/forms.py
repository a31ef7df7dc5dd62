"""The forms of themes as plain values."""

from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult.errors import Invalid, NotFound

Form = MultiDict[str, str]
SAME, OTHER = "same", "other"


def page(typed: Form) -> int:
    """Which page of a list; the first for whatever is no number."""
    return _number(typed.get("page", "")) or 1


def largest_first(typed: Form) -> bool:
    """Whether the order that the address asks for is that of the largest first."""
    return typed.get("order") == "largest"


def samples(typed: Form) -> list[UUID]:
    """The texts that were ticked. Raises NotFound for what is no id."""
    return [_id(one) for one in typed.getlist("sample")]


def into(typed: Form) -> int:
    """The number of the theme to which another is put. Raises Invalid for what is no number."""
    said = typed.get("into", "").strip()
    found = _number(said)
    if not found:
        raise Invalid({"into": "no_such_theme" if said else "required"})
    return found


def pair(typed: Form) -> tuple[UUID, UUID]:
    """The two texts that were judged. Raises NotFound."""
    return _id(typed.get("first", "")), _id(typed.get("second", ""))


def same(typed: Form) -> bool:
    """What was said of them. Raises NotFound for what is neither."""
    said = typed.get("act", "")
    if said not in (SAME, OTHER):
        raise NotFound
    return said == SAME


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as bad:
        raise NotFound from bad


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 9 else 0
