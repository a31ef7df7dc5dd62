"""Results as they are shown: each as it stands in the database now, whatever the index may still hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.search import index_stamp, matters, opinions
from consult.search.addresses import address_of
from consult.search.engines.ranking import Excerpt, excerpt, holds
from consult.search.engines.seam import PAGE_SIZE, Document
from consult.search.engines.tokens import Terms
from consult.search.matters import Matter
from consult.search.words import Thing


@dataclass(frozen=True)
class Result:
    """One result: its address without the language, what it is and where it stands, and its words with marks; of a
    matter also what it is called in other languages, for whom that answers better."""

    document: Document
    address: str
    matter: str
    matter_address: str
    title: Excerpt
    text: Excerpt
    told: Mapping[str, Excerpt] = field(default_factory=dict)


class ShownResults:
    """Results as they stand in the database now."""

    def __init__(self, session: Session, known: Iterable[Matter], words: Terms, now: datetime) -> None:
        self.session = session
        self.matters = {one.id: one for one in known}
        self.words = words
        self.now = now
        self.stamps: dict[UUID, str] = {}
        self.fresh: dict[str, Document] = {}

    def read(self, documents: Sequence[Document]) -> None:
        """Reads what these documents depend on: one statement for comments and answers, one for older matters."""
        unknown = dict.fromkeys(one.matter for one in documents if one.matter not in self.matters)
        self.matters |= {one.id: one for one in matters.named(self.session, list(unknown)[:PAGE_SIZE], self.now)}
        said = [one for one in documents if one.thing in {Thing.COMMENT, Thing.ANSWER} and one.matter in self.matters]
        vouching = [(one.matter, UUID(one.place["id"])) for one in said]
        self.stamps = index_stamp.stamps_of_page(self.session, vouching)
        self._read_again([one for one in said if self.stamps.get(UUID(one.place["id"])) != one.stamp])

    def results(self, documents: Iterable[Document]) -> list[Result]:
        """Those of the documents that may be shown."""
        found = ((one, self._as_it_is(one)) for one in documents)
        return [self._result(now) for _before, now in found if now is not None]

    def _read_again(self, changed: Sequence[Document]) -> None:
        """What changed since it was indexed is read as the public reads it; the index is behind by a moment."""
        for matter_id in {one.matter for one in changed}:
            consultation = self.session.get_one(Consultation, matter_id)
            of_it = [one for one in changed if one.matter == matter_id]
            numbers = [one.place["number"] for one in of_it if one.thing is Thing.COMMENT]
            aimed = [number for one in of_it if one.thing is Thing.ANSWER for number in one.place["numbers"]]
            found = list(opinions.comments(self.session, consultation, numbers))
            if aimed:
                answered = opinions.answered(self.session, matter_id, aimed)
                found += opinions.answers(self.session, consultation, list(answered))
            self.fresh.update((one.group, one) for one in found)

    def _as_it_is(self, document: Document) -> Document | None:
        if document.matter not in self.matters:
            return None
        if document.thing in {Thing.MATTER, Thing.PROVISION}:
            return document
        if self.stamps.get(UUID(document.place["id"])) == document.stamp:
            return document
        fresh = self.fresh.get(document.group)
        return fresh if fresh is not None and holds(fresh, self.words) else None

    def _result(self, document: Document) -> Result:
        matter = self.matters[document.matter]
        return Result(
            document=document,
            address=address_of(document, matter.slug),
            matter=matter.title,
            matter_address=f"/lay-y-kien/{matter.slug}/",
            title=excerpt(document.title, self.words),
            text=excerpt(document.text, self.words),
            told={language: excerpt(said[0], self.words) for language, said in document.place.get("told", {}).items()},
        )
