"""Finding a matter, its documents and provisions: what does not exist, or is not of this matter, is NotFound."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session, joinedload

from consult.compiled_entities import CompiledEntity, is_empty
from consult.consultations.document_models import Document, Page, Provision, Revision
from consult.consultations.models import Consultation
from consult.consultations.words import ASKS_NOBODY, DocumentRole
from consult.errors import NotFound
from consult.people.models import Organisation

ASKED_ABOUT = and_(*(Consultation.kind != kind for kind in sorted(ASKS_NOBODY)))
"""Which matters ask people. That of a programme is never published, so that whatever asks for public matters passes it
by; here it is kept from those that would prepare it as a draft."""
HAS_LOG = Consultation.published_at.is_not(None) | Consultation.kind.in_(ASKS_NOBODY)
"""Which matters have a log, that of the site too."""

_OF_SLUG = and_(Consultation.slug == bindparam("slug"), ASKED_ABOUT)
_BODIES = ("lead", "answering", "issuing")


@cache
def _first() -> CompiledEntity[Consultation]:
    return CompiledEntity(Consultation, _OF_SLUG, _BODIES)


@cache
def _again() -> Select[Consultation]:
    return select(Consultation).where(_OF_SLUG).options(*(joinedload(getattr(Consultation, name)) for name in _BODIES))


def by_slug(session: Session, slug: str) -> Consultation:
    """The matter with this address and its bodies, in one statement; raises NotFound."""
    found = _first().first(session, slug=slug) if is_empty(session) else session.scalar(_again(), {"slug": slug})
    if found is None:
        raise NotFound
    return found


def logged(session: Session, slug: str) -> Consultation:
    """What has a log under this address: a matter that asks people, or a programme. Raises NotFound."""
    found = session.scalar(select(Consultation).where(Consultation.slug == slug))
    if found is None:
        raise NotFound
    return found


def published(session: Session, now: datetime) -> Sequence[Consultation]:
    """The matters that are public at the instant `now`, the newest first; one statement."""
    of_all = select(Consultation).where(Consultation.published_at.is_not(None), Consultation.published_at <= now)
    return session.scalars(of_all.order_by(Consultation.published_at.desc(), Consultation.id)).all()


def posting_bodies(session: Session, now: datetime) -> list[Organisation]:
    """The bodies that post the matters that are public at the instant `now`, each once, by name; one statement."""
    of_all = select(Consultation).where(Consultation.published_at.is_not(None), Consultation.published_at <= now)
    found = session.scalars(of_all.options(joinedload(Consultation.lead), joinedload(Consultation.issuing)))
    return sorted({matter.posting for matter in found}, key=lambda body: body.folded_name)


def document_of(session: Session, consultation_id: UUID, number: int) -> Document:
    """The document `number` of a matter (1 is the main draft); raises NotFound."""
    found = session.scalar(
        select(Document).where(Document.consultation_id == consultation_id, Document.number == number)
    )
    if found is None:
        raise NotFound
    return found


def documents_of(session: Session, consultation_id: UUID) -> list[Document]:
    """All documents of a matter, the main draft first."""
    return list(
        session.scalars(select(Document).where(Document.consultation_id == consultation_id).order_by(Document.number))
    )


def revision_of(session: Session, document: Document, number: int) -> Revision:
    """The revision `number` of a document; raises NotFound."""
    found = session.scalar(
        select(Revision).where(
            Revision.consultation_id == document.consultation_id,
            Revision.document_id == document.id,
            Revision.number == number,
        )
    )
    if found is None:
        raise NotFound
    return found


def current_revision(session: Session, consultation_id: UUID) -> Revision:
    """The same as `newest_draft`; raises NotFound where there is none."""
    found = newest_draft(session, consultation_id)
    if found is None:
        raise NotFound
    return found


def newest_draft(session: Session, consultation_id: UUID) -> Revision | None:
    """The newest published revision of the main draft, or while preparing the newest of all; None of a matter that has
    no draft."""
    return session.scalar(
        select(Revision)
        .join(Revision.document)
        .where(Revision.consultation_id == consultation_id, Document.role == DocumentRole.MAIN)
        .order_by(Revision.published_at.is_(None), Revision.number.desc())
        .limit(1)
    )


def provisions_of(session: Session, revision: Revision) -> list[Provision]:
    """All provisions of a revision in the order of reading."""
    return list(
        session.scalars(
            select(Provision)
            .where(Provision.consultation_id == revision.consultation_id, Provision.revision_id == revision.id)
            .order_by(Provision.position)
        )
    )


def paths_of(session: Session, revision: Revision) -> list[str]:
    """The paths of all provisions of a revision, in order."""
    of_revision = Provision.consultation_id == revision.consultation_id, Provision.revision_id == revision.id
    return list(session.scalars(select(Provision.path).where(*of_revision).order_by(Provision.position)))


def page_of(session: Session, revision: Revision, number: int) -> Page:
    """The page `number` of a PDF revision; raises NotFound."""
    found = session.scalar(
        select(Page).where(
            Page.consultation_id == revision.consultation_id, Page.revision_id == revision.id, Page.number == number
        )
    )
    if found is None:
        raise NotFound
    return found
