"""What can be found of a matter's own texts: the matter, and the newest public revision of each of its documents."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Document as Filed
from consult.consultations.document_models import IssuedText, Page, Provision, Revision
from consult.consultations.models import Consultation
from consult.consultations.preparation.summaries import summaries_of
from consult.search.engines.seam import LONG_AGO, Document
from consult.search.provision_queries import own_path, short_paths
from consult.search.words import Thing, area_fact, clause_fact, own_clause_fact, year_fact
from consult.text import blank

PLACED = ("name", "place", "villages")
"""What a project is found by."""


def group_of(consultation_id: UUID) -> str:
    """The group of a matter and its texts."""
    return f"text:{consultation_id.hex}"


def documents(session: Session, consultation: Consultation) -> Iterator[Document]:
    """The matter itself, then its documents by provisions or pages, those without words left out."""
    group, since = group_of(consultation.id), consultation.published_at or LONG_AGO
    areas = {one for one in (consultation.area_id, consultation.lead.area_id) if one is not None}
    about = (*_from(since), *(area_fact(one.hex) for one in sorted(areas)))
    told = summaries_of(session, consultation.id)
    issued = session.get(IssuedText, consultation.id)
    yield Document(
        group,
        Thing.MATTER,
        consultation.id,
        consultation.summary,
        consultation.full_name,
        {"told": {one.language: [one.title, one.question] for one in told if one.title}},
        about,
        since,
        names=_line(issued.number if issued else "", *(one.title for one in told)),
        also=_line(*_own_words(consultation), *(f"{one.question} {one.text}" for one in told)),
    )
    for filed, revision in _newest(session, consultation.id):
        filing = {"document": filed.number, "revision": revision.number, "filed": filed.title}
        at = revision.published_at or since
        for text, place in (*_provisions(session, revision), *_pages(session, revision)):
            facts = (*_from(at), *_clauses(place.get("path", "")))
            yield Document(group, Thing.PROVISION, consultation.id, text, place={**filing, **place}, facts=facts, at=at)


def _own_words(consultation: Consultation) -> Iterator[str]:
    """What else the matter says of itself: its field, its project with the villages, what is told in plain words."""
    project = consultation.project or {}
    yield from (consultation.field, *(str(project.get(name) or "") for name in PLACED))
    yield from (str(said) for name, said in sorted(consultation.plain_words.items()) if name != "short_name")


def _line(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _from(at: datetime) -> tuple[str, ...]:
    return (year_fact(clock.local_day(at).year),)


def _clauses(path: str) -> tuple[str, ...]:
    own = own_path(path)
    return (*(clause_fact(one) for one in short_paths(path)), *((own_clause_fact(own),) if own else ()))


def _newest(session: Session, consultation_id: UUID) -> Sequence[tuple[Filed, Revision]]:
    rows = session.execute(
        select(Filed, Revision)
        .join(Filed.revisions)
        .where(Filed.consultation_id == consultation_id, Revision.published_at.is_not(None))
        .order_by(Filed.number, Revision.number)
    )
    return list({filed.id: (filed, revision) for filed, revision in rows}.values())


def _provisions(session: Session, revision: Revision) -> Iterator[tuple[str, dict[str, Any]]]:
    """Words and place of each provision; `steps` are those around it and itself by kind, label and marker."""
    rows = session.scalars(
        select(Provision)
        .where(Provision.consultation_id == revision.consultation_id, Provision.revision_id == revision.id)
        .order_by(Provision.position)
    )
    steps: dict[str, list[list[str]]] = {}
    for one in rows:
        around = steps.get(one.path.rpartition(".")[0], [])
        steps[one.path] = [*around, [one.kind, one.label, one.marker]]
        own = " ".join(part for part in (one.heading, one.text, _cells(one.rows)) if part)
        if not blank(own):
            yield f"{one.marker} {own}".strip(), {"path": one.path, "steps": steps[one.path]}


def _cells(rows: list[Any] | None) -> str:
    return " ".join(str(cell.get("text", "")) for row in rows or () for cell in row)


def _pages(session: Session, revision: Revision) -> Iterator[tuple[str, dict[str, Any]]]:
    """Words and number of each page; none of a draft whose articles say the same."""
    if revision.grammar != "pages":
        return
    rows = session.execute(
        select(Page.number, Page.text)
        .where(Page.consultation_id == revision.consultation_id, Page.revision_id == revision.id)
        .order_by(Page.number)
    )
    yield from ((text, {"page": number}) for number, text in rows if not blank(text))
