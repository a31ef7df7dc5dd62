"""The clauses of a collection's matter as a list that leaves the site: in a spreadsheet, in the form of a program, on a
page without a line. Each is written with its draft, so that it goes on meaning what it meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.models import Collection
from consult.consultations.document_models import Document, Provision, Revision
from consult.consultations.matter.queries import current_revision
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import filed_drafts, lineages
from consult.errors import NotFound
from consult.outline.citations import Say
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.submissions.form import quotes

MOST = 3_000
MOST_OLDER = 300
LONGEST = 100
LONGEST_WORDING = 1_500
CITED = ("article", "clause", "point", "appendix", "form", "roman", "decimal")


@dataclass(frozen=True)
class Clause:
    """A place with its draft, as anchors are written; what it is called with how it begins; what stands there; and for
    a clause of the main draft what it is called without its draft."""

    anchor: str
    words: str
    text: str = ""
    bare: str = ""

    @classmethod
    def of(cls, anchor: str, words: str, text: str, bare: str) -> "Clause":
        """The same, with as much of its text as leaves the site."""
        return cls(anchor, words, text[:LONGEST_WORDING], bare)


def of_collection(session: Session, collection: Collection, say: Say) -> list[Clause]:
    """Everything an opinion may be about, in the order of the newest draft; the whole matter, or
    for a collection without one nothing in particular, is not among them."""
    matter = collection.consultation
    if matter is None:
        return []
    own = _provisions(session, matter, say)
    known = {one.anchor for one in own}
    others = (Clause(*one) for one in quotes.choices(session, matter, say))
    return own + [one for one in others if one.anchor not in known] + elsewhere(session, matter, say)


def elsewhere(session: Session, matter: Consultation, say: Say) -> list[Clause]:
    """The clauses of older drafts that stand elsewhere in the newest one, or not at all, the newest draft first: what
    people said of them while they had that draft in their hands is recorded after the next one is out, and under its
    number the newest has another clause, or none. What it has under its number is chosen there."""
    published = _published(session, matter)
    rows = _older(session, matter, published[1:]) if len(published) > 1 else []
    if not rows:
        return []
    lines = lineages(session, matter.id, (row[0] for row in rows))
    place, found = NamedPlace(anchors.MAIN, drafts=len(published)), []
    for own, number, path, heading, text in rows:
        heir = lines.newest(own)
        if (heir.revision, heir.path) == (published[0], path):
            continue
        words = line(anchors.label_of(replace(place, revision=number, path=path), say), heading or text)
        whole = "\n".join(part for part in (heading, text) if part)
        found.append(Clause.of(anchors.written(anchors.MAIN, number, path), words, whole, anchors.label(path, say)))
    return found[:MOST_OLDER]


def _published(session: Session, matter: Consultation) -> Sequence[int]:
    """The numbers of the public drafts, the newest first."""
    return session.scalars(
        select(Revision.number)
        .join(Revision.document)
        .where(
            Revision.consultation_id == matter.id,
            Document.number == anchors.MAIN,
            Revision.published_at.is_not(None),
        )
        .order_by(Revision.number.desc(), Revision.id)
    ).all()


def _older(session: Session, matter: Consultation, drafts: Sequence[int]) -> Sequence[Any]:
    """What may be chosen of these drafts."""
    return session.execute(
        select(Provision.id, Revision.number, Provision.path, Provision.heading, Provision.text)
        .join(Provision.revision)
        .join(Revision.document)
        .where(
            Provision.consultation_id == matter.id,
            Document.number == anchors.MAIN,
            Revision.number.in_(drafts),
            Provision.kind.in_(CITED),
        )
        .order_by(Revision.number.desc(), Provision.position, Provision.id)
    ).all()


def _provisions(session: Session, matter: Consultation, say: Say) -> list[Clause]:
    try:
        revision = current_revision(session, matter.id)
    except NotFound:
        return []
    rows = session.execute(
        select(Provision.path, Provision.heading, Provision.text)
        .where(Provision.consultation_id == matter.id, Provision.revision_id == revision.id, Provision.kind.in_(CITED))
        .order_by(Provision.position)
        .limit(MOST)
    )
    drafts = filed_drafts(session, matter.id)[anchors.MAIN].drafts
    main = NamedPlace(anchors.MAIN, revision=revision.number, drafts=drafts)
    return [
        Clause.of(
            anchors.written(anchors.MAIN, revision.number, path),
            line(anchors.label_of(replace(main, path=path), say), heading or text),
            "\n".join(part for part in (heading, text) if part),
            anchors.label(path, say),
        )
        for path, heading, text in rows
    ]


def line(label: str, words: str) -> str:
    """A place in words, with how it begins."""
    label = label[:1].upper() + label[1:]
    tidy = " ".join(words.split())
    cut = tidy if len(tidy) <= LONGEST else tidy[:LONGEST].rstrip() + "…"
    return f"{label}: {cut}" if cut else label
