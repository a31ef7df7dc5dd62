"""What kind of term a due day comes from: set by law, agreed and announced, or only kept inside the body that
answers."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

BY_LAW = "law"


class TermKind(StrEnum):
    """Told apart in words and colour wherever a due day is shown. What is agreed stands in the programme of
    coordination or a rule of the province that was announced; what is internal binds nobody outside and is shown to
    nobody there."""

    STATUTORY = "statutory"
    AGREED = "agreed"
    INTERNAL = "internal"


def kind_of(rule: Mapping[str, Any]) -> TermKind:
    """The kind of the term that a rule of a legal profile sets. A rule says `term: internal` of itself; one whose
    `basis` is the law is statutory; every other is agreed."""
    if rule.get("basis") == BY_LAW:
        return TermKind.STATUTORY
    return TermKind.INTERNAL if rule.get("term") == TermKind.INTERNAL else TermKind.AGREED
