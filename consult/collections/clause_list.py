"""The clauses of a collection's matter as a list that leaves the site: in a spreadsheet, in the form of a program, on a
page without a line. Each is written with its draft, so that it goes on meaning what it meant."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.models import Collection
from consult.consultations.document_models import Provision
from consult.consultations.matter.queries import current_revision
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import filed_drafts
from consult.errors import NotFound
from consult.outline.citations import Say
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.submissions.form import quotes

MOST = 3_000
LONGEST = 100
LONGEST_WORDING = 1_500
_CITED = ("article", "clause", "point", "appendix", "form", "roman", "decimal")


@dataclass(frozen=True)
class Clause:
    """A place with its draft, as anchors are written; what it is called with how it begins; and what stands there."""

    anchor: str
    words: str
    text: str = ""


def of_collection(session: Session, collection: Collection, say: Say) -> list[Clause]:
    """Everything an opinion may be about, in the order of the newest draft; the whole matter, or
    for a collection without one nothing in particular, is not among them."""
    matter = collection.consultation
    if matter is None:
        return []
    own = _provisions(session, matter, say)
    known = {one.anchor for one in own}
    others = (Clause(*one) for one in quotes.choices(session, matter, say))
    return own + [one for one in others if one.anchor not in known]


def _provisions(session: Session, matter: Consultation, say: Say) -> list[Clause]:
    try:
        revision = current_revision(session, matter.id)
    except NotFound:
        return []
    rows = session.execute(
        select(Provision.path, Provision.heading, Provision.text)
        .where(Provision.consultation_id == matter.id, Provision.revision_id == revision.id, Provision.kind.in_(_CITED))
        .order_by(Provision.position)
        .limit(MOST)
    )
    drafts = filed_drafts(session, matter.id)[anchors.MAIN].drafts
    main = NamedPlace(anchors.MAIN, revision=revision.number, drafts=drafts)
    return [
        Clause(
            anchors.written(anchors.MAIN, revision.number, path),
            _line(anchors.label_of(replace(main, path=path), say), heading or text),
            "\n".join(part for part in (heading, text) if part)[:LONGEST_WORDING],
        )
        for path, heading, text in rows
    ]


def _line(label: str, words: str) -> str:
    label = label[:1].upper() + label[1:]
    tidy = " ".join(words.split())
    cut = tidy if len(tidy) <= LONGEST else tidy[:LONGEST].rstrip() + "…"
    return f"{label}: {cut}" if cut else label
