"""What is asked of FTS5, put together from quoted words: whatever was typed, nothing of it is syntax."""

from collections.abc import Iterable, Iterator

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
    return " AND ".join([*_said(words), *facts])


def tiers(words: Terms, facts: list[str]) -> Iterator[str]:
    """What is found in the order of its worth: by the title; as written with accents, standing together; as written;
    standing together; all the rest. Each tier holds the ones before it that fit."""
    if not words.terms:
        yield count_query(words, facts)
        return
    everything = [*_said(words), *facts]
    yield " AND ".join([*(f"title : {_quoted(term.folded)}" for term in words.terms), *_phrases(words), *facts])
    spelt = [f"spelt : {_quoted(term.accented)}" for term in words.terms if term.accents]
    order = [term.folded for term in words.terms]
    together = [f"said : {_quoted(' '.join(order))}"] if len(order) > 1 else []
    if spelt and together:
        yield " AND ".join([*together, *spelt, *_phrases(words), *facts])
    if spelt:
        yield " AND ".join([*spelt, *everything])
    if together:
        yield " AND ".join([*together, *_phrases(words), *facts])
    yield " AND ".join(everything)


def _said(words: Terms) -> Iterable[str]:
    return [*_phrases(words), *(f"said : {_quoted(term.folded)}" for term in words.terms)]


def _phrases(words: Terms) -> list[str]:
    return [f"said : {_quoted(' '.join(run))}" for run in words.phrases]


def _quoted(words: str) -> str:
    """A string of FTS5. Words hold letters and digits only; were one to hold a quotation mark, it would stay inside."""
    return '"' + words.replace('"', '""') + '"'
