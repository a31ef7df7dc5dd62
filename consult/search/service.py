"""Searching as a person does: what was meant, the results of the index, and each as it stands before it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.search import matters
from consult.search.comment_numbers import number_in, with_number
from consult.search.engines.seam import DEEPEST, PAGE_SIZE, Document, Missing, ResultPage, Search, SearchFilters
from consult.search.engines.tokens import Terms, terms
from consult.search.fewer_words import fewer
from consult.search.gazetteer import Gazetteer, Place
from consult.search.matters import Matter
from consult.search.provision_queries import clause_in
from consult.search.results import Result, ShownResults
from consult.search.similar import Vocabulary
from consult.search.thesaurus import Thesaurus
from consult.search.words import Thing, area_fact, clause_fact, own_clause_fact, result_fact, source_fact, year_fact

DEEPEST_PAGE = DEEPEST // PAGE_SIZE
MOST_PROVISIONS = 5
MOST_OF_PLACE = 5
SURE = 4


@dataclass(frozen=True)
class SearchRequest:
    """What somebody looks for: words as typed, perhaps only things of one kind, of one matter (its slug), of one kind
    of contributor, with one result, of one year; `exact` leaves out other words that mean the same."""

    words: str = ""
    thing: Thing | None = None
    matter: str = ""
    page: int = 1
    source: str = ""
    result: str = ""
    year: int = 0
    exact: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.thing or self.matter or self.source or self.result or self.year)


@dataclass(frozen=True)
class Results:
    """A page of results, with what was understood: the words that were used, the matter they were looked for in, the
    short path of a provision, the number of a comment and the matters that have it, places with their matters. When
    nothing has all words: what else may have been meant, which of it the results are of (`instead`), or how many of how
    many words they have (`enough`, `of`)."""

    words: Terms
    items: Sequence[Result] = ()
    total: int = 0
    more: bool = False
    page: int = 1
    pages: int = 0
    matter: Matter | None = None
    offered: Sequence[Matter] = ()
    clause: str = ""
    places: Sequence[tuple[Place, Sequence[Result]]] = ()
    similar: Sequence[str] = ()
    instead: str = ""
    enough: int = 0
    of: int = 0
    number: int = 0
    numbered: Sequence[Matter] = ()


class Searching:
    """An engine with what is known beside it."""

    def __init__(self, engine: Search, gazetteer: Gazetteer, vocabulary: Vocabulary, thesaurus: Thesaurus) -> None:
        self.engine = engine
        self.gazetteer = gazetteer
        self.vocabulary = vocabulary
        self.thesaurus = thesaurus

    def find(self, session: Session, asked: SearchRequest, now: datetime) -> Results:
        """The results for what is asked, in at most three statements while the index is up to date and no number of a
        comment is named. An unknown matter is no filter. Raises Unavailable when the index cannot be read although
        there is something to find."""
        offered = matters.offered(session, asked.matter, now)
        known = offered.matters
        matter = next((one for one in known if one.slug == asked.matter), None)
        page = min(max(asked.page, 1), DEEPEST_PAGE)
        words = terms(asked.words)
        results = Results(words, matter=matter, offered=known[: matters.OFFERED], page=page)
        asked, results = _numbered(session, asked, results, now)
        if not words.terms or not asked.words:
            return results
        knowing = self.thesaurus.fresh(session, offered.synonyms)
        try:
            found, results = self._asked_of_index(asked, results, knowing)
            if not found.total:
                found, results = self._nearest(asked, results, knowing, now)
            places = self._places(session, asked, now) if page == 1 else []
        except Missing:
            # A new site has no index because it has nothing yet: that is an answer, not a failure.
            if not known:
                return results
            raise
        own = self._own_provisions(asked, results) if page == 1 else ()
        shown = ShownResults(session, known, results.words, now)
        return self._shown(shown, results, found, own, places)

    @staticmethod
    def _shown(
        shown: ShownResults,
        results: Results,
        found: ResultPage,
        own: Sequence[Document],
        places: Sequence[tuple[Place, Sequence[Document]]],
    ) -> Results:
        """The page as it stands in the database now."""
        shown.read([*found.documents, *own, *(one for _place, some in places for one in some)])
        return replace(
            results,
            numbered=_nearest_first(results.numbered, found.documents),
            items=shown.results(_own_first(own, found.documents)),
            total=found.total,
            more=found.more,
            pages=-(-min(found.total, DEEPEST) // PAGE_SIZE),
            places=[(place, shown.results(some)) for place, some in places],
        )

    def _asked_of_index(self, asked: SearchRequest, results: Results, knowing: Thesaurus) -> tuple[ResultPage, Results]:
        """What the index finds: by the provision that was named when there is one such, otherwise by the words."""
        clause = clause_in(asked.words)
        matter = results.matter.id if results.matter else None
        if clause is not None:
            words = _meant(clause.rest, asked, knowing)
            facts = (*_facts(asked), clause_fact(clause.path))
            found = self.engine.query(words, SearchFilters(asked.thing, matter, facts), results.page)
            if found.total:
                return found, replace(results, words=words, clause=clause.path)
        return self._by_words(_meant(asked.words, asked, knowing), asked, results)

    def _by_words(self, words: Terms, asked: SearchRequest, results: Results) -> tuple[ResultPage, Results]:
        matter = results.matter.id if results.matter else None
        filters = SearchFilters(asked.thing, matter, _facts(asked))
        return self.engine.query(words, filters, results.page), replace(results, words=words)

    def _nearest(
        self, asked: SearchRequest, results: Results, knowing: Thesaurus, now: datetime
    ) -> tuple[ResultPage, Results]:
        """What comes nearest when nothing has all words: those that were meant when some are slips of the finger,
        otherwise what has most of them. Nothing comes near what stands in quotation marks or is a provision."""
        similar = self.vocabulary.similar(self.engine, asked.words, results.words, now)
        results = replace(results, similar=similar)
        if results.words.quoted or asked.exact:
            return ResultPage(), results
        ranks = self.vocabulary.ranks_now(self.engine, now)
        # Nearly every short syllable is another one's slip: such a one is offered, and not taken.
        sure = all(len(word) >= SURE for word in results.words.folded - ranks.keys())
        for said in similar if sure else ():
            found, meant = self._by_words(_meant(said, asked, knowing), asked, results)
            if found.total:
                return found, replace(meant, instead=said)
        clause = clause_in(asked.words)
        typed = _meant(clause.rest, asked, knowing) if clause is not None else results.words
        for words in fewer(typed, ranks):
            found, meant = self._by_words(words, asked, results)
            if found.total:
                return found, replace(
                    meant, enough=words.enough or len(words.parts), of=max(len(typed.parts), len(words.parts))
                )
        return ResultPage(), results

    def _own_provisions(self, asked: SearchRequest, results: Results) -> Sequence[Document]:
        """The very provisions that were named, in every matter or the one asked for."""
        if not results.clause or asked.thing not in {None, Thing.PROVISION} or asked.source or asked.result:
            return ()
        matter = results.matter.id if results.matter else None
        filters = SearchFilters(Thing.PROVISION, matter, (*_facts(asked), own_clause_fact(results.clause)))
        return self.engine.query(results.words, filters, 1).documents[:MOST_PROVISIONS]

    def _places(self, session: Session, asked: SearchRequest, now: datetime) -> list[tuple[Place, Sequence[Document]]]:
        """The places that were named, each with the matters of its area and of those around it."""
        if asked.narrowed:
            return []
        return [(place, self._of_place(place)) for place in self.gazetteer.places_in(session, asked.words, now)]

    def _of_place(self, place: Place) -> Sequence[Document]:
        found: dict[UUID, Document] = {}
        for area in place.around:
            filters = SearchFilters(Thing.MATTER, facts=(area_fact(area.hex),))
            found.update((one.matter, one) for one in self.engine.query(Terms(()), filters, 1).documents)
            if len(found) >= MOST_OF_PLACE:
                break
        return list(found.values())[:MOST_OF_PLACE]


def _meant(said: str, asked: SearchRequest, knowing: Thesaurus) -> Terms:
    """The words to look for, with those that mean the same unless nothing but what was typed is asked for."""
    words = terms(said)
    return words if asked.exact else knowing.expanded(words)


def _numbered(session: Session, asked: SearchRequest, results: Results, now: datetime) -> tuple[SearchRequest, Results]:
    """With the comment whose number was named, where there is one; then only the rest of the words is looked for."""
    named = number_in(asked.words)
    having = with_number(session, named.number, asked.matter, now) if named else []
    if named is None or not having:
        return asked, results
    return replace(asked, words=named.rest), replace(results, number=named.number, numbered=having)


def _nearest_first(matters_of_number: Sequence[Matter], found: Sequence[Document]) -> Sequence[Matter]:
    """The matters that have a comment of the number, those first that the other words find."""
    ids = list(dict.fromkeys(one.matter for one in found))
    return sorted(matters_of_number, key=lambda one: ids.index(one.id) if one.id in ids else len(ids))


def _own_first(own: Sequence[Document], found: Sequence[Document]) -> list[Document]:
    """The provisions that were named, then what else was found."""
    known = {(one.matter, str(one.place)) for one in own}
    return [*own, *(one for one in found if (one.matter, str(one.place)) not in known)]


def _facts(asked: SearchRequest) -> tuple[str, ...]:
    """The facts that are asked for, the rarer ones first."""
    found = [result_fact(asked.result)] if asked.result else []
    found += [source_fact(asked.source)] if asked.source else []
    found += [year_fact(asked.year)] if asked.year else []
    return tuple(found)
