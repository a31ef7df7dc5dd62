"""What words that mean the same do, before anybody decides on them."""

from collections.abc import Sequence

from consult.administration.reference.synonyms import Effect
from consult.search.engines.seam import Search, SearchFilters, Unavailable
from consult.search.engines.tokens import terms
from consult.search.thesaurus import with_groups

Groups = Sequence[Sequence[str]]


def effects(engine: Search, words: Sequence[str], before: Groups, after: Groups) -> list[Effect]:
    """How much each of the words finds with the groups of before and of after; nothing while there is no index."""
    try:
        return [_effect(engine, word, before, after) for word in words]
    except Unavailable:
        return []


def _effect(engine: Search, word: str, before: Groups, after: Groups) -> Effect:
    then, now = (engine.query(with_groups(groups, terms(word)), SearchFilters(), 1) for groups in (before, after))
    return Effect(word, then.total, now.total, then.more or now.more)
