"""The form by which work is handed over, as plain values."""

from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult.errors import NotFound


def person(typed: MultiDict[str, str], name: str) -> UUID | None:
    """Who was chosen, None when nobody was. Raises NotFound for what is no id."""
    try:
        return UUID(typed[name]) if typed.get(name) else None
    except ValueError as bad:
        raise NotFound from bad
