"""What the forms of who consolidates sent, as plain values."""

from typing import Any

from consult.collections.consolidating.service import NewPoint

MOST = 5_000


def numbers(values: list[str]) -> list[int]:
    """Numbers of opinions that were ticked or stand in an address, each once; what is none is left out."""
    found = [int(one) for value in values for one in value.split(",") if one.strip().isdecimal() and len(one) < 9]
    return list(dict.fromkeys(found))[:MOST]


def point(form: Any) -> NewPoint:
    """A consolidated opinion as typed."""
    return NewPoint(
        form.get("text", ""),
        form.get("anchor", ""),
        form.get("stance", ""),
        form.get("proposed", ""),
        form.get("reason", ""),
        form.get("differing") == "1",
    )
