"""Clauses numbered "1)", "2)" instead of "1.", "2."; below a clause or a point the same numbers only list things."""

from __future__ import annotations

import re
from dataclasses import replace

from consult.outline.grammar.labels import distance
from consult.outline.grammar.markers import Unit
from consult.outline.grammar.stack import Stack

_NEXT = (1, 2, 3)  # a number or two may be missing
_BRACKETED = re.compile(r"(\d{1,2})\)")
_BRACKETED_BEFORE = re.compile(r"\d{1,2}[a-zđ]?\)")


def clause_in_brackets(unit: Unit, stack: Stack) -> Unit | None:
    """The clause that "1)" begins directly below an article or a Roman number, or that counts on from such a one; None
    where it lists what stands in a clause, a point or a decimal number."""
    matched = _BRACKETED.fullmatch(unit.marker)
    if matched is None or stack.grammar.name == "decimal" or stack.scope.closed:
        return None
    clause = stack.find("clause")
    if clause is not None and _BRACKETED_BEFORE.fullmatch(clause.node.marker):
        begins = distance(clause.node.label, matched[1], "clause") in _NEXT
    else:
        above = stack.unit.node.kind in ("article", "roman")
        begins = above and matched[1] == "1" and "clause" not in stack.unit.last
    return replace(unit, kind="clause", label=matched[1], style="") if begins else None
