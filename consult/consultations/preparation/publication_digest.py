"""What publication would fix, as it stands at this moment: for the eyes of who publishes, and as one digest that says
whether anything has become other since they looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Provision, Revision
from consult.consultations.invitations import service as invitations
from consult.consultations.matter import profiles
from consult.consultations.models import Consultation
from consult.consultations.preparation import ledger_facts, summaries
from consult.consultations.preparation.service import periods_of
from consult.errors import Refused
from consult.text import folded

COUNTED = ("article", "clause")
GENERIC = frozenset({
    "luat", "bo", "nghi", "quyet", "dinh", "quy", "thong", "tu", "chi", "thi", "ke", "hoach", "de", "an", "du",
    "thao", "bao", "cao", "danh", "gia", "tac", "dong", "moi", "truong", "ban", "hanh", "sua", "doi", "sung", "mot",
    "so", "dieu", "cua", "ve", "viec", "quan", "ly", "tinh", "thanh", "pho", "xa", "phuong", "uy", "nhan", "dan",
    "hoi", "tren", "dia", "va", "cac", "cho", "theo", "lan",
})  # fmt: skip
"""Words that titles of any two texts share, folded."""


@dataclass(frozen=True)
class DigestedDocument:
    """A document with the revision that would become public, and how many articles and clauses were found in it."""

    document: Document
    revision: Revision
    counts: dict[str, int]


def hidden(session: Session, consultation_id: UUID) -> list[tuple[Document, Revision]]:
    """The revisions of a matter that are not public yet with their documents, in the order of documents."""
    rows = session.execute(
        select(Document, Revision)
        .join(Document.revisions)
        .where(Document.consultation_id == consultation_id, Revision.published_at.is_(None))
        .order_by(Document.number, Revision.number)
    )
    return [(document, revision) for document, revision in rows]


def filed(session: Session, pairs: Sequence[tuple[Document, Revision]]) -> list[DigestedDocument]:
    """The same with what was counted in each, in one statement more."""
    ids = [revision.id for _, revision in pairs]
    own = Provision.consultation_id.in_({document.consultation_id for document, _ in pairs})
    rows = session.execute(
        select(Provision.revision_id, Provision.kind, func.count())
        .where(own, Provision.revision_id.in_(ids), Provision.kind.in_(COUNTED))
        .group_by(Provision.revision_id, Provision.kind)
    )
    found: dict[UUID, dict[str, int]] = {}
    for revision_id, kind, count in rows:
        found.setdefault(revision_id, {})[kind] = count
    return [DigestedDocument(document, revision, found.get(revision.id, {})) for document, revision in pairs]


def other_heading(consultation: Consultation, pairs: Sequence[tuple[Document, Revision]]) -> str:
    """The heading of the main draft's own file when it seems to be of another matter than the title; otherwise ""."""
    heading = next((revision.title for document, revision in pairs if document.number == 1), "")
    ours, theirs = _telling(consultation.title), _telling(heading)
    if not ours or not theirs:
        return ""
    return heading if 2 * len(ours & theirs) < min(len(ours), len(theirs)) else ""


def of_matter(session: Session, consultation: Consultation) -> str:
    """The digest of all that the publication of a matter in preparation makes public or fixes."""
    periods = periods_of(session, consultation.id)
    value = {
        "title": consultation.title,
        "kind": consultation.kind.value,
        "procedure": consultation.procedure.value,
        "disclosure": consultation.disclosure.value,
        "joining": consultation.joining,
        "facts": ledger_facts.facts_value(consultation, periods),
        "profile": ledger_facts.as_text(profiles.snapshot(consultation.profile)),
        "bodies": [body.name for body in (consultation.lead, consultation.answering, consultation.issuing)],
        "documents": [ledger_facts.document_value(session, *pair) for pair in hidden(session, consultation.id)],
        "periods": [[period.audience.value, str(period.opens_at), str(period.closes_at)] for period in periods],
        "invited": _invited(session, consultation.id),
        "summaries": [
            [told.language, told.text, told.audio_hash] for told in summaries.summaries_of(session, consultation.id)
        ],
    }
    return ledger_facts.digest(value)


def of_revision(session: Session, document: Document, revision: Revision) -> str:
    """The digest of all that the publication of one further revision fixes."""
    return ledger_facts.digest(ledger_facts.document_value(session, document, revision))


def unchanged(shown: str, version: str) -> None:
    """Raises Refused when what was `shown` is no longer what there is."""
    if shown != version:
        raise Refused("changed_since_shown")


def _invited(session: Session, consultation_id: UUID) -> list[list[Any]]:
    asked = invitations.invitations_of(session, consultation_id)
    return sorted([str(one.organisation_id), one.letter_number, str(one.reply_by)] for one in asked)


def _telling(title: str) -> set[str]:
    return {word for word in folded(title).split() if word.isalpha()} - GENERIC
