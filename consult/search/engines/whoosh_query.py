"""What is asked of Whoosh: conditions as its own queries, made of terms by hand."""

from whoosh.query import And, Or, Phrase, Query, Term

from consult.search.engines import conditions
from consult.search.engines.conditions import Condition, Every, Field, Holds
from consult.search.engines.seam import SearchFilters
from consult.search.engines.tokens import Terms

FIELDS = {Field.SAID: "words", Field.SPELT: "spelt"}
"""Titles are told apart when what was found is put in order."""


def found(words: Terms) -> list[Query]:
    """What every result must meet."""
    return [_query(conditions.found(words))] if words.parts else []


def narrowed(filters: SearchFilters) -> list[Query]:
    """The facts that a result must have."""
    wanted: list[Query] = [Term("facts", fact) for fact in filters.facts]
    if filters.thing is not None:
        wanted.append(Term("thing", filters.thing.value))
    if filters.matter is not None:
        wanted.append(Term("matter", filters.matter.hex))
    return wanted


def _query(condition: Condition) -> Query:
    if isinstance(condition, Holds):
        field, words = FIELDS[condition.field], list(condition.words)
        return Term(field, words[0]) if len(words) == 1 else Phrase(field, words)
    of = [_query(one) for one in condition.of]
    return And(of) if isinstance(condition, Every) else Or(of)
