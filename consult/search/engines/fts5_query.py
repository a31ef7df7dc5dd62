"""What is asked of FTS5, put together from quoted words: whatever was typed, nothing of it is syntax."""

from collections.abc import Iterator

from consult.search.engines import conditions
from consult.search.engines.conditions import Condition, Every, Holds
from consult.search.engines.fts5_rows import as_word
from consult.search.engines.seam import SearchFilters
from consult.search.engines.tokens import Terms


def narrowed(filters: SearchFilters) -> list[str]:
    """The facts that a result must have, each as a condition; the rarer ones first."""
    facts = [*filters.facts]
    if filters.matter is not None:
        facts.append(f"matter:{filters.matter.hex}")
    if filters.thing is not None:
        facts.append(f"thing:{filters.thing}")
    return [f"facts : {_quoted(as_word(fact))}" for fact in facts]


def count_query(words: Terms, facts: list[str]) -> str:
    """Everything that is found; empty when nothing is asked."""
    return _all_of(conditions.found(words), facts)


def steps(words: Terms, facts: list[str]) -> Iterator[list[str]]:
    """What is found in the order of its worth (`conditions.orders`), once for what is asked twice."""
    for step in conditions.orders(words):
        yield list(dict.fromkeys(_all_of(condition, facts) for condition in step))


def _all_of(condition: Condition, facts: list[str]) -> str:
    return " AND ".join([*_said(condition), *facts])


def _said(condition: Condition) -> list[str]:
    """The parts of a condition that all must hold, each once."""
    if isinstance(condition, Holds):
        return [f"{condition.field} : {_quoted(' '.join(condition.words))}"]
    if isinstance(condition, Every):
        return list(dict.fromkeys(said for one in condition.of for said in _said(one)))
    return [f"({' OR '.join(_grouped(one) for one in condition.of)})"]


def _grouped(condition: Condition) -> str:
    said = _said(condition)
    return said[0] if len(said) == 1 else f"({' AND '.join(said)})"


def _quoted(words: str) -> str:
    """A string of FTS5. Words hold letters and digits only; were one to hold a quotation mark, it would stay inside."""
    return '"' + words.replace('"', '""') + '"'
