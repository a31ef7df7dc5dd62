"""A further revision of a document of a published matter: read, looked at, and only then made public."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, contains_eager

from consult.consultations.document_models import Document, OutlineCorrection, Page, Provision, Revision
from consult.consultations.files import page_reading, provision_rows
from consult.consultations.matter.inputs import ReadFile
from consult.consultations.matter.preconditions import person, written
from consult.consultations.models import Consultation
from consult.consultations.preparation import documents, ledger_facts, publication_digest
from consult.consultations.preparation.service import periods_of
from consult.consultations.revisions import matching
from consult.consultations.words import DocumentRole
from consult.db import writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import service as ledger
from consult.outbox import service as outbox
from consult.policy import Action, Actor, require


def add_revision(
    session: Session, consultation: Consultation, document: Document, upload: ReadFile, actor: Actor, now: datetime
) -> Revision:
    """The next revision of a document, not public yet: its outline may still be corrected.

    Raises Invalid({"file": code}), and Refused when the matter is not published, is over, another revision of the
    document still waits to be made public, or it is a text in force ("text_in_force"): what is amended is another one.
    """
    by_id = person(actor)
    if upload.holds_nothing:
        raise Invalid({"file": "no_text"})
    key = (document.consultation_id, document.id)
    with writing(session, consultation.id):
        require(actor, Action.REVISE_MATTER, consultation, now)
        fresh = session.get(Document, key)
        if fresh is None:
            raise NotFound
        if fresh.role is DocumentRole.IN_FORCE:
            raise Refused("text_in_force")
        of_document = (Revision.consultation_id == consultation.id, Revision.document_id == fresh.id)
        if session.scalar(select(Revision.id).where(*of_document, Revision.published_at.is_(None))) is not None:
            raise Refused("revision_waits")
        number = (session.scalar(select(func.max(Revision.number)).where(*of_document)) or 0) + 1
        revision = documents.new_revision(fresh, number, upload, by_id, now)
        session.add(revision)
        session.flush()
        provision_rows.store(session, revision, upload)
    return revision


def publish_revision(
    session: Session,
    consultation: Consultation,
    revision: Revision,
    actor: Actor,
    now: datetime,
    shown: str | None = None,
) -> None:
    """Makes a revision public, if it still is what was `shown` (see `publishing.publish`); comments on earlier ones
    stay where they are. The ledger gets `published` again.

    What became of each provision is found out first, unless somebody has done so. Raises NotFound and
    Refused("already_published" | "changed_since_shown" | "pages_waiting" | "pages_failed" | "outline_changed" | a
    reason of the stage).
    """
    key = (revision.consultation_id, revision.id)
    computed = None if matching.is_matched(session, revision) else matching.compute(session, revision)
    with writing(session, consultation.id):
        require(actor, Action.PUBLISH_REVISION, consultation, now)
        fresh = _still_hidden(session, key)
        if code := page_reading.why_not(fresh):
            raise Refused(code)
        if shown is not None:
            publication_digest.unchanged(shown, publication_digest.of_revision(session, fresh.document, fresh))
        if not matching.is_matched(session, fresh):
            if computed is not None:
                matching.store(session, fresh, computed)
            elif fresh.number > 1:
                # The matches that were there a moment ago have gone with a correction of the outline.
                raise Refused("outline_changed")
        fresh.published_at = now
        session.flush()
        act = ledger_facts.published_act(session, consultation, periods_of(session, consultation.id))
        ledger.append(session, consultation.id, [act], now)
        outbox.emit(session, "matter_changed", now, consultation.id, change="revised", revision=str(fresh.id))
        consultation.touch()
        written(session, consultation)


def discard_revision(
    session: Session, consultation: Consultation, revision: Revision, actor: Actor, now: datetime, shown: str
) -> None:
    """Deletes a revision that nobody has seen yet, provided that it still is what was `shown` (the digest of
    `fixing.of_revision`). Raises NotFound and Refused("already_published" | "changed_since_shown" | the policy's)."""
    person(actor)
    key = (revision.consultation_id, revision.id)
    with writing(session, consultation.id):
        require(actor, Action.REVISE_MATTER, consultation, now)
        fresh = _still_hidden(session, key)
        document = session.get_one(Document, (fresh.consultation_id, fresh.document_id))
        publication_digest.unchanged(shown, publication_digest.of_revision(session, document, fresh))
        matching.forget(session, fresh)
        for table in (OutlineCorrection, Page, Provision):
            session.execute(
                delete(table)
                .where(table.consultation_id == fresh.consultation_id, table.revision_id == fresh.id)
                .execution_options(synchronize_session=False)
            )
        session.delete(fresh)


def _still_hidden(session: Session, key: tuple[UUID, UUID]) -> Revision:
    """The revision as it is now; raises NotFound and Refused("already_published")."""
    fresh = session.get(Revision, key)
    if fresh is None:
        raise NotFound
    if fresh.published_at is not None:
        raise Refused("already_published")
    return fresh


def waiting_of(session: Session, document: Document) -> Revision:
    """The revision of a document that is not public yet; raises NotFound when there is none."""
    found = session.scalar(
        select(Revision).where(
            Revision.consultation_id == document.consultation_id,
            Revision.document_id == document.id,
            Revision.published_at.is_(None),
        )
    )
    if found is None:
        raise NotFound
    return found


def hidden_of(session: Session, consultation_id: UUID) -> list[Revision]:
    """The further revisions of a matter's documents that nobody has made public yet, by document, in one statement."""
    return list(
        session.scalars(
            select(Revision)
            .join(Revision.document)
            .where(Revision.consultation_id == consultation_id, Revision.published_at.is_(None))
            .options(contains_eager(Revision.document))
            .order_by(Document.number, Revision.number)
        )
    )


def revisions_of(session: Session, consultation_id: UUID) -> dict[UUID, list[Revision]]:
    """The revisions of every document of a matter, public or not, the newest first, in one statement."""
    rows = session.scalars(
        select(Revision).where(Revision.consultation_id == consultation_id).order_by(Revision.number.desc())
    )
    found: dict[UUID, list[Revision]] = {}
    for revision in rows:
        found.setdefault(revision.document_id, []).append(revision)
    return found
