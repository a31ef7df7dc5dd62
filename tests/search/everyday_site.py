"""The matters of the demonstration with what is said about them, as a site that people search."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.preparation.summaries import NewSummary, put_summary
from consult.consultations.words import Kind
from consult.data.synonyms import seed_synonyms
from consult.demo import content
from consult.search import facts
from consult.search.engines.seam import Search
from consult.search.gazetteer import Gazetteer
from consult.search.service import Results, Searching, SearchRequest
from consult.search.similar import Vocabulary
from consult.search.thesaurus import Thesaurus
from consult.stages import Stage
from consult.submissions.acts import service as acts
from tests.builders import NOW
from tests.responses.desk_builder import Desk, comment, make_desk

TEXTS = Path(content.__file__).parent / "content"
SAID_AT_ONCE = 20


@dataclass
class EverydaySite:
    """A database and its index, asked as the page asks."""

    session: Session
    searching: Searching

    def asked(self, words: str, **narrowed: Any) -> Results:
        """What the page would show."""
        return self.searching.find(self.session, SearchRequest(words, **narrowed), NOW)

    def first(self, words: str) -> str:
        """Kind and place of what stands first: "matter phan-loai-rac", "provision ke-hoach-5-nam"."""
        items = self.asked(words).items
        return f"{items[0].document.thing} {items[0].matter_address.split('/')[2]}" if items else ""


def make_site(session: Session, engine: Search) -> EverydaySite:
    """All matters, their comments released, in the index."""
    seed_synonyms(session)
    rows = json.loads((TEXTS / "consultations.json").read_text(encoding="utf-8"))
    for row in rows["consultations"]:
        _matter(session, row)
    engine.rebuild(lambda: facts.everything(session, NOW))
    return EverydaySite(session, Searching(engine, Gazetteer(), Vocabulary(), Thesaurus()))


def _matter(session: Session, row: dict[str, Any]) -> None:
    slug = row["slug"]
    text = (TEXTS / (slug if (TEXTS / slug / "draft.md").is_file() else "duong-tinh-eia") / "draft.md").read_text()
    project = {name: said for name, said in (row.get("project") or {}).items() if name in {"name", "place", "villages"}}
    desk = make_desk(
        session,
        Stage.OPEN,
        text=text,
        title=row["title"],
        kind=Kind.PLAN,
        summary=row["summary"],
        field=row["field"],
        plain_words=row["plain_words"],
        project=project,
        slug=slug,
    )
    for told in content.parts(slug, "summaries"):
        new = NewSummary(told["language"], told["text"], title=told["title"], question=told["question"])
        put_summary(session, desk.matter, new, desk.officer, NOW)
    _said(session, desk, [one["text"] for sent in content.parts(slug, "comments") for one in sent["comments"]])


def _said(session: Session, desk: Desk, texts: list[str]) -> None:
    for start in range(0, len(texts), SAID_AT_ONCE):
        numbers = desk.receive(*(comment(text, "") for text in texts[start : start + SAID_AT_ONCE]))
        acts.release(session, desk.matter, numbers, desk.officer, NOW)
