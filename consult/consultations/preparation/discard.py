"""Discarding a matter that nobody outside has seen: everything under it goes, and only who did it when stays."""

from datetime import datetime

from sqlalchemy import Table, delete
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person, still_drafting
from consult.consultations.models import Consultation
from consult.consultations.preparation import publication_digest
from consult.db import Base, writing
from consult.outbox import service as outbox
from consult.outbox.models import OutboxMessage
from consult.policy import Action, Actor, require


def discard(session: Session, consultation: Consultation, shown: str, actor: Actor, now: datetime) -> None:
    """Deletes a matter in preparation with all that lies under it, provided that it still is what was `shown` (the
    digest of `fixing.of_matter`). Its address and short key are free again; the public log never knew it.

    Its files stay in the store: they are named by their content, and others may have, or be about to put, the same.
    Events under way find nothing and end. Who discarded what is told by `matter_discarded`. Raises
    Refused("already_published" | "changed_since_shown"), and NotFound by the policy.
    """
    by_id = person(actor)
    with writing(session, consultation.id):
        still_drafting(consultation, now)
        require(actor, Action.EDIT_MATTER, consultation, now)
        publication_digest.unchanged(shown, publication_digest.of_matter(session, consultation))
        matter_id, title, slug, lead = consultation.id, consultation.title, consultation.slug, consultation.lead.name
        session.expunge_all()
        for table in _under_a_matter():
            session.execute(delete(table).where(table.c.consultation_id == matter_id))
        session.execute(delete(Consultation).where(Consultation.id == matter_id))
        outbox.emit(session, "matter_discarded", now, matter_id, by=str(by_id), title=title, slug=slug, lead=lead)


def _under_a_matter() -> list[Table]:
    """Every table whose rows live under a matter, those that name others first: also of rooms that come later."""
    tables = reversed(Base.metadata.sorted_tables)
    return [table for table in tables if "consultation_id" in table.c and table.name != OutboxMessage.__tablename__]
