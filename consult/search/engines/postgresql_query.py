"""What is asked of PostgreSQL: the conditions as `tsquery`, and what that cannot tell as plain SQL beside it.

A `tsquery` finds texts that hold words, and pairs of words that stand side by side, which are words of the index too:
most of what people look for is two syllables. That more than two stand side by side is then looked up in the folded
text itself; no text is too long for that, as it would be for a `tsvector` with places.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from consult.search.engines.conditions import Condition, Every, Field, Holds
from consult.search.engines.fts5_rows import as_word
from consult.search.engines.seam import SearchFilters

SIGNS = {Field.SAID: "", Field.TITLE: "t:", Field.SPELT: "s:"}
"""What stands before a word in the one column that is searched: no word has a colon."""
PAIRS = {Field.SAID: "2:", Field.TITLE: "t2:"}
"""The same of two words side by side."""
FACT = "f:"
LINES = {Field.SAID: "said", Field.TITLE: "called"}
"""The columns that hold words in their order."""


@dataclass
class Where:
    """What stands behind WHERE, and the values bound in it; one of these serves all parts of a statement, and the same
    condition is the same clause in each."""

    values: dict[str, str] = field(default_factory=dict)

    def of(self, condition: Condition, facts: list[str]) -> str:
        """The clause for a condition and the facts a result must have; empty when nothing is asked."""
        wanted = _all([_held(condition), *(_quoted(fact) for fact in facts)])
        if not wanted:
            return ""
        beside = [f" AND {self._exactly(one)}" for one in _parts(condition) if _together(one)]
        return self._holds(wanted) + "".join(beside)

    def _exactly(self, condition: Condition) -> str:
        if not _together(condition):
            held = _held(condition)
            return self._holds(held) if held else "true"
        if isinstance(condition, Holds):
            line = self._bound(f" {' '.join(condition.words)} ")
            return f"strpos({LINES[condition.field]}, {line}) > 0"
        sign = " AND " if isinstance(condition, Every) else " OR "
        return f"({sign.join(self._exactly(one) for one in condition.of)})"

    def _holds(self, wanted: str) -> str:
        return f"held @@ CAST({self._bound(wanted)} AS tsquery)"

    def _bound(self, value: str) -> str:
        name = next((name for name, known in self.values.items() if known == value), f"v{len(self.values)}")
        self.values[name] = value
        return f":{name}"


def narrowed(filters: SearchFilters) -> list[str]:
    """The facts that a result must have, as words of the index."""
    facts = [*filters.facts]
    facts += [f"matter:{filters.matter.hex}"] if filters.matter is not None else []
    facts += [f"thing:{filters.thing}"] if filters.thing is not None else []
    return [f"{FACT}{as_word(fact)}" for fact in facts]


def pairs_of(field: Field, words: Sequence[str]) -> list[str]:
    """The pairs of neighbours among words in their order, as words of the index."""
    return [f"{PAIRS[field]}{one}_{other}" for one, other in pairwise(words)]


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.of if isinstance(condition, Every) else (condition,)


def _together(condition: Condition) -> bool:
    """Whether more words must stand side by side than pairs tell."""
    if isinstance(condition, Holds):
        return condition.field in PAIRS and len(condition.words) > 2
    return any(_together(one) for one in condition.of)


def _held(condition: Condition) -> str:
    """The words that a condition asks for as a tsquery, wherever they stand; empty when anything meets it."""
    if isinstance(condition, Holds):
        if condition.field in PAIRS and len(condition.words) > 1:
            return _all([_quoted(pair) for pair in pairs_of(condition.field, condition.words)])
        return _all([_quoted(SIGNS[condition.field] + word) for word in condition.words])
    held = [_held(one) for one in condition.of]
    if isinstance(condition, Every):
        return _all(held)
    return f"({' | '.join(held)})" if all(held) else ""


def _all(held: list[str]) -> str:
    known = list(dict.fromkeys(one for one in held if one))
    return f"({' & '.join(known)})" if known else ""


def _quoted(word: str) -> str:
    """A word of a tsquery: whatever it holds, nothing of it is syntax."""
    doubled = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
