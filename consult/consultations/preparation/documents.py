"""Documents and their revisions while a matter is prepared: add, replace the file, remove."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, OutlineCorrection, Page, Provision, Revision
from consult.consultations.files import provision_rows
from consult.consultations.matter.inputs import ReadFile
from consult.consultations.matter.preconditions import person, still_drafting
from consult.consultations.models import Consultation
from consult.consultations.words import DocumentRole
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action, Actor, require
from consult.text import blank

TITLE_LIMIT = 500


def add_document(
    session: Session,
    consultation: Consultation,
    title: str,
    role: DocumentRole,
    upload: ReadFile,
    actor: Actor,
    now: datetime,
) -> Revision:
    """Adds a document with its first revision; the main draft is number 1, whenever it comes.

    Raises Invalid({"title" | "file" | "role": code}) and Refused("main_draft_exists" | "already_published").
    """
    by_id = person(actor)
    _check(title, upload)
    if role is DocumentRole.MAIN and not consultation.kind.has_draft:
        raise Invalid({"role": "nothing_drafted"})
    with writing(session, consultation.id):
        still_drafting(consultation, now)
        require(actor, Action.EDIT_MATTER, consultation, now)
        document = Document(
            id=new_id(),
            consultation_id=consultation.id,
            number=_number(session, consultation.id, role),
            role=role,
            title=title,
        )
        revision = new_revision(document, 1, upload, by_id, now)
        session.add_all([document, revision])
        session.flush()
        provision_rows.store(session, revision, upload)
    return revision


def replace_file(
    session: Session, consultation: Consultation, document: Document, upload: ReadFile, actor: Actor, now: datetime
) -> Revision:
    """Puts another file in the place of the document's, with its own outline; hand corrections of the old one go."""
    by_id = person(actor)
    _check(document.title, upload)
    key = (document.consultation_id, document.id)
    with writing(session, consultation.id):
        still_drafting(consultation, now)
        require(actor, Action.EDIT_MATTER, consultation, now)
        _still_there(session, key)
        _remove_revisions(session, document)
        revision = new_revision(document, 1, upload, by_id, now)
        session.add(revision)
        session.flush()
        provision_rows.store(session, revision, upload)
    return revision


def remove_document(
    session: Session, consultation: Consultation, document: Document, actor: Actor, now: datetime
) -> None:
    """Removes a document of a matter in preparation."""
    key = (document.consultation_id, document.id)
    with writing(session, consultation.id):
        still_drafting(consultation, now)
        require(actor, Action.EDIT_MATTER, consultation, now)
        _still_there(session, key)
        _remove_revisions(session, document)
        session.execute(delete(Document).where(Document.consultation_id == consultation.id, Document.id == document.id))


def newest_revisions(session: Session, consultation_id: UUID) -> dict[UUID, Revision]:
    """The newest revision of each document of a matter, by the document's id, in one statement."""
    rows = session.scalars(
        select(Revision).where(Revision.consultation_id == consultation_id).order_by(Revision.number)
    )
    return {revision.document_id: revision for revision in rows}


def _still_there(session: Session, key: tuple[UUID, UUID]) -> None:
    if session.get(Document, key) is None:
        raise NotFound


def _check(title: str, upload: ReadFile) -> None:
    errors: dict[str, str] = {}
    if blank(title):
        errors["title"] = "required"
    elif len(title) > TITLE_LIMIT:
        errors["title"] = "too_long"
    if upload.holds_nothing:
        errors["file"] = "no_text"
    if errors:
        raise Invalid(errors)


def _number(session: Session, consultation_id: UUID, role: DocumentRole) -> int:
    numbers = list(session.scalars(select(Document.number).where(Document.consultation_id == consultation_id)))
    if role is DocumentRole.MAIN:
        if 1 in numbers:
            raise Refused("main_draft_exists")
        return 1
    return max([1, *numbers]) + 1


def new_revision(document: Document, number: int, upload: ReadFile, by_id: UUID, now: datetime) -> Revision:
    """A revision of a document as read from a file, not public and without its provisions yet."""
    return Revision(
        id=new_id(),
        consultation_id=document.consultation_id,
        document_id=document.id,
        number=number,
        file_hash=upload.hash,
        file_name=upload.name,
        media_type=upload.media_type,
        file_size=upload.size,
        title=upload.title,
        grammar=upload.grammar,
        warnings=upload.warnings,
        contents=upload.contents,
        pages_total=max(upload.pages_total, len(upload.pages)),
        pages_read=len(upload.pages),
        pictures=upload.pictures,
        created_at=now,
        created_by_id=by_id,
    )


def _remove_revisions(session: Session, document: Document) -> None:
    old = select(Revision.id).where(
        Revision.consultation_id == document.consultation_id, Revision.document_id == document.id
    )
    for table in (OutlineCorrection, Page, Provision):
        session.execute(
            delete(table)
            .where(table.consultation_id == document.consultation_id, table.revision_id.in_(old))
            .execution_options(synchronize_session=False)
        )
    session.execute(
        delete(Revision).where(
            Revision.consultation_id == document.consultation_id, Revision.document_id == document.id
        )
    )


def how_many_corrections(session: Session, revision: Revision) -> int:
    """How often the outline of a revision was corrected by hand."""
    found = session.scalar(
        select(func.count()).where(
            OutlineCorrection.consultation_id == revision.consultation_id,
            OutlineCorrection.revision_id == revision.id,
        )
    )
    return found or 0
