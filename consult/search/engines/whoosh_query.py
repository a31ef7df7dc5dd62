"""What is asked of Whoosh: conditions as its own queries, made of terms by hand."""

from collections import Counter

from whoosh.query import And, Or, Phrase, Query, Term
from whoosh.searching import Searcher

from consult.search.engines import conditions
from consult.search.engines.conditions import Condition, Every, Field, Holds
from consult.search.engines.ranking import STANDING
from consult.search.engines.seam import SearchFilters
from consult.search.engines.tokens import Terms

FIELDS = {Field.SAID: "words", Field.SPELT: "spelt"}
"""Titles are told apart when what was found is put in order."""


def hits(searcher: Searcher, words: Terms, filters: SearchFilters, most: int) -> tuple[dict[int, float], int]:
    """What meets all that is asked, by number with its score, and how much that is: of more than `most`, among which
    nothing that stands first may be missing, the best of each kind; of fewer all, which need no score then."""
    narrowed = _narrowed(filters)
    if words.enough:
        return _with_enough(searcher, words, narrowed, most)
    wanted = [*([_query(conditions.found(words))] if words.parts else []), *narrowed]
    if not wanted:
        return {}, 0
    numbers = list(searcher.docs_for_query(And(wanted)))
    if len(numbers) <= most:
        return dict.fromkeys(numbers, 0.0), len(numbers)
    best = [searcher.search(And(wanted), limit=most)]
    best += [searcher.search(And([*wanted, Term("thing", thing.value)]), limit=most) for thing in STANDING]
    return {hit.docnum: float(hit.score) for found in best for hit in found}, len(numbers)


def _with_enough(searcher: Searcher, words: Terms, narrowed: list[Query], most: int) -> tuple[dict[int, float], int]:
    """What has enough of the parts: each is looked for once, and how many something has is counted here."""
    counted = Counter(
        number for part in words.parts for number in set(searcher.docs_for_query(_query(conditions.of_part(part))))
    )
    numbers = {number for number, times in counted.items() if times >= words.enough}
    if narrowed:
        numbers &= set(searcher.docs_for_query(And(narrowed)))
    if len(numbers) > most:
        first = set(searcher.docs_for_query(Or([Term("thing", thing.value) for thing in STANDING])))
        kept = sorted(numbers, key=lambda number: (number in first, counted[number], number), reverse=True)[:most]
        return dict.fromkeys(kept, 0.0), len(numbers)
    return dict.fromkeys(numbers, 0.0), len(numbers)


def _narrowed(filters: SearchFilters) -> list[Query]:
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
